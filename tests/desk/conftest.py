"""Desks for tests. One serves most of them, on a county that is put back for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.desk.opened import Opened, new_county
from tests.desk.screens import first_screens, screens_of_a_year


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county with forms of two years, never built; it is copied, never used."""
    return new_county(tmp_path_factory.mktemp("demo") / "project")


@pytest.fixture(scope="session")
def shared(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """The desk that serves most tests. Beside its project lies what looks like another."""
    around = tmp_path_factory.mktemp("around")
    (around / "inputs").mkdir()
    (around / "inputs" / "county.toml").write_text("nobody's", "utf-8")
    desk = Opened(shutil.copytree(demo, around / "project"), tmp_path_factory.mktemp("s") / "s")
    yield desk
    desk.close()


@pytest.fixture
def calm(shared: Opened, demo: Path) -> Opened:
    """A desk on a county that was never built; it builds when it is told to."""
    shared.restore(demo)
    shared.desk.eager = False
    return shared


@pytest.fixture(scope="module")
def opened(shared: Opened, demo: Path) -> Opened:
    """A desk on a county with a fault, a missing unit and a report, built."""
    shared.restore(demo)
    shared.build()
    return shared


@pytest.fixture
def opening(tmp_path: Path) -> Iterator[Callable[[Path], Opened]]:
    """Opens desks, and closes them."""
    opened: list[Opened] = []

    def new(root: Path) -> Opened:
        opened.append(Opened(root, tmp_path / f"scratch{len(opened)}"))
        return opened[-1]

    yield new
    for one in opened:
        one.close()


@pytest.fixture(scope="session")
def screens(shared: Opened, demo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every screen of the desk in every state, by what it shows."""
    shared.restore(demo)
    return {**screens_of_a_year(shared), **first_screens(tmp_path_factory.mktemp("screens"))}
