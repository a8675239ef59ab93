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

    def body(self, size: float = measures.BODY_SIZE) -> list[Line]:
        """The lines of the text, those of tables left out."""
        return [line for n, page in enumerate(self.letters) for line in _lines(n, page, size)]

    def paragraphs(self) -> list[Paragraph]:
        """The text from one indented line to the next."""
        found: list[list[Line]] = []
        for line in self.body():
            if line.x > LEFT + measures.CHARACTER or not found:
                found.append([])
            found[-1].append(line)
        return [tuple(lines) for lines in found]


def printed(data: bytes) -> Printed:
    """Read a PDF."""
    document = pypdfium2.PdfDocument(_named(data) if _DRAWN in data else data)
    try:
        pages = [document[number] for number in range(len(document))]
        return Printed(tuple(tuple(_letters(p)) for p in pages), tuple(map(_depth, pages)))
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


def _depth(page: pypdfium2.PdfPage) -> float:
    """How far down the page is filled above its lower margin, in points; what covers all of the
    text's room is its paper."""
    height = page.get_height()
    bounds = [one.get_bounds() for one in page.get_objects(max_depth=4)]
    ink = [height - low for _, low, _, high in bounds if high - low < _PAPER * (FOOT - TOP)]
    return max((edge for edge in ink if edge <= FOOT + 1), default=TOP)


def _lines(number: int, page: Sequence[Letter], size: float) -> Iterator[Line]:
    rows: list[list[Letter]] = []
    for letter in page:
        if letter.size == size and TOP < letter.y <= FOOT:
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
