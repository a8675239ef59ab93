"""How high text, pictures and tables of the illustrated edition are, in points, by who prints them.

Text is counted in lines as everywhere else, words in a picture's cell likewise; drawings are as
high as they are drawn. What each printer makes of it say ``by_office`` and ``by_browser``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gxgen.document.blocks import (
    Block,
    HeadingBlock,
    PictureBlock,
    TableBlock,
    TextBlock,
    leads_on,
)
from gxgen.document.illustrated.paging import Item, Paper
from gxgen.document.illustrated.pictures import Flow, Picture
from gxgen.document.illustrated.tables import LINE, movable
from gxgen.document.lines import em_width
from gxgen.document.page import PICTURED_SIDES, SHEET
from gxgen.document.table_looks import POINTS_PER_MM, SLACK
from gxgen.document.torn import Breaker, count_lines
from gxgen.editions.grid import Grid

WIDTH = (SHEET[0] - 2 * PICTURED_SIDES) * POINTS_PER_MM
"""Points of a line from margin to margin."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of text is set: size, points of its lines, what it is narrower than the text's
    width, the air around it, and how many characters its first line stands in."""

    size: float
    line: float
    narrower: float = 0.0
    before: float = 0.0
    after: float = 0.0
    more: float = 0.0
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class TableLook:
    """How one of the form's tables is set: size, points of a line and what a row has besides, the
    least height of a row and of the heads, all of the widths in any unit, and points at the sides
    of a label."""

    size: float
    widths: tuple[float, ...]
    beside: float
    besides: float = 0.0
    row: float = 0.0
    heads: tuple[float, ...] = ()

    def rows(self, grid: Grid) -> list[float]:
        """The height of each row."""
        return [self.row_of(grid, row) for row in range(grid.rows)]

    def row_of(self, grid: Grid, row: int) -> float:
        """The height of a row."""
        if row < len(self.heads):
            return self.heads[row]
        stub, count = grid.row_labels.get(row), 1
        if stub is not None:
            own = self.widths[stub.column : stub.column + stub.column_span]
            room = WIDTH * sum(own) / sum(self.widths) - self.beside
            count = lines_of(stub.text, self.size, room)
        return max(self.row, count * LINE * self.size + self.besides)


@dataclass(frozen=True)
class Printer:
    """Who prints: how lines break, the height of a page, whether of the air between two blocks only
    the greater counts, the looks of text and tables by kind, and a picture's height with the air
    before and after it.

    ``before_table``, ``after_table``: the air around a table; ``apart``, ``over``: what is added
    between two pictures, and between a picture and the table below it.
    """

    breaker: Breaker
    height: float
    collapses: bool
    looks: Mapping[str, Look]
    tables: Mapping[str, TableLook]
    picture: Callable[[Picture], tuple[float, float, float]]
    before_table: float = 0.0
    apart: float = 0.0
    over: float = 0.0
    after_table: float = 0.0

    @property
    def paper(self) -> Paper:
        """Its pages."""
        return Paper(self.height, self.breaker.least, self.collapses)

    def items(self, blocks: Sequence[Block]) -> Iterator[Item]:
        """What the blocks take, one after the other; table two in the parts that may be parted."""
        inside, section = False, 0
        for block, following in pairwise((*blocks, None)):
            if isinstance(block, HeadingBlock):
                section += block.level == 1
                inside = block.level > 2
                kept = block.level == 1 or leads_on(block, following)
                text = block.text if block.numeral else block.number + block.text
                yield self._text(text, f"h{min(block.level, 4)}", kept=kept)
            elif isinstance(block, TextBlock):
                inside = inside and block.level != 2
                kind = "in" if inside else "text" if section else "preamble"
                yield self._text(block.lead + block.text, kind)
            elif isinstance(block, PictureBlock):
                yield self._picture(block.picture, following)
            elif isinstance(block, TableBlock):
                yield from self._table(block.grid, isinstance(following, PictureBlock))

    def _picture(self, picture: Picture, following: Block | None) -> Item:
        height, before, after = self.picture(picture)
        if isinstance(following, PictureBlock):
            after += self.apart
        elif isinstance(following, TableBlock):
            after += self.over
        elif isinstance(picture, Flow):
            after += self.after_table
        return Item(height, before, after)

    def _table(self, grid: Grid, pictured: bool) -> Iterator[Item]:
        """A table; ``pictured``: a picture stands below it."""
        heights = self.tables[grid.table].rows(grid)
        ends = [0, grid.rows]
        if grid.table == DIVIDED:
            ends[1:1] = (grid.rows - moved for moved in reversed(movable(grid)))
        for start, end in pairwise(ends):
            before = 0.0 if start else self.before_table
            after = 0.0 if end < grid.rows or pictured else self.after_table
            yield Item(sum(heights[start:end]) + RULES * (not start), before, after)

    def _text(self, text: str, kind: str, *, kept: bool = False) -> Item:
        look = self.looks[kind]
        lines = count_lines(text, self.breaker, (WIDTH - look.narrower) / look.size, look.indent)
        height = lines * look.line + look.more
        return Item(height, look.before, look.after, kept, 0 if kept else lines)


DIVIDED = "disclosure"
"""The table that may be divided."""
RULES = 2.0
"""What a table is higher than its rows."""


def mm(*lengths: float) -> float:
    """Millimetres in points, added up."""
    return sum(lengths) * POINTS_PER_MM


def lines_of(text: str, size: float, width: float) -> int:
    """Lines of words in a cell, of which no line is left short."""
    if len(text) * size <= width:
        return 1
    return max(1, math.ceil(em_width(text) * size / width - SLACK))


LATIN = 0.444
"""Of a character, what a digit of Arial is narrower."""
