"""The lines of the county's page: one a unit, whatever it filed, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gxgen.county.agency_year import Outcome
from gxgen.county.county_year import CountyYear
from gxgen.county.listing import bare_name, stem_of
from gxgen.county.outputs import RETURNS
from gxgen.county.overview import unit_of
from gxgen.county.project import County
from gxgen.diagnostics import worst_first
from gxgen.formats.registry import format_of
from gxgen.letters import shown
from gxgen.model.agency import Agency
from gxgen.show.county.view import AgencyRow, State

_WORST: tuple[State, ...] = ("returned", "held", "built")
"""Of several forms of one unit the worst tells."""
_ORDER: tuple[State, ...] = ("returned", "late", "missing", "held", "built")
"""What is to be done comes first: by the clerk, then by who has not filed, then by the county."""
_MOST_NAMED = 3


@dataclass(slots=True)
class _Unit:
    """A unit and all that it filed; ``unread`` are workbooks that nobody has looked at yet."""

    name: str
    agency: Agency | None
    outcomes: list[Outcome] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def files(self) -> list[str]:
        """The names of its workbooks."""
        return [*(one.judgement.workbook for one in self.outcomes), *self.unread]


def agency_rows(view: CountyYear) -> list[AgencyRow]:
    """The units of the page: those whose form goes back, those who have not filed, those that wait
    for the county, the others; in each the roster's order first, then by name."""
    places = {agency.name: at for at, agency in enumerate(view.county.roster)}
    rows = [_row(unit, view) for unit in _units(view) if unit.files]
    there = {row.agency for row in rows}
    blank = {one.name: one.files[0] for one in _units(view, blank=True)}
    absent = [agency for agency in view.missing if agency.name not in there]
    rows += [_absent(agency, blank.get(agency.name), view) for agency in absent]
    last = len(places)
    rows.sort(key=lambda row: (_rank(row.state), places.get(row.agency, last), row.agency))
    return rows


def _rank(state: State) -> int:
    return _ORDER.index(state)


def _units(view: CountyYear, *, blank: bool = False) -> Iterable[_Unit]:
    """Who filed, or who left the form as it was handed out."""
    units: dict[str, _Unit] = {}
    for outcome in view.outcomes:
        if outcome.judgement.blank is blank:
            unit = unit_of(outcome.judgement, view.county)
            _of(units, unit, outcome.judgement.agency).outcomes.append(outcome)
    known = {one.judgement.workbook for one in view.outcomes}
    for file in () if blank else view.unread:
        if file not in known:
            unit = view.county.called(bare_name(file))
            _of(units, unit, shown(stem_of(file))).unread.append(file)
    return units.values()


def _of(units: dict[str, _Unit], agency: Agency | None, name: str) -> _Unit:
    name = agency.name if agency else name
    return units.setdefault(name, _Unit(name, agency))


def _row(unit: _Unit, view: CountyYear) -> AgencyRow:
    """A unit's line; what an earlier form said tells nothing of one that is unread, and of several
    forms nobody knows which counts."""
    states: list[State] = [_state(one, view) for one in unit.outcomes]
    states += ["held" for _ in unit.unread]
    sole = unit.outcomes[0] if len(unit.files) == 1 and unit.outcomes else None
    read = sole is not None and sole.judgement.workbook not in view.unread
    found = [one for outcome in unit.outcomes for one in outcome.diagnostics]
    return AgencyRow(
        agency=unit.name,
        short_name=unit.agency.short_name if unit.agency else None,
        kind=_kind(unit.agency),
        state=min(states, key=_WORST.index),
        added=any(_added(one, view) for one in unit.outcomes),
        figures=sole.judgement.figures if sole and read else {},
        last_year=sole.judgement.last_figures or None if sole else None,
        findings=tuple(worst_first(found)),
        links=links_of(n for one in unit.outcomes for n in one.files if n not in view.gone),
        listed=unit.agency is not None or not view.county.roster,
        form=_form(unit.files[0], view),
        remark="；".join(_remarks(unit, view.county)),
    )


def _added(one: Outcome, view: CountyYear) -> bool:
    return one.judgement.sound and one.judgement.workbook not in view.unread


def _state(outcome: Outcome, view: CountyYear) -> State:
    if outcome.judgement.workbook in view.unread:
        return "held"
    if outcome.judgement.returned:
        return "returned"
    return "built" if outcome.judgement.passed and outcome.made != "held" else "held"


def _absent(agency: Agency, blank: str | None, view: CountyYear) -> AgencyRow:
    return AgencyRow(
        agency.name,
        agency.short_name,
        _kind(agency),
        "late" if view.late else "missing",
        form=_form(blank, view) if blank else None,
        remark="表还是空白的" if blank else "",
    )


def _kind(agency: Agency | None) -> str | None:
    return agency.kind.value if agency and agency.kind else None


def _form(file: str, view: CountyYear) -> str | None:
    return f"{view.forms}/{file}" if view.forms else None


def _remarks(unit: _Unit, county: County) -> Iterator[str]:
    """What is odd about a unit's files: several, or one by which nobody would know it."""
    files = [shown(file) for file in unit.files]
    if len(files) > 1:
        more = "等" if len(files) > _MOST_NAMED else ""
        yield f"交了{len(files)}份：{'、'.join(files[:_MOST_NAMED])}{more}"
    if unit.agency is None and county.roster:
        yield "不在名册里"
    for one in unit.outcomes if len(files) == 1 else ():
        said = one.judgement
        if said.edition is None and stem_of(files[0]) != unit.name:
            yield f"文件是 {files[0]}"
        elif said.edition is not None and said.agency != unit.name:
            yield f"表里写的是“{said.agency}”"
    if unit.unread and not unit.outcomes:
        yield f"文件是 {files[0]}，还没有核对"


def links_of(files: Iterable[str]) -> dict[str, str]:
    """The files of a report by what the page calls them, the return copy last; what is only for
    pasting is none."""
    named = sorted((name.startswith(f"{RETURNS}/"), name) for name in files)
    kinds = (("return" if copy else format_of(name), name) for copy, name in named)
    return {kind: name for kind, name in kinds if kind and kind != "fragment"}
