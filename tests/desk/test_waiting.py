"""Another program builds in the folder: the desk waits, says so, and need not."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gxgen import api
from gxgen.county.events import CancelledError, Stop
from gxgen.desk.changing import CHANGES
from gxgen.desk.words import WORDS
from gxgen.desk.work import Work
from tests.desk.opened import (
    COUNTY,
    MISSING,
    SOUND,
    YEAR,
    Answer,
    Opened,
    asking,
    form,
    form_in,
    held,
    name,
    sound,
    tree,
)

WAIT = {"take", "import_report", "undo", "answer", "withdraw", "build"}
"""What changes something that a build reads or writes."""


@pytest.fixture(scope="module")
def given(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A county with questions of which one is answered; what each change is asked with."""
    root = shutil.copytree(demo, tmp_path_factory.mktemp("waiting") / "project")
    form_in(root, SOUND).write_bytes(form(asking(SOUND)))
    api.build([root / "inputs" / str(YEAR)], output=root / "output", workers=1)
    report = next((root / "output" / str(YEAR)).glob(f"{name(SOUND)}*.docx"))
    blank = root.parent / "a.xlsx"
    blank.write_bytes(form(sound(MISSING)))
    question = {"code": "GX203", "cell": "表二!B18", "figures": "26550"}
    which = {"county": COUNTY, "year": YEAR, "agency": name(SOUND)}
    taken = Work(root, root.parent, lambda _: None, Stop(), pytest.fail)
    change = {one.__name__: one for one in CHANGES}
    [receipt] = change["take"](taken, files=[[str(blank), "a.xlsx"]], year=None)
    change["answer"](taken, **which, question={**question, "reason": "属实"})
    receipt.pop("importable")
    return root, {
        "take": {"files": [[str(blank), "b.xlsx"]], "year": None},
        "import_report": {"path": str(report), "name": report.name},
        "undo": {"receipt": receipt},
        "answer": {**which, "question": {**question, "reason": "还是属实"}},
        "withdraw": {**which, "question": question},
        "build": {"county": COUNTY, "year": YEAR},
    }


def test_whoever_may_wait_is_known() -> None:
    rest = {one.__name__ for one in CHANGES} - WAIT
    assert rest == {"begin", "change_settings", "undo_settings"}


@pytest.mark.parametrize("do", sorted(WAIT))
def test_no_change_waits_on_when_it_is_stopped(do: str, given: tuple[Path, Any]) -> None:
    root, asked = given
    change = next(one for one in CHANGES if one.__name__ == do)
    with held(root):
        stop, told = Stop(), list[str]()

        def waiting(sentence: str) -> None:
            told.append(sentence)
            stop()

        before = tree(root)
        work = Work(root, root.parent, lambda _: None, stop, waiting)
        with pytest.raises(CancelledError):
            change(work, **asked[do])
        assert len(told) == 1
        assert tree(root) == before


def progress(desk: Opened) -> str:
    text: str = desk.ask("GET", "/frame").said["progress"]
    return text


def test_a_build_that_waits_is_stopped(calm: Opened) -> None:
    with held(calm.root) as process:
        calm.ask("POST", "/build")
        calm.until(lambda: calm.desk.waits, "the sentence")
        assert f"进程 {process.pid}" in progress(calm)
        assert progress(calm).count('data-post="/stop"') == 1
        assert "/seen" not in progress(calm)
        assert calm.ask("POST", "/stop").status == 200
        calm.until(lambda: calm.desk.job is None, "the end of what was stopped")
        assert WORDS.stopped in progress(calm)
    calm.build()
    assert not calm.desk.state.due


def test_a_form_that_waits_can_be_left_and_taken_again(calm: Opened, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(form(sound(MISSING)))
    number = calm.stage(path)
    with held(calm.root):
        before, answer = tree(calm.root), during(calm, lambda: calm.take([number]))
    assert (answer.status, answer.said) == (409, {"said": WORDS.left_undone})
    assert tree(calm.root) == before
    assert '<li class="first"' in calm.take([number]).said["dialog"]


def during(desk: Opened, work: Callable[[], Answer]) -> Answer:
    """What is answered to something that waits, when it is stopped in its window."""
    found: list[Answer] = []
    asks = threading.Thread(target=lambda: found.append(work()))
    asks.start()
    desk.until(lambda: desk.desk.waits, "the sentence")
    assert 'data-post="/stop"' in progress(desk)
    assert desk.ask("POST", "/stop").status == 200
    asks.join(20)
    assert not desk.desk.waits
    return found[0]
