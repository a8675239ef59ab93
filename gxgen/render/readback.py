"""Reads a DOCX back as paragraphs and tables: for checking what was written, and templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gxgen.errors import TemplateError
from gxgen.render.prepare import W, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_P, _TBL, _TR, _TC, _T = (W + name for name in ("p", "tbl", "tr", "tc", "t"))
_BR, _TAB, _SDT, _VAL = (W + name for name in ("br", "tab", "sdt", "val"))
_GRID_SPAN, _V_MERGE, _TC_PR = (W + name for name in ("gridSpan", "vMerge", "tcPr"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A merged cell: its rectangle (0-based), its text, and its number in its row (from 1)."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    number: int
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
        elif node.getparent().tag != W + "tabs":  # type: ignore[union-attr]
            parts.append("\t")
    return "".join(parts)


def squash(text: str) -> str:
    """Text without any white space: line breaks inside a label mean nothing."""
    return "".join(text.split())


@dataclass(slots=True)
class _Draft:
    """A physical cell while its row is read."""

    row: int
    number: int
    element: _Element
    span: int = 1
    merge: str | None = None
    text: str = ""


def table_cells(table: _Element) -> tuple[int, int, list[Cell]]:
    """(rows, columns, cells) of a table, merged cells joined, in reading order.

    Raises:
        TemplateError: a table stands inside a cell.
    """
    rows = columns = 0
    cells: list[tuple[_Draft, int]] = []
    heights: dict[int, int] = {}
    open_at: dict[int, int] = {}
    for draft in _drafts(table):
        if draft.row >= rows:
            rows, column = draft.row + 1, 0
        if draft.merge == "continue" and column in open_at:
            heights[open_at[column]] += 1
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
            Cell(d.row, column, heights[n], d.span, d.text, d.number, d.element)
            for n, (d, column) in enumerate(cells)
        ],
    )


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
        elif tag == _T:
            out[-1].text += node.text or ""
        elif tag == _GRID_SPAN:
            out[-1].span = int(node.get(_VAL, "1"))
        elif tag == _V_MERGE:
            out[-1].merge = node.get(_VAL, "continue")
        elif tag == _TBL:
            raise TemplateError("表格里又套了表格，规定的格式没有这样的表。")
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
