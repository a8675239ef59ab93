"""What is made for a whole county's year beside its reports: the roll-up and the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from gxgen import __version__
from gxgen.county.agency_year import Filing, Judgement, Outcome, not_finished
from gxgen.county.conversion import Converted, StyleBytes
from gxgen.county.files import safe_name
from gxgen.county.outputs import PAGE, RETURNS, documents_of
from gxgen.county.pool import DiedError
from gxgen.county.project import County
from gxgen.county.rollup import WORDS_UNREAD, RollUp, roll_up
from gxgen.county.unit import Style, diagnosed, read_unit
from gxgen.county.workers import Hands
from gxgen.diagnostics import Diagnostic, Finding, Severity
from gxgen.editions.declared import edition_for_year
from gxgen.formats.registry import FORMATS, format_of
from gxgen.formats.wanted import Wanted
from gxgen.letters import shown
from gxgen.model.agency import Agency
from gxgen.model.report import Report
from gxgen.show.county.page import county_page
from gxgen.show.county.view import AgencyRow, CountyView, Likeness, State

if TYPE_CHECKING:
    from gxgen.formats.writing import Documents

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class CountyYear:
    """What a county's year adds up to: what was filed, by workbook name, and who is missing."""

    county: County
    year: int
    outcomes: tuple[Outcome, ...]
    missing: tuple[Agency, ...]
    own: Filing | str | None
    """What the county's government filed, where it did, or why nobody can read it."""
    style: StyleBytes
    """Without the template of the year where nothing may be printed with it."""
    wanted: Wanted
    convert: Callable[[bytes, Report], Converted]
    """Makes of a DOCX what LibreOffice is wanted for."""
    unread: Mapping[str, str]
    """The workbooks of which nobody knows what they say now, and why."""
    alike: Sequence[Likeness] = ()
    """Whose texts are alike."""
    late: bool = False
    """Whether the day is past on which those who are missing should have filed."""

    @property
    def judgements(self) -> list[Judgement]:
        """What was found in what was filed."""
        return [outcome.judgement for outcome in self.outcomes]


def county_files(
    view: CountyYear, hands: Hands
) -> tuple[dict[str, bytes], tuple[Diagnostic, ...], list[str]]:
    """The roll-up's report and its parts, where the county has a government of its own to issue
    it, and the county's page: files by name, what was found, troubles as sentences."""
    rolled = _rolled(view, hands) if view.county.government else None
    if rolled is None or rolled.report is None:
        return {PAGE: _page(view, rolled, {})}, rolled.diagnostics if rolled else (), []
    report, formats = rolled.report, view.wanted.formats
    held = report.edition.id not in dict(view.style)
    # A copy: what travels is packed while the page is made, and a report grows as it is asked.
    documents = hands.begin(
        _documents, replace(report), () if held else view.style, view.wanted, rolled.draft
    )
    detail = hands.begin(rolled.detail())
    parts = safe_name(rolled.detail_file.removesuffix(".xlsx")) + ".xlsx"
    every = {} if held else dict.fromkeys(FORMATS, b"")
    names = documents_of(report.title, every, formats, draft=rolled.draft)
    # The page is made here while others write the report.
    page = _page(view, rolled, {**links_of(names), "detail": parts})
    faults: list[str] = []
    done = _unless_it_died(documents, report.title, faults)
    made = done.files if done else {}
    if view.wanted.of_office and "docx" in made:
        extra, troubles = view.convert(made["docx"], report)
        made, faults = {**made, **extra}, [*faults, *troubles]
    wrong = done.faults if done else []
    files: dict[str, bytes] = {
        **documents_of(report.title, {} if wrong else made, formats, draft=rolled.draft),
        PAGE: page,
    }
    if (sheet := _unless_it_died(detail, parts, faults)) is not None:
        files[parts] = sheet
    found = diagnosed(wrong, report, report.title)
    trouble = [done.trouble] if done and done.trouble else []
    return files, (*rolled.diagnostics, *found), [*trouble, *faults]


def _unless_it_died(asked: Callable[[], Made], what: str, faults: list[str]) -> Made | None:
    try:
        return asked()
    except DiedError as died:
        faults.append(f"{what}没有生成：写它的进程{died}；请再运行一次。")
        return None


def _documents(report: Report, style: StyleBytes, wanted: Wanted, draft: bool) -> Documents:
    """The roll-up's report in every format that is made here, in whichever process; none without
    a style."""
    from gxgen.formats.writing import Documents, write

    if not style:
        return Documents()
    return write(report, Style(style)[report.edition.id], wanted, draft=draft)


def links_of(files: Iterable[str]) -> dict[str, str]:
    """The files of a report by what the page calls them; what is only for pasting is none."""
    named = ((_kind(name), name) for name in sorted(files))
    return {kind: name for kind, name in named if kind and kind != "fragment"}


def _kind(file: str) -> str | None:
    return "return" if file.startswith(f"{RETURNS}/") else format_of(file)


def _rolled(view: CountyYear, hands: Hands) -> RollUp:
    own, found = _words(view.own, hands)
    return roll_up(
        view.county, view.year, view.judgements, own, own_findings=found, unread=view.unread
    )


def _words(own: Filing | str | None, hands: Hands) -> tuple[Report | None, list[Finding]]:
    """The government's own workbook as read, by a worker: it is a stranger's file like any other.
    That it brought a process down is found in it."""
    if own is None:
        return None, []
    if isinstance(own, str):
        return None, [Finding(WORDS_UNREAD, own)]
    try:
        return hands.begin(read_unit, own)()
    except DiedError as died:
        return None, [not_finished(own, died)]


def _page(view: CountyYear, rolled: RollUp | None, links: Mapping[str, str]) -> bytes:
    edition = edition_for_year(view.year)
    if edition is None:
        return b""
    return county_page(
        CountyView(
            county=view.county.name,
            year=view.year,
            edition=edition,
            agencies=agency_rows(view),
            totals=rolled.report.values if rolled and rolled.report else None,
            rollup_links=links,
            draft=rolled is not None and rolled.draft,
            draft_reasons=_reasons(rolled.diagnostics) if rolled else (),
            alike=view.alike,
            built=f"gxgen {__version__}",
        )
    )


def _reasons(found: tuple[Diagnostic, ...]) -> tuple[str, ...]:
    """What blocks the roll-up beside the agencies, which the page names itself."""
    told = ("GX713", "GX714", "GX721")
    return tuple(d.message for d in found if d.severity is Severity.ERROR and d.code not in told)


def agency_rows(view: CountyYear) -> list[AgencyRow]:
    """The agencies of the page: the roster's order first, then by name."""
    listed = {agency.name: agency for agency in view.county.roster}
    places = {name: at for at, name in enumerate(listed)}
    known = {one.judgement.workbook for one in view.outcomes}
    filed = [
        _row(one, listed.get(one.judgement.agency), unread=one.judgement.workbook in view.unread)
        for one in view.outcomes
        if not one.judgement.blank
    ]
    others = (shown(PurePath(file).stem) for file in view.unread if file not in known)
    filed += [AgencyRow(name, None, None, "held") for name in others]
    rows = [*filed, *(_absent(agency, late=view.late) for agency in view.missing)]
    last = len(places)
    return sorted(rows, key=lambda row: (places.get(row.agency, last), row.agency))


def _row(outcome: Outcome, agency: Agency | None, *, unread: bool) -> AgencyRow:
    """An agency's line; what an earlier form said tells nothing of one that is unread."""
    judgement = replace(outcome.judgement, figures={}) if unread else outcome.judgement
    return AgencyRow(
        agency=judgement.agency,
        short_name=agency.short_name if agency else None,
        kind=agency.kind.value if agency and agency.kind else None,
        state="held" if unread else _state(outcome),
        added=judgement.sound and not unread,
        figures=judgement.figures,
        last_year=judgement.last_figures or None,
        findings=outcome.diagnostics,
        links=links_of(outcome.files),
    )


def _state(outcome: Outcome) -> State:
    if outcome.judgement.returned:
        return "returned"
    return "built" if outcome.judgement.passed and outcome.made != "held" else "held"


def _absent(agency: Agency, *, late: bool) -> AgencyRow:
    kind = agency.kind.value if agency.kind else None
    return AgencyRow(agency.name, agency.short_name, kind, "late" if late else "missing")
