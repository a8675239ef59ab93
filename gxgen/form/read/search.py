"""A table found again by its labels alone, when its names are lost: all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gxgen.a1 import Position
from gxgen.form.labels import LONGEST, Label, Plan, meant
from gxgen.form.read.cells import SheetCells
from gxgen.form.read.lattice import HEAD_DEPTH, Lattice, missing_labels
from gxgen.kinds import Kind
from gxgen.numbers import read_number

_REACH = 4
"""Leaf heads of one table stand within this many rows of each other."""
_MOST_SPOTS = 60
"""A label that stands on a sheet more often does not tell where a table is; a form has it twice."""


def find_table(plan: Plan, cells: SheetCells) -> Lattice | None:
    """The leftmost, topmost place where every label stands, each once and in order."""
    spots = {label: label_spots(label, cells) for label in (*plan.heads, *plan.stubs)}
    search = _matrix if plan.grid.head_rows else _blocks
    for lattice in search(plan, cells, spots):
        if not missing_labels(plan, lattice, cells):
            return lattice
    return None


def unfound_labels(plan: Plan, cells: SheetCells) -> list[Label]:
    """The labels that a sheet does not hold anywhere."""
    return [label for label in plan.labels if not spots_of(label.accepted, cells)]


def label_spots(label: Label, cells: SheetCells) -> list[Position]:
    """Every cell of a sheet that says a label, row by row; none where there are too many."""
    spots = spots_of(label.accepted, cells)
    return spots if len(spots) <= _MOST_SPOTS else []


def spots_of(accepted: frozenset[str], cells: SheetCells) -> list[Position]:
    """Every cell of a sheet that says one of these labels. Each text is looked at once."""
    if not cells.spots:
        for row, column, text in cells.texts():
            for words in dict.fromkeys(meant(text[:LONGEST])):
                cells.spots.setdefault(words, []).append((row, column))
    found = [spot for words in accepted for spot in cells.spots.get(words, ())]
    return sorted(set(found))


Spots = dict[Label, list[Position]]


def _sequence(
    labels: Sequence[Label], spots: Spots, first: Position, axis: int
) -> list[Position] | None:
    """The nearest spot of each label after the one before it along an axis (0 down, 1 right)."""
    found = [first]
    for label in labels[1:]:
        after = [s for s in spots[label] if s[axis] > found[-1][axis]]
        if not after:
            return None
        found.append(min(after, key=lambda s: s[axis]))
    between = range(first[axis], found[-1][axis] + 1)
    for label in labels:
        times = sum(other.accepted == label.accepted for other in labels)
        if sum(s[axis] in between for s in spots[label]) != times:
            return None
    return found


def _within(labels: Sequence[Label], spots: Spots, rows: range, columns: range) -> Spots:
    return {
        label: [s for s in spots[label] if s[0] in rows and s[1] in columns] for label in labels
    }


def _matrix(plan: Plan, cells: SheetCells, spots: Spots) -> Iterator[Lattice]:
    widest, height = range(10**6), cells.height
    for first in sorted(spots[plan.heads[0]], key=lambda s: (s[1], s[0])):
        rows = range(first[0] - _REACH, first[0] + _REACH + 1)
        near = _within(plan.heads, spots, rows, widest)
        heads = _sequence(plan.heads, near, first, 1)
        if heads is None:
            continue
        columns = {label.column: s[1] for label, s in zip(plan.heads, heads, strict=True)}
        bottom = max(row for row, _ in heads)
        if not plan.stubs:
            yield from _headed(plan, cells, columns, bottom)
            continue
        beside = _within(plan.stubs, spots, range(bottom + 1, height), range(first[1]))
        for start in beside[plan.stubs[0]][:1]:
            stubs = _sequence(plan.stubs, beside, start, 0)
            if stubs is not None:
                lines = {label.row: s[0] for label, s in zip(plan.stubs, stubs, strict=True)}
                yield Lattice(cells.name, lines, columns)


def _headed(
    plan: Plan, cells: SheetCells, columns: dict[int, int], bottom: int
) -> Iterator[Lattice]:
    """A table without stubs: its one row of figures is the next one with a number.

    If there is none, it is the row right under the heads, which nobody has filled.
    """
    (row,) = {row for row, _ in plan.figures.values()}
    filled = (
        at
        for at in range(bottom + 1, min(bottom + 4, cells.height))
        if any(_may_count(cells.at(at, column)) for column in columns.values())
    )
    yield Lattice(cells.name, {row: next(filled, bottom + 1)}, columns)


def _may_count(value: object) -> bool:
    """Whether a cell says a number, as far as a table's place depends on it."""
    return value is not None and read_number(value, Kind.SIGNED).value is not None


def _blocks(plan: Plan, cells: SheetCells, spots: Spots) -> Iterator[Lattice]:
    height = range(cells.height)
    for first in sorted(spots[plan.stubs[0]], key=lambda s: (s[1], s[0])):
        same = _within(plan.stubs, spots, height, range(first[1], first[1] + 1))
        stubs = _sequence(plan.stubs, same, first, 0)
        if stubs is None:
            continue
        rows = {label.row: s[0] for label, s in zip(plan.stubs, stubs, strict=True)}
        columns = _block_columns(plan, spots, rows, first[1])
        if columns is not None:
            yield Lattice(cells.name, rows, columns)


def _block_columns(
    plan: Plan, spots: Spots, rows: dict[int, int], left: int
) -> dict[int, int] | None:
    columns: dict[int, int] = {}
    for floor in sorted({head.floor for head in plan.heads}):
        heads = [head for head in plan.heads if head.floor == floor]
        bottom = rows[heads[0].row]
        above = range(max(rows.get(floor, bottom - HEAD_DEPTH), -1) + 1, bottom)
        near = _within(heads, spots, above, range(left + 1, left + 60))
        for first in near[heads[0]][:1]:
            found = _sequence(heads, near, first, 1)
            if found is None:
                return None
            for head, spot in zip(heads, found, strict=True):
                if columns.setdefault(head.column, spot[1]) != spot[1]:
                    return None
            break
        else:
            return None
    return columns
