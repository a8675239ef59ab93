"""Reads a DOCX back as paragraphs and tables: for checking what was written, and templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from lxml.etree import _Element

from gxgen.document.cell import Cell
from gxgen.errors import TemplateError
from gxgen.formats.docx.wordml import W, number, parse_xml

_P, _TBL, _TR, _TC, _T = (W + name for name in ("p", "tbl", "tr", "tc", "t"))
_BR, _TAB, _SDT, _VAL = (W + name for name in ("br", "tab", "sdt", "val"))
_GRID_SPAN, _V_MERGE = W + "gridSpan", W + "vMerge"
_MOST_COLUMNS = 1000
"""No real table comes near; a span beyond would only cost time."""
MOST_BASES = 20
"""Styles in a chain, each based on the next; Word follows no more than ten."""


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
            own[name] = number(level, "val", 9) + 1
        elif base is not None:
            based[name] = base.get(_VAL, "")
    inherited = {name: own.get(_root(name, based)) for name in based}
    return own | {name: level for name, level in inherited.items() if level is not None}


def _root(name: str, based: dict[str, str]) -> str:
    """The style that a chain of styles ends in; a chain that bites its tail ends anywhere."""
    seen: set[str] = set()
    while name in based and name not in seen and len(seen) < MOST_BASES:
        seen.add(name)
        name = based[name]
    return name


class Item(NamedTuple):
    """A paragraph's text and style, or a table: rows, columns, cells."""

    text: str = ""
    style: str | None = None
    table: tuple[int, int, list[Cell]] | None = None


def read_item(element: _Element) -> Item:
    """The paragraph or table that an element is.

    Raises:
        TemplateError: a table stands inside a cell.
    """
    if element.tag == _TBL:
        return Item(table=table_cells(element))
    return Item(text_of(element), style_of(element))
