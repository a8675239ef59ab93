"""How high the rows of table two are, so that no page is left more than a third empty.

Nobody knows for certain where on a page of Word a table will stand, but its text can be counted in
lines. What room is left on the page says whether lower rows bring the table onto it; else its rows
are so high that the page after it is filled well enough.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from gxgen.document.blocks import Block, Document, HeadingBlock, TableBlock, TextBlock, TitleBlock
from gxgen.document.lines import em_width
from gxgen.document.page import (
    AFTER_HEADING,
    BOTTOM,
    CHARACTER,
    LINE,
    MOST_EMPTY,
    SHEET,
    TEXT_WIDTH,
    TITLE_LINE,
    TOP,
    TWIPS,
)
from gxgen.document.table_looks import LAYOUTS, POINTS_PER_MM
from gxgen.editions.grid import Grid

PAGE = (SHEET[1] - TOP - BOTTOM) * POINTS_PER_MM
"""Points of text on a page."""
_POINTS = LINE / TWIPS
_UNSURE, _LEAST_UNSURE = 1.5, 0.5
"""Lines that are left for a wrong count, and for rows that are as low as may be."""
_INDENT, _JOINT = 2, 0.25
"""Characters before a paragraph, and between a digit and 汉字."""
_LATIN = re.compile("[0-9A-Za-z]+")


def filling(grid: Grid) -> float:
    """The height of rows that do not leave a page of their own more than a third empty."""
    layout = LAYOUTS[grid.table]
    least, most = layout.fitting or (layout.row_height, layout.row_height)
    heading = _POINTS + AFTER_HEADING
    return max(least, layout.row_height, min(most, (PAGE * (1 - MOST_EMPTY) - heading) / grid.rows))


def fitting_height(document: Document, block: TableBlock) -> int | None:
    """The height in points, at most the filling one, at which a table still stands on the page of
    the text before it; None where it does so anyway, or cannot, or little would be left empty."""
    fitting, rows = LAYOUTS[block.table].fitting, block.grid.rows
    if fitting is None:
        return None
    room = PAGE - _depth(document, block) - _POINTS - AFTER_HEADING
    height = max(math.floor((room - _UNSURE * _POINTS) / rows), math.ceil(fitting[0]))
    fits = height * rows + _LEAST_UNSURE * _POINTS <= room
    return height if fits and height < filling(block.grid) else None


def _depth(document: Document, table: TableBlock) -> float:
    """Points of the page that are taken where the table's heading begins."""
    taken = 0.0
    for block in _before(document.blocks, table):
        if isinstance(block, TitleBlock):
            taken = (2 * LINE + len(block.lines) * TITLE_LINE) / TWIPS
        elif isinstance(block, HeadingBlock | TextBlock):
            for _ in range(_lines(block)):
                taken = taken + _POINTS if taken + _POINTS <= PAGE + 1 else _POINTS
    return taken


def _before(blocks: Iterable[Block], table: TableBlock) -> list[Block]:
    """The blocks before a table's heading."""
    found: list[Block] = []
    for block in blocks:
        if block is table:
            return found[:-1]
        found.append(block)
    return found


def _lines(block: HeadingBlock | TextBlock) -> int:
    lead = block.number if isinstance(block, HeadingBlock) else block.lead
    text = lead + block.text
    joints = sum(
        "一" <= beside <= "鿿"
        for start, end in (run.span() for run in _LATIN.finditer(text))
        for beside in (text[start - 1 : start], text[end : end + 1])
    )
    width = _INDENT + em_width(text) + _JOINT * joints
    return max(1, math.ceil(width * CHARACTER / TEXT_WIDTH))
