"""Builds of one folder wait for each other, and for nobody who is gone."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from benchmarks.concurrent import Trial
from gxgen.county import lock
from gxgen.county.ledger import FOLDER
from gxgen.county.lock import Lock
from gxgen.errors import EnvironmentProblemError
from tests.processes import holder
from tests.support import ROOT


@pytest.mark.parametrize("how", ["", "fork"])
def test_it_waits_says_for_whom_once_and_goes_on_when_that_one_is_killed(
    tmp_path: Path, how: str
) -> None:
    if how and sys.platform == "win32":
        pytest.skip("Windows 没有 fork")
    process = holder(tmp_path, how)
    told: list[str] = []
    mine = Lock(tmp_path, told.append)
    threading.Timer(0.5, process.kill).start()
    mine.take()
    process.communicate()
    assert process.returncode != 0, "it was killed, and had the lock until then"
    mine.release()
    assert len(told) == 1
    assert f"进程 {process.pid}" in told[0]
    assert str(tmp_path) in told[0]


def test_one_that_does_not_move_is_given_up_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.3)
    process = holder(tmp_path)
    with pytest.raises(EnvironmentProblemError, match=f"进程 {process.pid}.*没有动静"):
        Lock(tmp_path).take()
    process.kill()
    process.communicate()


def test_a_holder_that_moves_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 2.0)
    held = Lock(tmp_path)
    held.take()
    moves = iter(range(12))

    def move() -> None:
        if next(moves, None) is None:
            held.release()
            return
        (tmp_path / FOLDER / "journal").write_text(str(len(list(tmp_path.iterdir()))))
        threading.Timer(0.3, move).start()

    move()
    waiting = Lock(tmp_path)
    waiting.take()
    assert next(moves, None) is None
    waiting.release()


def test_what_the_lock_says_is_shown_without_its_tricks(tmp_path: Path) -> None:
    held = Lock(tmp_path)
    held.take()
    (tmp_path / FOLDER / "lock").write_bytes(b"\x1b[2Ja\tb\x07\t1\n\t10:00" + b"x" * 5000)
    told: list[str] = []
    threading.Timer(0.3, held.release).start()
    waiting = Lock(tmp_path, told.append)
    waiting.take()
    waiting.release()
    assert told[0].isprintable()
    assert len(told[0]) < 400 + len(str(tmp_path))


def test_where_no_lock_can_be_nobody_waits(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file")
    for _ in range(2):
        Lock(tmp_path).take()


def test_builds_at_once_and_killed_ones_end_as_a_clean_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    trial = Trial(tmp_path / "p", agencies=4, seed=3)
    assert [what for what in (*trial.sets(2), *trial.kills(3)) if what] == []
