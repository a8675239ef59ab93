"""Sheet 正文: the sections' slots in order, one paragraph a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gxgen.editions.schema import Edition, Section
from gxgen.errors import UsageError
from gxgen.form.layout import (
    BODY_STYLE,
    NARRATIVE_END,
    NARRATIVE_GUIDANCE_MARKER,
    NARRATIVE_MARKER_COLUMN,
    NARRATIVE_SHEET,
    NARRATIVE_STYLE_COLUMN,
    NARRATIVE_TEXT_COLUMN,
    NARRATIVE_TOP,
    STYLE_LEVELS,
    section_marker,
)
from gxgen.form.write.canvas import GREY_LINE, HEAD_FILL, HEAD_FONT, Book, Sheet, lines_needed
from gxgen.form.write.formula import Formula, Rectangle
from gxgen.form.write.info import heads, input_style, title
from gxgen.model.narrative import PREAMBLE, Passage
from gxgen.model.report import Report
from gxgen.model.vocabulary import CONTACT

COLUMNS = ("部分", "样式", "文字（一行写一段，行高会自动调整）")
_WIDTHS = (11, 11, 92)
_HIGHEST = 409.0
"""No row can be higher."""
_HEADING_ENDING = "标题"
_GUIDANCE = (
    "填黄色行，一行写一段。小标题在“样式”列下拉选“（一）标题”等，编号自动生成，不用写；"
    "用不着的小标题行可以整行删除。也可以在 Word 里写好，存成与本表同名的 .docx 放在同一文件夹。"
)


CONTACT_SENTENCE = (
    f"{{% if {CONTACT} %}}如对本报告有疑问，请与本机关联系（{{{{ {CONTACT} }}}}）。{{% endif %}}"
)
"""Offered in the preamble: what stands on the sheet of small fields is printed, if it is filled."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet; ``own`` rows are the agency's to write, insert and delete."""

    marker: str = ""
    style: str = ""
    text: str = ""
    own: bool = True

    @property
    def is_band(self) -> bool:
        """Whether it opens a section."""
        return not self.own and self.marker != NARRATIVE_GUIDANCE_MARKER


@dataclass(frozen=True, slots=True)
class NarrativePlan:
    """The rows of the sheet, the first at NARRATIVE_TOP."""

    rows: tuple[Row, ...]

    @property
    def last_row(self) -> int:
        """The last row's number."""
        return NARRATIVE_TOP + len(self.rows) - 1

    def empty(self, marker: str) -> Formula:
        """1 while the section of that marker has no paragraph, else 0."""
        first = next(i for i, row in enumerate(self.rows) if row.marker == marker)
        rest = (i for i, row in enumerate(self.rows) if i > first and row.is_band)
        # The next section's band belongs to the range, so that a row inserted above it counts.
        last = next(rest, len(self.rows) - 1)
        area = [
            f"'{NARRATIVE_SHEET}'!{Rectangle(NARRATIVE_TOP + first, column, last - first + 1)}"
            for column in _COLUMNS_IN_ORDER
        ]
        markers, styles, texts = area
        written = (
            f'COUNTIF({texts},"?*")'
            f'-COUNTIF({markers},"{NARRATIVE_GUIDANCE_MARKER}")'
            f'-COUNTIF({styles},"*{_HEADING_ENDING}")'
        )
        found = any(
            row.own and row.text and not row.style.endswith(_HEADING_ENDING)
            for row in self.rows[first : last + 1]
        )
        return Formula(f"=IF({written}>0,0,1)", 0 if found else 1)


_COLUMNS_IN_ORDER = (NARRATIVE_MARKER_COLUMN, NARRATIVE_STYLE_COLUMN, NARRATIVE_TEXT_COLUMN)


def plan_narrative(edition: Edition, agency: str, year: int, fill: Report | None) -> NarrativePlan:
    """What the sheet holds: the text of ``fill``, else headings, drafts and room to write."""
    rows: list[Row] = []
    for section in edition.sections:
        rows.append(Row(section_marker(section.mark, section.title), own=False))
        rows.append(_guide(section.guidance))
        if fill is None:
            rows += _slots(section, agency, year)
        else:
            rows += _filled(fill.passages(section.mark))
    rows.append(_guide(NARRATIVE_END))
    return NarrativePlan(tuple(rows))


def write_narrative(book: Book, plan: NarrativePlan) -> None:
    """Sheet 正文."""
    sheet = book.sheet(NARRATIVE_SHEET)
    for column, width in zip(_COLUMNS_IN_ORDER, _WIDTHS, strict=True):
        sheet.raw.set_column(column, column, width)
    title(sheet, NARRATIVE_SHEET, _GUIDANCE, len(COLUMNS))
    heads(sheet, NARRATIVE_TOP - 1, COLUMNS)
    free = book.style(locked=False)
    for number, row in enumerate(plan.rows, NARRATIVE_TOP):
        if row.own:
            # The whole row is unlocked: a protected sheet deletes no row with a locked cell.
            sheet.set_growing_height(number, _height(row), free)
        _write_row(sheet, number, row)
    _tools(sheet, plan)


def _write_row(sheet: Sheet, number: int, row: Row) -> None:
    marker, style, text = _row_styles(sheet.book, row)
    if row.is_band:
        sheet.raw.set_row(number, 24)
        area = Rectangle(number, NARRATIVE_MARKER_COLUMN, 1, len(COLUMNS))
        sheet.put_over(area, row.marker, marker)
        return
    sheet.put(number, NARRATIVE_MARKER_COLUMN, row.marker, marker)
    sheet.put(number, NARRATIVE_STYLE_COLUMN, row.style, style)
    sheet.put(number, NARRATIVE_TEXT_COLUMN, row.text, text)


def _height(row: Row) -> float:
    # A letter of 12 points is 8/7 as wide as the one that column widths are counted in.
    lines = lines_needed(row.text, _WIDTHS[-1] * 7 / 8)
    return min(_HIGHEST, lines * 16.5 + 4)


def _row_styles(book: Book, row: Row) -> tuple[Any, Any, Any]:
    if row.is_band:
        band = book.style(
            font_name=HEAD_FONT, font_size=12, bg_color=HEAD_FILL, align="left", **GREY_LINE
        )
        return band, band, band
    look = {**GREY_LINE, "valign": "top"}
    if not row.own:
        hint = {**look, "font_color": "#5B5B5B", "font_size": 9.5}
        small = book.style(**hint, align="center")
        return small, small, book.style(**hint, text_wrap=True)
    wide = input_style(book, **look, text_wrap=True, font_size=12, num_format="@")
    narrow = input_style(book, **look, align="center", font_size=9.5, num_format="@")
    return input_style(book, **look, font_size=9.5, num_format="@"), narrow, wide


def _tools(sheet: Sheet, plan: NarrativePlan) -> None:
    styles = Rectangle(NARRATIVE_TOP, NARRATIVE_STYLE_COLUMN, len(plan.rows))
    sheet.validate(
        [styles],
        {
            "validate": "list",
            "source": list(STYLE_LEVELS),
            "error_title": "请从下拉框选择样式",
            "error_message": f"样式只能是：{'、'.join(STYLE_LEVELS)}；写正文的行可以空着。",
        },
    )
    whole = Rectangle(NARRATIVE_TOP, NARRATIVE_MARKER_COLUMN, len(plan.rows), len(COLUMNS))
    first = f"${str(styles).partition(':')[0]}"
    bold = sheet.book.mark(bold=True)
    sheet.shade([whole], f'COUNTIF({first},"*{_HEADING_ENDING}")>0', bold)
    sheet.raw.freeze_panes(NARRATIVE_TOP, 0)
    sheet.page(Rectangle(0, 0, plan.last_row + 1, len(COLUMNS)), repeat=NARRATIVE_TOP - 1)
    sheet.protect("insert_rows", "delete_rows")


def _guide(text: str) -> Row:
    return Row(NARRATIVE_GUIDANCE_MARKER, "", text, own=False)


def _slots(section: Section, agency: str, year: int) -> Iterator[Row]:
    if section.draft:
        yield Row(text=section.draft.format(agency=agency, year=year))
    room = 2 if section.parts or not section.narrative else 4
    if section.mark == PREAMBLE:
        yield Row(text=CONTACT_SENTENCE)
        room -= 1
    yield from _room(room)
    for part in section.parts:
        yield Row(style=_style(2), text=part.title)
        yield _guide(part.guidance)
        if part.draft:
            yield Row(text=part.draft.format(agency=agency, year=year))
        yield from _room(3)


def _filled(passages: list[Passage]) -> Iterator[Row]:
    for passage in passages:
        if passage.level > 1:
            yield Row(style=_style(passage.level), text=passage.heading or "")
        for paragraph in passage.paragraphs:
            yield Row(style=BODY_STYLE, text=paragraph.text)
    yield from _room(2)


def _room(rows: int) -> Iterator[Row]:
    return (Row() for _ in range(rows))


def _style(level: int) -> str:
    for style, depth in STYLE_LEVELS.items():
        if depth == level:
            return style
    raise UsageError(f"标题最多分四层（一、（一）1.（1）），这里到了第{level}层，请减少一层。")
