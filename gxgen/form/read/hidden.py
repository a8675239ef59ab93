"""Figures that stand where nobody sees them: in hidden rows or columns, on a hidden sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gxgen.a1 import column_letters
from gxgen.diagnostics import Finding
from gxgen.editions.schema import Edition, FieldKey
from gxgen.form.labels import plan
from gxgen.form.read.book import Book
from gxgen.form.read.cells import SheetCells
from gxgen.form.read.locate import Location
from gxgen.model.report import Entry
from gxgen.places import Sheet, SheetCell

_LISTED = 12
"""So many rows, columns or figures are listed in one message."""


def unseen(book: Book, cells: SheetCells, place: SheetCell) -> str | None:
    """Why nobody sees a cell, in words."""
    if cells.name in book.names.hidden:
        return "所在的工作表是隐藏的"
    if place.row in cells.hidden_rows:
        return "所在的行是隐藏的"
    if place.column in cells.hidden_columns:
        return "所在的列是隐藏的"
    return COVERED if (place.row, place.column) in cells.covered else None


COVERED = "被合并的单元格盖住了"


def undo(how: str) -> str:
    """What makes such a cell to be seen again."""
    return "取消合并" if how == COVERED else "取消隐藏"


def hidden_figures(
    book: Book, edition: Edition, location: Location, entries: Mapping[FieldKey, Entry]
) -> Iterator[Finding]:
    """What to ask of a table that was read though part of it is hidden, where that is not all 0."""
    if location.lattice is None or (cells := book.sheet(location.lattice.sheet)) is None:
        return
    name, rows, columns = cells.name, cells.hidden_rows, cells.hidden_columns
    whole = name in book.names.hidden
    if not (whole or rows or columns or cells.covered):
        return
    here = [
        (place, key)
        for key in plan(edition, location.form.key).figures
        if isinstance(place := entries[key].place, SheetCell)
        and entries[key].value
        and unseen(book, cells, place)
    ]
    if whole and here:
        message = f"工作表“{name}”是隐藏的，里面有不是0的数；取消隐藏，核对后再报。"
        yield Finding("GX086", message, Sheet(name))
    elif here:
        place, key = here[0]
        lines = _lines([place for place, _ in here], rows, columns)
        told = _some(
            [f"{at.cell}（{edition.fields[k].label}）是{entries[k].value}" for at, k in here]
        )
        how = f"的{lines}是隐藏的" if lines else f"有几格{COVERED}"
        todo = undo("" if lines else COVERED)
        message = f"工作表“{name}”{how}，里面有不是0的数：{told}；{todo}，核对后再报。"
        yield Finding("GX086", message, place, key)


def _lines(places: Sequence[SheetCell], rows: set[int], columns: set[int]) -> str:
    """``第12、13行和F列``: those of the hidden lines that hold figures."""
    numbers = [str(row + 1) for row in sorted({place.row for place in places} & rows)]
    letters = [column_letters(c) for c in sorted({place.column for place in places} & columns)]
    said = [f"第{_some(numbers)}行"] if numbers else []
    return "和".join([*said, *([f"{_some(letters)}列"] if letters else [])])


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:_LISTED]) + ("等" if len(names) > _LISTED else "")
