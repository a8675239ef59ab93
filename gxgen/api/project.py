"""A project's folder, by itself: how it stands, and where forms that come in belong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen.api.paths import Named, paths_of
from gxgen.diagnostics import Severity

if TYPE_CHECKING:
    from gxgen.api.sending import How, Sending
    from gxgen.county.agency_year import Filing, Judgement
    from gxgen.county.batch import Result
    from gxgen.county.ledger import Ledger
    from gxgen.county.project import County
    from gxgen.county.strays import Stray
    from gxgen.county.whose import Whose


@dataclass(frozen=True, slots=True)
class UnitState:
    """How a unit stands. ``state`` is ``missing``, ``late``, ``unbuilt`` (a form that no build has
    seen), ``stale`` (changed since), or what the last build made: ``built``, ``refused``, ``held``.
    """

    agency: str
    state: str
    inputs: tuple[Path, ...] = ()
    """Its forms; of one that has filed nothing those that are as they were handed out."""
    outputs: tuple[Path, ...] = ()
    listed: bool = True
    """Whether the roster knows it."""
    causes: tuple[str, ...] = ()
    """Why it is unbuilt or stale."""
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class CountyState:
    """How a county's year stands; ``units`` in the roster's order, then the others by name."""

    county: County
    year: int
    overdue: bool
    units: tuple[UnitState, ...]
    outputs: tuple[Path, ...]
    strays: tuple[Stray, ...] = ()
    """What lies among the forms and is not read."""


@dataclass(frozen=True, slots=True, init=False)
class Project:
    """The folder with ``inputs/`` and ``output/``; wherever it lies, and whoever stands where."""

    root: Path

    def __init__(self, root: Named) -> None:
        """Nothing is looked at yet."""
        object.__setattr__(self, "root", Path(root))

    @property
    def inputs(self) -> Path:
        """Where forms lie: ``inputs/``, or the folder itself if it is a county."""
        from gxgen.county.project import FILE_NAME

        inner = self.root / "inputs"
        itself = not inner.is_dir() and (self.root / FILE_NAME).is_file()
        return self.root if itself else inner

    @property
    def output(self) -> Path:
        """Where reports go."""
        return self.root / "output"

    @property
    def counties(self) -> list[County]:
        """Its counties, by name; none where there is nothing yet.

        Raises:
            UsageError: a ``county.toml`` is wrong.
        """
        from gxgen.county.plan import counties

        return counties(self.inputs) if self.inputs.is_dir() else []

    def check(self, paths: Sequence[Named] | Named = (), **how: Any) -> Result:
        """:func:`gxgen.api.check` of this project; without paths of all that it holds."""
        from gxgen import api

        return api.check(paths_of(paths) or [self.inputs], **how)

    def build(self, paths: Sequence[Named] | Named = (), **how: Any) -> Result:
        """:func:`gxgen.api.build` of this project, into its own ``output/``."""
        from gxgen import api

        return api.build(paths_of(paths) or [self.inputs], output=self.output, **how)

    def chase(
        self, county: str | None = None, *, year: int | None = None, how: How | None = None
    ) -> Sending:
        """:func:`gxgen.api.sending.chase` of this project."""
        from gxgen.api.sending import chase

        return chase(county, inputs=self.inputs, output=self.output, year=year, how=how)

    def notice(
        self, units: Sequence[str] = (), *, year: int | None = None, how: How | None = None
    ) -> list[Sending]:
        """:func:`gxgen.api.sending.notice` of this project."""
        from gxgen.api.sending import notice

        return notice(units, inputs=self.inputs, output=self.output, year=year, how=how)

    def status(
        self, year: int | None = None, today: dt.date | None = None, *, judge: bool = True
    ) -> list[CountyState]:
        """How each county's year stands; nothing is written, and an empty folder has none.

        Forms that no build has seen, or that changed since, are read to know whose they are, and
        to ``judge`` what is wrong with them.

        Raises:
            UsageError: a ``county.toml`` is wrong.
        """
        day = today or dt.date.today()
        return [
            _county_state(county, folder, self.output, day, judge=judge)
            for county in self.counties
            for folder in _years(county, year)
        ]


def _years(county: County, year: int | None) -> list[Path]:
    """The folders of the years that are in work; one that is expected need not be there yet."""
    wanted = year or county.year
    if wanted is not None:
        return [county.folder / str(wanted)]
    folders = [one for one in county.folder.iterdir() if one.is_dir()]
    return sorted(one for one in folders if one.name.isdigit() and len(one.name) == 4)


def _county_state(
    county: County, folder: Path, output: Path, day: dt.date, *, judge: bool
) -> CountyState:
    from gxgen.county.around import units_of
    from gxgen.county.ledger import Ledger
    from gxgen.county.overview import missing
    from gxgen.county.whose import Whose

    planned = filings_in(folder, county, output)
    home = home_of(folder, county, output)
    ledger = Ledger.of(home)
    whose = Whose(ledger.county.get("whose", {}))
    filings = units_of(planned, whose)
    stale, judged = known(filings, ledger, whose, judge=judge)
    late = county.overdue(day)
    forms = _forms(filings, judged, county, blank=True)
    absent = [
        UnitState(
            agency.name,
            "late" if late else "missing",
            tuple(one.path for one in forms.get(agency.name, ())),
        )
        for agency in missing(judged.values(), county)
        if agency.name != county.government
    ]
    states = [
        *_filed(filings, judged=judged, stale=stale, ledger=ledger, county=county, home=home),
        *absent,
    ]
    places = {agency.name: at for at, agency in enumerate(county.roster)}
    states.sort(key=lambda one: (places.get(one.agency, len(places)), one.agency))
    named = (home / name for name in ledger.county.get("outputs", {}))
    outputs = tuple(path for path in named if path.is_file())
    unread = _strays(folder, county, planned, whose)
    return CountyState(county, int(folder.name), late, tuple(states), outputs, unread)


def _strays(
    folder: Path, county: County, filings: Sequence[Filing], whose: Whose
) -> tuple[Stray, ...]:
    from gxgen.county.around import texts_of
    from gxgen.county.strays import strays_in

    if not folder.is_dir():
        return ()
    for filing in filings:
        texts_of(filing, whose)
    return strays_in(folder, county, {path.name for path in whose.texts_read})


def filings_in(folder: Path, county: County, output: Path) -> list[Filing]:
    """The forms in a year's folder, which need not be there, the government's own among them."""
    from gxgen.county.listing import workbooks
    from gxgen.county.plan import plan

    if not folder.is_dir() or not workbooks(folder):
        return []
    return [
        one for one in plan([folder], output) if one.county and one.county.folder == county.folder
    ]


def home_of(folder: Path, county: County, output: Path) -> Path:
    """Where what is made of a county's year goes."""
    from gxgen.county.plan import county_output

    return county_output(county, output) / folder.name


def known(
    filings: Sequence[Filing], ledger: Ledger, whose: Whose, *, judge: bool = True
) -> tuple[dict[str, str], dict[str, Judgement]]:
    """Which forms no build has seen as they are now, with the reason; and what each says, by key,
    with what only the county shows.

    Those are read, and nothing is written. Without ``judge`` only whose they are is known of them,
    and nothing of what only the county shows.
    """
    from gxgen.county.alongside import alongside, saved_in
    from gxgen.county.batch import Options, check_all
    from gxgen.county.fingerprint import unread

    stale = {}
    if filings:
        stale = unread(filings[0], [one.key for one in filings], ledger.outcomes, whose)
    judged = {
        one.key: ledger.outcomes[one.key].judgement for one in filings if one.key not in stale
    }
    again = [one for one in filings if one.key in stale]
    if not judge and again:
        return stale, judged | _unjudged(again, whose)
    for filing, outcome in zip(again, check_all(again, Options()).outcomes, strict=True):
        judged[filing.key] = outcome.judgement
    if filings:
        first, before = filings[0], ledger.county.get("alike", {})
        saved = saved_in(first.folder, judged, whose)
        _, beside = alongside(judged, first.county, first.year, before, saved)
        judged |= {key: replace(judged[key], beside=found) for key, found in beside.items()}
    return stale, judged


def _unjudged(filings: Sequence[Filing], whose: Whose) -> dict[str, Judgement]:
    """Forms of which no more is known than whose they are."""
    from gxgen.county.agency_year import Judgement
    from gxgen.county.listing import bare_name

    forms = whose.all_in(filings[0].folder)
    return {
        one.key: Judgement(
            one.name, ((own := forms.get(one.name)) and own.agency) or bare_name(one.name)
        )
        for one in filings
    }


def _forms(
    filings: Sequence[Filing], judged: dict[str, Judgement], county: County, *, blank: bool
) -> dict[str, list[Filing]]:
    """The forms of each unit, by the roster's name for it: those that are as they were handed out,
    or those in which something is filled."""
    from gxgen.county.overview import unit_of

    found: dict[str, list[Filing]] = {}
    for filing in filings:
        judgement = judged[filing.key]
        if judgement.blank == blank:
            unit = unit_of(judgement, county)
            found.setdefault(unit.name if unit else judgement.agency, []).append(filing)
    return found


def _filed(
    filings: Sequence[Filing],
    *,
    judged: dict[str, Judgement],
    stale: dict[str, str],
    ledger: Ledger,
    county: County,
    home: Path,
) -> Iterator[UnitState]:
    listed = {agency.name for agency in county.roster}
    for agency, own in _forms(filings, judged, county, blank=False).items():
        seen = (ledger.outcomes.get(filing.key) for filing in own)
        last = [one for one in seen if one and not one.judgement.blank]
        causes = tuple(stale[filing.key] for filing in own if filing.key in stale)
        paths = tuple(home / name for one in last for name in one.files)
        found = [d for filing in own for d in judged[filing.key].diagnostics]
        yield UnitState(
            agency,
            last[0].made if last and not causes else "stale" if last else "unbuilt",
            tuple(filing.path for filing in own),
            tuple(path for path in paths if path.is_file()),
            agency in listed,
            causes,
            sum(one.severity is Severity.ERROR for one in found),
            sum(one.severity is Severity.WARNING for one in found),
        )


def status_record(states: Sequence[CountyState]) -> dict[str, Any]:
    """The JSON of ``status``."""
    from gxgen.diagnostics import FORMAT

    return {"format": FORMAT, "counties": [_county_record(one) for one in states]}


def _county_record(one: CountyState) -> dict[str, Any]:
    deadline = one.county.deadline
    return {
        "county": one.county.name,
        "year": one.year,
        "deadline": deadline and deadline.isoformat(),
        "overdue": one.overdue,
        "units": [
            {
                "agency": unit.agency,
                "state": unit.state,
                "inputs": [str(path) for path in unit.inputs],
                "outputs": [str(path) for path in unit.outputs],
                "listed": unit.listed,
                "causes": list(unit.causes),
                "errors": unit.errors,
                "warnings": unit.warnings,
            }
            for unit in one.units
        ],
        "outputs": [str(path) for path in one.outputs],
        "strays": [stray.record for stray in one.strays],
    }
