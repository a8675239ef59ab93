"""Reads a DOCX back as paragraphs and tables: for checking what was written, and templates.

A body is read element by element (:func:`body_items`, :func:`table_cells`), or all at once by
:func:`quick_items`: the documents of a county differ in their words and hardly in their markup, so
each different markup goes through the parser once and from then on only words are filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from gxgen.document.cell import Cell
from gxgen.errors import TemplateError
from gxgen.formats.docx.slivers import column_span
from gxgen.formats.docx.wordml import W, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_P, _TBL, _TR, _TC, _T = (W + name for name in ("p", "tbl", "tr", "tc", "t"))
_BR, _TAB, _SDT, _VAL = (W + name for name in ("br", "tab", "sdt", "val"))
_GRID_SPAN, _V_MERGE, _TC_PR = (W + name for name in ("gridSpan", "vMerge", "tcPr"))


@dataclass(frozen=True, slots=True)
class WordCell(Cell):
    """A cell with the element that begins it."""

    element: _Element


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
    element: _Element
    span: int = 1
    merge: str | None = None
    text: str = ""


def table_cells(table: _Element) -> tuple[int, int, list[WordCell]]:
    """(rows, columns, cells) of a table, merged cells joined, in reading order.

    Raises:
        TemplateError: a table stands inside a cell.
    """
    rows = columns = column = 0
    cells: list[tuple[_Draft, int]] = []
    heights: dict[int, int] = {}
    open_at: dict[int, int] = {}
    for draft in _drafts(table):
        if draft.row >= rows:
            rows, column = draft.row + 1, 0
        above = open_at.get(column)
        if (
            draft.merge == "continue"
            and above is not None
            and _joins(draft, cells[above][0], heights[above])
        ):
            heights[above] += 1
        else:
            open_at[column] = len(cells)
            heights[len(cells)] = 1
            cells.append((draft, column))
        column += draft.span
        columns = max(columns, column)
    return (
        rows,
        columns,
        [
            WordCell(d.row, column, heights[n], d.span, d.text, d.number, d.element)
            for n, (d, column) in enumerate(cells)
        ],
    )


def _joins(draft: _Draft, above: _Draft, height: int) -> bool:
    """Whether a cell that goes on upward finds one right above that is merged downward."""
    return bool(above.merge) and above.row + height == draft.row and above.span == draft.span


def _drafts(table: _Element) -> list[_Draft]:
    """The physical cells, in one pass: an element's end is where the next one begins."""
    out: list[_Draft] = []
    row, number = -1, 0
    for node in table.iterdescendants(_TR, _TC, _GRID_SPAN, _V_MERGE, _T, _BR, _TAB, _TBL):
        tag = node.tag
        if tag == _TC:
            number += 1
            out.append(_Draft(row, number, node))
        elif tag == _TR:
            row, number = row + 1, 0
        elif tag == _TBL or not out:
            raise TemplateError("表格里又套了表格，或者缺了格，规定的格式没有这样的表。")
        elif tag == _T:
            out[-1].text += node.text or ""
        elif tag == _GRID_SPAN:
            out[-1].span = column_span(node.get(_VAL, "1"))
        elif tag == _V_MERGE:
            out[-1].merge = node.get(_VAL, "continue")
        else:
            out[-1].text += "\n" if tag == _BR else "\t"
    return out


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


Rectangle = tuple[int, int, int, int]
"""Row, column, rows, columns of a merged cell."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A paragraph or table without its words: ``words`` is a format with a ``%s`` for each.

    ``cells`` is None for a paragraph; a table's are in reading order, as are their texts in
    ``words``, with :data:`CELL_END` between them. ``style`` is a paragraph's.
    """

    words: str
    style: str | None = None
    rows: int = 0
    columns: int = 0
    cells: tuple[Rectangle, ...] | None = None


CELL_END = "\x1e"
"""No XML can hold it, so no text does."""
_PARAGRAPH_END, _TABLE_END, _TEXT_END = b"</w:p>", b"</w:tbl>", b"</w:t>"
_HOLE = b"\x1f"
_REFERENCE = re.compile("&(amp|lt|gt|quot|apos|#34|#39);")
_MEANING = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "#34": '"', "#39": "'"}
_NO_TEXT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARK = re.compile("\ue000([0-9]+)\ue001")


def quick_items(xml: bytes) -> list[tuple[Shape, str]] | None:
    """The paragraphs and tables of a document with their text; None where that is not certain.

    Words are cut out of the bytes, between a tag's end and ``</w:t>``; whether they are what they
    seem there is left to the parser, which sees all the rest with marks in their place.
    """
    start = xml.find(b"<w:body>") + len(b"<w:body>")
    spans, end = _cut(xml, start)
    head, tail = xml[:start], xml[end:]
    found: list[tuple[Shape, str]] = []
    if _HOLE in xml or not _holds_items(head, tail):
        return None
    for first, last in spans:
        *pieces, rest = xml[first:last].split(_TEXT_END)
        cuts = [piece.rpartition(b">") for piece in pieces]
        shape = _shape(head, _HOLE.join([*(cut[0] for cut in cuts), rest]), tail)
        texts = _texts([cut[2] for cut in cuts])
        if shape is None or texts is None:
            return None
        found.append((shape, shape.words % texts))
    return found


def _cut(xml: bytes, start: int) -> tuple[list[tuple[int, int]], int]:
    """Where each paragraph and table seems to lie, and where the last of them ends."""
    spans: list[tuple[int, int]] = []
    while True:
        if xml.startswith((b"<w:p>", b"<w:p "), start):
            ending = _PARAGRAPH_END
        elif xml.startswith(b"<w:tbl>", start):
            ending = _TABLE_END
        else:
            return spans, start
        end = xml.find(ending, start) + len(ending)
        if end < start:
            return spans, start
        spans.append((start, end))
        start = end


def _texts(raw: list[bytes]) -> tuple[str, ...] | None:
    """Character data as the parser would give it; None where it might give something else."""
    try:
        joined = b"<".join(raw).decode()  # no text holds a bare <
    except UnicodeDecodeError:
        return None
    texts = tuple(joined.split("<")) if raw else ()
    if len(texts) != len(raw) or _NO_TEXT.search(joined):
        return None
    if "&" in joined:
        if joined.count("&") != len(_REFERENCE.findall(joined)):
            return None
        texts = tuple(_REFERENCE.sub(lambda m: _MEANING[m[1]], text) for text in texts)
    return texts


@lru_cache(maxsize=8)
def _holds_items(head: bytes, tail: bytes) -> bool:
    """Whether what stands between them is the body's content, in UTF-8, and nothing else is."""
    probe = _parse_item(head, "<w:p><w:r><w:t>检</w:t></w:r></w:p>".encode(), tail)
    return probe is not None and text_of(probe) == "检"


@lru_cache(maxsize=256)
def _shape(head: bytes, markup: bytes, tail: bytes) -> Shape | None:
    """The shape of one item; None where it is none, or a word in it is not simply its text."""
    first, *others = markup.split(_HOLE)
    marked = [b">\xee\x80\x80%d\xee\x80\x81</w:t>%b" % pair for pair in enumerate(others)]
    item = _parse_item(head, b"".join([first, *marked]), tail)
    if item is None or b"<!" in markup or b"<?" in markup:
        return None
    if item.tag == _P:
        shape = Shape(text_of(item), style_of(item))
    else:
        try:
            rows, columns, cells = table_cells(item)
        except (TemplateError, ValueError, IndexError):
            return None
        places = tuple((c.row, c.column, c.row_span, c.column_span) for c in cells)
        shape = Shape(CELL_END.join(c.text for c in cells), None, rows, columns, places)
    if _MARK.findall(shape.words) != [str(number) for number in range(len(others))]:
        return None
    return replace(shape, words=_MARK.sub("%s", shape.words.replace("%", "%%")))


def _parse_item(head: bytes, item: bytes, tail: bytes) -> _Element | None:
    """The one paragraph or table that stands between them; None if there is not just one."""
    try:
        root = parse_xml(head + item + tail, "document.xml")
    except TemplateError:
        return None
    items = list(body_items(root[0])) if len(root) and root[0].tag == W + "body" else []
    return items[0] if len(items) == 1 and items[0].getparent() is root[0] else None
