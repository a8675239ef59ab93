"""How high text, pictures and tables of the illustrated edition are, in points, by who prints them.

Text is counted in lines as everywhere else, words in a picture's cell likewise; drawings are as
high as they are drawn. What a printer adds (the room below a drawing in its line) was measured.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
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
from gxgen.document.illustrated.pictures import (
    BETWEEN_CARDS,
    BETWEEN_TILES,
    CARD,
    PANEL,
    PANELS,
    PLAIN_TILE,
    PLATED,
    SENTENCE,
    TILE,
    Bars,
    Card,
    Cards,
    Flow,
    Panel,
    Panels,
    Picture,
    Sentence,
    Tiles,
)
from gxgen.document.illustrated.tables import (
    HEADS,
    LABEL_PADDING,
    LINE,
    ROWS,
    SIZES,
    WIDTHS,
    movable,
)
from gxgen.document.illustrated.tiles import Tile
from gxgen.document.lines import em_width
from gxgen.document.page import (
    PICTURED_BOTTOM,
    PICTURED_SIDES,
    PICTURED_SIZE,
    PICTURED_TOP,
    SHEET,
)
from gxgen.document.table_looks import LAYOUTS, POINTS_PER_MM, SLACK
from gxgen.document.torn import BROWSER, OFFICE, Breaker, count_lines
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

    def rows(self, grid: Grid) -> tuple[float, ...]:
        """The height of each row."""
        return _rows(self, grid)

    def row_of(self, grid: Grid, row: int) -> float:
        """The height of a row."""
        if row < len(self.heads):
            return self.heads[row]
        stub, count = grid.row_labels.get(row), 1
        if stub is not None:
            own = self.widths[stub.column : stub.column + stub.column_span]
            room = WIDTH * sum(own) / sum(self.widths) - self.beside
            count = _lines_of(stub.text, self.size, room)
        return max(self.row, count * LINE * self.size + self.besides)


@lru_cache(maxsize=16)
def _rows(look: TableLook, grid: Grid) -> tuple[float, ...]:
    return tuple(look.row_of(grid, row) for row in range(grid.rows))


@dataclass(frozen=True)
class Printer:
    """Who prints: how lines break, the pages, the looks of text and tables by kind, a picture's
    height with the air before and after it, and that before and after a table.

    ``apart``, ``over``: what is added between two pictures, and between a picture and the table
    below it; ``section``: above a section's heading that follows a table.
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


def _mm(*lengths: float) -> float:
    return sum(lengths) * POINTS_PER_MM


def _lines_of(text: str, size: float, width: float) -> int:
    """Lines of words in a cell, of which no line is left short."""
    if len(text) * size <= width:
        return 1
    return max(1, math.ceil(em_width(text) * size / width - SLACK))


_TRACK = 28.8
"""Points of a row with a bar."""
_DROP = 3.3
"""Points that a line reaches below a drawing in it."""


def _office_picture(picture: Picture) -> tuple[float, float, float]:
    match picture:
        case Tiles():
            return _office_tiles(picture.tiles), 8.5, 14.0
        case Sentence():
            lines = _lines_of(picture.text, PICTURED_SIZE, _mm(149))
            return max(_mm(SENTENCE), _mm(4) + 18 * lines) + 0.5, 0.0, 0.0
        case Cards():
            high = sum(
                max(_mm(CARD), *(_office_card(one, len(row)) for one in row))
                for row in picture.rows
            )
            return high + _mm(BETWEEN_CARDS) * (len(picture.rows) - 1) + 0.5, 0.0, 0.0
        case Flow():
            remark = 14 * _lines_of(picture.remark, 9.5, _mm(160)) if picture.remark else 4
            return 11.5 + _mm(6) + _mm(*picture.rows) + remark, 8.5, 0.0
        case Panels():
            return max(_mm(PANELS), *map(_office_panel, picture.panels)), 0.0, 0.0
        case Bars():
            head = (26.5 if picture.total else 18) + _mm(2.2)
            rows = (
                max(
                    15 * _lines_of(bar.label, 10.5, _mm(60)) + _mm(1),
                    (27.8 if bar.change else 15.5) + _mm(1),
                    _TRACK,
                )
                for bar in picture.bars
            )
            return head + sum(rows) + 5, 4.0, 9.0
    raise TypeError(type(picture).__name__)


def _office_tiles(tiles: Sequence[Tile]) -> float:
    width = (WIDTH - (len(tiles) - 1) * _mm(BETWEEN_TILES)) / len(tiles) - _mm(1)
    some = any(tile.figure for tile in tiles)
    heights = (
        _mm(3.6)
        + _mm(12)
        + _DROP
        + 3
        + 14.5 * sum(_lines_of(part, 11, width) for part in tile.title.split("\n"))
        + (27.6 if tile.figure else 0)
        + (12 * _lines_of(tile.text, 9, width) + 1 if tile.text else 0)
        for tile in tiles
    )
    return max(_mm(TILE if some else PLAIN_TILE), *heights)


def _office_card(card: Card, beside: int) -> float:
    room = (WIDTH - _mm(BETWEEN_CARDS) * (beside - 1)) / beside - _mm(PLATED + 1.5)
    words = (card.caption, card.change)
    apart = _lines_of("".join(words), 9, room - _mm(4.5)) > 1
    lines = sum(_lines_of(one, 9, room) for one in words if one) if apart else 1
    return _mm(2.8) + 27.6 + 13 * lines


def _office_panel(panel: Panel) -> float:
    head = _mm(5.2) + _mm(8.4) + _DROP
    if panel.remark:
        return head + 6 + 16 * _lines_of(panel.remark, 10, _mm(74))
    width = sum((em_width(f"{label}{count}") + 1.75) * 10.5 for _, label, count in panel.results)
    bar = _mm(5) + _DROP + 6 if panel.lengths else 0
    return head + 4 + bar + 16 * math.ceil(width / _mm(PANEL))


REM = 12.0
"""Points of a browser's rem on paper."""


def _browser_picture(picture: Picture) -> tuple[float, float, float]:
    line = 1.5 * PICTURED_SIZE
    match picture:
        case Tiles():
            width = (WIDTH - 0.6 * REM * (len(picture.tiles) - 1)) / len(picture.tiles) - 0.8 * REM
            height = max(8.6 * REM, *(_browser_tile(one, width) for one in picture.tiles))
        case Sentence():
            lines = _lines_of(picture.text, PICTURED_SIZE, WIDTH - 5.6 * REM - 3)
            height = 1.6 * REM + max(2.6 * REM, line * lines)
        case Cards():
            height = sum(
                max(5.2 * REM, *(_browser_card(one, len(row)) for one in row))
                for row in picture.rows
            )
            height += 0.8 * REM * (len(picture.rows) - 1)
        case Flow():
            remark = 0.6 * REM + 0.85 * REM * 1.5 if picture.remark else 0.0
            height = 2.4 * REM + line + 3 * sum(picture.rows) + remark
        case Panels():
            height = max(map(_browser_panel, picture.panels))
        case Bars():
            rows = (
                max(line, 0.95 * REM * 1.5 * _lines_of(bar.label, 11.4, 15 * REM))
                for bar in picture.bars
            )
            head = 1.5 * REM * 1.3 if picture.total else line
            height = 1.8 * REM + head + sum(rows) + 0.4 * REM * len(picture.bars)
        case _:
            raise TypeError(type(picture).__name__)
    return height, 8.0, 8.0


def _browser_tile(tile: Tile, width: float) -> float:
    title = sum(_lines_of(part, 0.95 * REM, width) for part in tile.title.split("\n"))
    parts = [2.6 * REM, 0.95 * REM * 1.5 * title]
    if tile.figure:
        parts.append(1.5 * REM * 1.3)
    if tile.text:
        parts.append(0.82 * REM * 1.5 * _lines_of(tile.text, 0.82 * REM, width))
    return 1.6 * REM + 2.25 + sum(parts) + 0.2 * REM * (len(parts) - 1)


def _browser_card(card: Card, beside: int) -> float:
    room = (WIDTH + 0.8 * REM) / beside - 0.8 * REM - 5.5 * REM
    lines = _lines_of(card.caption + " " + card.change, 9.84, room)
    return 1.2 * REM + 1.5 * REM * 1.3 + 1.5 * PICTURED_SIZE * lines


def _browser_panel(panel: Panel) -> float:
    line, room = 1.5 * PICTURED_SIZE, (WIDTH - REM) / 2 - 2.4 * REM
    if panel.remark:
        return 4 * REM + line * _lines_of(panel.remark, PICTURED_SIZE, room)
    width = sum(em_width(f"{label}{count}") * 10.8 + 1.9 * REM for _, label, count in panel.results)
    lines = math.ceil(width / room)
    return 4 * REM + (2.5 * REM if panel.lengths else 0) + line * lines + 0.4 * REM * (lines - 1)


_LATIN = 0.444
"""Of a character, what a digit of Arial is narrower."""
BY_OFFICE = Printer(
    replace(OFFICE, saved=_LATIN),
    (SHEET[1] - PICTURED_TOP - PICTURED_BOTTOM) * POINTS_PER_MM,
    collapses=False,
    looks={
        "preamble": Look(10.5, 18, 19.85),
        "h1": Look(19, 27.5, 45.9, after=18, more=16),
        "h2": Look(14, 21, 29.75, after=5, more=6),
        "h3": Look(12.5, 22, 36.85, after=1, more=2),
        "h4": Look(11.5, 20.5, 36.85),
        "text": Look(11.5, 20.5, after=7, indent=2),
        "in": Look(11.5, 20.5, 36.85, after=7),
    },
    tables={
        table: TableLook(
            size,
            WIDTHS[table],
            _mm(2 * LABEL_PADDING),
            row=_mm(ROWS[table]),
            heads=tuple(map(_mm, HEADS[table])),
        )
        for table, size in SIZES.items()
    },
    picture=_office_picture,
    apart=8.5,
    over=11.0,
    after_table=6.0,
)
BY_BROWSER = Printer(
    replace(BROWSER, saved=_LATIN),
    (SHEET[1] - 2 * PICTURED_SIDES) * POINTS_PER_MM,
    collapses=True,
    looks={
        "preamble": Look(11.4, 20.5, 27, more=2.4),
        "h1": Look(19, 26.6, 48, before=18, after=16.8, more=13.95),
        "h2": Look(13.8, 22.08, 34.8, before=21.6, after=6, more=3.6),
        "h3": Look(12.6, 20.16, 36, before=13.2, after=2.4, more=3.4),
        "h4": Look(12, 21.6, 36, before=7.2, after=2.4),
        "text": Look(11.5, 20.5, after=5.75, indent=2),
        "in": Look(11.5, 20.5, 36, after=5.75),
    },
    tables={
        "disclosure": TableLook(10.5, LAYOUTS["disclosure"].widths, 6.0, 9.75),
        "requests": TableLook(8.5, LAYOUTS["requests"].widths, 6.0, 4.75, heads=(15.3, 15.3, 25.8)),
        "remedies": TableLook(9.0, LAYOUTS["remedies"].widths, 6.0, 9.75, heads=(20.9, 20.9, 32.0)),
    },
    picture=_browser_picture,
    before_table=8.0,
)
