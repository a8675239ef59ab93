"""Word documents: paragraphs as the house reads them, and tables with their merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from lxml.etree import _Element

from gxgen.document.cell import Cell
from gxgen.opc.xml import whole
from gxgen.prose.raw import RawText, TooLongError
from gxgen.prose.word import Reader
from gxgen.prose.word_elements import Means, meaning
from gxgen.prose.word_package import UnreadableError, WordPackage, attribute, child, local
from gxgen.published.blocks import (
    LARGEST_SPAN,
    MOST_CELLS,
    Block,
    Para,
    RefusedError,
    Source,
    Table,
)

_LONG_CELL = 100


def read_docx(data: bytes, file: str) -> Source:
    """The blocks of a .docx.

    Raises:
        RefusedError: it cannot be opened, or says more than any report.
    """
    raw = RawText(file)
    try:
        package = WordPackage(data)
        reader = _Blocks(raw, package)
        reader.read(package.document())
    except (UnreadableError, TooLongError) as error:
        raise RefusedError("GX802", f"{file} {error}，没有读。", file) from error
    return Source(file, list(_merged(raw, reader.placed)), list(raw.findings))


def _merged(raw: RawText, placed: list[tuple[int, Table]]) -> Iterator[Block]:
    """Paragraphs and tables in the order of reading."""
    stops = [*placed, (len(raw.lines), None)]
    first = stops[0][0]
    yield from (Para(x.text, x.place, x.depth) for x in raw.lines[:first])
    for (at, table), (end, _) in pairwise(stops):
        if table is not None:
            yield table
        yield from (Para(x.text, x.place, x.depth) for x in raw.lines[at:end])


class _Blocks(Reader):
    """Keeps tables as they are placed, with the number of paragraphs before each."""

    def __init__(self, raw: RawText, package: WordPackage) -> None:
        super().__init__(raw, package)
        self.placed: list[tuple[int, Table]] = []
        self.held = 0

    def table(self, table: _Element) -> None:
        """Take a table; one that lays out a page is walked into."""
        rows = [row for row in _rows(table) if not _is_deleted(row)]
        if any(meaning(e)[0] is Means.TABLE for row in rows for e in row.iter("{*}tbl")):
            self._walk_into(rows)
            return
        drafts = [list(self._drafts(row)) for row in rows]
        sizes = [len(cell.text) for row in drafts for cell in row]
        if 2 * sum(size for size in sizes if size > _LONG_CELL) > sum(sizes):
            self._walk_into(rows)
            return
        self.count_table()
        cells = _joined(drafts)
        columns = max((cell.column + cell.column_span for cell in cells), default=0)
        made = Table(self.raw.file, self.tables, len(rows), columns, tuple(cells))
        self.placed.append((len(self.raw.lines), made))

    def _walk_into(self, rows: list[_Element]) -> None:
        for row in rows:
            for cell in _cells(row):
                self.blocks(cell)

    def _drafts(self, row: _Element) -> Iterator[_Draft]:
        """A row's cells from left to right."""
        before = child(row, "trPr", "gridBefore")
        column = min(whole(attribute(before, "val")), LARGEST_SPAN)
        for number, cell in enumerate(_cells(row), 1):
            self.held += 1
            if self.held > MOST_CELLS:
                raise TooLongError(f"的表格超过{MOST_CELLS}格")
            said = child(cell, "tcPr")
            own = {} if said is None else {local(one): one for one in reversed(said)}
            span = whole(attribute(own.get("gridSpan"), "val"), 1)
            width, merge = max(1, min(span, LARGEST_SPAN)), own.get("vMerge")
            goes_on = merge is not None and attribute(merge, "val") != "restart"
            yield _Draft(
                column, width, self.cell_text(cell).strip(), number, merge is not None, goes_on
            )
            column += width


class _Draft(NamedTuple):
    """A physical cell of a row; ``goes_on``: it is the rest of a merged one above."""

    column: int
    width: int
    text: str
    number: int
    merges: bool
    goes_on: bool


def _joined(rows: list[list[_Draft]]) -> list[Cell]:
    """Cells with those below that go on from them."""
    out: list[Cell] = []
    open_at: dict[tuple[int, int], int] = {}
    for at, row in enumerate(rows):
        still: dict[tuple[int, int], int] = {}
        for draft in row:
            place = draft.column, draft.width
            above = open_at.get(place) if draft.goes_on else None
            if above is not None and not draft.text:
                out[above] = out[above]._replace(row_span=out[above].row_span + 1)
                still[place] = above
                continue
            out.append(Cell(at, draft.column, 1, draft.width, draft.text, draft.number))
            if draft.merges:
                still[place] = len(out) - 1
        open_at = still
    return out


def _rows(table: _Element) -> Iterator[_Element]:
    return _inner(table, "tr")


def _cells(row: _Element) -> Iterator[_Element]:
    return _inner(row, "tc")


def _inner(parent: _Element, name: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, out of the controls that they may be wrapped in."""
    for element in parent:
        local = str(element.tag).rpartition("}")[2]
        if local == name:
            yield element
        elif local in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _inner(element, name)


def _is_deleted(row: _Element) -> bool:
    return child(row, "trPr", "del") is not None
