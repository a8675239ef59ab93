"""Reads a DOCX back as paragraphs and tables: for checking what was written, and templates.

An element is read by :func:`read_item`, a whole document by :func:`document_items`. The documents
of a county differ in their words and hardly in their markup, so each different markup goes through
the parser once and from then on only words are filled in: the parser alone takes 1.0 ms a document,
and reading each one element by element 1.9 ms more than this, a seventh of what a county's report
takes from form to file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from lxml.etree import _Element

from gxgen.document.cell import Cell
from gxgen.errors import TemplateError
from gxgen.formats.docx.wordml import W, parse_xml
from gxgen.opc.package import DOCUMENT

_P, _TBL, _TR, _TC, _T = (W + name for name in ("p", "tbl", "tr", "tc", "t"))
_BR, _TAB, _SDT, _VAL = (W + name for name in ("br", "tab", "sdt", "val"))
_GRID_SPAN, _V_MERGE = W + "gridSpan", W + "vMerge"
_MOST_COLUMNS = 1000
"""No real table comes near; a span beyond would only cost time."""


def body_items(body: _Element) -> Iterator[_Element]:
    """The paragraphs and tables of a body in order, those inside content controls too."""
    for child in body.iterchildren("*"):
        if child.tag in (_P, _TBL):
            yield child
        elif child.tag == _SDT:
            for content in child.iterchildren(W + "sdtContent"):
                yield from body_items(content)


def text_of(element: _Element) -> str:
    """All text under an element; a line break reads as a line feed, a tab as a tab."""
    parts = []
    for node in element.iter(_T, _BR, _TAB):
        if node.tag == _T:
            parts.append(node.text or "")
        elif node.tag == _BR:
            parts.append("\n")
        elif (parent := node.getparent()) is None or parent.tag != W + "tabs":
            parts.append("\t")
    return "".join(parts)


@dataclass(slots=True)
class _Draft:
    """A physical cell while its row is read."""

    row: int
    number: int
    column: int = 0
    height: int = 1
    span: int = 1
    merge: str | None = None
    text: str = ""


def table_cells(table: _Element) -> tuple[int, int, list[Cell]]:
    """(rows, columns, cells) of a table, merged cells joined, in reading order.

    Raises:
        TemplateError: a table stands inside a cell.
    """
    rows = columns = column = 0
    cells: list[_Draft] = []
    open_at: dict[int, _Draft] = {}
    for draft in _drafts(table):
        if draft.row >= rows:
            rows, column = draft.row + 1, 0
        above = open_at.get(column)
        if draft.merge == "continue" and above is not None and _joins(draft, above):
            above.height += 1
        else:
            draft.column = column
            open_at[column] = draft
            cells.append(draft)
        column += draft.span
        columns = max(columns, column)
    found = [Cell(d.row, d.column, d.height, d.span, d.text, d.number) for d in cells]
    return rows, columns, found


def _joins(draft: _Draft, above: _Draft) -> bool:
    """Whether a cell that goes on upward finds one right above that is merged downward."""
    begun = bool(above.merge) and above.row + above.height == draft.row
    return begun and above.span == draft.span


def _drafts(table: _Element) -> list[_Draft]:
    """The physical cells, in one pass: an element's end is where the next one begins."""
    out: list[_Draft] = []
    row, number = -1, 0
    for node in table.iterdescendants(_TR, _TC, _GRID_SPAN, _V_MERGE, _T, _BR, _TAB, _TBL):
        tag = node.tag
        if tag == _TC:
            number += 1
            out.append(_Draft(row, number))
        elif tag == _TR:
            row, number = row + 1, 0
        elif tag == _TBL or not out:
            raise TemplateError("表格里又套了表格，或者缺了格，规定的格式没有这样的表。")
        elif tag == _T:
            out[-1].text += node.text or ""
        elif tag == _GRID_SPAN:
            out[-1].span = _column_span(node.get(_VAL, "1"))
        elif tag == _V_MERGE:
            out[-1].merge = node.get(_VAL, "continue")
        else:
            out[-1].text += "\n" if tag == _BR else "\t"
    return out


def _column_span(text: str) -> int:
    """How many columns a cell spans.

    Raises:
        TemplateError: it says no number that a table can have.
    """
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _MOST_COLUMNS):
        raise TemplateError(f"表格里有一格的合并列数写坏了（“{text[:20]}”）。")
    return int(text)


def style_of(paragraph: _Element) -> str | None:
    """The id of a paragraph's style."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if found is None else found.get(_VAL)


@lru_cache(maxsize=16)
def outline_levels(styles: bytes) -> dict[str, int]:
    """Heading level (from 1) of each paragraph style that has one, inherited ones included."""
    own: dict[str, int] = {}
    based: dict[str, str] = {}
    for style in parse_xml(styles, "styles.xml").iterchildren(W + "style"):
        name = style.get(W + "styleId", "")
        level = style.find(f"{W}pPr/{W}outlineLvl")
        base = style.find(W + "basedOn")
        if level is not None:
            own[name] = int(level.get(_VAL, "9")) + 1
        elif base is not None:
            based[name] = base.get(_VAL, "")
    inherited = {name: own.get(_root(name, based)) for name in based}
    return own | {name: level for name, level in inherited.items() if level is not None}


def _root(name: str, based: dict[str, str]) -> str:
    """The style that a chain of styles ends in; a chain that bites its tail ends anywhere."""
    seen: set[str] = set()
    while name in based and name not in seen:
        seen.add(name)
        name = based[name]
    return name


class Item(NamedTuple):
    """A paragraph's text and style, or a table: rows, columns, cells."""

    text: str = ""
    style: str | None = None
    table: tuple[int, int, list[Cell]] | None = None


class _Mould(NamedTuple):
    """A paragraph's or table's markup, which ``holes`` words are poured into.

    ``words`` has a ``%s`` for each; the texts of a table's cells follow one another in it, with
    ``_CELL_END`` between them.
    """

    item: Item
    words: str
    holes: int

    def filled(self, texts: tuple[str, ...]) -> Item:
        """The paragraph or table with these words."""
        said = self.words % texts
        if self.item.table is None:
            return Item(said, self.item.style)
        rows, columns, cells = self.item.table
        filled = [
            Cell(row, column, height, width, text, number)
            for (row, column, height, width, _, number), text in zip(
                cells, said.split(_CELL_END), strict=True
            )
        ]
        return Item(table=(rows, columns, filled))


_CELL_END = "\x1e"
"""No XML can hold it, so no text does."""
_HOLE = b"\x1f"
_REFERENCE = re.compile("&(?:amp|lt|gt|quot|apos|#34|#39);")
_NO_TEXT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARK = re.compile("\ue000([0-9]+)\ue001")


def document_items(xml: bytes) -> list[Item]:
    """The paragraphs and tables of a document in order.

    Raises:
        TemplateError: it is not well formed, or a table stands inside a cell.
        IndexError: it has no body.
    """
    found = cut_items(xml)
    if found is None:
        return [read_item(element) for element in body_items(parse_xml(xml, DOCUMENT)[0])]
    return found


def read_item(element: _Element) -> Item:
    """The paragraph or table that an element is.

    Raises:
        TemplateError: a table stands inside a cell.
    """
    if element.tag == _TBL:
        return Item(table=table_cells(element))
    return Item(text_of(element), style_of(element))


def cut_items(xml: bytes) -> list[Item] | None:
    """The same by words cut out of the bytes; None where it is not certain to be the same.

    A word seems to lie between a tag's end and ``</w:t>``; whether it does is left to the parser,
    which sees each markup once, with marks in the place of words.
    """
    *pieces, rest = xml.split(b"</w:t>")
    cuts = [piece.rpartition(b">") for piece in pieces]
    markup = _HOLE.join([*(cut[0] for cut in cuts), rest])
    texts = _texts([cut[2] for cut in cuts])
    start = markup.find(b"<w:body>") + len(b"<w:body>")
    spans, end = _spans(markup, start)
    head, tail = markup[:start], markup[end:]
    if texts is None or _HOLE in xml or not _holds_items(head, tail):
        return None
    found: list[Item] = []
    at = 0
    for first, last in spans:
        mould = _mould(head, markup[first:last], tail)
        if mould is None:
            return None
        found.append(mould.filled(texts[at : at + mould.holes]))
        at += mould.holes
    return found


def _spans(markup: bytes, start: int) -> tuple[list[tuple[int, int]], int]:
    """Where each paragraph and table seems to lie, and where the last of them ends."""
    spans: list[tuple[int, int]] = []
    while True:
        if markup.startswith((b"<w:p>", b"<w:p "), start):
            ending = b"</w:p>"
        elif markup.startswith(b"<w:tbl>", start):
            ending = b"</w:tbl>"
        else:
            return spans, start
        end = markup.find(ending, start) + len(ending)
        if end < start:
            return spans, start
        spans.append((start, end))
        start = end


def _texts(raw: list[bytes]) -> tuple[str, ...] | None:
    """Character data as the parser would give it; None where it might give something else."""
    try:
        joined = b"<".join(raw).decode()
    except UnicodeDecodeError:
        return None
    texts = tuple(joined.split("<")) if raw else ()
    if len(texts) != len(raw) or _NO_TEXT.search(joined):
        return None
    if "&" not in joined:
        return texts
    certain = joined.count("&") == len(_REFERENCE.findall(joined))
    return tuple(map(unescape, texts)) if certain else None


@lru_cache(maxsize=8)
def _holds_items(head: bytes, tail: bytes) -> bool:
    """Whether what stands between them is the body's content, in UTF-8, and nothing else is."""
    probe = _parsed(head, "<w:p><w:r><w:t>检</w:t></w:r></w:p>".encode(), tail)
    return probe is not None and text_of(probe) == "检"


@lru_cache(maxsize=256)
def _mould(head: bytes, markup: bytes, tail: bytes) -> _Mould | None:
    """The mould of one item; None where it is none, or a word in it is not simply its text."""
    first, *others = markup.split(_HOLE)
    marked = [b">\xee\x80\x80%d\xee\x80\x81</w:t>%b" % pair for pair in enumerate(others)]
    element = _parsed(head, b"".join([first, *marked]), tail)
    if element is None or b"<!" in markup or b"<?" in markup:
        return None
    try:
        item = read_item(element)
    except (TemplateError, ValueError, IndexError):
        return None
    words = item.text if item.table is None else _CELL_END.join(c.text for c in item.table[2])
    if _MARK.findall(words) != [str(number) for number in range(len(others))]:
        return None
    return _Mould(item, _MARK.sub("%s", words.replace("%", "%%")), len(others))


def _parsed(head: bytes, item: bytes, tail: bytes) -> _Element | None:
    """The one paragraph or table that stands between them; None if there is not just one."""
    try:
        root = parse_xml(head + item + tail, DOCUMENT)
    except TemplateError:
        return None
    items = list(body_items(root[0])) if len(root) and root[0].tag == W + "body" else []
    return items[0] if len(items) == 1 and items[0].getparent() is root[0] else None
