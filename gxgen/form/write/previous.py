"""What a form takes over from last year's report."""

from __future__ import annotations

from collections.abc import Mapping

from gxgen.editions.bridge import counterparts
from gxgen.editions.grid import Role
from gxgen.editions.schema import Edition, FieldKey
from gxgen.form.layout import GRID_LEFT, GRID_TOP
from gxgen.form.write.canvas import HEAD_FILL, PREVIOUS_INK, THIN, Sheet
from gxgen.form.write.formula import Number, Rectangle
from gxgen.form.write.table_layout import TableLayout
from gxgen.model.report import Report

PREVIOUS, _THIS_YEAR = "上年数", "本年"


def previous_figures(edition: Edition, previous: Report | None) -> dict[FieldKey, Number | None]:
    """Last year's figure for each key that last year's edition has; None where it was blank."""
    if previous is None:
        return {}
    there = {key: counterparts(key, edition, previous.edition) for key in edition.fields}
    return {key: _sum(previous, keys) for key, keys in there.items() if keys}


def carried_figures(edition: Edition, previous: Report | None) -> dict[FieldKey, Number]:
    """The figures that repeat last year's, known from its report; totals follow from them."""
    last = previous_figures(edition, previous)
    carried = {key: last.get(source) for key, source in edition.carries.items()}
    return {
        key: value
        for key, value in carried.items()
        if value is not None and key not in edition.totals
    }


def _sum(previous: Report, keys: tuple[FieldKey, ...]) -> Number | None:
    found = [previous.values[key] for key in keys if key in previous.values]
    return sum(found, start=0) if len(found) == len(keys) else None


_BESIDE, _OF_LAST_YEAR = "，只供对照，不用填", f"{PREVIOUS[:-1]}·"


def heads_previous(text: str) -> bool:
    """Whether a text heads last year's figures, as :func:`write_previous` words it."""
    return text.endswith(_BESIDE) or text.startswith(_OF_LAST_YEAR)


def write_previous(
    sheet: Sheet, layout: TableLayout, previous: Mapping[FieldKey, Number | None], year: int
) -> None:
    """Last year's figures beside this year's (below them in a flat table), grey and locked."""
    down, across = layout.previous_shift
    look = {"font_color": PREVIOUS_INK, "align": "center", "border": THIN}
    style = sheet.book.style(**look, font_size=9, num_format="0.####;-0.####;0")
    head = sheet.book.style(**look, font_size=9, bg_color=HEAD_FILL, text_wrap=True)
    sheet.put_over(_band(layout), f"{PREVIOUS}（{year}年）{_BESIDE}", head)
    for cell in layout.grid.cells:
        area = layout.area(cell)
        moved = Rectangle(area.row + down, area.column + across, area.rows, area.columns)
        if cell.key is not None:
            sheet.put_over(moved, previous.get(cell.key), style)
        elif cell.role is Role.HEAD and cell.column >= layout.stub_columns and across:
            sheet.put_over(moved, f"{_OF_LAST_YEAR}{cell.text.removeprefix(_THIS_YEAR)}", head)


def _band(layout: TableLayout) -> Rectangle:
    columns = layout.grid.columns - layout.stub_columns
    if layout.flat:
        return Rectangle(layout.previous_row - 1, GRID_LEFT, 1, columns)
    return Rectangle(
        GRID_TOP - 2, GRID_LEFT + layout.stub_columns + layout.previous_shift[1], 2, columns
    )
