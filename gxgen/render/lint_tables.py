"""The tables of a template against the form's grids: spans, labels, and each figure's cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from gxgen.diagnostics import Finding
from gxgen.editions import Edition, FieldKey, Grid, GridCell, Role
from gxgen.errors import TemplateError
from gxgen.places import DocumentCell, FilePart
from gxgen.render.prepare import W
from gxgen.render.readback import Cell, body_items, squash, table_cells

if TYPE_CHECKING:
    from lxml.etree import _Element

DRIFTED, REMOVED, MISPLACED, UNFILLED = "GX608", "GX609", "GX611", "GX603"
FIGURE = re.compile(r"\{\{\s*([a-z_0-9.]+)\s*\}\}")
LIKENESS = 0.5
"""The share of labels that a table must have to be taken for a table of the form."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table of the template: its number in the document, from 1, and its cells."""

    number: int
    rows: int
    columns: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Tables:
    """The template's tables beside the edition's: what differs, and where each figure stands."""

    findings: tuple[Finding, ...]
    figures: dict[DocumentCell, FieldKey]
    told: frozenset[FieldKey] = frozenset()
    """Figures of tables and rows that are told as missing already."""
    places: Mapping[FieldKey, DocumentCell] = field(default_factory=dict)
    """For each figure of a table that is there, the table."""


def check_tables(body: _Element, file: str, edition: Edition) -> Tables:
    """Every difference between the template's tables and the edition's grids."""
    tables: list[Found] = []
    findings: list[Finding] = []
    figures: dict[DocumentCell, FieldKey] = {}
    told: set[FieldKey] = set()
    places: dict[FieldKey, DocumentCell] = {}
    for number, item in enumerate((i for i in body_items(body) if i.tag == W + "tbl"), 1):
        try:
            tables.append(Found(number, *table_cells(item)))
        except TemplateError as error:
            findings.append(Finding(DRIFTED, str(error), DocumentCell(file, number, 1, 1)))
    for section in edition.sections:
        if section.table is None:
            continue
        grid = edition.grids[section.table]
        table = max(tables, key=lambda t: _likeness(grid, t), default=None)
        if table is None or _likeness(grid, table) < LIKENESS:
            message = f"模板里没有“{section.title}”的表格。"
            findings.append(Finding(REMOVED, message, FilePart(file)))
            told |= set(grid.figures)
        else:
            findings += _compare(grid, table, file, edition)
            figures |= _figures(grid, table, file)
            told |= _rows_told(grid, table)
            places |= dict.fromkeys(grid.figures, DocumentCell(file, table.number, 1, 1))
    return Tables(tuple(findings), figures, frozenset(told), places)


def _rows_told(grid: Grid, table: Found) -> set[FieldKey]:
    """The figures of the rows whose label is lost, which :func:`_lost` tells."""
    if (table.rows, table.columns) == (grid.rows, grid.columns):
        return set()
    there = {squash(cell.text) for cell in table.cells}
    rows = {
        label.row
        for label in grid.labels
        if label.role is Role.STUB and label.leaf and squash(label.text) not in there
    }
    return {key for key, cell in grid.figures.items() if cell.row in rows}


def _figures(grid: Grid, table: Found, file: str) -> dict[DocumentCell, FieldKey]:
    found = {(cell.row, cell.column): cell for cell in table.cells}
    return {
        DocumentCell(file, table.number, cell.row + 1, cell.number): want.key
        for want in grid.cells
        if want.key and (cell := found.get((want.row, want.column)))
    }


def _likeness(grid: Grid, table: Found) -> float:
    """How much of a grid's labels and figures a table holds."""
    there = {squash(cell.text) for cell in table.cells}
    wanted = [squash(cell.text or _tag(cell)) for cell in grid.cells]
    return sum(text in there for text in wanted) / len(wanted)


def _tag(cell: GridCell) -> str:
    return f"{{{{ {cell.key} }}}}"


def _compare(grid: Grid, table: Found, file: str, edition: Edition) -> Iterator[Finding]:
    if (table.rows, table.columns) != (grid.rows, grid.columns):
        message = f"表格应为{grid.rows}行{grid.columns}列，现为{table.rows}行{table.columns}列。"
        yield Finding(DRIFTED, message, DocumentCell(file, table.number, 1, 1))
        yield from _lost(grid, table, file)
        return
    found = {(cell.row, cell.column): cell for cell in table.cells}
    for want in grid.cells:
        cell = found.get((want.row, want.column))
        if cell is None:
            place = DocumentCell(file, table.number, want.row + 1, 1)
            yield Finding(DRIFTED, f"缺少“{_name(want, edition)}”一格。", place, want.key)
        else:
            place = DocumentCell(file, table.number, cell.row + 1, cell.number)
            yield from _cell(want, cell, place, edition)


def _cell(want: GridCell, cell: Cell, place: DocumentCell, edition: Edition) -> Iterator[Finding]:
    spans = (cell.row_span, cell.column_span)
    if spans != (want.row_span, want.column_span):
        message = (
            f"“{_name(want, edition)}”一格应占{want.row_span}行{want.column_span}列，"
            f"现占{spans[0]}行{spans[1]}列。"
        )
        yield Finding(DRIFTED, message, place, want.key)
    if want.key is None:
        if squash(cell.text) != squash(want.text):
            message = f"这一格应为“{want.text}”，现为“{squash(cell.text)}”。"
            yield Finding(DRIFTED, message, place)
        return
    tags = FIGURE.findall(cell.text)
    if not tags and "{" not in cell.text and "｛" not in cell.text:
        message = (
            f"这一格应为“{_tag(want)}”（{edition.fields[want.key].label}），现为“{cell.text}”。"
        )
        yield Finding(UNFILLED, message, place, want.key)
    for tag in tags:
        if tag != want.key and tag in edition.fields:
            message = f"这一格应为“{_tag(want)}”，现为“{{{{ {tag} }}}}”，数字会印错位置。"
            yield Finding(MISPLACED, message, place, want.key)


def _lost(grid: Grid, table: Found, file: str) -> Iterator[Finding]:
    """With rows or columns gone, cells cannot be compared by position; name the labels lost."""
    there = {squash(cell.text) for cell in table.cells}
    for want in grid.labels:
        if squash(want.text) not in there:
            near = _nearest(want.text, table)
            place = DocumentCell(file, table.number, near.row + 1, near.number)
            yield Finding(DRIFTED, f"表格里没有“{want.text}”一格。", place)


def _nearest(text: str, table: Found) -> Cell:
    def likeness(cell: Cell) -> float:
        return SequenceMatcher(None, squash(text), squash(cell.text)).ratio()

    return max(table.cells, key=likeness)


def _name(want: GridCell, edition: Edition) -> str:
    return want.text or edition.fields[want.key or ""].label
