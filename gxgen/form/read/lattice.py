"""A table's rows and columns on a sheet, from the figures' names, and the labels around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from gxgen.a1 import Position
from gxgen.editions.grid import Role
from gxgen.editions.schema import FieldKey
from gxgen.form.labels import Label, Plan, says
from gxgen.form.read.cells import SheetCells
from gxgen.form.read.names import Target
from gxgen.places import SheetCell

Lines = tuple[tuple[int, int], ...]
"""Grid line → line on the sheet, as pairs."""


@dataclass(frozen=True)
class Lattice:
    """Where each grid row and grid column of figures lies on a sheet (0-based)."""

    sheet: str
    rows: Mapping[int, int]
    columns: Mapping[int, int]

    @cached_property
    def lines(self) -> tuple[str, Lines, Lines]:
        """Sheet, rows and columns as a key: what follows from them is worked out once."""
        return self.sheet, tuple(self.rows.items()), tuple(self.columns.items())

    def position(self, row: int, column: int) -> Position | None:
        """The sheet's row and column of a grid cell; None where its line is gone."""
        if row in self.rows and column in self.columns:
            return self.rows[row], self.columns[column]
        return None


def from_names(plan: Plan, targets: Mapping[FieldKey, Target]) -> Lattice | None:
    """The lattice that the names span; None if they contradict one another."""
    rows: dict[int, int] = {}
    columns: dict[int, int] = {}
    sheet = None
    for key, (row, column) in plan.figures.items():
        target = targets.get(key)
        if target is None:
            continue
        if sheet is None:
            sheet = target[0]
        if (
            target[0] != sheet
            or rows.setdefault(row, target[1]) != target[1]
            or columns.setdefault(column, target[2]) != target[2]
        ):
            return None
    if sheet is None or not (_ascending(rows) and _ascending(columns)):
        return None
    return Lattice(sheet, rows, columns)


def _ascending(lines: Mapping[int, int]) -> bool:
    at = [lines[line] for line in sorted(lines)]
    return all(a < b for a, b in pairwise(at))


_FARTHEST = 1_000
"""Rows that people put between a head and its figures, at most."""
HEAD_DEPTH = 12
"""How far above its figures a head may stand: three rows of heads, and rows put between."""


def missing_labels(plan: Plan, lattice: Lattice, cells: SheetCells) -> list[Label]:
    """The labels that do not stand where they must, beside or above their figures."""
    return [
        label
        for label, exact, spots in _label_spots(plan, *lattice.lines)
        if not _stands(label, exact, spots, cells)
    ]


def _stands(
    label: Label, exact: frozenset[str], spots: tuple[Position, ...], cells: SheetCells
) -> bool:
    """First as the form prints it, which is nearly always so and quick to see."""
    for row, column in spots:
        if cells.at(row, column) in exact:
            return True
    return any(says(cells.at(*spot), label.accepted) for spot in spots)


@lru_cache(maxsize=64)
def _label_spots(
    plan: Plan, sheet: str, rows: Lines, columns: Lines
) -> list[tuple[Label, frozenset[str], tuple[Position, ...]]]:
    """Each label that the lattice can have, its exact wordings, and the cells where it may be."""
    lattice = Lattice(sheet, dict(rows), dict(columns))
    left = min(lattice.columns.values())
    return [
        (label, frozenset((label.cell.text, *label.cell.aliases)), _spots(label, lattice, left))
        for label in plan.labels
        if label.row in lattice.rows and label.column in lattice.columns
    ]


def _spots(label: Label, lattice: Lattice, left: int) -> tuple[Position, ...]:
    """Beside the figures or above them, the nearest first."""
    row = lattice.rows[label.row]
    if label.cell.role is Role.STUB:
        return tuple((row, column) for column in reversed(range(left)))
    column = lattice.columns[label.column]
    floor = max(lattice.rows.get(label.floor, row - HEAD_DEPTH - 1), row - _FARTHEST)
    return tuple((at, column) for at in range(row - 1, max(floor, -1), -1))


def expected_place(label: Label, lattice: Lattice) -> Position:
    """Where a missing label is looked for: by its distance from the nearest figure."""
    row, column = lattice.rows[label.row], lattice.columns[label.column]
    if label.cell.role is Role.STUB:
        return row, max(0, column - (label.column - label.cell.column))
    return max(0, row - (label.row - label.cell.row)), column


def _area(lattice: Lattice) -> int:
    rows, columns = lattice.rows.values(), lattice.columns.values()
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)


def extra_cells(plan: Plan, lattice: Lattice, cells: SheetCells) -> Iterator[SheetCell]:
    """Cells with content inside the table that are no figure of the form.

    Between blocks stand heads and bands, which are text; there only a number is out of place.
    """
    known = set(lattice.rows.values())
    size = len(known) * len(lattice.columns)
    if size == len(plan.figures) and size == _area(lattice):
        return
    figures = {lattice.position(*at) for at in plan.figures.values()}
    columns = range(min(lattice.columns.values()), max(lattice.columns.values()) + 1)
    rows = range(min(known), max(known) + 1)
    for row, column in sorted(cells.values.keys() - figures):
        if row in rows and column in columns:
            text_may = row not in known and plan.grid.head_rows == 0
            if not (text_may and isinstance(cells.at(row, column), str)):
                yield cells.place(row, column)
