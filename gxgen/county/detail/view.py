"""The official tables of a roll-up on one sheet; each figure points at the total behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gxgen.county.detail.headings import table_title
from gxgen.editions.grid import Grid, GridCell, Role
from gxgen.editions.schema import Edition, FieldKey
from gxgen.form.write.canvas import (
    HEAD_FILL,
    HEAD_FONT,
    LEAST_HEIGHT,
    RED_INK,
    THIN,
    Sheet,
    label_heights,
)
from gxgen.form.write.formula import Formula, Rectangle

UNITS, UNIT_WIDTH = 30, 3.6
"""Every table is as wide as so many narrow columns; its own columns take several each."""
_MOST_A_FIGURE, _FIGURES_SHARE, _NARROW_STUB = 6, 18, 3

Pointer = Callable[[FieldKey], Formula | None]


def write_view(
    sheet: Sheet,
    edition: Edition,
    title: str,
    pointer: Pointer,
    formats: Mapping[FieldKey, str],
    *,
    draft: str = "",
) -> None:
    """Write the sheet. ``pointer`` gives a figure's formula, ``formats`` its number format.

    ``draft``: what stands above all as long as units are wanting.
    """
    raw, style = sheet.raw, sheet.book.style
    raw.set_column(0, UNITS - 1, UNIT_WIDTH)
    raw.hide_gridlines(2)
    raw.set_row(0, 30)
    heading = style(font_name=HEAD_FONT, font_size=16, align="center", shrink=True)
    sheet.put_over(Rectangle(0, 0, 1, UNITS), title, heading)
    if draft:
        warned = style(font_color=RED_INK, bold=True, align="center")
        sheet.put_over(Rectangle(1, 0, 1, UNITS), draft, warned)
    top, breaks = 2 if draft else 1, []
    for form in edition.tables:
        breaks.append(top)
        sheet.put(top, 0, table_title(edition, form), style(font_name=HEAD_FONT, font_size=12))
        raw.set_row(top, 26)
        top = _table(sheet, edition.grids[form.key], top + 1, pointer, formats) + 1
    raw.set_h_pagebreaks(_page_starts(edition, breaks))
    sheet.page(Rectangle(0, 0, top, UNITS))


def _page_starts(edition: Edition, tops: list[int]) -> list[int]:
    """A table with many rows starts a page of its own."""
    return [
        top
        for top, form in zip(tops, edition.tables, strict=True)
        if top > tops[0] and edition.grids[form.key].rows > 20
    ]


def _table(
    sheet: Sheet, grid: Grid, top: int, pointer: Pointer, formats: Mapping[FieldKey, str]
) -> int:
    """Write one table from row ``top`` on; the row after it."""
    edges = column_edges(grid)
    for cell in grid.cells:
        last = cell.column + cell.column_span
        first, width = edges[cell.column], edges[last] - edges[cell.column]
        area = Rectangle(top + cell.row, first, cell.row_span, width)
        if cell.key is None:
            sheet.put_over(area, cell.text, _label_style(sheet, cell))
        else:
            look: dict[str, Any] = {"num_format": formats[cell.key], "align": "center"}
            sheet.put_over(area, pointer(cell.key), sheet.book.style(border=THIN, **look))

    def wide(cell: GridCell) -> float:
        return (edges[cell.column + cell.column_span] - edges[cell.column]) * UNIT_WIDTH

    for row, height in enumerate(label_heights(grid, wide, LEAST_HEIGHT), top):
        sheet.raw.set_row(row, height)
    return top + grid.rows


def column_edges(grid: Grid) -> list[int]:
    """Where each column of a table begins, in narrow columns, and where the last one ends."""
    stubs = min(cell.column for cell in grid.figures.values())
    figures = grid.columns - stubs
    room = _FIGURES_SHARE if stubs else UNITS
    each = min(_MOST_A_FIGURE, room // figures)
    widths = [_NARROW_STUB] * stubs + [each] * figures
    if stubs:
        widths[stubs - 1] = UNITS - each * figures - _NARROW_STUB * (stubs - 1)
    return [sum(widths[:at]) for at in range(len(widths) + 1)]


def _label_style(sheet: Sheet, cell: GridCell) -> Any:
    look: dict[str, Any] = {"text_wrap": True, "align": "center", "bg_color": HEAD_FILL}
    if cell.role is Role.STUB and cell.row_span == 1:
        look["align"] = "left"
    if cell.role is Role.CORNER:
        look["font_size"] = 9
    return sheet.book.style(border=THIN, **look)
