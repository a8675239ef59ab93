"""Live formulas of the form and the values that a spreadsheet computes for them.

A formula is written together with its result, so that a form that nobody has opened yet reads
and prints right. Functions are limited to those that Excel, WPS and LibreOffice share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gxgen.a1 import cell_name
from gxgen.editions.derive import Identity
from gxgen.editions.schema import Edition, FieldKey, Kind
from gxgen.form.layout import figure_position
from gxgen.model.report import Report

BALANCED = "✓"
FAULTY = "✗"
DIFFERENCE = "差"
MISSING = "缺"
NOT_A_NUMBER = "非数字"

Number = int | Decimal
Written = Number | str | None
"""What stands in an input cell: a number, text that is none, or nothing."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with its cached value."""

    text: str
    value: str | int | float | Decimal


@dataclass(frozen=True, slots=True, order=True)
class Rectangle:
    """Cells from 0-based (row, column), ``rows`` × ``columns`` of them."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def last_row(self) -> int:
        """The last row that belongs to it."""
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        """The last column that belongs to it."""
        return self.column + self.columns - 1

    @property
    def cells(self) -> list[tuple[int, int]]:
        """Its cells, in reading order."""
        return [
            (row, column)
            for row in range(self.row, self.last_row + 1)
            for column in range(self.column, self.last_column + 1)
        ]

    def __str__(self) -> str:
        """``D8:I30``, or ``J8`` for a single cell."""
        first = cell_name(self.row, self.column)
        last = cell_name(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"


def rectangles(cells: Iterable[tuple[int, int]]) -> list[Rectangle]:
    """The fewest upright bands of rectangles that cover exactly these (row, column) cells."""
    runs: list[Rectangle] = []
    for row, column in sorted(set(cells)):
        last = runs[-1] if runs else None
        if last and last.row == row and last.last_column + 1 == column:
            runs[-1] = Rectangle(row, last.column, 1, last.columns + 1)
        else:
            runs.append(Rectangle(row, column))
    bands: list[Rectangle] = []
    for run in sorted(runs, key=lambda r: (r.column, r.columns, r.row)):
        last = bands[-1] if bands else None
        above = last and (last.column, last.columns, last.last_row + 1)
        if last and above == (run.column, run.columns, run.row):
            bands[-1] = Rectangle(last.row, last.column, last.rows + 1, last.columns)
        else:
            bands.append(run)
    return sorted(bands)


@lru_cache(maxsize=5_000)
def _covered(cells: tuple[tuple[int, int], ...]) -> tuple[Rectangle, ...]:
    """Their rectangles, which are asked for several times in a form and in every form alike."""
    return tuple(rectangles(cells))


class Figures:
    """What the figures' cells hold, and the formulas over them.

    ``live`` are the totals written as formulas; every other figure is an input. ``prefilled`` are
    those that nobody of the agency has typed.
    """

    def __init__(
        self,
        edition: Edition,
        written: Mapping[FieldKey, Written],
        live: frozenset[FieldKey],
        prefilled: frozenset[FieldKey] = frozenset(),
    ) -> None:
        """``written`` has every input that is not blank."""
        self.prefilled = prefilled
        self.edition = edition
        self.written = written
        self.live = live
        self._sums: dict[FieldKey, Number] = {}
        self._cells = {key: figure_position(edition, key)[1:] for key in edition.fields}

    def inputs(self, keys: Iterable[FieldKey]) -> tuple[FieldKey, ...]:
        """These figures, with each live total replaced by the inputs that it adds up."""
        found: dict[FieldKey, None] = {}
        for key in keys:
            parts = self.inputs(self.edition.totals[key].right) if key in self.live else (key,)
            found.update(dict.fromkeys(parts))
        return tuple(found)

    def number(self, key: FieldKey) -> Number:
        """What SUM makes of the cell: 0 for blank and text."""
        if key in self.live:
            if key not in self._sums:
                self._sums[key] = self.sum(self.edition.totals[key].right)
            return self._sums[key]
        value = self.written.get(key)
        return 0 if value is None or isinstance(value, str) else value

    def sum(self, keys: Iterable[FieldKey]) -> Number:
        """The cells added up as SUM does."""
        return sum((self.number(key) for key in keys), start=0)

    def areas(self, keys: Iterable[FieldKey]) -> list[Rectangle]:
        """The cells of these figures (of one table) as rectangles."""
        return list(_covered(tuple(self._cells[key] for key in keys)))

    def total(self, key: FieldKey) -> Formula:
        """A total as the sum of its parts."""
        return Formula(f"={self.sum_text(self.edition.totals[key].right)}", self.number(key))

    def sum_text(self, keys: Iterable[FieldKey]) -> str:
        """``SUM(…)`` of these cells."""
        return f"SUM({','.join(str(area) for area in self.areas(keys))})"

    def blanks(self, keys: Iterable[FieldKey], sheet: str = "") -> Formula:
        """How many inputs behind these figures are blank."""
        keys = self.inputs(keys)
        text = "+".join(f"COUNTBLANK({sheet}{area})" for area in self.areas(keys))
        return Formula(text, sum(self.written.get(key) is None for key in keys))

    def misfits(self, keys: Iterable[FieldKey], sheet: str = "") -> Formula:
        """How many inputs behind these figures hold text or a negative where none may be."""
        keys = self.inputs(keys)
        by_kind: dict[Kind, list[FieldKey]] = {}
        for key in keys:
            by_kind.setdefault(self.edition.fields[key].kind, []).append(key)
        terms = [
            _misfit_count(f"{sheet}{area}", kind, area)
            for kind, those in by_kind.items()
            for area in self.areas(those)
        ]
        return Formula("+".join(terms), sum(self._misfits(key) for key in keys))

    def _misfits(self, key: FieldKey) -> bool:
        value, kind = self.written.get(key), self.edition.fields[key].kind
        if value is None:
            return False
        if isinstance(value, str):
            return kind is not Kind.MONEY or not is_decimal(value)
        return kind is Kind.COUNT and value < 0

    def identity(self, identity: Identity) -> Formula:
        """``✓``, ``差 2``, ``缺3格`` or ``非数字`` for one identity."""
        left, right = self.sum_text(identity.left), self.sum_text(identity.right)
        difference = abs(self.sum(identity.left) - self.sum(identity.right))
        verdict = f"{DIFFERENCE} {difference}" if difference else BALANCED
        otherwise = f'IF({left}={right},"{BALANCED}","{DIFFERENCE} "&ABS({left}-{right}))'
        return self._judged(identity.keys, otherwise, verdict)

    def complete(self, keys: Iterable[FieldKey]) -> Formula:
        """``✓``, ``缺3格`` or ``非数字`` for cells that no identity guards."""
        return self._judged(tuple(keys), f'"{BALANCED}"', BALANCED)

    def _judged(self, keys: tuple[FieldKey, ...], otherwise: str, verdict: str) -> Formula:
        blanks, misfits = self.blanks(keys), self.misfits(keys)
        text = (
            f'=IF({blanks.text}>0,"{MISSING}"&({blanks.text})&"格",'
            f'IF({misfits.text}>0,"{NOT_A_NUMBER}",{otherwise}))'
        )
        if blanks.value:
            return Formula(text, f"{MISSING}{blanks.value}格")
        return Formula(text, NOT_A_NUMBER if misfits.value else verdict)


def _misfit_count(where: str, kind: Kind, area: Rectangle) -> str:
    if kind is Kind.MONEY:
        # A decimal kept as text for its trailing zeros is a number all the same.
        cells = (str(Rectangle(r, c)) for r, c in area.cells)
        sheet = where[: where.rindex("!") + 1] if "!" in where else ""
        return "+".join(f"IF(ISNUMBER({sheet}{cell}*1),0,1)" for cell in cells)
    # Programs disagree on which cells a pattern for text counts, but not on numbers and blanks.
    size = area.rows * area.columns
    fit = f'({size}-COUNTBLANK({where})-COUNTIF({where},">=0")'
    return f'{fit}-COUNTIF({where},"<0"))' if kind is Kind.SIGNED else f"{fit})"


def is_decimal(text: str) -> bool:
    """Whether a text is a plain decimal (``20.30``)."""
    whole, _, rest = text.partition(".")
    return text.isascii() and whole.isdigit() and (rest.isdigit() or "." not in text)


def figures_of(
    edition: Edition, fill: Report | None, carried: Mapping[FieldKey, Number]
) -> Figures:
    """The figures that a form starts with: those of ``fill``, else what is ``carried`` in.

    A total that disagrees with its parts, or is the only one missing, stays as it was filed.
    """
    if fill is None:
        return Figures(edition, dict(carried), frozenset(edition.totals), frozenset(carried))
    written = {key: _written(fill, key) for key in edition.fields}
    live = frozenset(
        key for key in edition.totals if _follows(written, key, edition.totals[key].right)
    )
    return Figures(edition, written, live)


def _written(fill: Report, key: FieldKey) -> Written:
    entry = fill.entries.get(key)
    if entry is None:
        return None
    return entry.raw if entry.value is None else entry.value


def _follows(
    written: Mapping[FieldKey, Written], key: FieldKey, parts: tuple[FieldKey, ...]
) -> bool:
    values = [written.get(part) for part in parts]
    numbers = [value for value in values if isinstance(value, int | Decimal)]
    if len(numbers) < len(values):
        return written.get(key) is None
    return written.get(key) == sum(numbers)
