"""A tagged PDF read back by its structure: headings, paragraphs and tables in reading order."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gxgen.formats.pdf.elements import (
    BROKEN,
    Elements,
    OpenedElements,
    character_map_of,
    content_of,
    fonts_of,
)
from gxgen.formats.pdf.glyphs import ToUnicode, marked_texts, to_unicode
from gxgen.formats.pdf.plain import PlainElements, taken_apart

if TYPE_CHECKING:
    from pikepdf import Pdf

_GROUPS = ("Document", "Part", "Sect", "Div", "Art", "NonStruct", "DocumentFragment")
_HEADING = re.compile(r"H([1-6])")
_DEEPEST_HEADING = 6
_DEEPEST = 40
"""Elements inside each other; a file that goes deeper is not one of ours."""


class UnreadablePdfError(ValueError):
    """It is no PDF, or has no structure to read."""


@dataclass(frozen=True, slots=True)
class PdfCell:
    """A cell of a table: its text, its spans and whether it is a head."""

    text: str
    row_span: int
    column_span: int
    head: bool


@dataclass(frozen=True, slots=True)
class PdfItem:
    """A paragraph (``level`` None), a heading, or a table as rows of cells."""

    text: str = ""
    level: int | None = None
    rows: tuple[tuple[PdfCell, ...], ...] | None = None


def nested_levels(levels: Iterable[int | None]) -> Iterator[int | None]:
    """The levels that headings are tagged with, None where there is no heading.

    PDF/UA allows no leap from level 1 to 3, as comes about where （一） runs into its text and 1.
    has a line of its own; such a heading rises.
    """
    above: list[int] = []
    for level in levels:
        if level is None:
            yield None
            continue
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        yield min(len(above), _DEEPEST_HEADING)


def read_items(data: bytes) -> list[PdfItem]:
    """The paragraphs, headings and tables of a tagged PDF.

    Raises:
        UnreadablePdfError: it cannot be read, or is not tagged.
    """
    plain = _read_plain(data)
    if plain is not None:
        return plain
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            return list(_Structure(OpenedElements(document)).items())
    except (pikepdf.PdfError, RuntimeError, *BROKEN) as error:
        raise UnreadablePdfError("文件不完整，或没有标记结构。") from error


def _read_plain(data: bytes) -> list[PdfItem] | None:
    """The same, if the file is laid out as the built-in engine does; else None."""
    try:
        apart = taken_apart(data)
        return None if apart is None else list(_Structure(PlainElements(apart[0])).items())
    except (zlib.error, *BROKEN):
        return None


def page_texts(document: Pdf) -> Iterator[str]:
    """What each page shows, artifacts left out, as it stands in the file. May raise one of
    :data:`~gxgen.formats.pdf.elements.BROKEN`."""
    for page in document.pages:
        fonts = fonts_of(page.obj)
        known = cache(lambda name, fonts=fonts: _characters(character_map_of(fonts[name])))
        yield "".join(marked_texts(content_of(page.obj), known).values())


def _characters(cmap: bytes | None) -> ToUnicode:
    return ToUnicode(1, {}) if cmap is None else to_unicode(cmap)


class _Structure:
    """The elements of one file, and the text of its pages as far as they were asked for."""

    def __init__(self, elements: Elements) -> None:
        self.elements = elements
        self.element = cache(elements.element)  # asked for its kind, then for its text
        self.fonts: dict[int, ToUnicode] = {}
        self.pages: dict[int, dict[int, str]] = {}

    def items(self) -> Iterator[PdfItem]:
        for key in self.elements.root:
            yield from self._items(key, 0)

    def _items(self, key: int, depth: int) -> Iterator[PdfItem]:
        if depth > _DEEPEST:
            raise ValueError("the structure is too deep")
        element = self.element(key)
        kind = self._standard(element.kind)
        heading = _HEADING.fullmatch(kind)
        if kind in _GROUPS:
            for kid in element.kids:
                if isinstance(kid, int):
                    yield from self._items(kid, depth + 1)
        elif kind == "Table":
            yield PdfItem(rows=tuple(self._rows(key, depth)))
        else:
            yield PdfItem(self._text(key, depth), int(heading[1]) if heading else None)

    def _standard(self, kind: str) -> str:
        return self.elements.roles.get(kind, kind)

    def _rows(self, key: int, depth: int) -> Iterator[tuple[PdfCell, ...]]:
        if depth > _DEEPEST:
            raise ValueError("the structure is too deep")
        for kid in self.element(key).kids:
            if not isinstance(kid, int):
                continue
            row = self.element(kid)
            if self._standard(row.kind) == "TR":
                yield tuple(self._cell(cell, depth) for cell in row.kids if isinstance(cell, int))
            else:
                yield from self._rows(kid, depth + 1)

    def _cell(self, key: int, depth: int) -> PdfCell:
        cell = self.element(key)
        head = self._standard(cell.kind) == "TH"
        return PdfCell(self._text(key, depth), cell.row_span, cell.column_span, head)

    def _text(self, key: int, depth: int) -> str:
        if depth > _DEEPEST:
            raise ValueError("the structure is too deep")
        return "".join(
            self._text(kid, depth + 1)
            if isinstance(kid, int)
            else self._page(kid[0]).get(kid[1], "")
            for kid in self.element(key).kids
        )

    def _page(self, key: int) -> dict[int, str]:
        if key not in self.pages:
            content, fonts = self.elements.page(key)
            self.pages[key] = marked_texts(content, lambda name: self._font(fonts[name]))
        return self.pages[key]

    def _font(self, font: int) -> ToUnicode:
        if font not in self.fonts:
            self.fonts[font] = _characters(self.elements.character_map(font))
        return self.fonts[font]
