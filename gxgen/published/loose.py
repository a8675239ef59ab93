"""Rows out of loose lines: a label, and the figures up to the next one.

A row's figures stand all on one line or each on its own; anything else is no row that could be
counted. Blank cells at the ends of a line mean nothing (see :mod:`gxgen.published.bind`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest

from gxgen.published.blocks import Para
from gxgen.published.cells import Cell, Is, cells_of
from gxgen.published.headed import REMEDY_HEADS, headed_rows
from gxgen.published.labels import NUMBERED, core, note_of, vocabulary
from gxgen.published.rows import Found, Harvest, Mark, Stray

_CHINESE = re.compile("[\u4e00-\u9fff]")
_LONGEST_RESIDUE = 12
_RESIDUE = "这一行的数后面还有认不准的内容，不能确定有几个数"
_BROKEN = "同一行的数断在了几行里，不能确定各属于哪一列"
_BEFORE = "看不出数在行名的前面还是后面，不能确定属于哪一行"
_THOUSANDS = "逗号可能是数里的千位分隔，不能确定有几个数"
_GROUPS = frozenset({"申请人情况", "法人或其他组织"})
"""Labels over several columns: where they stand, the heads are in more than one row."""


@dataclass(slots=True)
class LooseTable:
    """What was found, and which of the lines are the table's."""

    harvest: Harvest
    lines: set[int] = field(default_factory=set)
    """Lines that hold a label or a figure of the table."""
    scraps: set[int] = field(default_factory=set)
    """Lines that hold something else."""
    beside: list[Cell] = field(default_factory=list)
    """What stands on the table's own lines and is neither label nor figure."""
    span: range = range(0)
    """From its first label to its last label or figure."""


def read_lines(lines: Sequence[Para], table: str) -> LooseTable:
    """The rows of a table among lines."""
    found = LooseTable(Harvest(table))
    called = headed_rows(lines, found.harvest)
    found.lines |= called
    every = cells_of(lines, table)
    cells = [cell for cell in every if cell.line not in called]
    for cell in cells:
        if cell.kind in (Is.LABEL, Is.FIGURE):
            found.lines.update(cell.lines)
    others = [cell for cell in cells if cell.kind is Is.OTHER]
    found.scraps.update(cell.line for cell in others if cell.line not in found.lines)
    found.beside += [cell for cell in others if cell.line in found.lines]
    found.beside += [
        replace(cell, text=note)
        for cell in cells
        if cell.label and (note := note_of(cell.text, table))
    ]
    heads = _Heads(table)
    pairs = list(_rows(cells))
    for (label, run), after in zip_longest(pairs, [behind[:1] for behind, _ in pairs[1:]]):
        heads.meet(label, figures=any(cell.kind is Is.FIGURE for cell in run))
        rows = len(found.harvest.rows)
        _take(found.harvest, label, run, heads)
        if len(found.harvest.rows) > rows and after and _is_residue(after[0], run):
            last = found.harvest.rows[-1]
            found.harvest.rows[-1] = replace(last, fault=last.fault or _RESIDUE)
    if _figures_may_come_first(pairs, table):
        found.harvest.rows = [
            replace(one, fault=one.fault or _BEFORE) if one.apart else one
            for one in found.harvest.rows
        ]
    found.span = _span(every, called)
    found.harvest.labels |= {cell.label.core for cell in every if cell.label}
    return found


def _is_residue(cell: Cell, run: Sequence[Cell]) -> bool:
    """Whether what ends a row's figures may be one more of them, damaged: ``0-2``, ``O``, 约10."""
    if cell.kind is not Is.OTHER or not run:
        return False
    short = len(cell.text) <= _LONGEST_RESIDUE
    figure = not _CHINESE.search(cell.text) or any(letter.isdigit() for letter in core(cell.text))
    return cell.line == run[-1].line or (short and figure)


def _figures_may_come_first(pairs: Sequence[tuple[list[Cell], list[Cell]]], table: str) -> bool:
    """Whether labels may stand behind their figures, as programs take text from a PDF.

    Then the first figures stand between the heads and the first row's label. Table two has no sum
    that would tell a shift by a row: there one such place is enough.
    """
    rows = evidence = 0
    for (before, run), (behind, _) in pairwise(pairs):
        own, after = _last(before), next((c for c in behind if c.kind is not Is.BLANK), None)
        if own is not None and _row_of(own):
            rows += 1
        elif after is not None and _row_of(after) and any(c.kind is Is.FIGURE for c in run):
            if not rows:
                return True
            evidence += own is None or own.kind is Is.LABEL
    return evidence > (0 if table == "disclosure" else 1)


def _last(before: Sequence[Cell]) -> Cell | None:
    """The cell that figures follow, blank ones apart."""
    return next((cell for cell in reversed(before) if cell.kind is not Is.BLANK), None)


def _span(cells: Sequence[Cell], called: Collection[int]) -> range:
    """From the first label to the last one, or to the last figure right behind it; ``called`` are
    lines that hold a figure and the name of its head."""
    labels = [at for at, cell in enumerate(cells) if cell.kind is Is.LABEL]
    if not labels:
        return range(0)
    last = labels[-1]
    for at in range(last + 1, len(cells)):
        figure = cells[at].kind is Is.FIGURE or cells[at].line in called
        if cells[at].kind is Is.OTHER and not figure:
            break
        last = at if figure else last
    return range(min(cells[labels[0]].lines), cells[last].line + 1)


def _rows(cells: Sequence[Cell]) -> Iterator[tuple[list[Cell], list[Cell]]]:
    """(labels and other cells, the figures and blanks behind them), one pair after the other."""
    before: list[Cell] = []
    run: list[Cell] = []
    for cell in cells:
        if cell.kind in (Is.FIGURE, Is.BLANK):
            run.append(cell)
            continue
        if any(one.kind is Is.FIGURE for one in run):
            yield before, run
            before = []
        before.append(cell)
        run = []
    yield before, run


class _Heads:
    """The heads of columns that were met before the figures, and what order they tell."""

    def __init__(self, table: str) -> None:
        self.known = vocabulary(table).heads
        self.table = table
        self.met: list[Cell] = []
        self.grouped: set[int] = set()
        self.figures_follow = False

    def meet(self, before: Sequence[Cell], *, figures: bool) -> None:
        """Labels before a row; its own is the last of them and no head."""
        own = _last(before)
        heads = [c for c in before if c.label and c.label.core in self.known]
        fresh = [c for c in heads if c is not own or not _row_of(c)]
        bands = any(c.label and c.label.core.startswith("第二十条") for c in before)
        if len(fresh) > 1 or bands or (fresh and self.table == "disclosure"):
            self.met = fresh if self.figures_follow or bands else self.met + fresh
            self.figures_follow = False
        elif not self.figures_follow:
            self.met += fresh
        self.grouped |= {c.line for c in before if c.label and c.label.core in _GROUPS}
        self.figures_follow = self.figures_follow or figures

    @property
    def names(self) -> tuple[str, ...] | None:
        """The heads in the order in which they were met; None where there were none."""
        found = tuple(self.known[c.label.core] for c in self.met if c.label)
        return found or None

    @property
    def on_one_line(self) -> bool:
        """Whether they alone stand beside each other: their order is that of the columns."""
        lines = {cell.line for cell in self.met}
        return len(lines) == 1 and not lines & self.grouped

    @property
    def total_ends_its_line(self) -> bool:
        """Whether 总计 stands where the form has it: behind the persons, or last over them."""
        names = self.names or ()
        if "total" not in names or "individual" not in names:
            return True
        total, person = names.index("total"), names.index("individual")
        return person < total or (
            self.met[total].line < self.met[person].line and (self.met[total].shape[1] > 1)
        )


def _row_of(cell: Cell) -> str | None:
    """The key of the row that a cell is the label of. What labels a column too needs a number."""
    if cell.label is None or cell.label.row is None:
        return None
    return cell.label.row if cell.label.core not in NUMBERED or cell.label.numbered else None


def _take(harvest: Harvest, before: Sequence[Cell], run: Sequence[Cell], heads: _Heads) -> None:
    """Add the row that a label and its figures are, if they are one."""
    figures = [cell for cell in run if cell.kind is Is.FIGURE]
    own = _last(before)
    if harvest.table == "remedies":
        if figures:
            harvest.rows.append(_remedies(figures, heads))
        return
    row = None if own is None else _row_of(own)
    if own is None or row is None or own.label is None:
        if figures:
            cells = tuple(Mark(c.text, c.place) for c in figures)
            harvest.strays.append(Stray(own.text if own else "", cells, figures[0].place))
        return
    marks, fault = _marks(own, run, figures)
    if not figures and not any(c.line == own.line for c in run):
        return
    harvest.rows.append(
        Found(
            row,
            own.text,
            own.label.likeness == "exact",
            marks,
            own.place,
            _names(heads),
            shape=own.shape,
            glued=len(figures) == 1 and figures[0].glued,
            apart=any(cell.line not in own.lines for cell in figures),
            broken=fault == _BROKEN,
            fault=fault or _order_fault(heads),
        )
    )


def _names(heads: _Heads) -> tuple[str, ...] | None:
    """The order of the columns, where the heads tell it."""
    if heads.table == "disclosure" or (heads.met and heads.on_one_line):
        return heads.names
    return None


def _order_fault(heads: _Heads) -> str | None:
    """Why the order of the columns cannot be the form's, if so."""
    if heads.table != "requests" or heads.names is None or heads.on_one_line:
        return None
    known = tuple(heads.known.values())
    order = list(dict.fromkeys(known))
    inner = [name for name in heads.names if name != "total"]
    if inner != sorted(inner, key=order.index) or len(set(inner)) < len(inner):
        return "表头各列的次序与规定的不同，不能确定每个数属于哪一列"
    return None if heads.total_ends_its_line else "表头里“总计”的位置与规定的不同"


def _marks(
    own: Cell, run: Sequence[Cell], figures: Sequence[Cell]
) -> tuple[tuple[Mark, ...], str | None]:
    """The cells behind a label, and what keeps them from being one row."""
    lines = [cell.line for cell in figures]
    here = [cell for cell in run if not lines or cell.line == lines[0]]
    if len(set(lines)) > 1:
        marks = tuple(Mark(cell.text, cell.place) for cell in figures)
        alone = len(set(lines)) == len(lines) and lines[0] not in own.lines
        return marks, None if alone else _BROKEN
    doubtful = any(cell.doubtful for cell in here)
    fault = _THOUSANDS if doubtful else None
    return tuple(Mark(cell.text, cell.place) for cell in here), fault


def _remedies(figures: Sequence[Cell], heads: _Heads) -> Found:
    """The one row of table four: its fifteen heads must have been met, block by block."""
    lines = [cell.line for cell in figures]
    fault = None
    if heads.names != REMEDY_HEADS * 3:
        leaves = [name for name in heads.names or () if name]
        if sorted(leaves) != sorted(REMEDY_HEADS * 3) or not _in_blocks(leaves):
            fault = "没有认全表四的十五个表头，不能确定每个数属于哪一列"
    if len(set(lines)) not in (1, len(lines)):
        fault = "表四的数断在了几行里，不能确定各属于哪一列"
    if any(cell.doubtful for cell in figures):
        fault = _THOUSANDS
    marks = tuple(Mark(cell.text, cell.place) for cell in figures)
    place, shape = figures[0].place, figures[0].shape
    return Found("", "", True, marks, place, shape=shape, fault=fault)


def _in_blocks(names: Sequence[str]) -> bool:
    """Whether three blocks of five heads follow each other."""
    return all(tuple(names[at : at + 5]) == REMEDY_HEADS for at in (0, 5, 10))
