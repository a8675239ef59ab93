"""Columns of a hair's width, which programs leave in a table's grid when borders do not quite meet.

LibreOffice makes them by rounding, Word when a border is dragged. Nobody sees them, but each one
counts as a column, and every cell above and below it as one that spans two.
"""

from __future__ import annotations

from lxml.etree import _Element

from gxgen.errors import TemplateError
from gxgen.formats.docx.wordml import W, number

MOST_COLUMNS = 1000
"""No real table comes near; a span beyond would only cost time."""
WIDEST = 20
"""Twips, a third of a millimetre: no cell is so narrow."""


def close_slivers(table: _Element) -> bool:
    """Take such columns out of a table's grid; whether there were any."""
    grid = table.find(W + "tblGrid")
    columns = [] if grid is None else list(grid.iterchildren(W + "gridCol"))
    if next(table.iter(W + "gridBefore", W + "gridAfter"), None) is not None:
        return False
    closed = False
    for place in reversed(range(len(columns))):
        if _width(columns[place]) <= WIDEST and len(columns) > 1:
            spans = [_span_over(row, place) for row in table.iterchildren(W + "tr")]
            if None not in spans:
                for span in spans:
                    _narrow(span)
                _give_away(columns, place)
                closed = True
    return closed


def column_span(text: str) -> int:
    """How many columns a cell spans.

    Raises:
        TemplateError: it says no number that a table can have.
    """
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_COLUMNS):
        raise TemplateError(f"表格里有一格的合并列数写坏了（“{text[:20]}”）。")
    return int(text)


def _span_over(row: _Element, column: int) -> _Element | None:
    """The span of the cell that covers a column and another beside it; None if there is none."""
    at = 0
    for cell in row.iterchildren(W + "tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        width = 1 if span is None else number(span, "val", WIDEST + 1)
        if at <= column < at + width:
            return span if width > 1 else None
        at += width
    return None


def _narrow(span: _Element | None) -> None:
    if span is None:
        return
    width, properties = number(span, "val") - 1, span.getparent()
    span.set(W + "val", str(width))
    if width == 1 and properties is not None:
        properties.remove(span)


def _give_away(columns: list[_Element], place: int) -> None:
    """Remove a column and add its width to its neighbour's."""
    column = columns.pop(place)
    neighbour = columns[max(place - 1, 0)]
    neighbour.set(W + "w", str(_width(neighbour) + _width(column)))
    parent = column.getparent()
    if parent is not None:
        parent.remove(column)


def _width(column: _Element) -> int:
    """Twips; a column that says nothing is no sliver."""
    return number(column, "w", WIDEST + 1)
