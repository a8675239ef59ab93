"""How the form's tables look, whoever draws them: measures, heights, shades, broken labels."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from gxgen.document.lines import em_width
from gxgen.editions.grid import Grid, GridCell, Role

POINTS_PER_MM = 72 / 25.4
SHADE = "F2F2F2"
TEXT_POINTS, NARROW_POINTS, LINE_POINTS = 10.5, 10.0, 12.5
"""Sizes of a table's text and of the heads of narrow columns; the height of a line of both."""
OUTER_RULE, INNER_RULE = 1.0, 0.5
NARROW_MM = 13
SLACK = 0.02
"""Of a line: a full stop after a numeral is narrower than half a character."""
AIR = 2.2
"""Points of a cell that are left free, borders included."""
WORDS_FIT = 3
"""Characters of a line into which a label must be put word by word."""
_SHORT_WORDS = re.compile("[一二三四五六七八九十]、|本年|办理|结果|.")
NUMBERED = re.compile(r"^(（.+?）)(.+)$")


class CellLook(StrEnum):
    """The four kinds of text in a table."""

    TEXT = "text"
    LABEL = "label"
    HEAD = "head"
    NARROW_HEAD = "narrow-head"


@dataclass(frozen=True, slots=True)
class Layout:
    """Measures of one table: column widths and cell padding in mm, row heights in points."""

    widths: tuple[float, ...]
    head_heights: tuple[float, ...]
    row_height: float
    padding: float
    description: str
    label_padding: float = 0.8
    sub_row_height: float | None = None
    """Rows under a group, where a table with many rows must still fit on one page."""
    fitting: tuple[float, float] | None = None
    """The least and the greatest height of its rows, where they may differ to fill a page."""

    def width(self, cell: GridCell) -> float:
        """The width of a cell in mm."""
        return sum(self.widths[cell.column : cell.column + cell.column_span])


LAYOUTS: dict[str, Layout] = {
    "disclosure": Layout(
        (48, 36, 36, 36), (), 22, 0.35, "第二十条所列各项信息的本年数量", fitting=(15, 30)
    ),
    "requests": Layout(
        (8.2, 16.2, 49.7, *[11.7] * 7),
        (19, 19, 30),
        20,
        0.25,
        "按申请人类别统计新收、结转和各类办理结果的申请数量",
        sub_row_height=17,
    ),
    "remedies": Layout((10.4,) * 15, (24, 24, 34), 24, 0.2, "行政复议与行政诉讼各类结果的件数"),
}


def row_height(grid: Grid, layout: Layout, row: int) -> float:
    """The least height of a row in points; its label fits into it."""
    if row < len(layout.head_heights):
        return layout.head_heights[row]
    stub = grid.row_labels.get(row)
    if stub is None:
        return layout.row_height
    lines = _lines(stub, layout)
    if lines > 1:
        return 2 + LINE_POINTS * lines
    small = layout.sub_row_height
    return small if small is not None and stub.column_span == 1 else layout.row_height


def _lines(cell: GridCell, layout: Layout) -> int:
    room = (layout.width(cell) - 2 * layout.label_padding) * POINTS_PER_MM
    return math.ceil(em_width(cell.text) * TEXT_POINTS / room - SLACK)


def is_shaded(grid: Grid, cell: GridCell) -> bool:
    """Whether it is a band or a head over the whole table."""
    return cell.role in (Role.BAND, Role.CORNER) or (
        cell.role is Role.HEAD and cell.row < grid.head_rows
    )


def is_label(grid: Grid, cell: GridCell) -> bool:
    """Whether it names one row of a table whose rows are crossed with columns."""
    return cell.role is Role.STUB and cell.leaf and grid.head_rows > 0


def cell_look(grid: Grid, layout: Layout, cell: GridCell) -> CellLook:
    """How the cell's text is set."""
    if is_label(grid, cell):
        return CellLook.LABEL
    if cell.role in (Role.FIGURE, Role.STUB):
        return CellLook.TEXT
    narrow = (
        layout.width(cell) < NARROW_MM and len(cell.text) > 2 and characters_in(cell, layout) >= 3
    )
    return CellLook.NARROW_HEAD if narrow else CellLook.HEAD


def characters_in(cell: GridCell, layout: Layout) -> int:
    """Characters of table text that fit on a line of the cell."""
    points = (layout.width(cell) - 2 * layout.padding) * POINTS_PER_MM
    return int(points / NARROW_POINTS)


def label_lines(cell: GridCell, layout: Layout) -> tuple[str, ...]:
    """The label with breaks where a narrow cell would cut it badly: 商业|企业, （三）|不予公开."""
    text, room = cell.text, characters_in(cell, layout)
    numbered = NUMBERED.match(text)
    if numbered and not cell.leaf and em_width(text) > room:
        return numbered.groups()
    if cell.role is Role.STUB and room < WORDS_FIT:
        return tuple(found.group() for found in _SHORT_WORDS.finditer(text))
    if cell.role is Role.HEAD and room < len(text) < 2 * room and len(text) % 2 == 0:
        return text[: len(text) // 2], text[len(text) // 2 :]
    return (text,)
