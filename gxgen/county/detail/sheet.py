"""The workbook behind a roll-up: every total of the county opens into the units that it adds up.

Sheet 汇总明细 has a row a unit and a column a figure, with the totals frozen above them: there
a total keeps its cell, however many units file. Sheet 按表查看 shows the official tables; each of
their cells points at a total.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gxgen.a1 import cell_name
from gxgen.county.counts import Counts
from gxgen.county.detail.headings import LEVELS, HeadCell, head_cells, on_pages, page_starts
from gxgen.county.detail.indicators import write_counts
from gxgen.county.detail.rows import DataRows, streaming_sheet
from gxgen.county.detail.view import write_view
from gxgen.document.page import DRAFT_MARK
from gxgen.editions.schema import Edition, FieldKey, Kind
from gxgen.form.layout import INDICATORS_SHEET
from gxgen.form.write.canvas import (
    GREY_LINE,
    HEAD_FILL,
    HEAD_FONT,
    PREVIOUS_INK,
    RED_INK,
    THIN,
    TOTAL_FILL,
    Book,
    Sheet,
    loud,
    text_width,
)
from gxgen.form.write.formula import Formula, Rectangle
from gxgen.model.report import Value
from gxgen.model.sums import add_up
from gxgen.places import SheetCell

DETAIL_SHEET = "汇总明细"
VIEW_SHEET = "按表查看"

HEADS_TOP = 2
TOTAL_ROW = HEADS_TOP + LEVELS
KEY_ROW = TOTAL_ROW + 1
FIRST_ROW = KEY_ROW + 1
NUMBER_COLUMN, NAME_COLUMN, FIRST_COLUMN = 0, 1, 2

NOT_FILED = "没有报送"
_IN_MEMORY_ROWS = 300
"""With more units than this the parts of the file are put together on disk."""
_NUMBER_WIDTH, _NAME_WIDTH, _LEAST_WIDTH = 6, 34, 7.2
_HEIGHTS = (28, 18, 18, 29, 29, 29, 22, 9)
_WARNING_COLUMN, _REASON_COLUMNS = FIRST_COLUMN + 6, 12
_PRINT_SCALE, _PRINTED_WIDTH = 60, 112.0
_LONGEST_NAME = 200
_FORMATS = {Kind.COUNT: "0", Kind.SIGNED: "0", Kind.MONEY: "General"}


def total_place(edition: Edition, key: FieldKey) -> SheetCell:
    """Where the county's total of a figure stands."""
    return SheetCell(DETAIL_SHEET, TOTAL_ROW, FIRST_COLUMN + list(edition.fields).index(key))


def plain_name(name: str) -> str:
    """A name that any cell and any message can hold: printable, of sensible length."""
    if name.isprintable() and len(name) <= _LONGEST_NAME:
        return name
    clean = "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in name)
    return clean if len(clean) <= _LONGEST_NAME else clean[: _LONGEST_NAME - 1] + "…"


def warning(absent: int) -> str:
    """What a workbook says above its figures as long as units are wanting; else nothing."""
    return f"{DRAFT_MARK}：另有{absent}个单位没有计入。" if absent else ""


def rollup_workbook(
    edition: Edition,
    county_name: str,
    year: int,
    rows: Sequence[tuple[str, Mapping[FieldKey, Value]]],
    *,
    missing: Sequence[str] = (),
    faulty: Sequence[tuple[str, str]] = (),
    counts: Sequence[Counts] = (),
) -> bytes:
    """The workbook as an .xlsx file; the same arguments give the same bytes.

    Args:
        edition: which form.
        county_name: whose roll-up it is.
        year: the report's year.
        rows: the units that are added up, each with every figure; gone through twice.
        missing: the agencies that have not filed.
        faulty: the agencies whose figures are not counted, each with the reason.
        counts: what each of the units counts beside the tables.

    Raises:
        KeyError: a unit lacks a figure.
    """
    title = f"{plain_name(county_name)}{year}年政府信息公开工作年度报告"
    with loud():
        book = Book(title + DETAIL_SHEET, in_memory=len(rows) <= _IN_MEMORY_ROWS)
        detail = Detail(book, edition, rows)
        detail.write(title + DETAIL_SHEET, missing, faulty)
        absent = len(missing) + len(faulty)
        view = book.sheet(VIEW_SHEET)
        write_view(view, edition, title, detail.pointer, detail.formats, draft=warning(absent))
        named = [plain_name(name) for name, _ in rows]
        write_counts(book, title + INDICATORS_SHEET, [*zip(named, counts, strict=False)])
        return book.finish()


@dataclass(frozen=True)
class Detail:
    """Sheet 汇总明细."""

    book: Book
    edition: Edition
    rows: Sequence[tuple[str, Mapping[FieldKey, Value]]]

    @cached_property
    def sheet(self) -> Sheet:
        """The sheet, made when it is first asked for."""
        return self.book.sheet(DETAIL_SHEET, streaming_sheet())

    @cached_property
    def columns(self) -> dict[FieldKey, int]:
        """The column of each figure."""
        return {key: column for column, key in enumerate(self.edition.fields, FIRST_COLUMN)}

    @cached_property
    def heads(self) -> tuple[HeadCell, ...]:
        """The headings."""
        return tuple(head_cells(self.edition))

    @cached_property
    def totals(self) -> Mapping[FieldKey, Value]:
        """The sums, computed here; empty where there is nothing to add."""
        return add_up(self.edition.fields, (values for _, values in self.rows)) if self.rows else {}

    @cached_property
    def formats(self) -> dict[FieldKey, str]:
        """The number format of each figure."""
        return {key: _FORMATS[field.kind] for key, field in self.edition.fields.items()}

    @property
    def last_column(self) -> int:
        """The last column with figures."""
        return FIRST_COLUMN + len(self.columns) - 1

    @property
    def last_row(self) -> int:
        """The last row with a unit; without units, the row above the first."""
        return FIRST_ROW + len(self.rows) - 1

    def pointer(self, key: FieldKey) -> Formula | None:
        """A formula that shows a total on another sheet."""
        if key not in self.totals:
            return None
        cell = cell_name(TOTAL_ROW, self.columns[key])
        return Formula(f"='{DETAIL_SHEET}'!{cell}", self.totals[key])

    def write(self, title: str, missing: Sequence[str], faulty: Sequence[tuple[str, str]]) -> None:
        """Everything on the sheet."""
        absent = [*((name, NOT_FILED) for name in missing), *faulty]
        self._set_widths()
        self._top(title, len(absent))
        self._heads()
        self._totals()
        self._units()
        self._page(self._absent(absent))

    @cached_property
    def widths(self) -> list[float]:
        """The width of each figure's column: totals on one line, labels over it alone on two."""
        widths = [max(_LEAST_WIDTH, len(f"{self.totals.get(k, 0)}") + 1.5) for k in self.columns]
        for head in self.heads:
            if head.length == 1:
                widths[head.first] = max(widths[head.first], text_width(head.text) / 2 + 2)
        return widths

    @cached_property
    def pages(self) -> list[int]:
        """The figures that begin a printed page."""
        return page_starts(self.heads, self.widths, _PRINTED_WIDTH)

    def _set_widths(self) -> None:
        raw = self.sheet.raw
        raw.set_column(NUMBER_COLUMN, NUMBER_COLUMN, _NUMBER_WIDTH)
        raw.set_column(NAME_COLUMN, NAME_COLUMN, _NAME_WIDTH)
        for column, width in enumerate(self.widths, FIRST_COLUMN):
            raw.set_column(column, column, width)

    def _top(self, title: str, absent: int) -> None:
        for row, height in enumerate(_HEIGHTS):
            self.sheet.raw.set_row(row, height)
        style = self.book.style
        shown = f"{title}（草稿）" if absent else title
        self.sheet.put(0, 0, shown, style(font_name=HEAD_FONT, font_size=16))
        note = f"共{len(self.rows)}个单位，合计是各单位之和。单位：件（金额：万元）"
        self.sheet.put(1, 0, note, style(font_size=9, font_color=PREVIOUS_INK))
        if absent:
            where = "名单在表的最后。"
            look = style(font_color=RED_INK, bold=True)
            self.sheet.put(1, _WARNING_COLUMN, warning(absent) + where, look)

    def _heads(self) -> None:
        style = self.book.style(
            font_name=HEAD_FONT, font_size=9, align="center", text_wrap=True,
            bg_color=HEAD_FILL, border=THIN,
        )  # fmt: skip
        for column, text in ((NUMBER_COLUMN, "序号"), (NAME_COLUMN, "单位")):
            self.sheet.put_over(Rectangle(HEADS_TOP, column, LEVELS), text, style)
        for head in on_pages(self.heads, self.pages):
            column = FIRST_COLUMN + head.first
            area = Rectangle(HEADS_TOP + head.level, column, head.levels, head.length)
            self.sheet.put_over(area, head.text, style)
        # Programs find a figure by its key; a person sees the filter's arrows there and no words.
        small = self.book.style(font_size=6, num_format=";;;", **GREY_LINE)
        for column, key in enumerate(("", "agency", *self.columns)):
            self.sheet.put(KEY_ROW, column, key, small)

    def _totals(self) -> None:
        look: dict[str, Any] = {"bold": True, "bg_color": TOTAL_FILL, "border": THIN}
        self.sheet.put(TOTAL_ROW, NUMBER_COLUMN, None, self.book.style(**look))
        self.sheet.put(TOTAL_ROW, NAME_COLUMN, "合计", self.book.style(**look))
        for key, column in self.columns.items():
            area = Rectangle(FIRST_ROW, column, len(self.rows))
            formula = Formula(f"=SUM({area})", self.totals[key]) if self.rows else None
            style = self.book.style(align="right", num_format=self.formats[key], **look)
            self.sheet.put(TOTAL_ROW, column, formula, style)

    def _units(self) -> None:
        style = self.book.style
        styles = [style(align="center", **GREY_LINE), style(**GREY_LINE)]
        styles += [style(align="right", num_format=f, **GREY_LINE) for f in self.formats.values()]
        self.sheet.raw.take(DataRows(FIRST_ROW, len(self.rows), self._contents, styles))
        if self.rows:
            last = self.last_row, self.last_column
            self.sheet.raw.autofilter(KEY_ROW, NUMBER_COLUMN, *last)

    def _contents(self, index: int) -> list[Value | str]:
        name, values = self.rows[index]
        return [index + 1, plain_name(name), *(values[key] for key in self.columns)]

    def _absent(self, absent: Sequence[tuple[str, str]]) -> int:
        """Who is not counted and why, in red and without figures; the last row."""
        if not absent:
            return self.last_row
        red: dict[str, Any] = {"font_color": RED_INK}
        top = self.last_row + 2
        head = f"没有计入合计的单位（{len(absent)}个，不按0计）"
        self.sheet.put(top, NAME_COLUMN, head, self.book.style(bold=True, **red))
        style = self.book.style(border=THIN, **red)
        for row, (name, reason) in enumerate(absent, top + 1):
            self.sheet.put(row, NAME_COLUMN, plain_name(name), style)
            self.sheet.put_over(Rectangle(row, FIRST_COLUMN, 1, _REASON_COLUMNS), reason, style)
        return top + len(absent)

    def _page(self, bottom: int) -> None:
        raw = self.sheet.raw
        raw.freeze_panes(FIRST_ROW, FIRST_COLUMN)
        self.sheet.page(
            Rectangle(0, 0, bottom + 1, self.last_column + 1), landscape=True, repeat=KEY_ROW
        )
        raw.set_print_scale(_PRINT_SCALE)
        raw.repeat_columns(NUMBER_COLUMN, NAME_COLUMN)
        raw.set_v_pagebreaks([FIRST_COLUMN + first for first in self.pages if first])
