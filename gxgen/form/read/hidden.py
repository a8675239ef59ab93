"""Figures that stand where nobody sees them: in hidden rows or columns, on a hidden sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gxgen.a1 import column_letters
from gxgen.diagnostics import Finding
from gxgen.editions.schema import Edition, FieldKey
from gxgen.form.labels import plan
from gxgen.form.read.book import Book
from gxgen.form.read.locate import Location
from gxgen.model.report import Entry
from gxgen.places import Sheet, SheetCell

_LISTED = 12
"""So many rows, columns or figures are listed in one message."""


def hidden_figures(
    book: Book, edition: Edition, location: Location, entries: Mapping[FieldKey, Entry]
) -> Iterator[Finding]:
    """What to say of a table that was read though part of it is hidden."""
    if location.lattice is None:
        return
    name = location.lattice.sheet
    if name in book.names.hidden:
        message = f"工作表“{name}”是隐藏的，里面的数同样读取并印在报告里。"
        yield Finding("GX086", message, Sheet(name))
        return
    cells = book.sheet(name)
    if cells is None or not (cells.hidden_rows or cells.hidden_columns):
        return
    rows, columns = cells.hidden_rows, cells.hidden_columns
    here = [
        (place, key)
        for key in plan(edition, location.form.key).figures
        if isinstance(place := entries[key].place, SheetCell)
        and (place.row in rows or place.column in columns)
    ]
    if here:
        place, key = here[0]
        places = [place for place, _ in here]
        message = f"工作表“{name}”的{_lines(places, rows, columns)}是隐藏的，" + _figures(
            here, entries
        )
        yield Finding("GX086", message, place, key)


def _lines(places: Sequence[SheetCell], rows: set[int], columns: set[int]) -> str:
    """``第12、13行和F列``: those of the hidden lines that hold figures."""
    numbers = [str(row + 1) for row in sorted({place.row for place in places} & rows)]
    letters = [column_letters(c) for c in sorted({place.column for place in places} & columns)]
    said = [f"第{_some(numbers)}行"] if numbers else []
    return "和".join([*said, *([f"{_some(letters)}列"] if letters else [])])


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:_LISTED]) + ("等" if len(names) > _LISTED else "")


def _figures(here: Sequence[tuple[SheetCell, FieldKey]], entries: Mapping[FieldKey, Entry]) -> str:
    """How many figures that are, and which of them are not 0: those may be forgotten ones."""
    told = [f"{place.cell}是{value}" for place, key in here if (value := entries[key].value)]
    other = f"，其中不是0的有：{_some(told)}" if told else "，都是0或没有填"
    return f"里面的{len(here)}个数同样读取并印在报告里{other}。"
