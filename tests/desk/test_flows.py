"""The desk in a browser: what an officer does in a season, on every kind of screen."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gxgen import api
from gxgen.model.agency import Agency
from tests.desk.opened import (
    ASKED,
    COUNTY,
    FAULTY,
    MISSING,
    PATIENCE,
    SOUND,
    YEAR,
    Running,
    asking,
    form,
    form_in,
    held,
    name,
    sound,
    tree,
)
from tests.desk.screens import county_of_a_faulty_style, several_counties
from tests.processes import session
from tests.support import ROOT, need_browser

pytestmark = [pytest.mark.slow, pytest.mark.tool]
SCREENS = {"empty", "first-day", "settings-fault", "home", "notices", "rollup", "settings"}
SCREENS |= {"several", "building", "unit-due", "stopped", "unit-held", "rollup-held"}
SCREENS |= {"unit-fix", "unit-ask", "unit-missing", "unit-done", "dialog", "gone"}
GOOD = "甲县甲局\t甲局\t部门\t0000-1\n甲县乙镇人民政府\t乙镇\t镇\t0000-2\n"
NOT_KIND = GOOD.replace("\t镇\t", "\t街镇\t")


@pytest.fixture(scope="module")
def flows(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All of it, in one run of the browser."""
    node, chromium = need_browser()
    folder = tmp_path_factory.mktemp("flows")
    (folder / "空的").mkdir()
    root = shutil.copytree(demo, folder / "project")
    form_in(root, SOUND).write_bytes(form(asking(SOUND)))
    data = {
        "最终版（2）.xlsx": form(sound(FAULTY)),
        "新建.xlsx": form(sound(MISSING)),
        "又一份.xlsx": form_in(root, SOUND).read_bytes(),
        "去年.xlsx": form(sound(FAULTY, YEAR - 1)),
        "扫描件.pdf": b"%PDF-1.7\n",
        "别人的.xlsx": form(sound(SOUND), agency=Agency(f"{COUNTY}没有的局")),
    }
    drop = []
    for number, (called, content) in enumerate(data.items()):
        (folder / str(number)).write_bytes(content)
        drop.append([called, str(folder / str(number))])
    empty, county = Running(folder / "空的"), Running(root)
    given = {"empty": empty.link, "county": county.link, "drop": drop, "faulty": name(FAULTY)}
    other = asking(SOUND)
    entries = {**other.entries, ASKED: type(other.entries[ASKED])(26551, "26551")}
    (folder / "lapsing").write_bytes(form(other, entries=entries))
    (folder / "原样.xlsx").write_bytes(form_in(demo, FAULTY).read_bytes())
    command_line = [sys.executable, "-m", "gxgen", "receive", str(folder / "原样.xlsx")]
    given |= {"root": str(root), "lapsing": [str(folder / "lapsing")], "beside": command_line}
    given |= {"asked": name(SOUND), "rows": GOOD, "badRows": NOT_KIND}
    roots = {
        "several": several_counties(folder / "several"),
        "busy": shutil.copytree(demo, folder / "busy"),
        "broken": county_of_a_faulty_style(folder / "broken"),
    }
    command = [node, str(ROOT / "tests/tools/desk_flows.mjs"), chromium]
    command += [
        str(folder / "given.json"),
        *filter(None, [os.environ.get("GXGEN_SHOTS")]),
    ]
    with held(roots["busy"]):
        others = {called: Running(place) for called, place in roots.items()}
        given |= {called: desk.link for called, desk in others.items()}
        (folder / "given.json").write_text(json.dumps(given), "utf-8")
        try:
            _settled(county, root)
            done = subprocess.run(command, capture_output=True, text=True, timeout=900)
        finally:
            for desk in (empty, county, *others.values()):
                desk.close()
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return {**found, "root": root}


def _settled(desk: Running, root: Path) -> None:
    """Wait for the first build without using the link."""
    _until((root / "output" / str(YEAR) / "build.json").exists)


def _until(done: Callable[[], bool]) -> None:
    """Wait for it; each thing has its own time, as a busy machine takes long for all of them."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_every_flow_comes_to_its_end(flows: dict[str, Any]) -> None:
    out = flows["out"]
    assert {n: one["failed"] for n, one in out.items() if "failed" in one} == {}
    assert "第2行" in out["firstDay"]["fault"]
    assert "什么都没有保存" in out["firstDay"]["fault"]
    assert out["firstDay"]["listed"] == 2
    assert out["firstDay"]["blanks"] > 10_000
    assert out["drop"]["outcomes"] == [
        *("replaced", "first", "same", "other_year", "unreadable", "stranger")
    ]
    assert out["drop"]["both"] == 1
    assert out["answer"] == {"answers": 2, "told": 2}
    assert out["lapse"] == {"asked": 2}
    assert out["beside"] == {"seen": True}
    assert out["downloads"]["reports"] > 10_000
    assert out["keyboard"]["field"] == "find"
    assert out["keyboard"]["down"].startswith("/unit/")
    assert out["keyboard"]["there"] > 5 and out["keyboard"]["missed"] == []
    assert out["late"] == {"found": name(SOUND), "typed": "属实", "into": "n属实"}
    assert out["same"] == {"answered": True, "withdrawn": True, "kept": 2}
    assert out["phone"]["back"]
    assert out["states"] == {"seen": True}


def test_what_desk_and_command_line_made_together_the_command_line_makes_alone(
    flows: dict[str, Any], tmp_path: Path
) -> None:
    root = flows["root"]
    shutil.copytree(root / "inputs", tmp_path / "inputs")
    api.build([tmp_path / "inputs" / str(YEAR)], output=tmp_path / "output", workers=1)
    made = tree(tmp_path / "output")
    alone = {name_: sha for name_, sha in made.items() if "/.gxgen" not in name_}
    both = {k: v for k, v in tree(root / "output").items() if "/.gxgen" not in k}
    assert len(alone) > 10 and both == alone


def test_no_screen_breaks_a_rule_of_access(flows: dict[str, Any]) -> None:
    seen = flows["seen"]
    assert SCREENS | {"tab-0", "tab-5"} <= seen.keys()
    wrong = {
        n: [one["violations"] for one in all_ if one["violations"]] for n, all_ in seen.items()
    }
    assert {name_: found for name_, found in wrong.items() if found} == {}


def test_no_screen_is_wider_than_its_window(flows: dict[str, Any]) -> None:
    seen = flows["seen"].items()
    wide = {(n, one["width"]): one["over"] for n, all_ in seen for one in all_ if one["over"] > 0}
    assert wide == {}


def test_the_browser_complains_of_nothing_and_asks_nobody_else(flows: dict[str, Any]) -> None:
    assert flows["outside"] == []
    assert [one for one in flows["said"] if "422" not in one and "ERR_CONNECTION" not in one] == []


@pytest.mark.skipif(sys.platform != "linux", reason="sessions are seen in /proc")
def test_a_desk_killed_in_mid_build_leaves_nothing_and_goes_on(tmp_path: Path) -> None:
    """Neither a process nor half a file is left; the next start makes what a whole build makes."""
    api.init(tmp_path / "project", county=COUNTY, year=YEAR, demo=12, faulty=2, years=1)
    other = shutil.copytree(tmp_path / "project", tmp_path / "other" / "project")
    desk = Running(tmp_path / "project")
    out = tmp_path / "project" / "output" / str(YEAR)
    _until(lambda: len(list(out.glob("*.docx"))) >= 3)
    pid = desk.process.pid
    desk.process.send_signal(signal.SIGKILL)
    desk.close()
    _until(lambda: session(pid) == [])
    again = Running(tmp_path / "project")
    again.open()
    again.settle()
    again.close()
    command = [sys.executable, "-m", "gxgen", "build", "--quiet"]
    path = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=other, env=path, capture_output=True, check=False)
    made = {k: v for k, v in tree(tmp_path / "project").items() if "/.gxgen/" not in k}
    assert made == {k: v for k, v in tree(other).items() if "/.gxgen/" not in k}
