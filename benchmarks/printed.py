"""A PDF as it stands on paper: its lines, the letters of each, and the paragraphs they make.

Read by pdfium, so that the pages of the built-in engine, of LibreOffice and of Chromium are all
measured by one measure that none of them made.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pikepdf
import pypdfium2
from pypdfium2 import raw

from gxgen.document import page as measures
from gxgen.document.table_looks import POINTS_PER_MM

LEFT, TOP = measures.LEFT * POINTS_PER_MM, measures.TOP * POINTS_PER_MM
RIGHT = (measures.SHEET[0] - measures.RIGHT) * POINTS_PER_MM
FOOT = (measures.SHEET[1] - measures.BOTTOM) * POINTS_PER_MM


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the text of a style stands on its paper, and how large it is, in points."""

    left: float
    top: float
    right: float
    foot: float
    size: float = measures.BODY_SIZE
    character: float = measures.CHARACTER
    indented: bool = True
    """Whether each paragraph begins further right than it goes on."""
    covers: int = 0
    """The pages before the text."""


OFFICIAL = Sheet(LEFT, TOP, RIGHT, FOOT)
PICTURED = Sheet(
    measures.PICTURED_SIDES * POINTS_PER_MM,
    measures.PICTURED_TOP * POINTS_PER_MM,
    (measures.SHEET[0] - measures.PICTURED_SIDES) * POINTS_PER_MM,
    (measures.SHEET[1] - measures.PICTURED_BOTTOM) * POINTS_PER_MM,
    measures.PICTURED_SIZE,
    measures.PICTURED_SIZE,
    indented=False,
    covers=1,
)
INK = 0.88
"""Of its square: what a Chinese character fills; the rest is the white beside it."""
_SAME_LINE = 3.0
"""Points between baselines that are one: faces of two kinds on a line differ a little."""
_PAPER = 0.99
"""Of the text's room: how high a white sheet is that Chromium lays under it."""
_NAME = 256
_DRAWN = b"/Type3"
"""As Chromium puts into a PDF what characters of a face with PostScript outlines it uses."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A glyph: its character, where it begins and its baseline in points from the upper left."""

    char: str
    x: float
    y: float
    size: float
    font: str

    @property
    def is_chinese(self) -> bool:
        """Whether it is a Chinese character and no punctuation mark."""
        return "一" <= self.char <= "鿿"


@dataclass(frozen=True, slots=True)
class Line:
    """The letters on one baseline from left to right, and the number of the page."""

    page: int
    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        """The line without blanks."""
        return "".join(letter.char for letter in self.letters)

    @property
    def x(self) -> float:
        """Where it begins."""
        return self.letters[0].x

    @property
    def y(self) -> float:
        """Its baseline."""
        return self.letters[0].y

    @property
    def spaces(self) -> list[float]:
        """The white between its neighbouring Chinese characters, in points."""
        return [
            b.x - a.x - INK * a.size
            for a, b in pairwise(self.letters)
            if a.is_chinese and b.is_chinese
        ]


Paragraph = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """All pages of a PDF: their letters, and how far down each is filled."""

    letters: tuple[tuple[Letter, ...], ...]
    depths: tuple[float, ...]
    """Of each page, from the upper edge, where the lowest ink of the text or a table's rule is."""
    sheet: Sheet = OFFICIAL

    def body(self, size: float | None = None) -> list[Line]:
        """The lines of the text, those of tables left out."""
        size = size or self.sheet.size
        pages = enumerate(self.letters)
        return [line for n, page in pages for line in _lines(n, page, size, self.sheet)]

    def paragraphs(self) -> list[Paragraph]:
        """The text from one indented line to the next; where none is indented, all of it as one."""
        found: list[list[Line]] = []
        for line in self.body():
            indented = self.sheet.indented and line.x > self.sheet.left + self.sheet.character
            if indented or not found:
                found.append([])
            found[-1].append(line)
        return [tuple(lines) for lines in found]


def printed(data: bytes, sheet: Sheet = OFFICIAL) -> Printed:
    """Read a PDF."""
    document = pypdfium2.PdfDocument(_named(data) if _DRAWN in data else data)
    try:
        pages = [document[number] for number in range(len(document))]
        depths = tuple(_depth(page, sheet) for page in pages)
        return Printed(tuple(tuple(_letters(p)) for p in pages), depths, sheet)
    finally:
        document.close()


def _named(data: bytes) -> bytes:
    """The same with the names of drawn fonts, which are in their descriptors only, where pdfium
    reads a font's name."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for font in pdf.objects:
            if isinstance(font, pikepdf.Dictionary) and font.get("/Subtype") == pikepdf.Name.Type3:
                name = font.get("/FontDescriptor", pikepdf.Dictionary()).get("/FontName")
                if name is not None:
                    font.BaseFont = name
        written = io.BytesIO()
        pdf.save(written)
    return written.getvalue()


def _letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    text, height = page.get_textpage(), page.get_height()
    x, y, flags = ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
    name = ctypes.create_string_buffer(_NAME)
    for at in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, at))
        if raw.FPDFText_IsGenerated(text, at) or not char.strip():
            continue
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        raw.FPDFText_GetFontInfo(text, at, name, _NAME, flags)
        size = _size(text, at)
        font = name.value.decode(errors="replace").partition("+")
        yield Letter(char, x.value, height - y.value, size, font[2] or font[0])


def _size(text: pypdfium2.PdfTextPage, at: int) -> float:
    """The size as it is seen: some programs set type of size one and enlarge it."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, at, matrix)
    seen: float = raw.FPDFText_GetFontSize(text, at) * abs(matrix.d)
    return round(seen, 1)


def _depth(page: pypdfium2.PdfPage, sheet: Sheet) -> float:
    """How far down the page is filled above its lower margin, in points; what covers all of the
    text's room is its paper."""
    height = page.get_height()
    bounds = [one.get_bounds() for one in page.get_objects(max_depth=4)]
    room = _PAPER * (sheet.foot - sheet.top)
    ink = [height - low for _, low, _, high in bounds if high - low < room]
    return max((edge for edge in ink if edge <= sheet.foot + 1), default=sheet.top)


def _lines(number: int, page: Sequence[Letter], size: float, sheet: Sheet) -> Iterator[Line]:
    rows: list[list[Letter]] = []
    for letter in page:
        if letter.size == size and sheet.top < letter.y <= sheet.foot:
            near = (row for row in rows[-3:] if abs(row[0].y - letter.y) < _SAME_LINE)
            row = next(near, None)
            if row is None:
                rows.append([letter])
            else:
                row.append(letter)
    for row in sorted(rows, key=lambda row: row[0].y):
        yield Line(number, tuple(sorted(row, key=lambda letter: letter.x)))


def usual_space(paragraph: Paragraph) -> float:
    """The median white between Chinese characters of a paragraph."""
    spaces = [space for line in paragraph for space in line.spaces]
    return median(spaces) if spaces else 0.0
