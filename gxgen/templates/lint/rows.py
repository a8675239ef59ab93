"""Which row of a template's table is which row of the form, where some were lost or added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from gxgen.document.cell import Cell, squash
from gxgen.editions.grid import Grid

ALIKE = 0.3
"""The share of its words that a row must have to be taken for a row of the form."""

Words = Mapping[int, set[str]]


@dataclass(frozen=True, slots=True)
class Rows:
    """``of``: the table's row for each row of the form that is there; all rows are 0-based."""

    of: Mapping[int, int]
    lost: tuple[int, ...]
    added: tuple[int, ...]

    def height(self, row: int, rows: int) -> int:
        """How many rows of the table a cell must span that spans these rows of the form."""
        there = [self.of[n] for n in range(row, row + rows) if n in self.of]
        return there[-1] - there[0] + 1 if there else 0


def match_rows(grid: Grid, rows: int, cells: Iterable[Cell]) -> Rows:
    """Pair the rows of a table, in their order, with those of the form."""
    wanted = _words((c.row, c.text or f"{{{{ {c.key} }}}}") for c in grid.cells)
    there = _words((c.row, c.text) for c in cells)
    of = dict(_pairs(wanted, there, grid.rows, rows))
    of |= _between(of, grid.rows, rows)
    lost = tuple(row for row in range(grid.rows) if row not in of)
    added = tuple(row for row in range(rows) if row not in set(of.values()))
    return Rows(dict(sorted(of.items())), lost, added)


def _words(cells: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    words: dict[int, set[str]] = defaultdict(set)
    for row, text in cells:
        words[row].add(squash(text))
    return words


def _pairs(wanted: Words, there: Words, rows: int, count: int) -> list[tuple[int, int]]:
    """The pairs, in order on both sides, that have most in common."""
    best = [[0.0] * (count + 1) for _ in range(rows + 1)]
    for row in reversed(range(rows)):
        for other in reversed(range(count)):
            best[row][other] = max(
                best[row + 1][other],
                best[row][other + 1],
                best[row + 1][other + 1] + _alike(wanted, there, row, other),
            )
    pairs, row, other = [], 0, 0
    while row < rows and other < count:
        alike = _alike(wanted, there, row, other)
        if alike and best[row][other] == best[row + 1][other + 1] + alike:
            pairs.append((row, other))
            row, other = row + 1, other + 1
        elif best[row][other] == best[row + 1][other]:
            row += 1
        else:
            other += 1
    return pairs


def _alike(wanted: Words, there: Words, row: int, other: int) -> float:
    words = wanted.get(row, set())
    share = len(words & there.get(other, set())) / max(len(words), 1)
    return share if share >= ALIKE else 0.0


def _between(of: Mapping[int, int], rows: int, count: int) -> dict[int, int]:
    """Rows that match nothing, as many on both sides between the same neighbours: the same rows."""
    found: dict[int, int] = {}
    ends = [(-1, -1), *sorted(of.items()), (rows, count)]
    for (row, other), (next_row, next_other) in pairwise(ends):
        if next_row - row == next_other - other:
            found |= {row + n: other + n for n in range(1, next_row - row)}
    return found
