"""Long figures in narrow columns: the columns share their width first, then the type shrinks.

All figures of a column are set in one size, so that digits stand under digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from gxgen.document.lines import em_width
from gxgen.document.table_looks import (
    AIR,
    POINTS_PER_MM,
    TEXT_POINTS,
    Layout,
    characters_in,
    label_lines,
)
from gxgen.editions.grid import Grid, Role
from gxgen.editions.schema import FieldKey

SMALLEST = 15
"""Half points: 7.5 points, the smallest type that is read with ease."""
LEAST_AIR = 0.6
"""Points of a cell that are left free where its figure is set in the smallest type."""
_HALF_POINTS = 4
"""A digit is half as wide as its size, which is counted in half points."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A table's columns for its figures: the layout to draw, and sizes in half points.

    ``sizes`` holds only those that are smaller than usual.
    """

    layout: Layout
    sizes: Mapping[FieldKey, int] = field(default_factory=dict)


def digits_in(room: float, size: int) -> int:
    """How many digits fit into so many points at a size in half points."""
    return int(room * _HALF_POINTS / size)


def fit(
    grid: Grid, layout: Layout, values: Mapping[FieldKey, str], size: int = round(2 * TEXT_POINTS)
) -> Fit:
    """The table with room for all its figures at the size given, or at the greatest that fits.

    No column gives away what its heads or its own figures need. Only where every column is full is
    a figure set smaller than ``SMALLEST``, rather than broken.
    """
    longest = _longest(grid, values)
    rooms = {column: _room(layout, column, AIR) for column in longest}
    long = {c: n for c, n in longest.items() if digits_in(rooms[c], size) < n}
    if not long:
        return Fit(layout)
    heads = {c: max(n * size / _HALF_POINTS, _head(grid, layout, c)) for c, n in longest.items()}
    for small, air in _attempts(size):
        extra = AIR - air
        lacks = {c: max(0.0, n * small / _HALF_POINTS - rooms[c] - extra) for c, n in long.items()}
        spare = {c: max(0.0, rooms[c] - heads[c]) for c in longest if c not in long}
        if sum(lacks.values()) <= sum(spare.values()):
            break
    given = sum(lacks.values()) / (sum(spare.values()) or 1.0)
    moved = lacks | {c: -points * given for c, points in spare.items()}
    widths = [w + moved.get(c, 0.0) / POINTS_PER_MM for c, w in enumerate(layout.widths)]
    keys = [key for key, cell in grid.figures.items() if cell.column in long]
    sizes = dict.fromkeys(keys, small) if small < size else {}
    return Fit(replace(layout, widths=tuple(widths)), sizes)


def _attempts(size: int) -> Iterator[tuple[int, float]]:
    """Sizes from the usual one down, with the air that a cell keeps."""
    yield from ((small, AIR) for small in range(size, SMALLEST - 1, -1))
    yield from ((small, LEAST_AIR) for small in range(min(size, SMALLEST), 0, -1))


def _longest(grid: Grid, values: Mapping[FieldKey, str]) -> dict[int, int]:
    """Of each column of figures, how long its longest is."""
    found: dict[int, int] = {}
    for key, cell in grid.figures.items():
        if cell.column_span == 1:
            found[cell.column] = max(
                found.get(cell.column, 1), round(2 * em_width(values.get(key, "")))
            )
    return found


def _room(layout: Layout, column: int, air: float) -> float:
    return (layout.widths[column] - 2 * layout.padding) * POINTS_PER_MM - air


def _head(grid: Grid, layout: Layout, column: int) -> float:
    """Points that the widest line of a column's own heads takes."""
    heads = (
        cell
        for cell in grid.cells
        if cell.role is Role.HEAD and cell.column == column and cell.column_span == 1
    )
    # A head that is wider than its cell is broken anyhow, after as many characters as stand in it.
    lines = (
        min(em_width(line), characters_in(cell, layout))
        for cell in heads
        for line in label_lines(cell, layout)
    )
    return max(lines, default=0.0) * TEXT_POINTS
