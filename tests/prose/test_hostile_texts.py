"""Hostile text files: refused or read, soon and in little memory, with a sentence of ours."""

from __future__ import annotations

import pytest

from tests.bounded import MEMORY, MIB, Taken, taken
from tests.form.faulty.form import filled
from tests.prose.hostile_texts import HOSTILE

PLAIN = "plain.xlsx"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Taken]:
    files = {PLAIN: filled(), **{name: made() for name, made in HOSTILE.items()}}
    return taken(files, tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_or_read_soon_and_in_little_memory(
    name: str, results: dict[str, Taken]
) -> None:
    one, plain = results[name], results[PLAIN]
    assert "ended" not in one.codes, one.messages
    assert one.memory - plain.memory < MEMORY, f"{one.memory // MIB} MB"
    assert all(len(message) < 1_500 for message in one.messages)
