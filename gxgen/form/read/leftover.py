"""What a person reads in the workbook and no reader takes: other sheets, words beside what is to be
filled, text boxes. A sentence there would be missing from the report, and nobody would know."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice

from gxgen.a1 import Position
from gxgen.diagnostics import Finding
from gxgen.form.layout import (
    ANSWERS_COLUMNS,
    ANSWERS_SHEET,
    GUIDE_SHEET,
    META_SHEET,
    sheet_order,
)
from gxgen.form.read.book import Book
from gxgen.form.read.cells import SheetCells
from gxgen.form.read.text import visible
from gxgen.form.write.formula import BALANCED, DIFFERENCE, FAULTY
from gxgen.form.write.previous import heads_previous
from gxgen.form.write.table import CHECK_HEAD
from gxgen.model.report import Report
from gxgen.opc.relations import relations, relations_part
from gxgen.places import Place, Sheet, SheetCell

CODE = "GX056"
_SHOWN, _LISTED, _MOST_DRAWINGS = 40, 3, 20
_WORDS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2}")
_OWN = (CHECK_HEAD, BALANCED, FAULTY, DIFFERENCE)
"""How the words begin that a form has beside its tables."""
_LABELS = re.compile(
    "(?:单位|部门|统计|填表|填报|制表|审核|审批|复核|经办|负责|主管|分管|联系|报送|日期|时间|电话|手机|签字|签章|盖章|公章){1,3}"
    "(?:人|员|者|领导|单位)?"
)
_BETWEEN, _LONGEST = re.compile(r"[：:（）()\s]+"), 80


def leftovers(
    book: Book, report: Report, info: Collection[SheetCell], told: Collection[Finding]
) -> Iterator[Finding]:
    """What was left of the workbook that ``report`` was read from, its ``info`` from these cells;
    ``told`` is known already."""
    read = _read(report, info)
    about = {one.place.sheet for one in told if isinstance(one.place, Sheet)}
    for name in (name for name in book.names.sheets if name not in book.names.hidden):
        if name in read:
            yield from _beside(book, name, *read[name])
        elif name not in about and not _is_ours(book, report, name):
            yield from _unread(book, name)
        yield from _boxes(book, name)


def _read(report: Report, info: Collection[SheetCell]) -> dict[str, Position]:
    """The sheets that something was read from, and how far down and right the form uses them."""
    read: dict[str, Position] = {}
    for places, down, right in _places(report, info):
        for place in places:
            if not isinstance(place, SheetCell):
                continue
            bottom, edge = read.get(place.sheet, (-1, -1))
            row, column = place.row + down, place.column + right
            if row > bottom or column > edge:
                read[place.sheet] = max(bottom, row), max(edge, column)
    return read


_REST = 10**6
"""Rows, or columns, that all are read."""
_NOTE_AND_GUIDANCE = 2
"""Columns right of the indicators' last number."""


def _places(
    report: Report, info: Collection[SheetCell]
) -> Iterator[tuple[Iterable[Place | None], int, int]]:
    """Where something was read, and how many lines below and right of it are the form's too."""
    indicators = report.indicators.values()
    yield info, 0, 1
    yield (entry.place for entry in report.entries.values()), 0, 0
    yield (one.place for one in indicators), _REST, 0
    yield (one.last_place for one in indicators), _REST, _NOTE_AND_GUIDANCE
    yield (passage.place for passage in report.written), _REST, _REST
    paragraphs = chain.from_iterable(passage.paragraphs for passage in report.written)
    yield (paragraph.place for paragraph in paragraphs), _REST, _REST
    yield (answer.place for answer in report.answers), _REST, len(ANSWERS_COLUMNS) - 1


def _is_ours(book: Book, report: Report, name: str) -> bool:
    """Whether a sheet is one of the form's own, though nothing was read from it."""
    if name in (*sheet_order(report.edition), META_SHEET):
        return True
    for own in (GUIDE_SHEET, ANSWERS_SHEET):  # renamed, as Numbers does with every sheet
        if own not in book.names.sheets and name.startswith(own):
            return True
    return False


def _unread(book: Book, name: str) -> Iterator[Finding]:
    cells = book.sheet(name)
    said = [] if cells is None else _words(cells, cells.values)
    if cells is not None and said:
        message = f"工作表“{name}”没有读取，里面的文字（{_quoted(cells, said)}）不会印出。"
        yield Finding(CODE, message, Sheet(name), hint=_HINT_SHEET)


_HINT_SHEET = "要印的，移到“正文”的段落里；数填到原来的表里；自己留用的，从要报的文件里删去。"


def _words(cells: SheetCells, places: Iterable[Position]) -> list[Position]:
    """Those that hold words which somebody typed and anybody sees, row by row."""
    unseen = cells.covered | cells.formulas
    return [
        at
        for at in sorted(places)
        if isinstance(text := cells.values[at], str)
        and _WORDS.search(text)
        and at not in unseen
        and at[0] not in cells.hidden_rows
        and at[1] not in cells.hidden_columns
    ]


def _beside(book: Book, name: str, bottom: int, edge: int) -> Iterator[Finding]:
    cells = None if min(bottom, edge) >= _REST else book.sheet(name)
    if cells is None:
        return
    places = [at for at in cells.values if at[0] > bottom or at[1] > edge]
    beyond = [at for at in _words(cells, places) if not _is_known(str(cells.values[at]))]
    if beyond:
        place = cells.place(*beyond[0])
        message = f"{place}起，表样以外的格里有文字（{_quoted(cells, beyond)}），不会印出。"
        yield Finding(CODE, message, place)


def _is_known(text: str) -> bool:
    return text.startswith(_OWN) or heads_previous(text) or _is_signed(text)


def _is_signed(text: str) -> bool:
    """Whether it says who filled the form in, and when, as it stands below tables of every kind."""
    pieces = [piece for piece in _BETWEEN.split(text[:_LONGEST]) if piece]
    plain = len(text) < _LONGEST and not re.search("[，。；！？]", text)
    return plain and bool(pieces) and _LABELS.fullmatch(pieces[0]) is not None


def _quoted(cells: SheetCells, places: list[Position]) -> str:
    """``A1“甲”、A2“乙”等5格``."""
    some = [f"{cells.place(*at).cell}“{_short(str(cells.values[at]))}”" for at in places[:_LISTED]]
    more = f"等{len(places)}格" if len(places) > _LISTED else ""
    return "、".join(some) + more


def _short(text: str) -> str:
    text = text.strip()
    return visible(text[:_SHOWN]) + ("……" if len(text) > _SHOWN else "")


# -- text boxes ----------------------------------------------------------------------------------


def _boxes(book: Book, name: str) -> Iterator[Finding]:
    """The text boxes on a sheet; one that shows a cell's value says nothing of its own."""
    said = [text for part in _drawings(book, name) for text in _boxed(book, part)]
    if said:
        listed = "、".join(f"“{_short(text)}”" for text in said[:_LISTED])
        more = f"等{len(said)}个" if len(said) > _LISTED else ""
        message = f"工作表“{name}”上的文本框里有文字（{listed}{more}），不会印出。"
        yield Finding(CODE, message, Sheet(name))


def _drawings(book: Book, name: str) -> list[str]:
    listed = relations_part(book.names.sheets[name])
    if listed not in book.file.package:
        return []
    found = relations(book.file.tree(listed), book.names.sheets[name])
    parts = (one.target for one, _ in found if one.kind == "drawing" and not one.outside)
    return [part for part in islice(parts, _MOST_DRAWINGS) if part in book.file.package]


def _boxed(book: Book, part: str) -> Iterator[str]:
    for shape in book.file.tree(part).iter("{*}sp"):
        if shape.get("textlink") or shape.find("{*}nvSpPr/{*}cNvPr[@hidden='1']") is not None:
            continue
        text = "".join(one.text or "" for one in shape.iterfind("{*}txBody//{*}t"))
        if text.strip():
            yield text
