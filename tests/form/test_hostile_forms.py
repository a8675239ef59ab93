"""Hostile workbooks: refused or read, soon, in little memory, and the message says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bounded import MEMORY, MIB, Taken, taken
from tests.form.faulty.form import Form, filled
from tests.form.hostile_forms import HOSTILE
from tests.support import need_case

PLAIN = "plain.xlsx"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Taken]:
    files = {PLAIN: filled()}
    for name, change in HOSTILE.items():
        form = Form()
        change(form)
        files[f"{name}.xlsx"] = form.data()
    return taken(files, tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_or_read_soon_and_in_little_memory(
    name: str, results: dict[str, Taken]
) -> None:
    one, plain = results[f"{name}.xlsx"], results[PLAIN]
    assert "ended" not in one.codes, one.messages
    assert one.memory - plain.memory < MEMORY, f"{one.memory // MIB} MB"
    assert all(len(message) < 1_500 for message in one.messages)


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


@pytest.mark.parametrize("name", CODES)
def test_what_no_form_can_say_is_refused(name: str, results: dict[str, Taken]) -> None:
    assert results[f"{name}.xlsx"].codes[0] == CODES[name]


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
    for name in names:
        assert "ended" not in found[name].codes, name
        assert found[name].memory - found[PLAIN].memory < MEMORY, name
