"""Hostile workbooks: refused or read, soon, in little memory, and the message says where."""

from __future__ import annotations

from pathlib import Path

from tests.bounded import sound, taken
from tests.form.faulty.form import Form, filled
from tests.form.hostile_forms import HOSTILE
from tests.support import need_case

PLAIN = "plain.xlsx"


CODES = {
    "far": "GX009",
    "far in lower case": "GX009",
    "far with blanks": "GX009",
    "far with entities": "GX009",
    "far with a prefix": "GX009",
    "far by its row": "GX009",
    "far by cells that lack names": "GX002",
    "far in UTF-16": "GX002",
    "cell of no name": "GX002",
    "cell of row zero": "GX002",
    "cell of four letters": "GX002",
    "cells without end": "GX009",
    "attributes in single quotes": "GX009",
    "a long text in all cells": "GX009",
    "runs in all cells": "GX009",
    "misplaced texts": "GX009",
    "sheets of one part": "GX002",
    "sheets": "GX002",
}


def test_each_is_refused_or_read_soon_and_in_little_memory(tmp_path: Path) -> None:
    files = {PLAIN: filled()}
    for name, change in HOSTILE.items():
        form = Form()
        change(form)
        files[f"{name}.xlsx"] = form.data()
    found = taken(files, tmp_path)
    bad = {name: one.messages for name, one in found.items() if not sound(one, found[PLAIN])}
    assert not bad
    told = {name: found[f"{name}.xlsx"].codes[:1] for name in CODES}
    assert told == {name: (code,) for name, code in CODES.items()}


def test_a_cell_is_never_put_where_its_name_does_not_say() -> None:
    """A name in lower case is the same cell; one that is none makes the sheet unreadable."""
    form = Form().put_raw("表三!D8", "", "<v>77</v>")
    part = form.part("表三")
    form.parts[part] = form.parts[part].replace(b'r="D8"', b'r="d8"')
    report = form.read().report
    assert report is not None
    assert any(e.value == 77 and str(e.place) == "表三!D8" for e in report.entries.values())


def test_the_cases_that_hurt_once(tmp_path: Path) -> None:
    folder = need_case("hostile")
    names = ["abort.xlsx", "a1_far_lower.xlsx", "memory.xlsx", "hang60.xlsx", "redos.xlsx"]
    names += sorted(path.name for path in folder.glob("nb_*"))
    files = {PLAIN: filled(), **{name: (folder / name).read_bytes() for name in names}}
    found = taken(files, tmp_path)
    assert all(sound(one, found[PLAIN]) for one in found.values()), found
