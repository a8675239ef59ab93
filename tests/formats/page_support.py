"""The DOCX on paper: all cases through LibreOffice at once, and what stands where on a page."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape

from pypdf import PdfReader

from gxgen.document import page as measures
from gxgen.document.table_looks import POINTS_PER_MM
from gxgen.fonts.config import fontconfig_file
from gxgen.fonts.faces import folders
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.office.pool import Converted, OfficePool
from tests.formats.office_support import convert_all
from tests.reports import shipped
from tests.support import need_tool

from .page_cases import Case, cases
from .pdf_support import Piece, pages, pieces

LINE = measures.LINE / measures.TWIPS
LEFT, TOP = measures.LEFT * POINTS_PER_MM, measures.TOP * POINTS_PER_MM
RIGHT = (measures.SHEET[0] - measures.RIGHT) * POINTS_PER_MM
FOOT = (measures.SHEET[1] - measures.BOTTOM) * POINTS_PER_MM


@dataclass(frozen=True)
class Word:
    """What stands together on a line, with its left and right ends in points."""

    text: str
    left: float
    right: float
    top: float


@dataclass(frozen=True)
class Page:
    """A page: glyph runs with their baselines and sizes, and words with their ends."""

    number: int
    pieces: tuple[Piece, ...]
    words: tuple[Word, ...]

    @property
    def body(self) -> list[Piece]:
        """What stands between the margins."""
        return [piece for piece in self.pieces if TOP < piece.y <= FOOT]

    @property
    def margin(self) -> list[Piece]:
        """What stands below the text."""
        return [piece for piece in self.pieces if piece.y > FOOT]

    @property
    def text(self) -> str:
        """All of it without white space."""
        return "".join("".join(piece.text.split()) for piece in self.pieces)

    @property
    def lines(self) -> list[float]:
        """The baselines of text in the body's size, from above."""
        return sorted({round(p.y, 1) for p in self.body if round(p.size, 1) == measures.BODY_SIZE})

    def has(self, text: str, size: float) -> bool:
        """Whether a text is set in that size."""
        runs = "".join("".join(p.text.split()) for p in self.body if round(p.size, 1) == size)
        return text in runs

    def find(self, text: str) -> list[Word]:
        """The words that hold a text."""
        return [word for word in self.words if text in word.text]


@cache
def documents() -> dict[str, bytes]:
    """The DOCX of every case."""
    return {name: docx_of(case) for name, case in cases().items()}


@cache
def converted() -> dict[str, bytes]:
    """The PDF of every case."""
    return printed(documents())


def printed(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The PDF of each document, from one LibreOffice with the stand-ins' own configuration."""
    need_tool("soffice")
    with OfficePool(workers=1, timeout=120, fontconfig=fontconfig_file(folders())) as pool:
        done = dict(convert_all(pool, [(name, docx, "pdf") for name, docx in documents.items()]))
    assert all(isinstance(result, Converted) for result in done.values()), done
    return {name: result.data for name, result in done.items()}


@cache
def sheets(name: str) -> tuple[Page, ...]:
    """The pages of a case."""
    data = converted()[name]
    runs = [tuple(pieces(page)) for page in pages(data)]
    return tuple(
        Page(number, *both) for number, both in enumerate(zip(runs, _words(data), strict=True), 1)
    )


def docx_of(case: Case) -> bytes:
    """The official DOCX of a case."""
    return render_docx(case.report, shipped(case.report.edition.id), draft=case.draft)


_WORD = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax=".+?">(.*?)</word>')


def _words(pdf: bytes) -> list[tuple[Word, ...]]:
    done = subprocess.run(
        [need_tool("pdftotext"), "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    )
    parts = done.stdout.decode(errors="replace").split("<page ")[1:]
    return [
        tuple(
            Word(unescape(text), float(left), float(right), float(top))
            for left, top, right, text in _WORD.findall(part)
        )
        for part in parts
    ]


def faces(name: str) -> dict[str, bool]:
    """Each face of a PDF as pdffonts names it, and whether it is embedded with its characters."""
    done = subprocess.run(
        [need_tool("pdffonts"), "-"], input=converted()[name], capture_output=True, check=True
    )
    rows = [line.split() for line in done.stdout.decode().splitlines()[2:]]
    return {row[0].partition("+")[2] or row[0]: row[-5:-2] == ["yes"] * 3 for row in rows}


@cache
def drawn(name: str) -> dict[str, set[str]]:
    """The characters that each face draws."""
    found: dict[str, set[str]] = {}
    for text, face in _runs(name):
        found.setdefault(face, set()).update(c for c in text if not c.isspace())
    return found


def faces_of(name: str, texts: tuple[str, ...]) -> dict[str, str]:
    """The face of the first run that holds a text."""
    found: dict[str, str] = {}
    for text, face in _runs(name):
        for wanted in texts:
            if wanted in text:
                found.setdefault(wanted, face)
    return found


@cache
def _runs(name: str) -> list[tuple[str, str]]:
    found = []

    def visit(text: str, _cm: object, _tm: object, font: dict | None, _size: float) -> None:
        if font and text.strip():
            found.append((text, str(font["/BaseFont"]).partition("+")[2]))

    for page in PdfReader(io.BytesIO(converted()[name])).pages:
        page.extract_text(visitor_text=visit)
    return found


def stem(face: str) -> str:
    """What a face's name and its name inside a PDF have in common."""
    plain = re.sub(r"[^a-z0-9一-龥]", "", face.partition("-")[0].lower()).removeprefix("arpl")
    return re.sub("(cjk)(jp|sc|kr|tc|hk)$", r"\1", plain.removesuffix("psmt"))


def bookmarks(name: str) -> tuple[list[str], list[str]]:
    """The titles of the first level and of those below."""
    levels: tuple[list[str], list[str]] = ([], [])

    def walk(entries: list, depth: int) -> None:
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, 1)
            else:
                levels[depth].append(entry.title)

    walk(PdfReader(io.BytesIO(converted()[name])).outline, 0)
    return levels
