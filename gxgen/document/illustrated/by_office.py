"""The illustrated edition as Word and LibreOffice set it: what stands in the template's styles and
in the drawings of ``formats.drawings``, and what LibreOffice adds, as it was measured."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from gxgen.document.illustrated.heights import (
    LATIN,
    WIDTH,
    Look,
    Printer,
    TableLook,
    lines_of,
    mm,
)
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
from gxgen.document.illustrated.tables import HEADS, LABEL_PADDING, ROWS, SIZES, WIDTHS
from gxgen.document.illustrated.tiles import Tile
from gxgen.document.lines import em_width
from gxgen.document.page import PICTURED_BOTTOM, PICTURED_SIZE, PICTURED_TOP, SHEET
from gxgen.document.torn import OFFICE

_TRACK = 28.8
"""Points of a row with a bar."""
_DROP = 3.3
"""Points that a line reaches below a drawing in it."""


def _picture(picture: Picture) -> tuple[float, float, float]:
    """Its height, and the air before and after it."""
    match picture:
        case Tiles():
            return _tiles(picture.tiles), 8.5, 14.0
        case Sentence():
            lines = lines_of(picture.text, PICTURED_SIZE, mm(149))
            return max(mm(SENTENCE), mm(4) + 18 * lines) + 0.5, 0.0, 0.0
        case Cards():
            high = sum(
                max(mm(CARD), *(_card(one, len(row)) for one in row)) for row in picture.rows
            )
            return high + mm(BETWEEN_CARDS) * (len(picture.rows) - 1) + 0.5, 0.0, 0.0
        case Flow():
            remark = 14 * lines_of(picture.remark, 9.5, mm(160)) if picture.remark else 4
            return 11.5 + mm(6) + mm(*picture.rows) + remark, 8.5, 0.0
        case Panels():
            return max(mm(PANELS), *map(_panel, picture.panels)), 0.0, 0.0
        case Bars():
            head = (26.5 if picture.total else 18) + mm(2.2)
            rows = (
                max(
                    15 * lines_of(bar.label, 10.5, mm(60)) + mm(1),
                    (27.8 if bar.change else 15.5) + mm(1),
                    _TRACK,
                )
                for bar in picture.bars
            )
            return head + sum(rows) + 5, 4.0, 9.0
    raise TypeError(type(picture).__name__)


def _tiles(tiles: Sequence[Tile]) -> float:
    width = (WIDTH - (len(tiles) - 1) * mm(BETWEEN_TILES)) / len(tiles) - mm(1)
    some = any(tile.figure for tile in tiles)
    heights = (
        mm(3.6)
        + mm(12)
        + _DROP
        + 3
        + 14.5 * sum(lines_of(part, 11, width) for part in tile.title.split("\n"))
        + (27.6 if tile.figure else 0)
        + (12 * lines_of(tile.text, 9, width) + 1 if tile.text else 0)
        for tile in tiles
    )
    return max(mm(TILE if some else PLAIN_TILE), *heights)


def _card(card: Card, beside: int) -> float:
    room = (WIDTH - mm(BETWEEN_CARDS) * (beside - 1)) / beside - mm(PLATED + 1.5)
    words = (card.caption, card.change)
    apart = lines_of("".join(words), 9, room - mm(4.5)) > 1
    lines = sum(lines_of(one, 9, room) for one in words if one) if apart else 1
    return mm(2.8) + 27.6 + 13 * lines


def _panel(panel: Panel) -> float:
    head = mm(5.2) + mm(8.4) + _DROP
    if panel.remark:
        return head + 6 + 16 * lines_of(panel.remark, 10, mm(74))
    width = sum((em_width(f"{label}{count}") + 1.75) * 10.5 for _, label, count in panel.results)
    bar = mm(5) + _DROP + 6 if panel.lengths else 0
    return head + 4 + bar + 16 * math.ceil(width / mm(PANEL))


BY_OFFICE = Printer(
    replace(OFFICE, saved=LATIN),
    mm(SHEET[1] - PICTURED_TOP - PICTURED_BOTTOM),
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
            mm(2 * LABEL_PADDING),
            row=mm(ROWS[table]),
            heads=tuple(map(mm, HEADS[table])),
        )
        for table, size in SIZES.items()
    },
    picture=_picture,
    apart=8.5,
    over=11.0,
    after_table=6.0,
)
