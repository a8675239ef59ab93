"""Blank cells in a marked copy: each that must be filled is coloured, however few sentences say
so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gxgen.a1 import cell_name
from gxgen.diagnostics import Severity
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.form.layout import figure_position
from gxgen.places import SheetCell
from tests.factory import checked
from tests.form.mark_support import (
    changed,
    coloured,
    differences,
    filled,
    finding,
    load,
    marked,
    marks,
)


def inputs(edition: Edition) -> list[tuple[str, int, int]]:
    """(sheet, row, column) of every figure that an agency types."""
    return [figure_position(edition, key) for key in edition.fields if key not in edition.totals]


@cache
def whole(edition: Edition) -> bytes:
    return filled(edition)


def without(edition: Edition, cells: Iterable[tuple[str, int, int]]) -> bytes:
    """The filled form with these cells emptied."""

    def empty(book: Any) -> None:
        for sheet, row, column in cells:
            book[sheet].cell(row + 1, column + 1).value = None

    return changed(whole(edition), empty)


def holds(edition: Edition, chosen: set[tuple[str, int, int]]) -> None:
    original = without(edition, chosen)
    found = [d for d in checked(original).diagnostics if d.code == "GX020"]
    copy = marked(original, found)
    book = load(copy)
    assert coloured(book) == {(s, cell_name(row, column)) for s, row, column in chosen}
    assert marks(book) <= coloured(book)
    assert len(marks(book)) == len(found)
    assert coloured(load(marked(copy, []))) == set()
    assert checked(copy) == checked(original)
    assert list(differences(original, copy)) == []


EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)


@EACH_EDITION
@settings(max_examples=4, phases=[Phase.generate])
@given(data=st.data())
def test_every_blank_cell_is_coloured_and_each_finding_is_said_once(
    edition: Edition, data: st.DataObject
) -> None:
    """Single cells and rows: whoever fills all that is coloured is done."""
    cells = inputs(edition)
    chosen = set(data.draw(st.lists(st.sampled_from(cells), max_size=6)))
    for table, row in data.draw(st.lists(st.sampled_from([c[:2] for c in cells]), max_size=3)):
        chosen |= {cell for cell in cells if cell[:2] == (table, row)}
    holds(edition, chosen)


@EACH_EDITION
def test_of_a_table_that_nobody_filled_every_cell_is_coloured(edition: Edition) -> None:
    """The sentence is about the sheet; its first cell bears the comment."""
    for form in edition.tables:
        holds(edition, {cell for cell in inputs(edition) if cell[0] == form.sheet})


def test_blank_totals_are_all_coloured_too() -> None:
    edition = EDITIONS["2021"]
    totals = [figure_position(edition, key) for key in edition.totals]

    data = without(edition, totals)
    found = [d for d in checked(data).diagnostics if d.code == "GX020"]
    book = load(marked(data, found))
    assert coloured(book) == {(s, cell_name(row, column)) for s, row, column in totals}
    assert len(marks(book)) == len(found) < len(totals)


def test_a_cell_of_a_block_keeps_the_comment_of_its_own() -> None:
    block = tuple(SheetCell("表三", 8, column) for column in range(3, 7))
    blank = replace(finding("表三", (8, 3), message="空着。"), cells=block)
    other = finding("表三", (8, 5), Severity.WARNING, "另有一事。")
    book = load(marked(filled(), [blank, other]))
    assert coloured(book) == {("表三", cell.cell) for cell in block}
    assert marks(book) == {("表三", "D9"), ("表三", "F9")}
    assert "空着。" not in book["表三"]["F9"].comment.text
    fills = {book["表三"][cell.cell].fill.fgColor.rgb[4] for cell in block}
    assert fills == {"A"}, "the worst that concerns a cell gives its colour"
