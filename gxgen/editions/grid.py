"""A table as placed rectangles: what the blank form, the reader and every writer share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from gxgen.editions.tables import Axis, Blocks, FieldKey, Group, Matrix, TableForm, join_key, walk


class Role(StrEnum):
    """What a rectangle is for."""

    BAND = "band"
    HEAD = "head"
    CORNER = "corner"
    STUB = "stub"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A rectangle at 0-based (row, column); a label (``text``) or a figure (``key``)."""

    row: int
    column: int
    row_span: int
    column_span: int
    role: Role
    text: str = ""
    key: FieldKey | None = None
    aliases: tuple[str, ...] = ()
    leaf: bool = True
    """For heads and stubs: whether figures stand directly beside or below it."""


@dataclass(frozen=True)
class Grid:
    """``rows`` × ``columns`` cells, tiled without gap or overlap by ``cells`` (reading order)."""

    table: str
    rows: int
    columns: int
    head_rows: int
    cells: tuple[GridCell, ...]

    @cached_property
    def figures(self) -> dict[FieldKey, GridCell]:
        """The rectangle of each figure."""
        return {cell.key: cell for cell in self.cells if cell.key is not None}

    @cached_property
    def owners(self) -> dict[tuple[int, int], GridCell]:
        """The rectangle that covers each (row, column)."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }

    @cached_property
    def row_labels(self) -> dict[int, GridCell]:
        """The label directly beside each row's figures."""
        return {cell.row: cell for cell in self.cells if cell.role is Role.STUB and cell.leaf}

    @property
    def labels(self) -> Iterator[GridCell]:
        """The rectangles that hold a label."""
        return (cell for cell in self.cells if cell.key is None)


def lay_out(form: TableForm) -> Grid:
    """Place a table's cells, and prove that they tile it."""
    grid = _matrix(form) if isinstance(form, Matrix) else _blocks(form)
    area = sum(cell.row_span * cell.column_span for cell in grid.cells)
    if area != grid.rows * grid.columns or len(grid.owners) != area:
        raise AssertionError(f"table {form.key}: its cells do not tile {grid.rows}×{grid.columns}")
    return grid


def _depth(axis: Axis) -> int:
    return max(1 + (_depth(node.children) if isinstance(node, Group) else 0) for node in axis)


def _size(axis: Axis) -> int:
    return sum(_size(node.children) if isinstance(node, Group) else 1 for node in axis)


def _tree(
    axis: Axis, depth: int, start: int, level: int = 0
) -> Iterator[tuple[int, int, int, int, str, tuple[str, ...], bool]]:
    """(position, level, length, levels spanned, label, aliases, leaf) of each node."""
    for node in axis:
        if isinstance(node, Group):
            length = _size(node.children)
            yield start, level, length, 1, node.label, node.aliases, False
            yield from _tree(node.children, depth, start, level + 1)
            start += length
        else:
            yield start, level, 1, depth - level, node.label, node.aliases, True
            start += 1


def _matrix(form: Matrix) -> Grid:
    stubbed = any(labels[-1] for _, _, labels in walk(form.rows))
    left = _depth(form.rows) if stubbed else 0
    top = _depth(form.columns)
    rows, columns = top + _size(form.rows), left + _size(form.columns)
    cells = []
    if left:
        cells.append(GridCell(0, 0, top, left, Role.CORNER, form.corner, leaf=False))
    for at, level, length, deep, text, aliases, leaf in _tree(form.columns, top, left):
        cells.append(GridCell(level, at, deep, length, Role.HEAD, text, None, aliases, leaf))
    if stubbed:
        for at, level, length, deep, text, aliases, leaf in _tree(form.rows, left, top):
            cells.append(GridCell(at, level, length, deep, Role.STUB, text, None, aliases, leaf))
    for row, (row_key, _, _) in enumerate(walk(form.rows), top):
        for column, (column_key, _, _) in enumerate(walk(form.columns), left):
            key = join_key(form.key, row_key, column_key)
            cells.append(GridCell(row, column, 1, 1, Role.FIGURE, key=key))
    return Grid(form.key, rows, columns, top, _in_order(cells))


def _blocks(form: Blocks) -> Grid:
    cells, row = [], 0
    for block in form.blocks:
        cells.append(GridCell(row, 0, 1, form.width, Role.BAND, block.band, leaf=False))
        cells.append(GridCell(row + 1, 0, 1, 1, Role.HEAD, form.stub_head, leaf=False))
        column = 1
        for head in block.heads:
            cells.append(
                GridCell(row + 1, column, 1, head.span, Role.HEAD, head.label, None, head.aliases)
            )
            for offset, line in enumerate(block.rows):
                key = join_key(form.key, line.key, head.key)
                cells.append(GridCell(row + 2 + offset, column, 1, head.span, Role.FIGURE, key=key))
            column += head.span
        for offset, line in enumerate(block.rows):
            cells.append(
                GridCell(row + 2 + offset, 0, 1, 1, Role.STUB, line.label, None, line.aliases)
            )
        row += 2 + len(block.rows)
    return Grid(form.key, row, form.width, 0, _in_order(cells))


def _in_order(cells: list[GridCell]) -> tuple[GridCell, ...]:
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
