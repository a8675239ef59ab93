"""Sheet 错误清单: the clerk's findings in one list, in a marked copy and in a file of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gxgen.diagnostics import Addressee, Diagnostic, Severity, worst_first
from gxgen.form.layout import FINDINGS_SHEET
from gxgen.form.write.canvas import (
    AMBER_FILL,
    AMBER_INK,
    GREY_LINE,
    HEAD_FILL,
    HEAD_FONT,
    RED_FILL,
    RED_INK,
    Book,
    lines_needed,
    loud,
)
from gxgen.form.write.formula import Rectangle
from gxgen.places import Sheet, SheetCell

HEADS = ("序号", "严重程度", "编号", "位置", "问题", "怎么改")
WIDTHS = (6, 10, 9, 16, 62, 48)
CENTRED = 4
"""So many columns from the left hold short words."""
TOP = 3
"""The first row (0-based) of the list: title, summary and heads are above."""
MOST_LINES = 5_000
MOST_CHARACTERS = 2_000
TITLE_HEIGHT, SUMMARY_HEIGHT, HEAD_HEIGHT, LINE_HEIGHT = 30, 36, 22, 14.25
TAB_COLOUR = "#C00000"

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

TITLE: dict[str, Any] = {"font_name": HEAD_FONT, "font_size": 16}
_CELL: dict[str, Any] = {"text_wrap": True, **GREY_LINE}
HEAD: dict[str, Any] = {"font_name": HEAD_FONT, "bg_color": HEAD_FILL, "align": "center", **_CELL}
_WEIGHT: dict[Severity, dict[str, Any]] = {
    Severity.ERROR: {"bg_color": RED_FILL, "font_color": RED_INK},
    Severity.WARNING: {"bg_color": AMBER_FILL, "font_color": AMBER_INK},
    Severity.NOTE: {},
}
_LINK: dict[str, Any] = {"font_color": "#0563C1", "underline": 1}


@dataclass(frozen=True, slots=True)
class Line:
    """One finding as a clerk reads it; ``target`` is the place that a click leads to."""

    number: int
    severity: Severity
    code: str
    place: str
    message: str
    hint: str
    target: str | None

    @property
    def cells(self) -> tuple[int | str, ...]:
        """Its cells, in the order of :data:`HEADS`."""
        return (
            self.number,
            self.severity.label,
            self.code,
            self.place,
            self.message,
            self.hint,
        )

    @property
    def height(self) -> float:
        """In points, high enough for all its text."""
        texts = zip(map(str, self.cells), WIDTHS, strict=True)
        return 7 + LINE_HEIGHT * max(lines_needed(text, width) for text, width in texts)


@dataclass(frozen=True, slots=True)
class Listing:
    """The whole sheet: what stands over the list, and its lines, worst first."""

    title: str
    summary: str
    lines: tuple[Line, ...]


def of_clerk(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What the agency can mend, worst first: a return copy tells of nothing else."""
    return worst_first(d for d in diagnostics if d.addressee is Addressee.CLERK)


def listing(
    diagnostics: Sequence[Diagnostic], sheets: frozenset[str] = frozenset(), title: str = ""
) -> Listing:
    """The list; ``sheets`` are those that a click can lead to."""
    found = of_clerk(diagnostics)
    lines = tuple(_line(n, d, sheets) for n, d in enumerate(found[:MOST_LINES], 1))
    return Listing(title or _title(found), _summary(found, bool(sheets)), lines)


def _line(number: int, found: Diagnostic, sheets: frozenset[str]) -> Line:
    target = None
    if isinstance(found.place, SheetCell | Sheet) and found.place.sheet in sheets:
        cell = found.place.cell if isinstance(found.place, SheetCell) else "A1"
        target = "'{}'!{}".format(found.place.sheet.replace("'", "''"), cell)
    place = "" if found.place is None else printable(str(found.place))
    message, hint = printable(found.message), printable(found.hint)
    return Line(number, found.severity, found.code, place, message, hint, target)


def _title(found: Sequence[Diagnostic]) -> str:
    first = next((d for d in found if d.agency), None)
    if first is None:
        return FINDINGS_SHEET
    year = f"{first.year}年度" if first.year else ""
    return printable(f"{first.agency}{year}填报表{FINDINGS_SHEET}")


def _summary(found: Sequence[Diagnostic], marked: bool) -> str:
    if not found:
        return "没有查出问题。"
    count = {s: sum(d.severity is s for d in found) for s in Severity}
    said = [
        f"错误{count[Severity.ERROR]}条，必须改正",
        f"核实{count[Severity.WARNING]}条，请核对，确实无误的在“说明”表逐条说明理由",
        f"提示{count[Severity.NOTE]}条",
    ]
    kept = [text for text, severity in zip(said, Severity, strict=True) if count[severity]]
    more = f"这里列出前{MOST_LINES}条。" if len(found) > MOST_LINES else ""
    how = "点“位置”可跳到该格；改好后直接交回本文件，颜色、批注和本表不用清除。" if marked else ""
    return f"共{len(found)}条：{'；'.join(kept)}。{more}{how}"


def look(line: Line, column: int) -> dict[str, Any]:
    """The style of one cell of the list, in XlsxWriter's words."""
    align = {"align": "center" if column < CENTRED else "left"}
    text = {"num_format": "@"} if column else {}
    own = {1: _WEIGHT[line.severity], 3: _LINK if line.target else {}}.get(column, {})
    return {**_CELL, **align, **text, **own}


def printable(text: str) -> str:
    """Without control characters, and not longer than can be read in a cell."""
    text = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}……"


def escaped(text: str) -> str:
    """``_x000D_`` in a text of a workbook means a control character; here it means itself."""
    return _ESCAPE.sub("_x005F_", text)


def findings_workbook(diagnostics: Sequence[Diagnostic], title: str) -> bytes:
    """A workbook with the list alone, for an input that cannot be marked."""
    found = listing(diagnostics, title=printable(title))
    with loud():
        book = Book(found.title)
        _write(book, found)
        return book.finish()


def _write(book: Book, found: Listing) -> None:
    sheet = book.sheet(FINDINGS_SHEET)
    for column, width in enumerate(WIDTHS):
        sheet.raw.set_column(column, column, width)
    for row, height in enumerate((TITLE_HEIGHT, SUMMARY_HEIGHT, HEAD_HEIGHT)):
        sheet.raw.set_row(row, height)
    sheet.put(0, 0, found.title, book.style(**TITLE))
    sheet.put_over(Rectangle(1, 0, 1, len(HEADS)), found.summary, book.style(text_wrap=True))
    for column, text in enumerate(HEADS):
        sheet.put(2, column, text, book.style(**HEAD))
    for row, line in enumerate(found.lines, TOP):
        sheet.set_growing_height(row, line.height, None)
        for column, value in enumerate(line.cells):
            sheet.put(row, column, value, book.style(**look(line, column)))
    sheet.raw.set_tab_color(TAB_COLOUR)
    sheet.raw.freeze_panes(TOP, 0)
    sheet.page(Rectangle(0, 0, TOP + len(found.lines), len(HEADS)), landscape=True, repeat=TOP - 1)
