"""A tagged PDF read back by its structure: headings, paragraphs and tables in reading order.

Through pikepdf whoever wrote it: 19 ms for a report of ours, packed as it is, and 23 for the same
unpacked; reading it by pattern took 21.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import pikepdf

from gxgen.document.cell import Cell, squash
from gxgen.document.comparison import Written
from gxgen.formats.pdf.glyphs import ToUnicode, marked_texts, to_unicode

_GROUPS = ("Document", "Part", "Sect", "Div", "Art", "NonStruct", "DocumentFragment")
_HEADING = re.compile(r"H([1-6])")
_DEEPEST_HEADING = 6
_DEEPEST = 40
"""Elements inside each other; a file that goes deeper is not one of ours."""

BROKEN = (
    pikepdf.PdfError, RuntimeError, KeyError, IndexError, TypeError, AttributeError, ValueError,
)  # fmt: skip
"""What comes up where a file is not as it should be."""


class UnreadablePdfError(ValueError):
    """It is no PDF, or has no structure to read."""


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


def read_items(data: bytes) -> list[Written]:
    """The paragraphs, headings and tables of a tagged PDF, each counted among its kind.

    Without white space, which a PDF does not keep, and without paragraphs that say nothing.

    Raises:
        UnreadablePdfError: it cannot be read, or is not tagged.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            return list(_Structure(document).items())
    except BROKEN as error:
        raise UnreadablePdfError("文件不完整，或没有标记结构。") from error


def page_texts(document: pikepdf.Pdf) -> Iterator[str]:
    """What each page shows, artifacts left out, as it stands in the file. May raise one of
    :data:`BROKEN`."""
    for page in document.pages:
        yield "".join(_texts_of(page.obj, meaning_of).values())


def _texts_of(page: Any, meaning: Callable[[Any], ToUnicode]) -> dict[int, str]:
    """The text of each MCID of a page."""
    fonts = page.get("/Resources", {}).get("/Font", {})
    content = b"\n".join(part.read_bytes() for part in _listed(page.get("/Contents", ())))
    return marked_texts(content, cache(lambda name: meaning(fonts[name])))


def meaning_of(font: Any) -> ToUnicode:
    """What the codes of a font mean, as it says itself."""
    found = font.get("/ToUnicode")
    return ToUnicode(1, {}) if found is None else to_unicode(found.read_bytes())


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, pikepdf.Array | tuple) else (value,)


class _Structure:
    """The elements of one file, and the text of its pages as far as it was asked for."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        self.tree = document.Root.StructTreeRoot
        self.roles = {str(own): str(kind) for own, kind in self.tree.get("/RoleMap", {}).items()}
        self.pages: dict[tuple[int, int], dict[int, str]] = {}
        self.fonts: dict[tuple[int, int], ToUnicode] = {}

    def items(self) -> Iterator[Written]:
        """What the file holds, in order of reading."""
        paragraphs = tables = 0
        for kind, element in self._items(self.tree, 0):
            if kind == "Table":
                tables += 1
                yield Written(tables, table=_placed(self._rows(element, 0)))
            elif text := squash(self._text(element, 0)):
                paragraphs += 1
                heading = _HEADING.fullmatch(kind)
                yield Written(paragraphs, text, int(heading[1]) if heading else None)

    def _elements(self, above: Any, depth: int) -> Iterator[tuple[str, Any]]:
        """The elements right under another, each with the standard kind that it stands for."""
        if depth > _DEEPEST:
            raise ValueError("the structure is too deep")
        for kid in _listed(above.get("/K", ())):
            if not isinstance(kid, int) and "/S" in kid:
                kind = str(kid["/S"])
                yield self.roles.get(kind, kind)[1:], kid

    def _items(self, above: Any, depth: int) -> Iterator[tuple[str, Any]]:
        for kind, element in self._elements(above, depth):
            if kind in _GROUPS:
                yield from self._items(element, depth + 1)
            else:
                yield kind, element

    def _rows(self, table: Any, depth: int) -> Iterator[list[tuple[int, int, str]]]:
        for kind, part in self._elements(table, depth):
            if kind == "TR":
                cells = self._elements(part, depth)
                yield [(*_spans(cell), squash(self._text(cell, 0))) for _, cell in cells]
            else:
                yield from self._rows(part, depth + 1)

    def _text(self, element: Any, depth: int) -> str:
        if depth > _DEEPEST:
            raise ValueError("the structure is too deep")
        parts = []
        for kid in _listed(element.get("/K", ())):
            if isinstance(kid, int):
                parts.append(self._page(element["/Pg"]).get(kid, ""))
            elif kid.get("/Type") == "/MCR":
                page = kid.get("/Pg") or element["/Pg"]
                parts.append(self._page(page).get(int(kid["/MCID"]), ""))
            elif "/S" in kid:
                parts.append(self._text(kid, depth + 1))
        return "".join(parts)

    def _page(self, page: Any) -> dict[int, str]:
        if page.objgen not in self.pages:
            self.pages[page.objgen] = _texts_of(page, self._font)
        return self.pages[page.objgen]

    def _font(self, font: Any) -> ToUnicode:
        """Pages share their fonts."""
        if font.objgen not in self.fonts:
            self.fonts[font.objgen] = meaning_of(font)
        return self.fonts[font.objgen]


def _spans(cell: Any) -> tuple[int, int]:
    rows = columns = 1
    for one in _listed(cell.get("/A", ())):
        rows = int(one["/RowSpan"]) if "/RowSpan" in one else rows
        columns = int(one["/ColSpan"]) if "/ColSpan" in one else columns
    return rows, columns


def _placed(rows: Iterable[list[tuple[int, int, str]]]) -> tuple[int, int, list[Cell]]:
    """Rows, columns and cells of a table, each cell at the first column that is free in its row."""
    taken: set[tuple[int, int]] = set()
    placed, height = [], 0
    for row, cells in enumerate(rows):
        height, column = row + 1, 0
        for number, (row_span, column_span, text) in enumerate(cells, 1):
            while (row, column) in taken:
                column += 1
            placed.append(Cell(row, column, row_span, column_span, text, number))
            taken.update(
                (row + down, column + right)
                for down in range(row_span)
                for right in range(column_span)
            )
    return height, max((column for _, column in taken), default=-1) + 1, placed
