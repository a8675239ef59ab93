"""What a PDF's page shows: its letters and its rules, by pdfium. Places are in points, from below.

Blanks that pdfium makes up between letters are passed over, and so is text that is marked as the
page's own (Artifact), as headers and numbers of pages are.
"""

from __future__ import annotations

import ctypes
import math
import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from gxgen.published.blocks import MOST_CHARACTERS, RefusedError

MOST_PAGES = 120
MOST_RULES = 60_000
_MOST_OBJECTS = 30_000
"""Pieces of text, lines and pictures of a page; one drawn letter by letter has two thousand."""
_THIN = 2.5
"""Points of the widest box that is a rule."""
_DEEPEST_FORM = 4
_LARGEST = 60
"""Points of the largest letter; a box beyond is of a font whose size is not what it says (WPS)."""
_LIGHT = 250
"""A colour whose parts are all above this is not seen on paper."""
_BLANK = 32
"""Code of the blank. All that pdfium makes up is blanks and ends of lines, which lie below."""
_ALONE = threading.Lock()
"""pdfium must not be called by two threads at a time."""


class Letter(NamedTuple):
    """A letter and the box that it takes in its line: its edges, its middle (``x``, ``y``), and its
    height, which is about its size; ``faint``: it has the colour of paper, or none; ``struck``: a
    rule goes through it."""

    text: str
    left: float
    right: float
    x: float
    y: float
    height: float
    faint: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line that is drawn, level or upright: ``at`` on its axis, from ``start`` to ``end``."""

    level: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page's letters in the order of its file, and its rules."""

    number: int
    width: float
    height: float
    letters: tuple[Letter, ...]
    rules: tuple[Rule, ...]
    pictures: int


def pages_of(data: bytes, file: str) -> list[Page]:
    """All pages of a PDF.

    Raises:
        RefusedError: it cannot be opened, or has more pages, letters or rules than any report.
    """
    with _ALONE:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise _damaged(file, locked="password" in str(error).lower()) from error
        try:
            if len(document) > MOST_PAGES:
                message = f"{file} 有{len(document)}页，超过{MOST_PAGES}页，不像一份报告，没有读。"
                raise RefusedError("GX802", message, file)
            return list(_pages(document, file))
        except pdfium.PdfiumError as error:
            raise _damaged(file) from error
        finally:
            document.close()


def _damaged(file: str, *, locked: bool = False) -> RefusedError:
    why = "加了密码" if locked else "已损坏或不完整"
    return RefusedError(
        "GX802", f"{file} {why}，打不开。", file, "换一份没有密码、没有损坏的文件。"
    )


def _pages(document: Any, file: str) -> Iterator[Page]:
    letters = rules = 0
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        letters += text.count_chars()
        if letters > MOST_CHARACTERS:
            most = MOST_CHARACTERS // 10_000
            raise RefusedError("GX802", f"{file} 的文字超过{most}万字，没有读。", file)
        if raw.FPDFPage_CountObjects(page.raw) > _MOST_OBJECTS:
            raise RefusedError("GX802", f"{file} 的线条太多，不像一份报告，没有读。", file)
        width, height = page.get_size()
        drawn, pictures = _drawn(page)
        written = tuple(_with_strokes(_letters(text), drawn))
        made = Page(number + 1, width, height, written, drawn, pictures)
        rules += len(made.rules)
        if rules > MOST_RULES:
            raise RefusedError("GX802", f"{file} 的线条太多，不像一份报告，没有读。", file)
        yield made
        text.close()
        page.close()


def _letters(text: Any) -> Iterator[Letter]:
    page, box, holders = text.raw, raw.FS_RECTF(), _Holders()
    unicode, loose_box = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    object_of = raw.FPDFText_GetTextObject
    for at in range(text.count_chars()):
        code = unicode(page, at)
        if code <= _BLANK:
            continue
        aside, faint = holders.said_of(object_of(page, at))
        if aside or not loose_box(page, at, box):
            continue
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if right - left > _LARGEST or top - bottom > _LARGEST:
            left, bottom, right, top = text.get_charbox(at)
        x, y = (left + right) / 2, (bottom + top) / 2
        yield Letter(_letter(code), left, right, x, y, top - bottom, faint)


def _with_strokes(letters: Iterable[Letter], rules: Iterable[Rule]) -> Iterator[Letter]:
    """The letters, those marked that a level rule as long as some words goes through: what is
    struck out is no figure. One below, as under a word, or of a table touches the edges alone."""
    strokes = _by_height(rules)
    # The letters of a line share a height or two.
    through = lru_cache(maxsize=16)(partial(_through, strokes))
    for letter in letters:
        met = through(letter.y, letter.height)
        longest = _LONGEST_STROKE * min(letter.height, _TALLEST)
        struck = met and any(_holds(line, letter.x, longest) for line in met)
        yield letter._replace(struck=True) if struck else letter


Strokes = list[tuple[float, float]]


def _through(strokes: dict[int, Strokes], y: float, height: float) -> list[Strokes]:
    """The rules about the middle of a letter."""
    if not math.isfinite(y + height):
        return []
    size = min(height, _TALLEST)
    low, high = (round(_STEPS * (y + way * _MIDDLE * size)) for way in (-1, 1))
    return [strokes[at] for at in range(low, high + 1) if at in strokes]


_MIDDLE, _LONGEST_STROKE = 0.25, 40
"""The share of a letter's height on both sides of its middle; in heights, how long a stroke is."""
_STEPS, _TALLEST = 2, 60
"""Steps of a point in which heights are told apart; points of the tallest letter that is looked at
for a stroke: so many steps at most are looked through for each."""


def _by_height(rules: Iterable[Rule]) -> dict[int, Strokes]:
    """The level rules of each height from left to right, those that meet as one: whatever a page
    draws, a letter is found among them at once."""
    found: dict[int, Strokes] = {}
    for start, end, at in sorted((one.start, one.end, one.at) for one in _level(rules)):
        line = found.setdefault(round(_STEPS * at), [])
        if line and start <= line[-1][1]:
            line[-1] = line[-1][0], max(end, line[-1][1])
        else:
            line.append((start, end))
    return found


def _level(rules: Iterable[Rule]) -> Iterator[Rule]:
    return (one for one in rules if one.level and math.isfinite(one.at + one.start + one.end))


def _holds(line: Strokes, x: float, longest: float) -> bool:
    """Whether a stroke of these, no longer than that, goes over a place."""
    start, end = line[max(0, bisect_right(line, (x, math.inf)) - 1)]
    return start <= x <= end and end - start < longest


def _letter(code: int) -> str:
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


class _Holders:
    """A page's text objects: whether each is marked as no part of what the document says, and
    whether it has the colour of paper."""

    def __init__(self) -> None:
        self._known: dict[int | None, tuple[bool, bool]] = {None: (False, False)}
        self._name = ctypes.create_string_buffer(32)
        self._wide = ctypes.cast(self._name, ctypes.POINTER(raw.FPDF_WCHAR))
        self._used = ctypes.c_ulong()

    def said_of(self, text: Any) -> tuple[bool, bool]:
        """Of a text object, aside and faint; a letter may have none."""
        address = ctypes.addressof(text.contents) if text else None
        if address not in self._known:
            marks = range(raw.FPDFPageObj_CountMarks(text))
            aside = any(self._is_artifact(text, at) for at in marks)
            faint = not _is_seen(text, raw.FPDFPageObj_GetFillColor)
            self._known[address] = aside, faint
        return self._known[address]

    def _is_artifact(self, text: Any, at: int) -> bool:
        mark, name = raw.FPDFPageObj_GetMark(text, at), self._name
        if not raw.FPDFPageObjMark_GetName(mark, self._wide, len(name), self._used):
            return False
        return name.raw[: self._used.value].rstrip(b"\0") == _ARTIFACT


_ARTIFACT = "Artifact".encode("utf-16-le").rstrip(b"\0")


def _drawn(page: Any) -> tuple[tuple[Rule, ...], int]:
    """A page's rules, and how many pictures it has."""
    rules: list[Rule] = []
    pictures = 0
    for item in page.get_objects(filter=_DRAWN, max_depth=_DEEPEST_FORM):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        else:
            rules += _rules(item)
    return tuple(rules), pictures


_DRAWN = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)


def _rules(path: Any) -> Iterator[Rule]:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path.raw, mode, stroked):
        return
    if stroked.value and _is_seen(path.raw, raw.FPDFPageObj_GetStrokeColor):
        yield from _strokes(path)
    elif mode.value and _is_seen(path.raw, raw.FPDFPageObj_GetFillColor):
        yield from _boxes(path)


def _is_seen(path: Any, colour: Any) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not colour(path, *parts):
        return True
    *shade, alpha = (part.value for part in parts)
    return alpha > 0 and min(shade) < _LIGHT


def _strokes(path: Any) -> Iterator[Rule]:
    """The straight pieces of a path that lie level or upright."""
    for (x0, y0), (x1, y1) in _pieces(path):
        if abs(y0 - y1) <= 1 < abs(x0 - x1):
            yield Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x0 - x1) <= 1 < abs(y0 - y1):
            yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _boxes(path: Any) -> Iterator[Rule]:
    """Thin filled boxes: programs draw rules so as well. A path may hold several."""
    for shape in _shapes(path):
        xs, ys = [x for x, _ in shape], [y for _, y in shape]
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        if high <= _THIN < wide:
            yield Rule(True, (min(ys) + max(ys)) / 2, min(xs), max(xs))
        elif wide <= _THIN < high:
            yield Rule(False, (min(xs) + max(xs)) / 2, min(ys), max(ys))


Point = tuple[float, float]


def _pieces(path: Any) -> Iterator[tuple[Point, Point]]:
    for shape in _shapes(path):
        yield from pairwise(shape)


def _shapes(path: Any) -> Iterator[list[Point]]:
    """The points of each part of a path; a closed one ends where it began. Curves are left out."""
    place = _placing(path)
    shape: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(raw.FPDFPath_CountSegments(path.raw), MOST_RULES)):
        piece = raw.FPDFPath_GetPathSegment(path.raw, at)
        kind = raw.FPDFPathSegment_GetType(piece)
        raw.FPDFPathSegment_GetPoint(piece, x, y)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(shape) > 1:
                yield shape
            shape = []
        shape.append(place(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(piece) and len(shape) > 1:
            shape.append(shape[0])
    if len(shape) > 1:
        yield shape


def _placing(path: Any) -> Any:
    """What turns a path's own points into points of the page."""
    steps = []
    one = path
    while one is not None:
        steps.append(one.get_matrix().get())
        one = one.container

    def place(x: float, y: float) -> Point:
        for a, b, c, d, e, f in steps:
            x, y = a * x + c * y + e, b * x + d * y + f
        return x, y

    return place
