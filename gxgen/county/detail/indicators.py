"""Sheet 指标 of the workbook 汇总明细: a row an agency, a column for what any of them counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gxgen.county.counts import Counts, by_kind, kinds
from gxgen.form.layout import INDICATORS_SHEET
from gxgen.form.write.canvas import (
    GREY_LINE,
    HEAD_FILL,
    HEAD_FONT,
    PREVIOUS_INK,
    THIN,
    TOTAL_FILL,
    Book,
    Content,
    Sheet,
    lines_needed,
)
from gxgen.form.write.formula import Formula, Rectangle

HEAD_ROW, STATED_ROW, TOTAL_ROW, FIRST_ROW = 2, 3, 4, 5
NUMBER_COLUMN, NAME_COLUMN, FIRST_COLUMN = 0, 1, 2
_NUMBER_WIDTH, _NAME_WIDTH, _WIDTH = 6, 34, 12.0
_NOTE = "各单位自愿填写；空着的是没有填，不是 0。合计只加填了的单位，填了的单位数在上一行。"


def write_counts(book: Book, title: str, rows: Sequence[tuple[str, Counts]]) -> None:
    """The sheet; none where nobody counts anything."""
    columns = kinds(counts for _, counts in rows)
    if not columns:
        return
    sheet = book.sheet(INDICATORS_SHEET)
    _set_widths(sheet, len(columns))
    style = book.style
    sheet.put(0, 0, title, style(font_name=HEAD_FONT, font_size=16))
    sheet.put(1, 0, _NOTE, style(font_size=9, font_color=PREVIOUS_INK))
    heads = [name + (f"\n（{unit}）" if unit else "") for (_, unit), name in columns.items()]
    _write_heads(sheet, heads)
    known = [by_kind(counts) for _, counts in rows]
    for number, kind in enumerate(columns):
        _write_column(sheet, FIRST_COLUMN + number, [row.get(kind) for row in known])
    name, count = style(**GREY_LINE), style(align="center", **GREY_LINE)
    for row, (agency, _) in enumerate(rows):
        sheet.put(FIRST_ROW + row, NUMBER_COLUMN, row + 1, count)
        sheet.put(FIRST_ROW + row, NAME_COLUMN, agency, name)
    sheet.raw.freeze_panes(FIRST_ROW, FIRST_COLUMN)
    whole = Rectangle(0, 0, FIRST_ROW + len(rows), FIRST_COLUMN + len(columns))
    sheet.page(whole, landscape=True, repeat=TOTAL_ROW)


def _set_widths(sheet: Sheet, columns: int) -> None:
    sheet.raw.set_column(NUMBER_COLUMN, NUMBER_COLUMN, _NUMBER_WIDTH)
    sheet.raw.set_column(NAME_COLUMN, NAME_COLUMN, _NAME_WIDTH)
    sheet.raw.set_column(FIRST_COLUMN, FIRST_COLUMN + columns - 1, _WIDTH)
    sheet.raw.set_row(0, 28)


def _write_heads(sheet: Sheet, heads: Sequence[str]) -> None:
    style = sheet.book.style(
        font_name=HEAD_FONT, font_size=9, align="center", text_wrap=True,
        bg_color=HEAD_FILL, border=THIN,
    )  # fmt: skip
    for column, head in enumerate(("序号", "单位", *heads)):
        sheet.put(HEAD_ROW, column, head, style)
    sheet.raw.set_row(HEAD_ROW, max(lines_needed(head, _WIDTH) for head in heads) * 13 + 6)
    for row, text in ((STATED_ROW, "填了的单位数"), (TOTAL_ROW, "合计")):
        sheet.put(row, NUMBER_COLUMN, None, _total_style(sheet))
        sheet.put(row, NAME_COLUMN, text, _total_style(sheet))


def _write_column(sheet: Sheet, column: int, counts: Sequence[int | None]) -> None:
    style = sheet.book.style(align="right", num_format="0", **GREY_LINE)
    for row, count in enumerate(counts, FIRST_ROW):
        sheet.put(row, column, count, style)
    area = Rectangle(FIRST_ROW, column, len(counts))
    known = [count for count in counts if count is not None]
    stated: Content = Formula(f"=COUNT({area})", len(known))
    for row, content in ((STATED_ROW, stated), (TOTAL_ROW, Formula(f"=SUM({area})", sum(known)))):
        sheet.put(row, column, content, _total_style(sheet, align="right", num_format="0"))


def _total_style(sheet: Sheet, **look: Any) -> Any:
    return sheet.book.style(bold=True, bg_color=TOTAL_FILL, border=THIN, **look)
