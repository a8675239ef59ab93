"""The tables of a template against the form's grids: spans, labels, and each figure's cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from lxml.etree import _Element

from gxgen.diagnostics import Finding
from gxgen.document.cell import Cell, squash
from gxgen.document.quoting import apart
from gxgen.editions.grid import Grid, GridCell
from gxgen.editions.schema import Edition, FieldKey
from gxgen.errors import TemplateError
from gxgen.formats.docx.read import body_items, table_cells
from gxgen.formats.docx.wordml import W
from gxgen.places import DocumentCell, FilePart
from gxgen.templates.lint.rows import Rows, match_rows

DRIFTED, REMOVED, MISPLACED, UNFILLED = "GX608", "GX609", "GX611", "GX603"
FIGURE = re.compile(r"\{\{\s*([a-z_0-9.]+)\s*\}\}")
LIKENESS = 0.5
"""The share of labels that a table must have to be taken for a table of the form."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table of the template: where it stands, its rows and columns, and its cells."""

    place: DocumentCell
    rows: int
    columns: int
    cells: list[Cell]

    def at(self, row: int, number: int = 1) -> DocumentCell:
        """The place of a cell: its row from 0, its number in the row from 1."""
        return replace(self.place, row=row + 1, cell=number)


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
        place = DocumentCell(file, number, 1, 1)
        try:
            tables.append(Found(place, *table_cells(item)))
        except TemplateError as error:
            findings.append(Finding(DRIFTED, str(error), place))
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
        compared = _Compared(grid, table, match_rows(grid, table.rows, table.cells), edition)
        findings += compared.findings()
        figures |= compared.figures()
        told |= {key for key, cell in grid.figures.items() if cell.row in compared.rows.lost}
        places |= dict.fromkeys(grid.figures, table.place)
    findings += _twice(spare, edition)
    return Tables(tuple(findings), figures, frozenset(told), places)


def _twice(spare: list[Found], edition: Edition) -> Iterator[Finding]:
    """Tables of the form that stand in the template once more."""
    for table in spare:
        for section in edition.sections:
            grid = edition.grids[section.table] if section.table else None
            if grid is not None and _likeness(grid, table) >= LIKENESS:
                message = f"多出一个表格：“{section.title}”的表格只能有一个。"
                yield Finding(DRIFTED, message, table.place)


def _likeness(grid: Grid, table: Found) -> float:
    """How much of a grid's labels and figures a table holds."""
    there = {squash(cell.text) for cell in table.cells}
    wanted = [squash(cell.text or _tag(cell)) for cell in grid.cells]
    return sum(text in there for text in wanted) / len(wanted)


def _tag(cell: GridCell) -> str:
    return f"{{{{ {cell.key} }}}}"


@dataclass(frozen=True, slots=True)
class _Compared:
    """A table beside its grid; ``rows`` says which row is which."""

    grid: Grid
    table: Found
    rows: Rows
    edition: Edition

    def figures(self) -> dict[DocumentCell, FieldKey]:
        """Where each figure of the grid stands in the table."""
        found = self._by_position()
        return {
            self.table.at(cell.row, cell.number): want.key
            for want in self.grid.cells
            if want.key and (cell := found.get((self.rows.of.get(want.row, -1), want.column)))
        }

    def findings(self) -> Iterator[Finding]:
        """What differs: columns, rows, then cell by cell."""
        grid, table, rows = self.grid, self.table, self.rows
        if table.columns != grid.columns:
            now = f"现为{table.rows}行{table.columns}列"
            message = f"表格应为{grid.rows}行{grid.columns}列，{now}。"
            yield Finding(DRIFTED, message, table.place)
        if self._columns_moved():
            yield from self._labels_lost()
            return
        for row in rows.lost:
            before = max((there for wanted, there in rows.of.items() if wanted < row), default=0)
            yield Finding(DRIFTED, f"表格里没有“{self._row_name(row)}”一行。", table.at(before))
        for row in rows.added:
            texts = (squash(cell.text) for cell in table.cells if cell.row == row and cell.text)
            yield Finding(DRIFTED, f"表格多出一行：“{'，'.join(texts)[:40]}”。", table.at(row))
        found = self._by_position()
        for want in grid.cells:
            if want.row in rows.lost:
                continue
            row = rows.of[want.row]
            cell = found.get((row, want.column))
            if cell is None:
                message = f"缺少“{self._name(want)}”一格。"
                yield Finding(DRIFTED, message, table.at(row), want.key)
            else:
                yield from self._cell(want, cell)

    def _by_position(self) -> dict[tuple[int, int], Cell]:
        return {(cell.row, cell.column): cell for cell in self.table.cells}

    def _columns_moved(self) -> bool:
        """Whether most rows are wider or narrower than the form's: then no cell is where it was."""
        widths: Counter[int] = Counter()
        for cell in self.table.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                widths[row] = max(widths[row], cell.column + cell.column_span)
        right = sum(width == self.grid.columns for width in widths.values())
        return right * 2 <= self.table.rows

    def _row_name(self, row: int) -> str:
        """What tells a row from the others: the last of its labels, else its first figure."""
        cells = [cell for cell in self.grid.cells if cell.row == row]
        labels = [cell.text for cell in cells if cell.text]
        return labels[-1] if labels else self._name(cells[0])

    def _name(self, want: GridCell) -> str:
        return want.text or self.edition.fields[want.key or ""].label

    def _cell(self, want: GridCell, cell: Cell) -> Iterator[Finding]:
        place = self.table.at(cell.row, cell.number)
        height = self.rows.height(want.row, want.row_span)
        if (cell.row_span, cell.column_span) != (height, want.column_span):
            now = f"现占{cell.row_span}行{cell.column_span}列"
            message = f"“{self._name(want)}”一格应占{height}行{want.column_span}列，{now}。"
            yield Finding(DRIFTED, message, place, want.key)
        if want.key is None:
            if squash(cell.text) != squash(want.text):
                right, now = apart(want.text, squash(cell.text))
                message = f"这一格应为“{right}”，现为“{now}”。"
                yield Finding(DRIFTED, message, place)
            return
        tags = FIGURE.findall(cell.text)
        if not tags and "{" not in cell.text and "｛" not in cell.text:
            wanted = f"“{_tag(want)}”（{self._name(want)}）"
            yield Finding(UNFILLED, f"这一格应为{wanted}，现为“{cell.text}”。", place, want.key)
        for tag in tags:
            if tag != want.key and tag in self.edition.fields:
                message = f"这一格应为“{_tag(want)}”，现为“{{{{ {tag} }}}}”，数字会印错位置。"
                yield Finding(MISPLACED, message, place, want.key)

    def _labels_lost(self) -> Iterator[Finding]:
        """With columns gone, cells cannot be compared by position; name the labels lost."""
        there = {squash(cell.text) for cell in self.table.cells}
        for want in self.grid.labels:
            if squash(want.text) not in there:
                near = _nearest(want.text, self.table)
                place = self.table.at(near.row, near.number)
                yield Finding(DRIFTED, f"表格里没有“{want.text}”一格。", place)


def _nearest(text: str, table: Found) -> Cell:
    def likeness(cell: Cell) -> float:
        return SequenceMatcher(None, squash(text), squash(cell.text)).ratio()

    return max(table.cells, key=likeness)
