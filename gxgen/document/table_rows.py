"""How high the rows of table two are, so that no page is left more than a third empty.

The lines of the text before it are counted as the printing program breaks them. What room is left
on the page says whether lower rows bring the table onto it. Where they do not and much would be
left empty, its last bands go to the page of the next table, which is set a little tighter; else the
table has a page of its own, and rows so high that it fills that well enough.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product, zip_longest

from gxgen.document.blocks import (
    Block,
    Document,
    HeadingBlock,
    TableBlock,
    TextBlock,
    TitleBlock,
    leads_on,
)
from gxgen.document.page import (
    AFTER_HEADING,
    BEFORE_HEADING,
    BOTTOM,
    LINE,
    MOST_EMPTY,
    SHEET,
    TITLE_LINE,
    TOP,
    TWIPS,
)
from gxgen.document.table_looks import LAYOUTS, OUTER_RULE, POINTS_PER_MM
from gxgen.document.torn import OFFICE, Breaker, count_lines
from gxgen.editions.grid import Grid, Role

PAGE = (SHEET[1] - TOP - BOTTOM) * POINTS_PER_MM
"""Points of text on a page."""
TIGHTEST = 0.93
"""Of its usual height: the least of a table that makes room for the end of the one before it."""
_POINTS = LINE / TWIPS
_LINES = int(PAGE / _POINTS)
_HEADING = _POINTS + AFTER_HEADING
_LOWEST = 0.9
"""Of the least height of rows: what they may have rather than be divided."""
_UNSURE = 1.5 * _POINTS
"""Left for a wrong count, where there is room."""
_RULES = 2 * OUTER_RULE
"""What a table is higher than its rows."""
_SPARE = 11.0
"""Points left at the foot of a page that holds the end of one table and the whole of the next."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Heights of a table's rows in points; the last ``moved`` go to the next table's page, are as
    high as ``below``, and the rows there have ``part`` of their usual height."""

    height: float
    moved: int = 0
    below: float = 0.0
    part: float = 1.0


def filling(grid: Grid) -> float:
    """The height of rows that do not leave a page of their own more than a third empty."""
    layout = LAYOUTS[grid.table]
    least, most = layout.fitting or (layout.row_height, layout.row_height)
    wanted = (PAGE * (1 - MOST_EMPTY) - _HEADING) / grid.rows
    return max(least, layout.row_height, min(most, wanted))


def last_bands(grid: Grid) -> list[int]:
    """How many rows the last band has with all below it, the last two, and so on."""
    bands = sorted({cell.row for cell in grid.cells if cell.role is Role.BAND} - {0}, reverse=True)
    return [grid.rows - row for row in bands]


def fitted(
    document: Document,
    table: TableBlock,
    following: float,
    breaker: Breaker = OFFICE,
    air: float = 0.0,
) -> Rows | None:
    """Rows that are lower than the filling ones, so that the table, or all of it but its last
    bands, stands on the page of the text before it; None where the filling ones do so, or no rows
    can, or little would be left empty. ``following``: points that the next table's rows take;
    ``air``: those above the heading."""
    fitting, count = LAYOUTS[table.table].fitting, table.grid.rows
    if fitting is None:
        return None
    blocks = list(document.blocks)
    at = blocks.index(table)
    left = PAGE - _depth(blocks[: at - 1], breaker)
    room, least = left - air - _HEADING - _RULES, fitting[0]
    height = max(math.floor((room - _UNSURE) / count), least)
    for lowest in (height, _LOWEST * height):
        if lowest * count <= room:
            return Rows(lowest) if lowest < filling(table.grid) else None
    if left <= PAGE * MOST_EMPTY or not isinstance(blocks[at + 2], TableBlock):
        return None
    return _parted(room, least, table.grid, following)


def _parted(room: float, least: float, grid: Grid, following: float) -> Rows | None:
    """Rows of a table that is divided between its bands; the next table follows at once."""
    free = PAGE - BEFORE_HEADING - _HEADING - 2 * _RULES - _SPARE
    for unsure, moved in product((_UNSURE, 0.0), last_bands(grid)):
        stays, rest = grid.rows - moved, free - moved * least
        if stays * least + unsure <= room and rest >= TIGHTEST * following:
            height = max(least, math.floor((room - _UNSURE) / stays))
            below = min(height, max(least, math.floor((free - following) / moved)))
            return Rows(height, moved, below, min(1.0, (free - moved * below) / following))
    return None


def _depth(blocks: Sequence[Block], breaker: Breaker) -> float:
    """Points of the page that are taken after the blocks."""
    taken, kept = 0.0, 0
    for block, following in zip_longest(blocks, blocks[1:]):
        if isinstance(block, HeadingBlock):
            kept += count_lines(block.number + block.text, breaker)
            if not (block.level == 1 or leads_on(block, following)):
                taken, kept = _further(taken, kept, 0, 1), 0
        elif isinstance(block, TextBlock):
            count = count_lines(block.lead + block.text, breaker)
            taken, kept = _further(taken, kept, count, breaker.least), 0
        elif isinstance(block, TitleBlock):
            taken = (2 * LINE + len(block.lines) * TITLE_LINE) / TWIPS
    return _further(taken, kept, 0, 1)


def _further(taken: float, kept: int, lines: int, least: int) -> float:
    """Points of the page that are taken after a paragraph; the headings above it, ``kept`` lines,
    are on the page of its first lines, of which ``least`` stand together, as do its last ones where
    it has so many."""
    left = int((PAGE + 1 - taken) / _POINTS)
    if kept + lines <= left:
        return taken + (kept + lines) * _POINTS
    here = min(left - kept, max(lines - least, least))
    rest = lines - here if here >= least else kept + lines
    return ((rest - 1) % _LINES + 1) * _POINTS
