"""Why a table cannot be read as it stands: which of its labels is missing, and what stands there.

Only for the message, or to read what is surely there: a table whose labels agree never comes here.
"""

from __future__ import annotations

from collections import Counter

from gxgen.a1 import Position, cell_name
from gxgen.form.labels import Label, Plan
from gxgen.form.read.cells import SheetCells
from gxgen.form.read.lattice import Lattice, missing_labels
from gxgen.form.read.search import label_spots, spots_of
from gxgen.form.read.text import visible

_MOST_GONE = 3
"""Rows that may be gone for the rest to be a table that moved up."""
_FEWEST_MOVED = 2
"""Rows that must have moved for it to be more than one wrong label."""


def moved_rows(plan: Plan, named: Lattice, cells: SheetCells) -> Lattice | None:
    """The table without rows that a program took out while the names stayed where they were.

    Every other label must stand beside one row, all in order; else None.
    """
    left = min(named.columns.values())
    rows: dict[int, int] = {}
    for label in plan.stubs:
        at = {row for row, column in label_spots(label, cells) if column < left}
        if len(at) > 1 or (at and rows and min(at) <= max(rows.values())):
            return None
        rows.update((label.row, row) for row in at)
    gone = len(plan.stubs) - len(rows)
    moved = sum(row != named.rows.get(line) for line, row in rows.items())
    if not 0 < gone <= _MOST_GONE or moved < _FEWEST_MOVED:
        return None
    lattice = Lattice(named.sheet, rows, named.columns)
    return None if missing_labels(plan, lattice, cells) else lattice


def missed(plan: Plan, cells: SheetCells) -> list[tuple[Label, Position]]:
    """Labels that do not stand where most of the table says they should, each with that cell.

    Empty where the sheet does not hold the greater part of the table.
    """
    spots = {label: label_spots(label, cells) for label in plan.labels}
    votes = Counter(
        (row - label.cell.row, column - label.cell.column)
        for label, found in spots.items()
        for row, column in found
    )
    if not votes:
        return []
    (down, right), most = votes.most_common(1)[0]
    if most * 2 <= len(plan.labels):
        return []
    at = {
        label: (max(label.cell.row + down, 0), max(label.cell.column + right, 0)) for label in spots
    }
    alike = Counter(label.accepted for label in spots)
    return [
        (label, at[label])
        for label, found in spots.items()
        if at[label] not in found and len(found) != alike[label.accepted]
    ]


def in_words(label: Label, at: Position, cells: SheetCells) -> str:
    """``“总计”（J6写的是“合计”）``."""
    return f"“{label.cell.text}”（{there(at, cells)}）"


def there(at: Position, cells: SheetCells) -> str:
    """``J6写的是“合计”``."""
    text = cells.at(*at)
    return cell_name(*at) + ("是空的" if text is None else f"写的是“{visible(str(text)[:40])}”")


def holds_any(plan: Plan, other: Plan, cells: SheetCells) -> bool:
    """Whether a sheet holds a label that the plan has and the other plan has not."""
    known = frozenset[str]().union(*(label.accepted for label in other.labels))
    own = [label for label in plan.labels if not label.accepted & known]
    return any(spots_of(label.accepted, cells) for label in own)
