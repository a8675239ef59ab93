"""The sheets of a form as a person sees them: what each cell shows, how far it reaches, what it is
for. What a cell is for follows from what was read there, or from the form's own layout."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from gxgen.a1 import Position
from gxgen.diagnostics import Finding
from gxgen.form.labels import core, meant
from gxgen.form.layout import (
    ANSWERS_SHEET,
    INDICATORS_COLUMNS,
    INDICATORS_GUIDANCE,
    INDICATORS_SHEET,
    INFO_FIELDS,
    INFO_SHEET,
    NARRATIVE_GUIDANCE_MARKER,
    NARRATIVE_MARKER_COLUMN,
    NARRATIVE_SHEET,
    NARRATIVE_STYLE_COLUMN,
)
from gxgen.form.read.answers import heads_row
from gxgen.form.read.book import Book
from gxgen.form.read.cells import SheetCells
from gxgen.form.read.display import displayed
from gxgen.form.read.file import PartError, open_file
from gxgen.form.read.info import read_info
from gxgen.form.read.merged import merged_areas, size
from gxgen.form.read.text import folded, plain_text
from gxgen.letters import ordinary
from gxgen.model.numbering import section_of
from gxgen.model.report import EntryState, Report
from gxgen.places import Place, SheetCell

MOST_ROWS = 3_500
"""Rows of a sheet that are shown; a text may have 3,000 paragraphs."""
MOST_COLUMNS = 60
"""Columns that are shown; the widest table has a dozen."""
MOST_CELLS = 30_000
"""Cells of a sheet that are shown, blank ones among them."""
_LARGEST_MERGE = 2_000
"""Cells of a merged area; those of a form have at most 30."""


class Role(StrEnum):
    """What a cell is for, as far as the form declares it."""

    HEAD = "head"
    """A heading above what it is about: of columns, of a block, of a section of the text."""
    LABEL = "label"
    """What stands beside an entry and says what it is."""
    FIGURE = "figure"
    """A number of a table, or a count of the sheet 指标."""
    ENTRY = "entry"
    """Anything else that the agency fills in."""
    PASSAGE = "passage"
    """A paragraph or heading of the text."""
    NOTE = "note"
    """All else that says something: titles, guidance, what was written where nothing belongs."""
    BLANK = "blank"
    """A cell of no use that says nothing."""


@dataclass(frozen=True, slots=True)
class SeenCell:
    """A cell, or what several were merged into; ``rows`` and ``columns`` count those shown."""

    place: SheetCell
    text: str
    role: Role
    rows: int = 1
    columns: int = 1
    key: str | None = None
    """Of what it holds: a figure's, an indicator's, a field's of the sheet 基本信息."""
    hidden: bool = False
    """Whether its row or column is hidden in the workbook."""


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """A sheet row by row; each row without the cells that those above or left of it cover.

    ``title`` is the form's name for it, ``name`` that of its tab. ``beyond`` counts the cells with
    content that are not among ``rows``, because they lie too far out.
    """

    title: str
    name: str
    rows: tuple[tuple[SeenCell, ...], ...]
    beyond: int = 0


Roles = dict[Position, tuple[Role, "str | None"]]
Known = tuple[Place | None, str]
"""Where something was read, and its key; empty where it has none."""


def seen(data: bytes, file: str, report: Report) -> tuple[SeenSheet, ...]:
    """The sheets of the form that ``report`` was read from, in the form's order; such as are
    missing or damaged are left out. Never raises for what the workbook holds."""
    opened = open_file(data, file)
    if isinstance(opened, Finding):
        return ()
    try:
        book = Book(opened)
        titles = _titles(book, report)
    except PartError:
        return ()
    return tuple(sheet for title, roles in titles if (sheet := _sheet(book, report, title, roles)))


@dataclass(frozen=True, slots=True)
class _Told:
    """What reading told of a sheet: its name, and what stands where."""

    name: str
    roles: Roles


def _titles(book: Book, report: Report) -> list[tuple[str, _Told]]:
    """The sheets to show, by the form's name for each."""
    tables: dict[str, list[Known]] = defaultdict(list)
    for key, field in report.edition.fields.items():
        tables[report.edition.table(field.table).sheet].append((report.entries[key].place, key))
    info: list[Known] = [(place, key) for key, place in read_info(book).places.items()]
    counts: list[Known] = [
        pair
        for one in report.indicators.values()
        for pair in ((one.place, one.key), (one.last_place, one.last_key))
    ]
    said: list[Known] = []
    for passage in report.written:
        said += ((place, "") for place in (passage.place, *(p.place for p in passage.paragraphs)))
    answers: list[Known] = [(one.place, "") for one in report.answers]
    return [
        (INFO_SHEET, _told(INFO_SHEET, info, Role.ENTRY)),
        *((sheet, _told(sheet, known, Role.FIGURE)) for sheet, known in tables.items()),
        (INDICATORS_SHEET, _told(INDICATORS_SHEET, counts, Role.FIGURE)),
        (NARRATIVE_SHEET, _told(NARRATIVE_SHEET, said, Role.PASSAGE)),
        (ANSWERS_SHEET, _told(ANSWERS_SHEET, answers, Role.ENTRY)),
    ]


def _told(title: str, known: list[Known], role: Role) -> _Told:
    """Where things were read; a sheet on which nothing was is the one of the form's own name."""
    cells = [(place, key) for place, key in known if isinstance(place, SheetCell)]
    name = cells[0][0].sheet if cells else title
    roles = {(p.row, p.column): (role, key or None) for p, key in cells if p.sheet == name}
    return _Told(name, dict(roles))


def _sheet(book: Book, report: Report, title: str, told: _Told) -> SeenSheet | None:
    try:
        cells = book.sheet(told.name)
        merged = {} if cells is None else _merged(book, told.name)
    except PartError:
        return None
    if cells is None:
        return None
    roles = _declared(title, cells, report, told.roles)
    texts = {at: _shown(cells, at) for at in (*cells.values, *cells.errors)}
    texts |= _computed(cells, report, told.roles)
    return _Page(
        title, cells, roles, {at: text for at, text in texts.items() if text}, merged
    ).cut()


# -- what a cell is for --------------------------------------------------------------------------


def _declared(title: str, cells: SheetCells, report: Report, known: Roles) -> Roles:
    """The role of every cell that says something, and of those that are to be filled. What opens
    a section of the text is read as a passage, and is a head."""
    others = _OTHERS.get(title, _in_table)
    roles: Roles = dict.fromkeys((*cells.values, *cells.errors), (Role.NOTE, None)) | known
    for at, role in others(cells, report, known):
        if at not in known or role is Role.HEAD:
            roles[at] = role, None
    return roles


Found = Iterator[tuple[Position, Role]]


def _first_row(known: Roles) -> int:
    """Where what was read begins; right above it stand the heads of its columns."""
    return min((row for row, _ in known), default=0)


def _in_info(cells: SheetCells, report: Report, known: Roles) -> Found:
    labels = {core(field.label) for field in INFO_FIELDS}
    for row, column, text in cells.texts():
        if row == _first_row(known) - 1:
            yield (row, column), Role.HEAD
        elif any(at[0] == row and column < at[1] for at in known) and core(text) in labels:
            yield (row, column), Role.LABEL


def _in_table(cells: SheetCells, report: Report, known: Roles) -> Found:
    """Beside figures stand the labels of their row, all other declared words are heads."""
    keys = {report.edition.fields[key].table for _, key in known.values() if key}
    grids = [report.edition.grids[table] for table in keys]
    words = {core(w) for grid in grids for one in grid.labels for w in (one.text, *one.aliases)}
    left: dict[int, int] = {}
    for row, column in known:
        left[row] = min(column, left.get(row, column))
    for row, column, text in cells.texts():
        if not words.isdisjoint(meant(text)) and core(text):
            yield (row, column), Role.LABEL if column < left.get(row, -1) else Role.HEAD


def _in_indicators(cells: SheetCells, report: Report, known: Roles) -> Found:
    """Under the heads of a name and its unit stand labels; under that of the note, an entry."""
    heads = {core(head): head for head in (*INDICATORS_COLUMNS, INDICATORS_GUIDANCE)}
    top, below = _first_row(known), {}
    for row, column, text in cells.texts():
        if row < top and (head := heads.get(core(text))):
            below[column] = _UNDER.get(head, Role.NOTE)
            yield (row, column), Role.HEAD
    for row in {row for row, _ in known}:
        yield from (((row, at), role) for at, role in below.items() if cells.at(row, at))


_NAME, _UNIT, _, _, _NOTE = INDICATORS_COLUMNS
_UNDER = {_NAME: Role.LABEL, _UNIT: Role.LABEL, _NOTE: Role.ENTRY}


def _in_narrative(cells: SheetCells, report: Report, known: Roles) -> Found:
    """The column of markers tells of a row whether it is guidance or the agency's own."""
    prompt, top = NARRATIVE_GUIDANCE_MARKER, _first_row(known)
    for row, column, text in cells.texts():
        marker = cells.at(row, NARRATIVE_MARKER_COLUMN)
        opens = column == NARRATIVE_MARKER_COLUMN and section_of(report.edition, ordinary(text))
        if opens or row == top - 1:
            yield (row, column), Role.HEAD
        elif row >= top and column != NARRATIVE_MARKER_COLUMN and folded(str(marker)) != prompt:
            yield (row, column), Role.ENTRY if column == NARRATIVE_STYLE_COLUMN else Role.PASSAGE


def _in_answers(cells: SheetCells, report: Report, known: Roles) -> Found:
    heads = heads_row(cells)
    for row, column, _ in cells.texts():
        if heads is not None and row >= heads:
            yield (row, column), Role.HEAD if row == heads else Role.ENTRY


_OTHERS = {
    INFO_SHEET: _in_info,
    INDICATORS_SHEET: _in_indicators,
    NARRATIVE_SHEET: _in_narrative,
    ANSWERS_SHEET: _in_answers,
}
"""Of all other sheets, the tables, the grid tells."""


# -- what a cell shows ---------------------------------------------------------------------------


def _shown(cells: SheetCells, at: Position) -> str:
    """What a person sees there; what a format hides is shown all the same."""
    if at in cells.errors:
        return cells.errors[at]
    value, style = cells.values[at], cells.formats.get(at)
    if isinstance(value, str):
        return value
    return (displayed(value, style.code) if style else None) or plain_text(value)


def _computed(cells: SheetCells, report: Report, known: Roles) -> dict[Position, str]:
    """Live totals that the program which saved the file has not worked out: an office would."""
    found = {}
    for at in cells.uncached & known.keys():
        entry = report.entries.get(known[at][1] or "")
        if entry and entry.state is EntryState.COMPUTED and entry.value is not None:
            found[at] = plain_text(entry.value)
    return found


def _merged(book: Book, name: str) -> dict[Position, Position]:
    """The last cell of each merged area, by its first."""
    root = book.file.tree(book.names.sheets[name], f"工作表“{name}”")
    areas = (area for area in merged_areas(root) if size(area) <= _LARGEST_MERGE)
    return dict(areas)


# -- the page ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet's cells on their way to rows."""

    title: str
    cells: SheetCells
    roles: Roles
    texts: Mapping[Position, str]
    merged: Mapping[Position, Position]

    def cut(self) -> SeenSheet | None:
        """The rows with content, as far as they are shown; None if there are none."""
        used = sorted({*self.texts, *self._fields()})
        columns = range(min(max((at[1] for at in used), default=-1) + 1, MOST_COLUMNS))
        most = min(MOST_ROWS, MOST_CELLS // max(len(columns), 1))
        numbers = list(islice(dict.fromkeys(row for row, _ in used), most))
        rows = self._rows(numbers, columns)
        if not numbers:
            return None
        shown = set(numbers)
        beyond = sum(row not in shown or column not in columns for row, column in self.texts)
        return SeenSheet(self.title, self.cells.name, rows, beyond)

    def _fields(self) -> Iterator[Position]:
        """What is to be filled, whether it is or not; of texts and answers only what is."""
        for at, (role, key) in self.roles.items():
            if key and role in (Role.FIGURE, Role.ENTRY):
                yield at

    def _rows(self, numbers: list[int], columns: range) -> tuple[tuple[SeenCell, ...], ...]:
        covered: set[Position] = set()
        return tuple(
            tuple(
                self._cell((row, column), numbers[at:], columns, covered)
                for column in columns
                if (row, column) not in covered
            )
            for at, row in enumerate(numbers)
        )

    def _cell(
        self, at: Position, below: list[int], columns: range, covered: set[Position]
    ) -> SeenCell:
        """A cell with those that it covers, which are added to ``covered``."""
        row, column = at
        last_row, last_column = self.merged.get(at, at)
        rows = [one for one in below if one <= last_row] if last_row > row else [row]
        across = range(column, min(last_column + 1, columns.stop))
        area = {(one, other) for one in rows for other in across}
        if not covered.isdisjoint(area) or self._lost(area - {at}):
            rows, across, area = [row], range(column, column + 1), {at}
        covered |= area
        text = self.texts.get(at, "")
        role, key = self.roles.get(at, (Role.BLANK, None))
        hidden = row in self.cells.hidden_rows or column in self.cells.hidden_columns
        place = self.cells.place(row, column)
        return SeenCell(place, text, role, len(rows), len(across), key, hidden)

    def _lost(self, area: set[Position]) -> bool:
        """Whether what lies under a merged cell says something: then it is shown unmerged."""
        return any(at in self.texts for at in area)
