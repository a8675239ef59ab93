"""Sheet 指标: counts that no official table holds, the standard ones and the agency's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from gxgen.form.layout import (
    INDICATORS_COLUMNS,
    INDICATORS_GUIDANCE,
    INDICATORS_ROOM,
    INDICATORS_SHEET,
    INDICATORS_TOP,
)
from gxgen.form.write.canvas import (
    GREY_LINE,
    HEAD_FILL,
    RED_FILL,
    RED_INK,
    Book,
    Sheet,
    lines_needed,
)
from gxgen.form.write.formula import Rectangle
from gxgen.form.write.info import heads, input_style, title
from gxgen.form.write.shade import unfit
from gxgen.kinds import Kind
from gxgen.model.indicators import STANDARD, Indicator, Indicators, in_order, letters
from gxgen.model.report import Report
from gxgen.numbers import LARGEST

_WIDTHS = (26.0, 8.0, 12.0, 12.0, 30.0, 34.0)
_NAME, _NOW, _NOTE, _HINT = 0, 2, 4, 5
_COUNTS = 2
"""This year's column, and last year's beside it."""
_GUIDANCE = (
    "这张表自愿填写：各表没有、文字里要用的数写在这里，只填整数。"
    "没有统计的空着，没有发生的填 0；最下面的空行写自己的指标。"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row starts with; a standard one has its name and unit fixed."""

    indicator: Indicator
    guidance: str = ""
    within: bool = False
    fixed: bool = True


def write_indicators(book: Book, previous: Report | None, fill: Report | None) -> None:
    """The sheet, with what ``fill`` states; else with last year's counts of ``previous``."""
    sheet = book.sheet(INDICATORS_SHEET)
    for column, width in enumerate(_WIDTHS):
        sheet.raw.set_column(column, column, width)
    columns = (*INDICATORS_COLUMNS, INDICATORS_GUIDANCE)
    title(sheet, INDICATORS_SHEET, _GUIDANCE, len(columns))
    heads(sheet, INDICATORS_TOP - 1, columns)
    rows = [*_rows(fill.indicators if fill else _carried(previous))]
    for number, row in enumerate(rows, INDICATORS_TOP):
        _write_row(sheet, number, row)
    _tools(sheet, len(rows))


def _carried(previous: Report | None) -> Indicators:
    """Last year's counts as last year's; nothing is known of this year."""
    if previous is None:
        return {}
    return {
        name: replace(one, value=None, last=one.value, note="")
        for name, one in previous.indicators.items()
        if one.value is not None
    }


def _rows(known: Indicators) -> Iterator[_Row]:
    standard = (Indicator(row.name, row.unit) for row in STANDARD.values())
    for one in in_order([*standard, *known.values()]).values():
        declared = STANDARD.get(letters(one.name))
        if declared is None:
            yield _Row(one, fixed=False)
        else:
            yield _Row(one, declared.guidance, bool(declared.within))
    yield from (_Row(Indicator("", ""), fixed=False) for _ in range(INDICATORS_ROOM))


def _write_row(sheet: Sheet, number: int, row: _Row) -> None:
    book, one = sheet.book, row.indicator
    texts = {_NAME: one.name, _NOTE: one.note, _HINT: row.guidance}
    lines = (lines_needed(text, _WIDTHS[at]) for at, text in texts.items())
    sheet.set_growing_height(number, max(lines) * 15 + 8, book.style())
    hint = {"font_size": 9.5, "text_wrap": True, "indent": 1, **GREY_LINE}
    count = input_style(book, align="center", num_format="0")
    note = input_style(book, align="left", indent=1, num_format="@", text_wrap=True)
    styles = (*_labels(book, row), count, count, note, book.style(**hint))
    contents = (one.name, one.unit, one.value, one.last, one.note, row.guidance)
    for column, (content, style) in enumerate(zip(contents, styles, strict=True)):
        sheet.put(number, column, content, style)


def _labels(book: Book, row: _Row) -> tuple[Any, Any]:
    """The looks of name and unit."""
    name = {"align": "left", "indent": 3 if row.within else 1, "text_wrap": True}
    if row.fixed:
        label = {"bg_color": HEAD_FILL, **GREY_LINE}
        return book.style(**label, **name), book.style(**label, align="center")
    return input_style(book, num_format="@", **name), input_style(
        book, num_format="@", align="center"
    )


def _tools(sheet: Sheet, rows: int) -> None:
    counts = Rectangle(INDICATORS_TOP, _NOW, rows, _COUNTS)
    red = sheet.book.mark(font_color=RED_INK, bg_color=RED_FILL, bold=True)
    sheet.shade([counts], unfit(Kind.COUNT), red)
    sheet.validate(
        [counts],
        {
            "validate": "whole",
            "criteria": "between",
            "minimum": 0,
            "maximum": LARGEST - 1,
            "error_title": "这里只能填整数",
            "error_message": "请填 0 或正整数，例如 12；单位写在“单位”一列。没有统计的空着。",
        },
    )
    sheet.raw.freeze_panes(INDICATORS_TOP, 0)
    sheet.page(Rectangle(0, 0, INDICATORS_TOP + rows, len(_WIDTHS)), repeat=INDICATORS_TOP - 1)
    sheet.protect()
