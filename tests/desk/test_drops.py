"""What people drop onto the desk: nothing that is not taken goes untold."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from gxgen.desk.deeds import MOST_FORM
from gxgen.desk.words import WORDS
from tests.desk.opened import MISSING, Opened, Running, form, form_in, sound
from tests.support import ROOT, need_browser


@pytest.mark.slow
@pytest.mark.tool
def test_what_is_dropped_is_taken_or_told(demo: Path, tmp_path: Path) -> None:
    """A form; one that is too large; one that is taken away in between; a name that runs the other
    way; a folder of 200, with what Excel and the system keep in it; a button that is hit twice."""
    node, chromium = need_browser()
    root = shutil.copytree(demo, tmp_path / "project")
    folder = tmp_path / "received"
    (folder / "一包" / "里面").mkdir(parents=True)
    (folder / "表.xlsx").write_bytes(form(sound(MISSING)))
    (folder / "大.xlsx").write_bytes(b"\0" * (MOST_FORM + 1))
    for at in range(200):
        (folder / "一包" / ("里面" if at % 2 else "") / f"{at}.txt").write_bytes(b"x")
    for called in ("~$表.xlsx", ".DS_Store"):
        (folder / "一包" / called).write_bytes(b"x")
    desk = Running(root)
    command = [node, str(ROOT / "tests/tools/desk_drops.mjs"), chromium, desk.link, str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    finally:
        desk.close()
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    mixed, packed = found["mixed"], found["packed"]
    assert (mixed["gone"], packed["gone"], found["errors"]) == (False, False, [])
    assert mixed["fault"].splitlines() == [
        f"大.xlsx：{WORDS.too_large}",
        f"拿走了的.xlsx：{WORDS.for_script['no_reading']}",
    ]
    assert [one for one, _ in mixed["files"]] == ["first", "unreadable"]
    assert "[U+202E]" in mixed["files"][1][1] and "\u202e" not in mixed["files"][1][1]
    assert form_in(root, MISSING).read_bytes() == (folder / "表.xlsx").read_bytes()
    assert (packed["files"], packed["fault"]) == (200, "")
    assert found["posts"] == ["/build"]


def test_uploads_that_nothing_became_of_make_room(
    calm: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window was closed in the middle, again and again: the desk takes forms all the same."""
    monkeypatch.setattr("gxgen.desk.deeds._MOST_STAGED", 3)
    numbers = [calm.upload(b"x", "a.xlsx").said["file"] for _ in range(3)]
    assert calm.upload(b"x", "b.xlsx").status == 413
    monkeypatch.setattr("gxgen.desk.deeds._FORGOTTEN", 0.0)
    assert calm.upload(b"x", "b.xlsx").status == 200
    assert numbers[0] not in calm.desk.staged
    assert len([*calm.desk.scratch.glob("?" * 24)]) == len(calm.desk.staged) == 1
