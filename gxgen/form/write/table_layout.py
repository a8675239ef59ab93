"""Where a table's checks and last year's figures stand around its grid.

Rows of figures are checked to the right of the grid, columns below it. A table whose figures
stand in one row has no room to its right: there everything goes below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from gxgen.editions.derive import Field, Identity, IdentityKind
from gxgen.editions.grid import Grid, GridCell
from gxgen.editions.schema import Edition, FieldKey, Kind
from gxgen.editions.tables import Matrix, TableForm, join_key, walk
from gxgen.form.layout import GRID_LEFT, GRID_TOP
from gxgen.form.write.formula import Rectangle

_ORDINAL = re.compile(r"^(?:([一二三四五六七八九十]+)、|(（[一二三四五六七八九十]+）))")


@dataclass(frozen=True, slots=True)
class Check:
    """One cell that says whether figures agree; without ``identity``, whether all are there."""

    area: Rectangle
    keys: tuple[FieldKey, ...]
    identity: Identity | None = None


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A row of checks under the grid, with what they check."""

    row: int
    label: str
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class TableLayout:
    """The sheet of one table."""

    edition: Edition
    form: TableForm

    @cached_property
    def grid(self) -> Grid:
        """The table's grid."""
        return self.edition.grids[self.form.key]

    @cached_property
    def fields(self) -> dict[FieldKey, Field]:
        """The table's figures."""
        return {k: f for k, f in self.edition.fields.items() if f.table == self.form.key}

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """The identities inside the table."""
        return tuple(i for i in self.edition.identities if i.table == self.form.key)

    @property
    def sheet(self) -> str:
        """The sheet's name."""
        return self.form.sheet

    @property
    def unit(self) -> str:
        """The unit of its figures, as the sheet's heading says it."""
        money = any(field.kind is Kind.MONEY for field in self.fields.values())
        return "件（金额：万元）" if money else "件"

    @cached_property
    def flat(self) -> bool:
        """Whether all figures stand in one row."""
        return len({cell.row for cell in self.grid.figures.values()}) == 1

    @cached_property
    def stub_columns(self) -> int:
        """How many columns stand left of the first figure."""
        return min(cell.column for cell in self.grid.figures.values())

    @property
    def bottom(self) -> int:
        """The first row below the grid."""
        return GRID_TOP + self.grid.rows

    @property
    def right(self) -> int:
        """The first column right of the grid: the checks, unless the table is flat."""
        return GRID_LEFT + self.grid.columns

    @property
    def width(self) -> int:
        """Columns that are printed: the grid, and the checks beside it."""
        return self.grid.columns + (0 if self.flat else 1)

    def area(self, cell: GridCell) -> Rectangle:
        """A grid cell's rectangle on the sheet."""
        return Rectangle(
            GRID_TOP + cell.row, GRID_LEFT + cell.column, cell.row_span, cell.column_span
        )

    @cached_property
    def row_checks(self) -> tuple[Check, ...]:
        """One check beside each row of figures."""
        if self.flat:
            return ()
        by_row: dict[int, list[FieldKey]] = {}
        for key in self.fields:
            by_row.setdefault(self.grid.figures[key].row, []).append(key)
        along = {self.grid.figures[i.left[0]].row: i for i in self.identities if i.along == "row"}
        return tuple(
            Check(Rectangle(GRID_TOP + row, self.right), tuple(keys), along.get(row))
            for row, keys in sorted(by_row.items())
        )

    @cached_property
    def check_lines(self) -> tuple[CheckLine, ...]:
        """The rows of checks below the grid."""
        groups: dict[tuple[object, ...], list[Identity]] = {}
        for identity in self.identities:
            if self.flat or identity.along == "column":
                groups.setdefault(self._pattern(identity), []).append(identity)
        start = self.bottom + (1 if self.flat else 0)
        return tuple(
            CheckLine(row, self._label(group[0]), tuple(self._below(row, i) for i in group))
            for row, group in enumerate(groups.values(), start)
        )

    @property
    def previous_row(self) -> int:
        """In a flat table, the row of last year's figures; a band with their name is above."""
        return self.bottom + 1 + len(self.check_lines) + 1

    @property
    def previous_shift(self) -> tuple[int, int]:
        """From a figure's cell to last year's: rows and columns to move."""
        if self.flat:
            figure = next(iter(self.grid.figures.values()))
            return self.previous_row - GRID_TOP - figure.row, 0
        return 0, self.grid.columns + 2 - self.stub_columns

    def printed(self, *, previous: bool) -> Rectangle:
        """What goes on paper: last year's figures only where they stand below."""
        last = self.bottom + len(self.check_lines) + (1 if self.flat else 0)
        if self.flat and previous:
            last = self.previous_row + 1
        return Rectangle(0, 0, last, GRID_LEFT + self.width)

    def _pattern(self, identity: Identity) -> tuple[object, ...]:
        if self.flat:
            return (identity.kind,)
        rows = tuple(self.fields[key].row for key in identity.keys)
        return identity.kind, rows

    def _below(self, row: int, identity: Identity) -> Check:
        columns = [self.grid.figures[key].column for key in identity.keys]
        first, last = min(columns), max(columns)
        area = Rectangle(row, GRID_LEFT + first, 1, last - first + 1)
        return Check(area, identity.keys, identity)

    def _label(self, identity: Identity) -> str:
        first = self.fields[identity.left[0]]
        if identity.kind is IdentityKind.BALANCE:
            sides = (self._ordinals(identity.left), self._ordinals(identity.right))
            return "＝".join("＋".join(side) for side in sides)
        if identity.along == "row":
            return f"{first.column_label.rpartition('·')[2]}＝各项之和"
        return f"{first.row_label}＝各分项之和"

    def _ordinals(self, keys: tuple[FieldKey, ...]) -> list[str]:
        """``一``, ``三（七）``: the numbers that the rows' labels bear, or else the labels."""
        if not isinstance(self.form, Matrix):
            return [self.fields[key].row_label for key in keys]
        labels = {join_key(row): names for row, _, names in walk(self.form.rows)}
        return [_ordinal(labels[self.fields[key].row]) for key in keys]


def _ordinal(labels: tuple[str, ...]) -> str:
    found = [_ORDINAL.match(label) for label in labels]
    if not all(found):
        return labels[-1]
    return "".join(match[1] or match[2] for match in found if match)
