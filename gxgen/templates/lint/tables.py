"""The tables of a template against the form's grids: spans, labels, and each figure's cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from gxgen.diagnostics import Finding
from gxgen.document.cell import Cell, squash
from gxgen.editions.grid import Grid, GridCell
from gxgen.editions.schema import Edition, FieldKey
from gxgen.errors import TemplateError
from gxgen.formats.docx.read import body_items, table_cells
from gxgen.formats.docx.wordml import W
from gxgen.places import DocumentCell, FilePart
from gxgen.templates.lint.rows import Rows, match_rows

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
    for number, item in enumerate((i for i in body_items(body) if i.tag == W + "tbl"), 1):
        try:
            tables.append(Found(number, *table_cells(item)))
        except TemplateError as error:
            findings.append(Finding(DRIFTED, str(error), DocumentCell(file, number, 1, 1)))
    figures: dict[DocumentCell, FieldKey] = {}
    told: set[FieldKey] = set()
    places: dict[FieldKey, DocumentCell] = {}
    spare = list(tables)
    for section in edition.sections:
        if section.table is None:
            continue
        grid = edition.grids[section.table]
        table = max(tables, key=lambda t: _likeness(grid, t), default=None)
        if table is None or _likeness(grid, table) < LIKENESS:
            message = f"模板里没有“{section.title}”的表格。"
            findings.append(Finding(REMOVED, message, FilePart(file)))
            told |= set(grid.figures)
            continue
        spare = [other for other in spare if other is not table]
        rows = match_rows(grid, table.rows, table.cells)
        findings += _compare(grid, table, rows, file, edition)
        figures |= _figures(grid, table, rows, file)
        told |= {key for key, cell in grid.figures.items() if cell.row in rows.lost}
        places |= dict.fromkeys(grid.figures, DocumentCell(file, table.number, 1, 1))
    findings += _twice(spare, file, edition)
    return Tables(tuple(findings), figures, frozenset(told), places)


def _twice(spare: list[Found], file: str, edition: Edition) -> Iterator[Finding]:
    """Tables of the form that stand in the template once more."""
    for table in spare:
        for section in edition.sections:
            grid = edition.grids[section.table] if section.table else None
            if grid is not None and _likeness(grid, table) >= LIKENESS:
                message = f"多出一个表格：“{section.title}”的表格只能有一个。"
                yield Finding(DRIFTED, message, DocumentCell(file, table.number, 1, 1))


def _figures(grid: Grid, table: Found, rows: Rows, file: str) -> dict[DocumentCell, FieldKey]:
    found = {(cell.row, cell.column): cell for cell in table.cells}
    return {
        DocumentCell(file, table.number, cell.row + 1, cell.number): want.key
        for want in grid.cells
        if want.key and (cell := found.get((rows.of.get(want.row, -1), want.column)))
    }


def _likeness(grid: Grid, table: Found) -> float:
    """How much of a grid's labels and figures a table holds."""
    there = {squash(cell.text) for cell in table.cells}
    wanted = [squash(cell.text or _tag(cell)) for cell in grid.cells]
    return sum(text in there for text in wanted) / len(wanted)


def _tag(cell: GridCell) -> str:
    return f"{{{{ {cell.key} }}}}"


def _compare(
    grid: Grid, table: Found, rows: Rows, file: str, edition: Edition
) -> Iterator[Finding]:
    if table.columns != grid.columns:
        message = f"表格应为{grid.rows}行{grid.columns}列，现为{table.rows}行{table.columns}列。"
        yield Finding(DRIFTED, message, DocumentCell(file, table.number, 1, 1))
    if _columns_moved(grid, table):
        yield from _lost(grid, table, file)
        return
    found = {(cell.row, cell.column): cell for cell in table.cells}
    for row in rows.lost:
        place = DocumentCell(file, table.number, _row_before(rows, row), 1)
        yield Finding(DRIFTED, f"表格里没有“{_row_name(grid, row, edition)}”一行。", place)
    for row in rows.added:
        text = "，".join(squash(cell.text) for cell in table.cells if cell.row == row and cell.text)
        place = DocumentCell(file, table.number, row + 1, 1)
        yield Finding(DRIFTED, f"表格多出一行：“{text[:40]}”。", place)
    for want in grid.cells:
        if want.row in rows.lost:
            continue
        row = rows.of[want.row]
        cell = found.get((row, want.column))
        if cell is None:
            place = DocumentCell(file, table.number, row + 1, 1)
            yield Finding(DRIFTED, f"缺少“{_name(want, edition)}”一格。", place, want.key)
        else:
            place = DocumentCell(file, table.number, cell.row + 1, cell.number)
            height = rows.height(want.row, want.row_span)
            yield from _cell(want, cell, height, place, edition)


def _columns_moved(grid: Grid, table: Found) -> bool:
    """Whether most rows are wider or narrower than the form's: then no cell is where it was."""
    widths: Counter[int] = Counter()
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            widths[row] = max(widths[row], cell.column + cell.column_span)
    return sum(width == grid.columns for width in widths.values()) * 2 <= table.rows


def _row_before(rows: Rows, row: int) -> int:
    """The table's row, from 1, after which a lost one belongs."""
    return max((there for wanted, there in rows.of.items() if wanted < row), default=0) + 1


def _row_name(grid: Grid, row: int, edition: Edition) -> str:
    """What tells a row from the others: the last of its labels, else its first figure."""
    cells = [cell for cell in grid.cells if cell.row == row]
    labels = [cell.text for cell in cells if cell.text]
    return labels[-1] if labels else _name(cells[0], edition)


def _cell(
    want: GridCell, cell: Cell, height: int, place: DocumentCell, edition: Edition
) -> Iterator[Finding]:
    """``height`` is how many of the table's rows the cell should span."""
    spans = (cell.row_span, cell.column_span)
    if spans != (height, want.column_span):
        message = (
            f"“{_name(want, edition)}”一格应占{height}行{want.column_span}列，"
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
