"""Rows out of true tables: cells in their places, heads stacked over each column.

In a table of rows and columns every cell is bound to the head over it; where the heads were not
all found, or cells do not stand under them, the count of cells decides (see
:mod:`gxgen.published.bind`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gxgen.document.cell import Cell
from gxgen.letters import squeezed
from gxgen.places import Published
from gxgen.published.blocks import Table
from gxgen.published.headed import REMEDY_HEADS
from gxgen.published.labels import (
    TABLES,
    Label,
    core,
    is_part,
    label_of,
    note_of,
    one_label,
    vocabulary,
)
from gxgen.published.rows import Found, Harvest, Mark, Stray, figure_like

_REMEDY_BLOCKS = {
    "行政复议": "reconsideration",
    "未经复议直接起诉": "litigation_direct",
    "复议后起诉": "litigation_after_reconsideration",
}
REMEDY_COLUMNS = tuple(
    f"{block}.{head}" for block in _REMEDY_BLOCKS.values() for head in REMEDY_HEADS
)
_RAGGED = "表格横竖对调，又有格子对不齐，不能确定每个数属于哪一行"
_GROUP, _ALONE = "法人或其他组织", ("individual", "total")
_DEEPEST_HEADS = 8
"""Rows of the deepest heads; the form's have three."""
FEWEST = 2
"""Labels of a table that a grid must hold to be a part of it."""


@dataclass(frozen=True)
class Heads:
    """The columns of a grid by name: column → last part of its key (table four: two parts)."""

    by_column: dict[int, str]
    rows: int
    """How many rows the heads take."""
    whole: bool = False
    """Whether what stands over the heads agrees with them: a head that is lost moves the others."""

    @property
    def first(self) -> int:
        """The leftmost column with a head."""
        return min(self.by_column, default=0)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Their names from left to right."""
        return tuple(name for _, name in sorted(self.by_column.items()))


def table_kind(table: Table) -> str | None:
    """Which of the form's tables a grid is a part of; None for another."""
    texts = [squeezed(cell.text) for cell in table.cells if cell.text]
    counts = {
        kind: len({found.core for text in texts if (found := label_of(text, kind))})
        for kind in TABLES
    }
    kind, most = max(counts.items(), key=lambda pair: pair[1])
    if kind == "remedies" and counts["requests"] >= most:
        kind = "requests"
    return kind if counts[kind] >= FEWEST else None


def read_grid(table: Table, kind: str, before: Heads | None) -> tuple[Harvest, Heads | None]:
    """The rows of one grid; ``before``: heads of the part of the same table that came before."""
    harvest = Harvest(kind)
    harvest.labels |= {
        found.core for cell in table.cells if cell.text and (found := label_of(cell.text, kind))
    }
    rows = table.by_row()
    if kind == "disclosure":
        _blocks(table, rows, harvest)
        return harvest, None
    heads = _heads(table, rows, kind)
    if before is None and not _all_there(heads, kind):
        turned = table.turned()
        if _all_there(over := _heads(turned, turned.by_row(), kind), kind):
            _turned(turned, over, harvest)
            return harvest, None
    if not heads.by_column and before is not None and table.columns == _width(before):
        heads = Heads(before.by_column, 0, before.whole)
    read = _matrix_row if kind == "requests" else _remedies_row
    for row in rows[heads.rows :]:
        read(table, row, heads, harvest)
    return harvest, heads if heads.by_column else before


def _turned(table: Table, heads: Heads, harvest: Harvest) -> None:
    """A table with rows for columns. One cell more or less moves all that stand behind it into
    other rows, so nothing is read unless each row has all its figures, and each figure a row."""
    read = _matrix_row if harvest.table == "requests" else _remedies_row
    for row in table.by_row()[heads.rows :]:
        read(table, row, heads, harvest)
    twice = len({one.row for one in harvest.rows}) < len(harvest.rows)
    ragged = any(one.fault or len(one.cells) != len(heads.names) for one in harvest.rows)
    fault = _RAGGED if harvest.strays or twice or ragged else None
    harvest.rows = [replace(one, exact=False, fault=one.fault or fault) for one in harvest.rows]


def _all_there(heads: Heads, kind: str) -> bool:
    """Whether each head of the form stands over one column."""
    columns = REMEDY_COLUMNS if kind == "remedies" else vocabulary(kind).heads.values()
    return Counter(heads.names) == Counter(dict.fromkeys(columns, 1))


def _width(heads: Heads) -> int:
    return max(heads.by_column, default=-1) + 1


def _mark(table: Table, cell: Cell) -> Mark:
    return Mark(cell.text, table.place(cell))


# -- tables of blocks ------------------------------------------------------------------------------


def _blocks(table: Table, rows: Sequence[list[Cell]], harvest: Harvest) -> None:
    """Table two: the n-th figure of a row belongs to the n-th head of its block."""
    heads: tuple[str, ...] | None = None
    known = vocabulary("disclosure").heads
    for cells in rows:
        filled = [cell for cell in cells if cell.text]
        labels = [found for c in filled if (found := label_of(c.text, "disclosure"))]
        named = tuple(known[one.core] for one in labels if one.core in known)
        if named or any(one.core.startswith("第二十条") for one in labels):
            heads = named or None
            continue
        at = next((n for n, c in enumerate(cells) if _row_label(c, "disclosure")), None)
        if at is None:
            _strays(table, cells, harvest)
            continue
        label = _row_label(cells[at], "disclosure")
        if label is not None and label.row is not None:
            behind = tuple(_mark(table, cell) for cell in cells[at + 1 :])
            fault = _spanning(cells[at:])
            harvest.rows.append(
                Found(
                    label.row,
                    cells[at].text,
                    label.likeness == "exact",
                    behind,
                    table.place(cells[at]),
                    heads,
                    placed=heads is not None,
                    fault=fault,
                )
            )


def _row_label(cell: Cell, kind: str) -> Label | None:
    """The label of a row that a cell is."""
    found = label_of(cell.text, kind) if cell.text else None
    return found if found is not None and found.row is not None else None


def _spanning(cells: Sequence[Cell]) -> str | None:
    """Why a row's cells cannot be told from the next row's."""
    if any(cell.row_span > 1 for cell in cells):
        return "这一行有跨行的格，不能确定每个数属于哪一行"
    return None


def _strays(table: Table, cells: Sequence[Cell], harvest: Harvest) -> None:
    """Figures in a row whose label is none of the form's."""
    figures = [cell for cell in cells if cell.text and figure_like(cell.text)]
    if figures:
        words = "".join(c.text for c in cells if c.text and not figure_like(c.text))
        marks = tuple(_mark(table, cell) for cell in figures)
        harvest.strays.append(Stray(words, marks, table.place(cells[0])))


# -- tables of rows and columns --------------------------------------------------------------------


def _heads(table: Table, lines: Sequence[list[Cell]], kind: str) -> Heads:
    """The heads over each column, by the texts stacked above the first row of figures."""
    deepest = min(table.rows, _DEEPEST_HEADS)
    rows = next((at for at in range(deepest) if _has_figures(lines[at], kind)), deepest)
    stacks = _stacks(table, rows)
    named = {at: name for at, texts in stacks.items() if (name := _named(texts, kind))}
    return Heads(named, rows, rows == 1 or _under_their_group(stacks, named))


def _under_their_group(stacks: dict[int, list[Cell]], named: dict[int, str]) -> bool:
    """Whether the five kinds of organisation stand under their group, and nobody else."""
    grouped = {at for at, cells in stacks.items() if any(core(c.text) == _GROUP for c in cells)}
    return grouped == {at for at, name in named.items() if name not in _ALONE}


def _has_figures(row: Sequence[Cell], kind: str) -> bool:
    """Whether a row is below the heads: it has figures, or a row's own label with its number."""
    cells = [cell for cell in row if cell.text]
    if any(figure_like(cell.text) for cell in cells):
        return True
    known = vocabulary(kind).heads
    labels = [label_of(cell.text, kind) for cell in cells]
    return any(one and one.row and (one.numbered or one.core not in known) for one in labels)


def _stacks(table: Table, rows: int) -> dict[int, list[Cell]]:
    """The cells above each column, from the top."""
    stacks: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row < rows:
            for at in range(cell.column, cell.column + cell.column_span):
                stacks.setdefault(at, []).append(cell)
    return stacks


def _named(cells: Sequence[Cell], kind: str) -> str | None:
    """The column that a stack of texts is the head of; pieces of a head may stand in two cells."""
    known = vocabulary(kind).heads
    texts = [cell.text for cell in sorted(cells, key=lambda c: c.row) if cell.text]
    leaf = next(
        (
            known[found.core]
            for size in (1, 2)
            if len(texts) >= size
            and (found := one_label("".join(texts[-size:]), kind))
            and found.core in known
        ),
        None,
    )
    if kind != "remedies" or leaf is None:
        return leaf
    groups = [_REMEDY_BLOCKS[core(t)] for t in texts if core(t) in _REMEDY_BLOCKS]
    return f"{groups[-1]}.{leaf}" if groups else None


def _matrix_row(table: Table, row: list[Cell], heads: Heads, harvest: Harvest) -> None:
    """A row of table three: the last label in it is its own."""
    at = max((n for n, cell in enumerate(row) if _row_label(cell, "requests")), default=None)
    if at is None:
        _strays(table, row, harvest)
        return
    label, own = _row_label(row[at], "requests"), row[at]
    if label is None or label.row is None:
        return
    behind = [c for c in row[at + 1 :] if c.text or c.column + c.column_span > heads.first]
    strange = [c.text for c in behind if c.text and not figure_like(c.text, words=True)]
    unknown = f"行里有“{strange[0][:20]}”，不知是什么" if strange else None
    fault = unknown or _spanning([own, *behind]) or _order_fault(heads)
    harvest.rows.append(
        Found(
            label.row,
            own.text,
            label.likeness == "exact",
            tuple(_mark(table, cell) for cell in behind),
            table.place(own),
            heads.names or None,
            placed=[c.column for c in behind] == sorted(heads.by_column)
            and all(c.column_span == 1 for c in behind),
            fault=fault,
        )
    )


def _order_fault(heads: Heads) -> str | None:
    if len(set(heads.names)) < len(heads.names):
        return "表头里有一列出现了两次，不能确定每个数属于哪一列"
    order = list(vocabulary("requests").heads.values())
    moved = list(heads.names) != sorted(heads.names, key=order.index)
    if moved and not heads.whole:
        return "表头的次序与规定的不同，上下两层又对不上，不能确定每个数属于哪一列"
    return None


def _remedies_row(table: Table, row: list[Cell], heads: Heads, harvest: Harvest) -> None:
    """The row of table four: figures under fifteen heads."""
    figures = [cell for cell in row if cell.text and figure_like(cell.text, words=True)]
    if not figures:
        return
    first = min(cell.column for cell in figures)
    cells = [c for c in row if c.column >= min(first, heads.first)]
    fault = _spanning(cells)
    if any(c.text and not figure_like(c.text, words=True) for c in cells):
        fault = "行里有不是数的内容"
    blocks = [heads.names[at : at + 5] for at in (0, 5, 10)]
    orders = [tuple(name.rpartition(".")[2] for name in block) for block in blocks]
    if Counter(heads.names) != Counter(REMEDY_COLUMNS) or set(orders) != {REMEDY_HEADS}:
        fault = "没有认全表四的十五个表头，不能确定每个数属于哪一列"
    marks = tuple(_mark(table, cell) for cell in cells)
    placed = [cell.column for cell in cells] == sorted(heads.by_column)
    place = table.place(row[0])
    harvest.rows.append(Found("", "", True, marks, place, heads.names, placed, fault=fault))


def strange_texts(table: Table, kind: str) -> Iterator[tuple[str, Published]]:
    """What cells say that is no label of the form, no part of one and no figure: with notes that
    somebody has added to a label."""
    for cell in table.cells:
        if label_of(cell.text, kind):
            text = note_of(cell.text, kind)
        elif figure_like(cell.text, words=True) or is_part(cell.text, kind):
            continue
        else:
            text = squeezed(cell.text)
        if text:
            yield text, table.place(cell)


def grid_texts(table: Table) -> Iterator[str]:
    """What a grid's cells say, for a list of what was left out."""
    return (squeezed(cell.text) for cell in table.cells if cell.text)
