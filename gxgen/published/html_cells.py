"""The cells of a web page's table: what is seen in each, and what of them is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from gxgen.places import DocumentCell
from gxgen.published.blocks import Grid, LeftOut, Path, Table
from gxgen.published.html_text import INLINE, UNSEEN, tidy
from gxgen.published.rows import figure_like
from gxgen.published.sight import PICTURES, UNREAD, Sheet, Sight

_STRAY = "夹在表格的格子之间"
_PICTURE = "〔图片〕"
_VEILED = "〔可能不显示：{}〕"


@dataclass(frozen=True, slots=True)
class Placed:
    """A table, and what of it is not in it."""

    table: Table
    left_out: tuple[LeftOut, ...]


def placed(element: _Element, sheet: Sheet, file: str, number: int, path: Path) -> Placed:
    """The cells of a table in their places."""
    return _Placing(sheet, file, number).placed(element, path)


class _Placing:
    """Goes through the rows of one table."""

    def __init__(self, sheet: Sheet, file: str, number: int) -> None:
        self.sheet, self.file, self.number = sheet, file, number
        self.grid = Grid(file)
        self.left_out: list[LeftOut] = []

    def placed(self, element: _Element, path: Path) -> Placed:
        """Every row that is seen."""
        rows = list(element.iter("tr"))
        self._strays([element, *rows, *element.iterchildren("thead", "tbody", "tfoot")])
        veiled = self.sheet.is_veiled(element)
        for row in rows:
            seen = self._sight(row)
            if seen in UNREAD:
                self._leave_out(_all_said(row), UNREAD[seen])
                continue
            self.grid.start_row()
            for cell in row.iterchildren("td", "th"):
                self._cell(cell, veiled or seen is Sight.VEILED)
        return Placed(self.grid.table(self.number, path), tuple(self.left_out))

    def _sight(self, element: _Element) -> Sight:
        tag = element.tag.lower() if isinstance(element.tag, str) else "script"
        return self.sheet.sight(element, tag)

    def _leave_out(self, text: str, why: str) -> None:
        if text:
            row = max(1, self.grid.rows)
            place = DocumentCell(self.file, self.number, row, self.grid.in_row + 1)
            self.left_out.append(LeftOut(text, place, why))

    def _strays(self, elements: Iterable[_Element]) -> None:
        """Words that stand in a table and in no cell: a browser shows them above it."""
        for element in elements:
            tails = (e.tail for e in element)
            for text in map(tidy, filter(None, (element.text, *tails))):
                self._leave_out(text, _STRAY)

    def _cell(self, cell: _Element, veiled: bool) -> None:
        text = self._text(cell)
        if text is None:
            return
        if veiled and figure_like(text):
            text = _VEILED.format(text)
        self.grid.add(_span(cell.get("rowspan")), _span(cell.get("colspan")), text)

    def _text(self, cell: _Element) -> str | None:
        """What is seen in a cell; None where it takes no place either."""
        if self.sheet.is_plain(cell, cell.tag):
            return "\n".join(self._lines(cell))
        seen = self._sight(cell)
        if seen in UNREAD:
            self._leave_out(_all_said(cell), UNREAD[seen])
            kept = "visibility" in (cell.get("style") or "").lower()
            return None if seen is Sight.GONE and not kept else ""
        text = "\n".join(self._lines(cell))
        return _VEILED.format(text) if seen is Sight.VEILED and figure_like(text) else text

    def _lines(self, cell: _Element) -> Iterator[str]:
        """A cell's text, a line for each block in it; where a picture may be its figure, or a part
        of it, it is marked."""
        parts = self._parts(cell)
        if _PICTURE in parts:
            words = [part for part in parts if part != _PICTURE]
            said = tidy("".join(words).replace("\0", " "))
            parts = parts if not said or figure_like(said) else words
        pieces = "".join(parts).split("\0")
        return (text for piece in pieces if piece and (text := tidy(piece)))

    def _parts(self, cell: _Element) -> list[str]:
        """Its texts in their order; NUL where a block begins or ends."""
        parts = [cell.text or ""]
        if not len(cell):
            return parts
        walk = etree.iterwalk(cell, events=("start", "end"))
        for event, element in walk:
            if element is cell:
                continue
            tag = element.tag if isinstance(element.tag, str) else "script"
            if tag not in INLINE:
                parts.append("\0")
            if event == "end":
                words = element.tail
            elif (words := self._instead(element, tag, cell)) is None:
                words = element.text
            else:
                walk.skip_subtree()
            if words:
                parts.append(words)
        return parts

    def _instead(self, element: _Element, tag: str, cell: _Element) -> str | None:
        """What stands for an element whose words are not simply read; None where they are."""
        if tag in PICTURES:
            return _PICTURE
        if tag in UNSEEN:
            return ""
        if self.sheet.is_plain(element, tag):
            return None
        seen = self.sheet.sight(element, tag)
        if seen in UNREAD:
            self._leave_out(_all_said(element), UNREAD[seen])
            return ""
        if seen is not Sight.VEILED and not self.sheet.is_white(element, cell):
            return None
        text = _all_said(element)
        return _VEILED.format(text) if any(map(str.isdigit, text)) else None


def _all_said(element: _Element) -> str:
    return tidy(" ".join(map(str, element.itertext())))


def _span(text: str | None) -> int:
    if text is None:
        return 1
    found = text.strip()
    return int(found) if found.isascii() and found.isdigit() and len(found) < 5 else 1
