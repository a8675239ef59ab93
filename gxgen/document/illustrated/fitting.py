"""How high table two's rows are in the illustrated edition, so that no page is more than a third
empty.

All that stands from its heading to the end of table four is laid on pages as the printer lays it.
Where a page would be left too empty, other heights, another place where table two is divided, and a
tighter table three are tried, from the least change to the greatest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from gxgen.document.blocks import Block, HeadingBlock, TableBlock
from gxgen.document.illustrated.heights import DIVIDED, RULES, Printer
from gxgen.document.illustrated.paging import Item
from gxgen.document.illustrated.tables import movable
from gxgen.document.page import MOST_EMPTY
from gxgen.document.table_rows import Rows, last_bands
from gxgen.editions.grid import Grid

_HEIGHTS = (1.0, 0.93, 1.08, 0.87, 1.16, 0.8, 1.24, 0.75, 1.32, 1.4)
_HIGHEST = (1.5, 1.6)
"""Of the usual height of rows: what they may have, and where the whole table has a page of its own
and nothing else helps."""
_PARTS = (1.0, 0.93, 0.87)
"""Of the usual height of table three's rows."""
_UNSURE = 21.0
"""Points by which the text above may be longer or shorter than was counted: a line."""
_CLOSE = 10.0
"""Points of a page that may not be filled, as what stands there is higher than reckoned."""
_FEW = 40
"""What is tried where the usual rows are as they should be unless something was misjudged."""
_SLACK = 0.01
"""Of a page: how much less than the most may be left empty."""


def fitted_rows(blocks: Sequence[Block], printer: Printer) -> Rows | None:
    """The rows; None where the usual ones leave no page too empty, or no others do better.

    ``blocks``: all that is printed after the cover, pictures among them.
    """
    tables = [n for n, block in enumerate(blocks) if isinstance(block, TableBlock)]
    at, following, *_ = (*tables, 0, 0)
    table = blocks[at]
    if not (isinstance(table, TableBlock) and table.table == DIVIDED and following):
        return None
    head = next((n for n in range(at, -1, -1) if isinstance(blocks[n], HeadingBlock)), at)
    usual = list(printer.items(blocks[head : tables[-1] + 1]))
    above = list(printer.items(blocks[:head]))
    paper = printer.paper
    closer = paper._replace(height=paper.height - _CLOSE)
    start, other = (one.filled(above)._replace(full=()) for one in (paper, closer))
    shorter = start._replace(depth=max(start.depth - _UNSURE, 0.0))
    longer = start._replace(depth=start.depth + _UNSURE)
    cases = ((paper, start), (closer, other), (paper, longer), (paper, shorter))
    most = MOST_EMPTY - _SLACK

    def emptiest(items: Sequence[Item], of: int = 0) -> float:
        paper, start = cases[of]
        return 1 - min(paper.filled(items, start).full, default=paper.height) / paper.height

    def sure(items: Sequence[Item]) -> bool:
        return all(emptiest(items, of) <= most for of in range(1, len(cases)))

    best, least = None, emptiest(usual)
    if least <= most and sure(usual):
        return None
    first = at - head
    third = first + len(movable(table.grid)) + following - at
    tried = _tried(table.grid, printer.tables[DIVIDED].row_of(table.grid, 0))
    for rows in tried if least > most else islice(tried, _FEW):
        items = with_rows(usual, first, third, table.grid, rows)
        empty = emptiest(items)
        if empty <= most and sure(items):
            return rows
        if empty < least and least > most:
            best, least = rows, empty
    return best


def with_rows(usual: Sequence[Item], first: int, third: int, grid: Grid, rows: Rows) -> list[Item]:
    """The same with these rows; ``first``: where the parts of table two begin, ``third``: where
    table three is."""
    end = first + 1 + len(movable(grid))
    height, after = (grid.rows - rows.moved) * rows.height + RULES, usual[end - 1].after
    parts = [usual[first]._replace(height=height, after=0.0 if rows.moved else after)]
    if rows.moved:
        parts.append(Item(rows.moved * rows.below, after=after))
    tight = usual[third]._replace(height=usual[third].height * rows.part)
    return [*usual[:first], *parts, *usual[end:third], tight, *usual[third + 1 :]]


def _tried(grid: Grid, usual: float) -> Iterator[Rows]:
    """Rows from the least change to the greatest."""
    ways = [0, *last_bands(grid)]
    for part, more, moved in product(_PARTS, _HEIGHTS, ways):
        yield Rows(usual * more, moved, usual * more, part)
    yield from (Rows(usual * more, 0, usual * more) for more in _HIGHEST)
