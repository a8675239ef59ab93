"""What the page's template is given: numbers, words and addresses, worked out and in order.

The template says how they look; ``contents`` names all that it may ask for.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import quote

from gxgen.comparison.figures import LEAST_BASE
from gxgen.diagnostics import Addressee, Diagnostic, Severity, by_addressee, worst_first
from gxgen.document.charts import YEARS, Chart, Year, charts_of
from gxgen.editions.grid import Grid, GridCell, Role
from gxgen.editions.schema import FieldKey
from gxgen.formats.html.chart_svg import svg
from gxgen.markup import Html
from gxgen.model.measures import Measure, added, last_keys
from gxgen.model.report import Value
from gxgen.prose.alike.likeness import NEARLY_THE_SAME
from gxgen.show.county.measures import NOTHING, Compared, change, comparison, measures, shown
from gxgen.show.county.view import AgencyRow, CountyView, EarlierYear, Likeness, State
from gxgen.show.text import counts_text, place_of

MOST_SHOWN = 20
"""So many of one code and advice are told; the rest stand in the return copy."""
MOST_COMPARED = 30
"""So many agencies the matrix of like texts holds."""
_LINK_WORDS = {"return": "退回件", "detail": "汇总明细"}
_SCOPES = {Role.BAND: "col", Role.HEAD: "col", Role.STUB: "row"}
"""Which way a label heads cells; the corner's remark heads none and is no heading."""


class Link(NamedTuple):
    """A file to open: its word, and its address relative to the page, percent-encoded."""

    word: str
    address: str


class Line(NamedTuple):
    """A line of the table of agencies; ``also`` are the short name and the kind, ``address`` is
    what opens with the name: the report, else the return copy, else the form; empty without one.
    """

    number: int
    row: AgencyRow
    also: str
    address: str
    figures: tuple[Compared, ...]
    links: tuple[Link, ...]


class Group(NamedTuple):
    """Findings of one code and advice: the first of them as (place, sentence), and how many more.

    The place is empty where the sentence begins with it. ``head`` says who must act, at the first
    of theirs, where not all is for the same.
    """

    head: str
    addressee: Addressee
    severity: Severity
    code: str
    hint: str
    sentences: tuple[tuple[str, str], ...]
    more: int


class Told(NamedTuple):
    """An agency that has findings: its number in the table, how many of each weight, the groups."""

    number: int
    agency: str
    counts: str
    groups: tuple[Group, ...]


class Cell(NamedTuple):
    """A cell of an official table; ``scope`` is empty for figures and for the corner's remark."""

    text: str
    scope: str
    corner: bool
    columns: int
    rows: int


class Table(NamedTuple):
    """An official table; a body is the lines under one band, or all of them."""

    key: str
    title: str
    columns: int
    head: list[list[Cell]]
    bodies: list[list[list[Cell]]]


class YearLine(NamedTuple):
    """A figure through the years: the oldest first, and the change on the year before."""

    measure: Measure
    values: tuple[str, ...]
    change: str


class Years(NamedTuple):
    """Years beside each other: each with how many units it comes from (None: the county's own
    report), whether they are all from the same units, and the figures in bands. ``compared`` is how
    many units the change is of."""

    heads: tuple[tuple[int, int | None], ...]
    alike: bool
    bands: tuple[tuple[str, tuple[YearLine, ...]], ...]
    compared: int | None


class Shared(NamedTuple):
    """What two agencies share: how many passages, how alike the closest are in words; ``kind`` is
    ``self`` on the diagonal, ``near`` where they are nearly the same, empty where nothing is."""

    passages: int = 0
    how: str = ""
    kind: str = ""


class Matrix(NamedTuple):
    """Whose texts are alike: those who share with each other beside each other, and a line for
    each with what it shares with each.

    ``more`` are the agencies beyond :data:`MOST_COMPARED`.
    """

    agencies: list[str]
    lines: list[tuple[str, list[Shared]]]
    more: int


@dataclass(slots=True)
class Tally:
    """What the agencies come to, gone through once.

    ``states`` and the counts from them are of the roster's units, ``every`` of the ``unlisted`` as
    well. ``absent`` are those whose figures are not in the totals: name, and number in
    the table where there is something to read about it. ``told`` says who has findings, as places
    in the list of agencies.
    """

    states: Counter[State] = field(default_factory=Counter)
    every: Counter[State] = field(default_factory=Counter)
    absent: dict[State, list[tuple[str, int]]] = field(default_factory=dict)
    unlisted: int = 0
    added: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    told: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[AgencyRow]) -> Tally:
        """Count."""
        tally = cls()
        for at, row in enumerate(rows):
            tally.added += row.added
            tally.every[row.state] += 1
            if row.listed:
                tally.states[row.state] += 1
            else:
                tally.unlisted += 1
            if row.state not in ("built", "unchanged") and not row.added:
                number = at + 1 if row.findings else 0
                tally.absent.setdefault(row.state, []).append((row.agency, number))
            if row.findings:
                tally.errors += row.errors
                tally.warnings += row.warnings
                tally.notes += row.notes
                tally.told.append(at)
        return tally

    @property
    def agencies(self) -> int:
        """All that must file."""
        return self.states.total()

    @property
    def filed(self) -> int:
        """How many handed in a form."""
        return self.agencies - self.states["missing"] - self.states["late"]


def contents(view: CountyView) -> dict[str, Any]:
    """All that the template may ask for. ``lines`` and ``findings`` are made one by one, once.

    Raises:
        ValueError: a link that is not a relative path below the page's folder; one of an agency
            only when its line is made.
    """
    tally = Tally.of(view.agencies)
    columns = measures(view.edition, view.last_edition)
    return {
        "view": view,
        "tally": tally,
        "columns": columns,
        "bands": [
            (title, len(list(same))) for title, same in groupby(columns, lambda one: one.group)
        ],
        "lines": _lines(view.agencies, columns),
        "sums": None if view.totals is None else tuple(_sums(columns, view.totals, view.last)),
        "years": _years(columns, view, tally.added),
        "findings": (_told(at + 1, view.agencies[at]) for at in tally.told),
        "matrix": _matrix(view.alike),
        "rollup_links": _links(view.rollup_links),
        "charts": list(_charts(view)),
        "tables": list(_tables(view)),
        "least_base": LEAST_BASE,
    }


def _lines(rows: Iterable[AgencyRow], columns: Sequence[Measure]) -> Iterator[Line]:
    for number, row in enumerate(rows, 1):
        also = " · ".join(part for part in (row.short_name, row.kind) if part)
        figures = comparison(columns, row.figures, row.last_year)
        links = _links(row.links)
        yield Line(number, row, also, _opened(row, links), figures, links)


def _opened(row: AgencyRow, links: Sequence[Link]) -> str:
    if links:
        return links[0].address
    return _outside(row.form) if row.form else ""


def _outside(path: str) -> str:
    """The address of a file that may lie beside the page's folder: dots lead up, then only down."""
    below = path
    while below.startswith("../"):
        below = below[3:]
    _link("", below)
    return _address(path)


def _sums(
    columns: Sequence[Measure], totals: Mapping[FieldKey, Value], last: EarlierYear | None
) -> Iterator[Compared]:
    """The totals, each with the change of such units as have both years."""
    for one in columns:
        how = "" if last is None else _change(one, last)
        yield Compared(shown(added(totals, one.keys)), how)


def _change(one: Measure, last: EarlierYear) -> str:
    return change(added(last.now, one.keys), added(last.figures, one.last_keys))


def _years(columns: Sequence[Measure], view: CountyView, units: int) -> Years | None:
    """Years beside each other, where there is more than one."""
    if view.totals is None or not view.earlier:
        return None
    past = sorted(view.earlier, key=lambda one: one.year)
    lines = [_year_line(one, past, view) for one in columns]
    bands = groupby(lines, lambda line: line.measure.group)
    return Years(
        (*((one.year, one.units) for one in past), (view.year, units)),
        all(one.units == units for one in past),
        tuple((title, tuple(same)) for title, same in bands),
        view.last.units if view.last else None,
    )


def _year_line(one: Measure, past: Sequence[EarlierYear], view: CountyView) -> YearLine:
    before = [added(year.figures, last_keys(view.edition, year.edition, one.keys)) for year in past]
    values = (*before, added(view.totals, one.keys))
    how = NOTHING if view.last is None else _change(one, view.last)
    return YearLine(one, tuple(map(shown, values)), how or "不变")


def _links(named: Mapping[str, str]) -> tuple[Link, ...]:
    return tuple(_link(name, path) for name, path in named.items())


def _link(name: str, path: str) -> Link:
    if path.startswith("/") or ".." in path.split("/"):
        raise ValueError(f"not a path below the page: {path!r}")
    is_suffix = path.lower().endswith(f".{name.lower()}")
    return Link(_LINK_WORDS.get(name, name.upper() if is_suffix else name), _address(path))


def _address(path: str) -> str:
    """A path as an address, with the very bytes of a name that is in another encoding."""
    return quote(os.fsencode(path))


def _told(number: int, row: AgencyRow) -> Told:
    return Told(number, row.agency, counts_text(row.findings), tuple(_groups(row.findings)))


def _groups(found: Iterable[Diagnostic]) -> Iterator[Group]:
    """The findings by who can mend them, the clerk's first, then by weight, code and advice."""
    whose = by_addressee(worst_first(found))
    for who, theirs in whose.items():
        head = f"请{who.label}处理：" if len(whose) > 1 or who is not Addressee.CLERK else ""
        together: dict[tuple[Severity, str, str], list[Diagnostic]] = {}
        for one in theirs:
            together.setdefault((one.severity, one.code, one.hint), []).append(one)
        for kind, members in together.items():
            sentences = tuple((place_of(one), one.message) for one in members[:MOST_SHOWN])
            yield Group(head, who, *kind, sentences, len(members) - len(sentences))
            head = ""


def _matrix(alike: Sequence[Likeness]) -> Matrix:
    cells = {}
    for one, other, count, likeness in alike:
        kind = "near" if likeness >= NEARLY_THE_SAME else "shared"
        percent = int(likeness * 100)
        cells[one, other] = Shared(count, f"{one}与{other}：{count}段，最像的{percent}%", kind)
        cells[other, one] = cells[one, other]
    ranked = _in_groups(alike)
    shown = ranked[:MOST_COMPARED]
    cells |= {(one, one): Shared(kind="self") for one in shown}
    lines = [(row, [cells.get((row, column), Shared()) for column in shown]) for row in shown]
    return Matrix(shown, lines, len(ranked) - len(shown))


def _in_groups(alike: Sequence[Likeness]) -> list[str]:
    """The agencies in groups that nothing joins to others, the group with most shared passages
    first; in a group each stands near those with whom it shares."""
    shared: dict[str, Counter[str]] = {}
    for one, other, count, _ in alike:
        shared.setdefault(one, Counter())[other] += count
        shared.setdefault(other, Counter())[one] += count
    left = sorted(shared, key=lambda agency: (-shared[agency].total(), agency))
    groups = []
    while left:
        group = [left[0]]
        for agency in group:  # grows as it is gone through
            beside = sorted(shared[agency], key=lambda other: (-shared[agency][other], other))
            group += [other for other in beside if other not in group]
        left = [agency for agency in left if agency not in group]
        groups.append(group)
    groups.sort(key=lambda group: -sum(shared[agency].total() for agency in group))
    return [agency for group in groups for agency in group]


def _charts(view: CountyView) -> Iterator[tuple[Chart, Html]]:
    """The same as a report's own, drawn from the totals, each with its drawing as SVG; year on year
    only where last year is of the same units."""
    if view.totals is None:
        return
    before, units = view.last, sum(row.added for row in view.agencies)
    last = None
    if before is not None and before.units in (None, units):  # like beside like
        last = Year(before.year, before.edition, before.figures)
    for chart in charts_of(Year(view.year, view.edition, view.totals), last):
        if chart.id != YEARS or last is not None:
            yield chart, svg(chart)


def _tables(view: CountyView) -> Iterator[Table]:
    for key, grid in view.edition.grids.items() if view.totals is not None else ():
        title = view.edition.section(view.edition.table(key).section).title
        yield _table(key, title, grid, view.totals or {})


def _table(key: str, title: str, grid: Grid, figures: Mapping[FieldKey, Value]) -> Table:
    head: list[list[Cell]] = []
    bodies: list[list[list[Cell]]] = []
    for at, row in groupby(grid.cells, lambda cell: cell.row):
        first, *others = row
        line = [_cell(cell, figures) for cell in (first, *others)]
        if at < grid.head_rows:
            head.append(line)
        elif first.role is Role.BAND or not bodies:
            bodies.append([line])
        else:
            bodies[-1].append(line)
    return Table(key, title, grid.columns, head, bodies)


def _cell(cell: GridCell, figures: Mapping[FieldKey, Value]) -> Cell:
    text = cell.text if cell.key is None else shown(figures.get(cell.key))
    scope = _SCOPES.get(cell.role, "")
    return Cell(text, scope, cell.role is Role.CORNER, cell.column_span, cell.row_span)
