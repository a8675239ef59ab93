"""问题清单.xlsx: every fault and question of a county's year in one list, with columns of the
officer's own, which are kept from build to build.

What the officer wrote into a line is found again by unit, code and cell, whoever saved the file
last. Nothing that cannot be carried over is written over: then the old file is set aside as well.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gxgen.county.kit.standing import Standing
from gxgen.diagnostics import Addressee, Diagnostic, Finding, Severity, place_as_json, worst_first
from gxgen.form.mark.findings import HEAD, MOST_LINES, printable
from gxgen.form.read.book import Book as FiledBook
from gxgen.form.read.cells import Cell, SheetCells
from gxgen.form.read.file import PartError, open_file
from gxgen.form.write.canvas import (
    AMBER_FILL,
    AMBER_INK,
    GREY_LINE,
    HEAD_FONT,
    INPUT_FILL,
    PREVIOUS_INK,
    RED_FILL,
    RED_INK,
    Book,
    Content,
    Sheet,
    lines_needed,
    loud,
)
from gxgen.form.write.formula import Rectangle
from gxgen.opc.package import Package, PackageError

FILE = SHEET = "问题清单"
FILE += ".xlsx"
OURS = ("单位", "工作表", "单元格", "严重程度", "编号", "问题", "怎么改", "由谁处理", "状态")
OWN = ("责任人", "处理情况", "备注")
"""The officer's columns as the list has them from the start; further ones may be added."""
NUMBER, MARK = "序号", "核对码"
"""The first column, and the hidden last one: it tells whether a line of ours was written over."""
GONE = "已消除"
"""The state of a line that no build finds any more, kept for what the officer wrote to it."""
_WIDTHS = {NUMBER: 6, "单位": 24, "工作表": 9, "单元格": 9, "严重程度": 9, "编号": 8, "问题": 56,
           "怎么改": 40, "由谁处理": 10, "状态": 9, MARK: 10}  # fmt: skip
_OWN_WIDTH = 16
_TOP = 2
"""The row of the heads: title and guidance are above."""
_MOST_HEAD_ROW, _MOST_OWN = 20, 30
_LINE_HEIGHT = 14.25
_STATES = {Severity.ERROR: "待改正", Severity.WARNING: "待核实"}
_LOOKS: dict[str, dict[str, Any]] = {
    Severity.ERROR.label: {"bg_color": RED_FILL, "font_color": RED_INK},
    Severity.WARNING.label: {"bg_color": AMBER_FILL, "font_color": AMBER_INK},
}
_GUIDANCE = (
    "黄色各列由县里填写，也可以在右边加列；每次生成时按“单位、编号、单元格”对应保留。"
    "其余各列由程序重写，请不要改动。"
)
Key = tuple[str, str, str]
Line = tuple[str, ...]
"""The cells of a line, by :data:`OURS`."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the officer wrote into the last list.

    ``heads`` are the columns, ``lines`` those with something in them: our cells as they were, and
    the officer's by head. ``whole``: all of the file is in here, so that it may be written over.
    """

    heads: tuple[str, ...] = OWN
    lines: tuple[tuple[Line, Mapping[str, Cell]], ...] = ()
    whole: bool = True


@dataclass
class _Lines:
    """The lines of the last list that wait for their like."""

    waiting: dict[Key, list[tuple[Line, Mapping[str, Cell]]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def taken(self, line: Line, *, same_words: bool) -> Mapping[str, Cell] | None:
        """What was written to a line, which then waits no longer."""
        found = self.waiting[_key(line)]
        for at, (then, own) in enumerate(found):
            if not same_words or then[_SAID] == line[_SAID]:
                del found[at]
                return own
        return None


_SAID = OURS.index("问题")


def _key(line: Line) -> Key:
    unit, sheet, cell, code = (line[OURS.index(h)] for h in ("单位", "工作表", "单元格", "编号"))
    return unit, code, f"{sheet}!{cell}"


def problem_lines(told: Standing) -> list[Line]:
    """The errors and questions of all units, as the list shows them."""
    return [
        _line(unit.agency.name, one)
        for unit in told.units
        for one in worst_first(unit.findings)
        if one.severity in _STATES
    ][:MOST_LINES]


def _line(unit: str, one: Diagnostic) -> Line:
    place = place_as_json(one.place)
    clerk = one.addressee is Addressee.CLERK
    return tuple(
        printable(text)
        for text in (
            unit,
            place["sheet"] or "",
            place["cell"] or (not place["sheet"] and place["place"]) or "",
            one.severity.label,
            one.code,
            one.message,
            one.hint,
            "填报单位" if clerk else one.addressee.label,
            _STATES[one.severity] if clerk else "待处理",
        )
    )


def merged(lines: Sequence[Line], kept: Kept) -> list[tuple[Line, Mapping[str, Cell]]]:
    """Each line with what the officer wrote to it; those that are gone last, if anything was."""
    before = _Lines()
    for line, own in kept.lines:
        before.waiting[_key(line)].append((line, own))
    found = [before.taken(line, same_words=True) for line in lines]
    found = [
        own if own is not None else before.taken(line, same_words=False)
        for line, own in zip(lines, found, strict=True)
    ]
    left = [one for waiting in before.waiting.values() for one in waiting]
    gone = [((*line[:-1], GONE), own) for line, own in left]
    return [*((line, own or {}) for line, own in zip(lines, found, strict=True)), *gone]


# -- written -------------------------------------------------------------------------------------


def problems_workbook(title: str, lines: Sequence[Line], kept: Kept) -> bytes | None:
    """The list as a workbook; None where there is nothing to list."""
    whole = merged(lines, kept)
    if not whole:
        return None
    heads = (NUMBER, *OURS, *kept.heads, MARK)
    with loud():
        book = Book(title)
        sheet = book.sheet(SHEET)
        _frame(sheet, title, heads)
        for number, (line, own) in enumerate(whole, 1):
            _write_line(sheet, number, line, [own.get(head) for head in kept.heads])
        sheet.raw.autofilter(_TOP, 0, _TOP + len(whole), len(heads) - 2)
        sheet.raw.freeze_panes(_TOP + 1, 2)
        area = Rectangle(0, 0, _TOP + 1 + len(whole), len(heads) - 1)
        sheet.page(area, landscape=True, repeat=_TOP)
        return book.finish()


def _frame(sheet: Sheet, title: str, heads: Sequence[str]) -> None:
    style = sheet.book.style
    for column, head in enumerate(heads):
        hidden = {"hidden": True} if head == MARK else {}
        sheet.raw.set_column(column, column, _WIDTHS.get(head, _OWN_WIDTH), None, hidden)
        own = {"bg_color": INPUT_FILL} if head not in _WIDTHS else {}
        sheet.put(_TOP, column, head, style(**{**HEAD, **own}))
    sheet.raw.set_row(0, 28)
    sheet.put(0, 0, title, style(font_name=HEAD_FONT, font_size=16))
    sheet.put(1, 0, _GUIDANCE, style(font_size=9.5, font_color=PREVIOUS_INK))


def _write_line(sheet: Sheet, number: int, line: Line, own: Sequence[Cell | None]) -> None:
    row, style = _TOP + number, sheet.book.style
    plain: dict[str, Any] = {"text_wrap": True, "num_format": "@", **GREY_LINE}
    texts = zip(line, (_WIDTHS[head] for head in OURS), strict=True)
    sheet.set_growing_height(
        row, 6 + _LINE_HEIGHT * max(lines_needed(text, width) for text, width in texts), None
    )
    sheet.put(row, 0, number, style(align="center", **GREY_LINE))
    faint = {"font_color": PREVIOUS_INK} if line[-1] == GONE else {}
    for column, (head, text) in enumerate(zip(OURS, line, strict=True), 1):
        weight = _LOOKS.get(text, {}) if head == "严重程度" and not faint else {}
        sheet.put(row, column, text, style(**plain, **faint, **weight))
    for column, value in enumerate(own, 1 + len(OURS)):
        content, shape = _content(value)
        sheet.put(row, column, content, style(**{**plain, **shape, "bg_color": INPUT_FILL}))
    sheet.put(row, 1 + len(OURS) + len(own), mark_of(line), style(num_format="@"))


def _content(value: Cell | None) -> tuple[Content, dict[str, Any]]:
    """A cell of the officer's as it was, and its number format where it is no text."""
    match value:
        case None | str():
            return value and printable(value), {}
        case dt.datetime():
            return value, {"num_format": "yyyy-mm-dd hh:mm"}
        case dt.date():
            return value, {"num_format": "yyyy-mm-dd"}
        case bool() | dt.time() | dt.timedelta():
            return str(value), {}
        case _:
            return value, {"num_format": "General"}


def mark_of(line: Line) -> str:
    """Tells a line's own cells from others."""
    return hashlib.blake2b("\x1f".join(line).encode(), digest_size=6).hexdigest()


# -- read again ----------------------------------------------------------------------------------


def kept_of(data: bytes) -> Kept | None:
    """What the officer wrote into a list, whichever program saved it; None if it is none that can
    be read."""
    file = open_file(data, FILE)
    if isinstance(file, Finding):
        return None
    try:
        book = FiledBook(file)
        cells = book.sheet(SHEET)
        found = cells and _heads(cells)
        if cells is None or not found:
            return None
        bare = not any(_foreign(file.package, part) for part in file.package.parts)
        kept = _read(cells, *found)
    except (PartError, PackageError):
        return None
    whole = kept.whole and bare and list(book.names.sheets) == [SHEET]
    return Kept(kept.heads, kept.lines, whole)


def _foreign(package: Package, part: str) -> bool:
    """Whether a part of a workbook holds what a list has not: notes, pictures, charts. LibreOffice
    writes an empty drawing into every sheet."""
    if part.startswith("xl/drawings/") and part.endswith(".xml"):
        return b"Anchor" in package.read(part)
    return part.startswith(("xl/comments", "xl/threadedComments", "xl/media", "xl/charts"))


def _heads(cells: SheetCells) -> tuple[int, dict[str, int]] | None:
    """The row of the heads and the column of each."""
    width = cells.last[1] + 1
    for row in range(min(cells.height, _MOST_HEAD_ROW)):
        texts = {str(cells.at(row, at) or "").strip(): at for at in range(width)}
        if {*OURS} <= texts.keys():
            return row, {text: at for text, at in texts.items() if text}
    return None


def _read(cells: SheetCells, top: int, heads: Mapping[str, int]) -> Kept:
    ours = [heads[head] for head in OURS]
    own = [head for head in heads if head not in (*OURS, NUMBER, MARK)][:_MOST_OWN]
    lines, sound = [], True
    known = {heads[head] for head in own} | {*ours, heads.get(NUMBER, -1), heads.get(MARK, -1)}
    for row in range(top + 1, cells.height):
        line = tuple(str(cells.at(row, at) or "") for at in ours)
        written = {h: v for h in own if (v := cells.at(row, heads[h])) not in (None, "")}
        marked = MARK in heads and cells.at(row, heads[MARK]) == mark_of(line)
        sound = sound and (marked or not (any(line) or written))
        if any(line) and written:
            lines.append((line, written))
    strange = [at for at in cells.values if at[0] > top and at[1] not in known]
    whole = sound and not strange and not cells.formulas and not cells.errors
    return Kept((*OWN, *(head for head in own if head not in OWN)), tuple(lines), whole)
