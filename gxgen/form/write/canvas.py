"""A workbook under construction: formats by their properties, and writes that cannot fail unseen.

XlsxWriter reports most faults by a return code and a warning, and carries on. Here either one
is an :class:`~gxgen.errors.InternalError`, except where a person's text is the cause.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from typing import Any

from gxgen.a1 import cell_name, column_letters
from gxgen.editions.grid import Grid, GridCell
from gxgen.errors import InternalError, UsageError
from gxgen.form.write.formula import Formula, Rectangle

BODY_FONT = "宋体"
HEAD_FONT = "黑体"
INPUT_FILL = "#FFF9DB"
HEAD_FILL = "#F2F2F2"
TOTAL_FILL = "#E4E7EB"
PREVIOUS_INK = "#7A7A7A"
PREFILLED: dict[str, Any] = {"bg_color": "#E3EEF9", "font_color": "#1F4E79", "italic": True}
"""How a figure looks that was put in for the agency, to be looked at and not to be typed."""
RED_INK, RED_FILL = "#9C0006", "#FFC7CE"
GREEN_INK, GREEN_FILL = "#006100", "#E2F0D9"
AMBER_INK, AMBER_FILL = "#7F5F00", "#FFEFC2"

GREY_LINE = {"border": 1, "border_color": "#A6A6A6"}

THIN, MEDIUM = 1, 2
CELL = "@"
CELL_TEXT_LIMIT = 32_767
"""The most characters (UTF-16 units) that one cell holds."""

_FORMULAS_KEPT = 5_000
"""A form has some four hundred, and most forms have the same ones."""
_CREATED = dt.datetime(2020, 1, 1)
_PROTECTION = ("format_cells", "format_columns", "format_rows")

Content = str | int | float | Decimal | dt.date | Formula | None


class Book:
    """The workbook: sheets, formats and workbook-level names."""

    def __init__(self, title: str, *, in_memory: bool = True) -> None:
        """Start an empty workbook; ``title`` goes to the file's properties.

        ``in_memory`` false: the parts lie in temporary files until they are packed.
        """
        from xlsxwriter import Workbook

        self._buffer = io.BytesIO()
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        options = {
            "in_memory": in_memory,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": False,
        }
        self._workbook = Workbook(self._buffer, options)
        self._workbook.formats[0].set_font_name(BODY_FONT)
        self._workbook.set_properties({"title": title, "created": _CREATED})
        self._workbook.set_calc_mode("auto")

    def sheet(self, name: str, kind: Any = None) -> Sheet:
        """A new sheet after those that exist; ``kind`` is a worksheet class of its own."""
        return Sheet(self, self._workbook.add_worksheet(name, kind or _worksheet_class()), name)

    def style(self, **properties: Any) -> Any:
        """The format with these properties (XlsxWriter's names), made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": BODY_FONT, "font_size": 10.5, "valign": "vcenter"}
            self._formats[key] = self._workbook.add_format(base | properties)
        return self._formats[key]

    def mark(self, **properties: Any) -> Any:
        """A format for conditional formatting: only what it changes."""
        key = ("mark", True), *sorted(properties.items())
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]

    def name(self, name: str, sheet: str, row: int, column: int) -> None:
        """Give a cell a workbook-level name."""
        target = f"'{sheet}'!${column_letters(column)}${row + 1}"
        _checked(self._workbook.define_name(name, target), f"name {name}")

    def finish(self) -> bytes:
        """The file."""
        self._workbook.close()
        return self._buffer.getvalue()


class Sheet:
    """One sheet; rows and columns are 0-based."""

    def __init__(self, book: Book, worksheet: Any, name: str) -> None:
        """Wrap a worksheet of ``book``."""
        self.book = book
        self.name = name
        self.raw = worksheet

    def put(self, row: int, column: int, content: Content, style: Any) -> None:
        """Write a cell. Text stays text, whatever it begins with."""
        where = f"{self.name}!{cell_name(row, column)}"
        match content:
            case None | "":
                code = self.raw.write_blank(row, column, None, style)
            case str():
                code = self.raw.write_string(row, column, _printable(content, where), style)
            case Formula():
                code = self.raw.write_formula(row, column, content.text, style, content.value)
            case dt.date():
                code = self.raw.write_datetime(row, column, content, style)
            case _:
                code = self.raw.write_number(row, column, content, style)
        _checked(code, where)

    def set_growing_height(self, row: int, height: float, style: Any) -> None:
        """A row that is so high now and grows with its text."""
        self.raw.set_row(row, height, style)
        self.raw.growing.add(row + 1)

    def put_over(self, area: Rectangle, content: Content, style: Any) -> None:
        """Write a rectangle, merged where it is more than one cell."""
        if (area.rows, area.columns) != (1, 1):
            code = self.raw.merge_range(
                area.row, area.column, area.last_row, area.last_column, "", style
            )
            _checked(code, f"{self.name}!{area}")
        self.put(area.row, area.column, content, style)

    def validate(self, areas: list[Rectangle], options: Mapping[str, Any]) -> None:
        """Data validation over all these rectangles."""
        first = areas[0]
        others = [[a.row, a.column, a.last_row, a.last_column] for a in areas[1:]]
        code = self.raw.data_validation(
            first.row,
            first.column,
            first.last_row,
            first.last_column,
            {**options, "other_cells": others},
        )
        _checked(code, f"validation {self.name}!{first}")

    def shade(self, areas: list[Rectangle], when: str, style: Any, *, stop: bool = False) -> None:
        """Conditional format: a formula in which ``@`` stands for the cell itself.

        One format a rectangle, because programs disagree on what a relative reference is
        relative to when a format has several.
        """
        for area in areas:
            corner = cell_name(area.row, area.column)
            options: dict[str, Any] = {
                "type": "formula",
                "criteria": f"={when.replace(CELL, corner)}",
                "format": style,
                "stop_if_true": stop,
            }
            code = self.raw.conditional_format(
                area.row, area.column, area.last_row, area.last_column, options
            )
            _checked(code, f"conditional format {self.name}!{area}")

    def protect(self, *more: str) -> None:
        """Protect without password; cells, rows and columns may be formatted, and ``more``."""
        self.raw.protect("", dict.fromkeys((*_PROTECTION, *more), True))

    def page(self, area: Rectangle, *, landscape: bool = False, repeat: int | None = None) -> None:
        """Print on A4, one page wide; rows 0 to ``repeat`` on top of every page."""
        if landscape:
            self.raw.set_landscape()
        self.raw.set_paper(9)
        self.raw.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.75)
        self.raw.center_horizontally()
        self.raw.fit_to_pages(1, 0)
        self.raw.print_area(area.row, area.column, area.last_row, area.last_column)
        self.raw.set_header(f'&R&"{BODY_FONT}"&9&A')
        self.raw.set_footer(f'&C&"{BODY_FONT}"&9第 &P 页，共 &N 页')
        if repeat is not None:
            self.raw.repeat_rows(0, repeat)


@cache
def _worksheet_class() -> Any:
    from xlsxwriter.worksheet import Worksheet

    prepared: dict[tuple[Any, ...], str] = {}

    class GrowingWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
        """Rows in ``growing`` have a height that is not fixed, which XlsxWriter cannot say; and a
        formula is searched for new functions, by a hundred patterns, once in all workbooks."""

        def __init__(self) -> None:
            super().__init__()
            self.growing: set[int] = set()

        def _prepare_formula(self, *formula: Any) -> str:
            if formula not in prepared:
                if len(prepared) >= _FORMULAS_KEPT:
                    prepared.clear()
                prepared[formula] = super()._prepare_formula(*formula)
            return prepared[formula]

        def _xml_start_tag_unencoded(
            self, tag: str, attributes: list[tuple[str, Any]] | None = None
        ) -> None:
            if tag == "row" and attributes and attributes[0][1] in self.growing:
                attributes = [pair for pair in attributes if pair[0] != "customHeight"]
            super()._xml_start_tag_unencoded(tag, attributes or [])

    return GrowingWorksheet


@contextmanager
def loud() -> Iterator[None]:
    """Within it, what XlsxWriter only warns of is an error of our own."""
    from xlsxwriter.exceptions import XlsxWriterException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    except (UserWarning, XlsxWriterException) as problem:
        raise InternalError(f"写表格文件时出错：{problem}") from problem


def text_width(text: str) -> int:
    """Width in half-width characters: a Chinese character takes two."""
    return sum(2 if ord(char) > 0x2E7F or char in "“”‘’—…·" else 1 for char in text)


def lines_needed(text: str, width: float) -> int:
    """How many lines a wrapped text takes in a column ``width`` half-width characters wide."""
    room = max(2, int(width) - 1)
    return sum(max(1, -(-text_width(line) // room)) for line in text.split("\n"))


_LINE, LEAST_HEIGHT = 14.5, 20.0


def label_heights(grid: Grid, width: Callable[[GridCell], float], least: float) -> list[float]:
    """How high each row of a table must be for its labels, and ``least`` in any case."""
    heights = [least] * grid.rows
    for cell in grid.labels:
        each = (lines_needed(cell.text, width(cell)) * _LINE + 5) / cell.row_span
        for row in range(cell.row, cell.row + cell.row_span):
            heights[row] = max(heights[row], each)
    return heights


def _printable(text: str, where: str) -> str:
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > CELL_TEXT_LIMIT:
        raise UsageError(
            f"{where} 要写入的一段文字有{len(text)}个字，超过一个单元格能容纳的"
            f"{CELL_TEXT_LIMIT}个字；请先把它分成几段。"
        )
    for char in text:
        if (
            (char < " " and char not in "\t\n")
            or "\ud800" <= char <= "\udfff"
            or char in "\ufffe\uffff"
        ):
            raise UsageError(
                f"{where} 要写入的文字“{text[:20].strip()}”含有不能打印的控制字符"
                f"（U+{ord(char):04X}），请删去后再试。"
            )
    return text


def _checked(code: int | None, where: str) -> None:
    if code:
        raise InternalError(f"写表格文件时出错：{where} 未能写入（{code}）。")
