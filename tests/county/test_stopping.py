"""Work that is asked to stop ends where it stands: it waits for nobody and for nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gxgen import api
from gxgen.api.project import Project
from gxgen.county import whose, workers
from gxgen.county.agency_year import Outcome
from gxgen.county.events import CancelledError, Stop
from gxgen.county.ledger import FOLDER
from gxgen.county.lock import Lock
from tests.processes import holder

SOON = 20.0
"""Seconds on a busy machine; what is waited for would take longer."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A county whose forms nobody has seen."""
    api.init(tmp_path, county="云垟县", year=2025, demo=3, faulty=1)
    return Project(tmp_path)


def test_waiting_for_another_process_ends_when_asked(tmp_path: Path) -> None:
    process, stop = holder(tmp_path), Stop()
    mine = Lock(tmp_path, lambda _: stop(), stop)
    with pytest.raises(CancelledError):
        mine.take()
    mine.release()
    process.kill()
    process.communicate()
    mine.take()  # nothing of the first try is left
    mine.release()


def test_a_first_look_at_many_forms_ends_when_asked(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand forms that nobody has seen are opened first of all, which takes half a minute."""
    stop, asked, really = Stop(), list[str](), whose._asked

    def seen(files: list[tuple[str, bytes]]) -> object:
        asked.extend(name for name, _ in files)
        stop()
        return really(files)

    monkeypatch.setattr(whose, "_BATCH", 1)
    monkeypatch.setattr(whose, "_asked", seen)
    with pytest.raises(CancelledError):
        project.build(stop=stop)
    assert len(asked) == 1
    assert not list(project.output.rglob("*.docx"))
    again = Lock(next(project.output.rglob(FOLDER)).parent, pytest.fail)
    again.take()  # it has let go
    again.release()


def test_a_form_that_takes_long_is_not_waited_for(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:

    def sleeps(task: workers.Task) -> Iterator[Outcome]:
        time.sleep(2 * SOON)
        yield from ()

    sleeps.__name__ = "each"  # by which a worker looks it up
    monkeypatch.setattr(workers.Task, "each", sleeps)
    stop = Stop()
    begun = time.monotonic()
    threading.Timer(1, stop).start()
    with pytest.raises(CancelledError):
        project.build(stop=stop)
    assert time.monotonic() - begun < SOON
