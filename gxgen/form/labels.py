"""Labels as agencies keep them: the same words, whatever their width, brackets and numbering."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from gxgen.editions.declared import EDITIONS
from gxgen.editions.grid import Grid, GridCell, Role
from gxgen.editions.schema import Edition, FieldKey
from gxgen.letters import ordinary

LONGEST = 400
"""Characters of a text that are compared with a label; the longest label has forty."""
_SPACE = re.compile(r"\s+")
_NUMBERING = re.compile(
    r"^(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.]|\(?\d{1,2}[.、)])"
)
_NOT_WORDS = re.compile(r"[\W_]+")
_NOTE = re.compile(r"(?<=.)\((?![^()]*(?:单位|元))[^()]*\)$")
"""A remark in brackets at the end (规章（县级无此项）); one on the unit changes the meaning."""


def _folded(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", ordinary(text[:LONGEST])))


@lru_cache(maxsize=1024)
def core(text: str) -> str:
    """The words of a label: NFKC, without white space, numbering, quotes, brackets and stops."""
    folded = _folded(text)
    return _NOT_WORDS.sub("", _NUMBERING.sub("", folded))


def says(text: object, accepted: frozenset[str]) -> bool:
    """Whether a cell's text is one of the accepted labels, a remark at its end left out."""
    return isinstance(text, str) and not accepted.isdisjoint(meant(text[:LONGEST]))


@lru_cache(maxsize=1024)
def meant(text: str) -> tuple[str, ...]:
    """The words of the labels that a text may be: its own, and those without a remark at its
    end. No text is one."""
    if not text:
        return ()
    folded = _folded(text)
    remark = _NOTE.search(folded)
    return (core(text),) if remark is None else (core(text), core(folded[: remark.start()]))


@dataclass(frozen=True, slots=True)
class Label:
    """A label that must stand above or beside figures, and the words that are taken for it."""

    cell: GridCell
    accepted: frozenset[str]
    row: int
    """Grid row of the first figures that it heads or stands beside."""
    column: int
    """Grid column of the first figures that it heads or stands beside."""
    floor: int = -1
    """For heads: the last grid row of figures above it, -1 if there is none."""


@dataclass(frozen=True, eq=False)
class Plan:
    """What the reader must find of one table. Made once, so it is a key by its identity."""

    grid: Grid
    figures: dict[FieldKey, tuple[int, int]]
    stubs: tuple[Label, ...]
    heads: tuple[Label, ...]
    groups: tuple[Label, ...]
    """Headings over leaves whose own label occurs more than once."""

    @property
    def labels(self) -> tuple[Label, ...]:
        """All of them."""
        return (*self.heads, *self.groups, *self.stubs)

    def headed(self, label: Label) -> list[FieldKey]:
        """The figures that depend on a label."""
        cell = label.cell
        if cell.role is Role.STUB:
            rows = range(cell.row, cell.row + cell.row_span)
            return [key for key, (row, _) in self.figures.items() if row in rows]
        columns = range(cell.column, cell.column + cell.column_span)
        below = [h.row for h in self.heads if h.floor > label.floor]
        end = min((row for row in below if row > label.row), default=self.grid.rows)
        return [
            key
            for key, (row, column) in self.figures.items()
            if column in columns and label.row <= row < end
        ]


@lru_cache(maxsize=16)
def _plan(edition_id: str, table: str) -> Plan:
    grid = EDITIONS[edition_id].grids[table]
    figures = {key: (cell.row, cell.column) for key, cell in grid.figures.items()}
    rows = sorted({row for row, _ in figures.values()})
    left = min(column for _, column in figures.values())

    def label(cell: GridCell) -> Label:
        below = [row for row in rows if row >= cell.row]
        above = [row for row in rows if row < cell.row]
        return Label(
            cell,
            frozenset(core(text) for text in (cell.text, *cell.aliases)),
            below[0],
            max(cell.column, left),
            max(above, default=-1) if cell.role is Role.HEAD else -1,
        )

    stubs = [label(c) for c in grid.cells if c.role is Role.STUB and c.leaf]
    heads = [label(c) for c in grid.cells if c.role is Role.HEAD and c.leaf]
    heads.sort(key=lambda h: (h.row, h.column))
    return Plan(grid, figures, tuple(stubs), tuple(heads), tuple(map(label, _groups(grid))))


def plan(edition: Edition, table: str) -> Plan:
    """The plan of a table, made once."""
    return _plan(edition.id, table)


def _groups(grid: Grid) -> list[GridCell]:
    if grid.head_rows == 0:
        return []
    leaves = [c for c in grid.cells if c.role is Role.HEAD and c.leaf]
    times = Counter(core(c.text) for c in leaves)
    return [
        group
        for group in grid.cells
        if group.role is Role.HEAD
        and not group.leaf
        and any(
            times[core(leaf.text)] > 1
            for leaf in leaves
            if group.column <= leaf.column < group.column + group.column_span
        )
    ]
