"""Hostile text files: refused or read, soon and in little memory, with a sentence of ours."""

from __future__ import annotations

from pathlib import Path

from tests.bounded import sound, taken
from tests.form.faulty.form import filled
from tests.prose.hostile_texts import HOSTILE

PLAIN = "plain.xlsx"


def test_each_is_refused_or_read_soon_and_in_little_memory(tmp_path: Path) -> None:
    files = {PLAIN: filled(), **{name: made() for name, made in HOSTILE.items()}}
    found = taken(files, tmp_path)
    bad = {name: one.messages for name, one in found.items() if not sound(one, found[PLAIN])}
    assert not bad
