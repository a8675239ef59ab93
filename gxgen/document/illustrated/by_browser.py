"""The illustrated edition as Chromium prints it; the numbers are those of ``pictured.css``."""

from __future__ import annotations

import math
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
from gxgen.document.illustrated.tiles import Tile
from gxgen.document.lines import em_width
from gxgen.document.page import PICTURED_SIDES, PICTURED_SIZE, SHEET
from gxgen.document.table_looks import LAYOUTS
from gxgen.document.torn import BROWSER

REM = 12.0
"""Points of a browser's rem on paper."""


def _picture(picture: Picture) -> tuple[float, float, float]:
    """Its height, and the air before and after it."""
    line = 1.5 * PICTURED_SIZE
    match picture:
        case Tiles():
            width = (WIDTH - 0.6 * REM * (len(picture.tiles) - 1)) / len(picture.tiles) - 0.8 * REM
            height = max(8.6 * REM, *(_tile(one, width) for one in picture.tiles))
        case Sentence():
            lines = lines_of(picture.text, PICTURED_SIZE, WIDTH - 5.6 * REM - 3)
            height = 1.6 * REM + max(2.6 * REM, line * lines)
        case Cards():
            height = sum(
                max(5.2 * REM, *(_card(one, len(row)) for one in row)) for row in picture.rows
            )
            height += 0.8 * REM * (len(picture.rows) - 1)
        case Flow():
            remark = 0.6 * REM + 0.85 * REM * 1.5 if picture.remark else 0.0
            height = 2.4 * REM + line + 3 * sum(picture.rows) + remark
        case Panels():
            height = max(map(_panel, picture.panels))
        case Bars():
            rows = (
                max(line, 0.95 * REM * 1.5 * lines_of(bar.label, 11.4, 15 * REM))
                for bar in picture.bars
            )
            head = 1.5 * REM * 1.3 if picture.total else line
            height = 1.8 * REM + head + sum(rows) + 0.4 * REM * len(picture.bars)
        case _:
            raise TypeError(type(picture).__name__)
    return height, 8.0, 8.0


def _tile(tile: Tile, width: float) -> float:
    title = sum(lines_of(part, 0.95 * REM, width) for part in tile.title.split("\n"))
    parts = [2.6 * REM, 0.95 * REM * 1.5 * title]
    if tile.figure:
        parts.append(1.5 * REM * 1.3)
    if tile.text:
        parts.append(0.82 * REM * 1.5 * lines_of(tile.text, 0.82 * REM, width))
    return 1.6 * REM + 2.25 + sum(parts) + 0.2 * REM * (len(parts) - 1)


def _card(card: Card, beside: int) -> float:
    room = (WIDTH + 0.8 * REM) / beside - 0.8 * REM - 5.5 * REM
    lines = lines_of(card.caption + " " + card.change, 9.84, room)
    return 1.2 * REM + 1.5 * REM * 1.3 + 1.5 * PICTURED_SIZE * lines


def _panel(panel: Panel) -> float:
    line, room = 1.5 * PICTURED_SIZE, (WIDTH - REM) / 2 - 2.4 * REM
    if panel.remark:
        return 4 * REM + line * lines_of(panel.remark, PICTURED_SIZE, room)
    width = sum(em_width(f"{label}{count}") * 10.8 + 1.9 * REM for _, label, count in panel.results)
    lines = math.ceil(width / room)
    return 4 * REM + (2.5 * REM if panel.lengths else 0) + line * lines + 0.4 * REM * (lines - 1)


BY_BROWSER = Printer(
    replace(BROWSER, saved=LATIN),
    mm(SHEET[1] - 2 * PICTURED_SIDES),
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
    picture=_picture,
    before_table=8.0,
)
