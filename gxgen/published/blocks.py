"""What every kind of file comes to before anybody asks what it means: paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from gxgen.diagnostics import Finding, Side
from gxgen.document.cell import Cell
from gxgen.places import DocumentCell, FilePart, PageCell, Place, Published

MOST_BYTES = 30 * 2**20
MOST_ELEMENTS = 400_000
MOST_CELLS = 40_000
MOST_CHARACTERS = 400_000
MOST_BLOCKS = 10_000
"""Paragraphs and tables; a report told a cell a line has two thousand."""
DEEPEST = 400
"""Elements in each other; a page of a site's has forty."""
LARGEST_SPAN = 60
"""The form's widest cell spans fifteen columns."""

Path = tuple[int, ...]
"""The elements that something lies in, each by its number in the file; empty for plain text."""


class RefusedError(Exception):
    """A file cannot be read at all; holds the finding that says why."""

    def __init__(self, code: str, message: str, file: str, hint: str | None = None) -> None:
        """Say why, and what to do."""
        super().__init__(message)
        side = Side.READING
        self.finding = Finding(code, message, FilePart(file), hint=hint, side=side)


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph or line; ``depth`` (1 …) where the file marks it as a heading."""

    text: str
    place: Published
    depth: int | None = None
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table's cells as they are placed, merged ones once; ``number`` counts from 1.

    ``page``: the page that it stands on and its number there, in a file with pages.
    """

    file: str
    number: int
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    path: Path = ()
    page: tuple[int, int] | None = None

    def place(self, cell: Cell) -> Published:
        """Where a cell stands."""
        if self.page is not None:
            return PageCell(self.file, *self.page, cell.row + 1, cell.number)
        return DocumentCell(self.file, self.number, cell.row + 1, cell.number)

    def turned(self) -> Table:
        """The same with rows for columns; its cells still stand where they stood."""
        return Turned(
            self.file,
            self.number,
            self.columns,
            self.rows,
            tuple(
                cell._replace(
                    row=cell.column,
                    column=cell.row,
                    row_span=cell.column_span,
                    column_span=cell.row_span,
                    number=at,
                )
                for at, cell in enumerate(self.cells)
            ),
            self.path,
            self.page,
            self,
        )

    def by_row(self) -> list[list[Cell]]:
        """The cells that begin in each row, from the left."""
        rows: list[list[Cell]] = [[] for _ in range(self.rows)]
        for cell in sorted(self.cells, key=lambda cell: cell.column):
            rows[cell.row].append(cell)
        return rows

    @property
    def first(self) -> Published:
        """Where the table begins."""
        if self.page is not None:
            return PageCell(self.file, *self.page, 1, 1)
        return DocumentCell(self.file, self.number, 1, 1)


@dataclass(frozen=True, slots=True)
class Turned(Table):
    """A table with rows for columns; ``number`` of a cell is its place in ``source.cells``."""

    source: Table | None = None

    def place(self, cell: Cell) -> Published:
        """Where a cell stood before the table was turned."""
        if self.source is None:
            return Table.place(self, cell)
        return self.source.place(self.source.cells[cell.number])


Block = Para | Table


OUTSIDE = "在报告之外"
CHART = "是图或图块"
STRANGE_TABLE = "是格式规定之外的表格"
STRANGE_CELL = "是表格里规定之外的文字"
"""Why something is left out, where others ask for it."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of the source that is not in the report, and why."""

    text: str
    place: Place | None
    why: str


@dataclass(slots=True)
class Source:
    """A file's blocks in the order of reading; ``name`` is what the page calls itself."""

    file: str
    blocks: list[Block] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    name: str | None = None

    def bound(self) -> None:
        """Nothing, while there are no more blocks than in any report.

        Raises:
            RefusedError: there are.
        """
        if len(self.blocks) > MOST_BLOCKS:
            message = f"{self.file} 有{MOST_BLOCKS}段以上，不像一份报告，没有读。"
            raise RefusedError("GX802", message, self.file)

    @property
    def paragraphs(self) -> Iterator[Para]:
        """Those of its blocks that are no tables."""
        return (block for block in self.blocks if isinstance(block, Para))


class Grid:
    """A table while it is read: each cell goes to the first free column, as browsers place it."""

    def __init__(self, file: str) -> None:
        """Nothing yet; ``file`` is told where the table is larger than any."""
        self.cells: list[Cell] = []
        self._file = file
        self._taken: set[tuple[int, int]] = set()
        self._row, self._column, self._number = -1, 0, 0

    @property
    def rows(self) -> int:
        """How many rows have begun."""
        return self._row + 1

    @property
    def in_row(self) -> int:
        """How many cells the last one has so far."""
        return self._number

    def start_row(self) -> None:
        """Another row begins."""
        self._row, self._column, self._number = self._row + 1, 0, 0

    def add(self, row_span: int, column_span: int, text: str) -> None:
        """Place a cell; a span beyond any is cut.

        Raises:
            RefusedError: the table covers more places than any report's.
        """
        height = min(max(row_span, 1), LARGEST_SPAN)
        width = min(max(column_span, 1), LARGEST_SPAN)
        while (self._row, self._column) in self._taken:
            self._column += 1
        column, self._column = self._column, self._column + width
        self._number += 1
        self.cells.append(Cell(self._row, column, height, width, text, self._number))
        rows = range(self._row, self._row + height)
        self._taken.update(product(rows, range(column, column + width)))
        if len(self._taken) > 2 * MOST_CELLS:
            message = f"{self._file} 的一个表格占了{2 * MOST_CELLS}格以上，不像一份报告，没有读。"
            raise RefusedError("GX802", message, self._file)

    def table(self, number: int, path: Path = ()) -> Table:
        """What was placed."""
        columns = max((cell.column + cell.column_span for cell in self.cells), default=0)
        return Table(self._file, number, self._row + 1, columns, tuple(self.cells), path)
