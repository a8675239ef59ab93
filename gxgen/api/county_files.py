"""What is made for a whole county's year beside its reports: the roll-up and the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from gxgen.county.conversion import Converted
from gxgen.county.county_year import CountyYear, Made
from gxgen.county.dispatch import Hands
from gxgen.county.files import safe_name
from gxgen.county.kept import documents_of
from gxgen.county.outputs import RETURNS
from gxgen.county.tasks import StyleBytes
from gxgen.diagnostics import Diagnostic, Severity
from gxgen.formats.registry import FORMATS, format_of
from gxgen.formats.wanted import Wanted

if TYPE_CHECKING:
    from gxgen.county.rollup import RollUp
    from gxgen.county.standing import Standing
    from gxgen.formats.writing import Documents
    from gxgen.model.agency import Agency
    from gxgen.model.report import Report
    from gxgen.show.county.page import AgencyRow

PAGE = "index.html"


def county_files(view: CountyYear, hands: Hands) -> Made:
    """The roll-up's report and its parts, where the county has a government of its own to issue
    it, and the county's page."""
    rolled = _rolled(view) if view.county.government else None
    if rolled is None or rolled.report is None:
        return Made({PAGE: _page(view, rolled, {})}, rolled.diagnostics if rolled else ())
    parts = _parts_file(rolled)
    arguments = rolled.report, view.style, view.wanted, rolled.draft
    documents = hands.beside(county_documents, *arguments)
    detail = rolled.detail() if rolled.travels else None
    workbook = hands.beside(detail) if detail else None
    names = documents_of(
        rolled.report.title, dict.fromkeys(FORMATS, b""), view.wanted.formats, draft=rolled.draft
    )
    links = {**links_of(names), "detail": parts}
    # The page is made here while others write the report.
    page = b"".join(_page(view, rolled, links)) if rolled.travels else None
    done = documents()
    made = view.convert(done.files["docx"], rolled.report) if view.wanted.of_office else Converted()
    files: dict[str, bytes | Iterable[bytes]] = dict(
        documents_of(
            rolled.report.title,
            {} if done.faults else {**done.files, **made.documents},
            view.wanted.formats,
            draft=rolled.draft,
        )
    )
    files |= {
        PAGE: page or _page(view, rolled, links),
        parts: workbook() if workbook else rolled.detail_pieces(rolled.report),
    }
    from gxgen.county.unit import diagnosed

    found = diagnosed(done.faults, rolled.report, rolled.report.title)
    troubles = (done.trouble, *made.faults)
    return Made(files, (*rolled.diagnostics, *found), tuple(filter(None, troubles)))


def _parts_file(rolled: RollUp) -> str:
    return safe_name(rolled.detail_file.removesuffix(".xlsx")) + ".xlsx"


def county_documents(report: Report, style: StyleBytes, wanted: Wanted, draft: bool) -> Documents:
    """The roll-up's report in every format that is made here, in whichever process."""
    from gxgen.county.tasks import Style
    from gxgen.formats.writing import write

    return write(report, Style(style)[report.edition.id], wanted, draft=draft)


def links_of(files: Iterable[str]) -> dict[str, str]:
    """The files of a report by what the page calls them; what is only for pasting is none."""
    named = ((_kind(name), name) for name in sorted(files))
    return {kind: name for kind, name in named if kind and kind != "fragment"}


def _kind(file: str) -> str | None:
    return "return" if file.startswith(f"{RETURNS}/") else format_of(file)


def _rolled(view: CountyYear) -> RollUp:
    from gxgen.county.rollup import roll_up
    from gxgen.county.unit import read_unit

    own, found = read_unit(view.own) if view.own else (None, [])
    return roll_up(view.county, view.year, view.standings.records, own, own_findings=found)


def _page(view: CountyYear, rolled: RollUp | None, links: Mapping[str, str]) -> Iterator[bytes]:
    from gxgen import __version__
    from gxgen.editions.declared import edition_for_year
    from gxgen.show.county.page import CountyView, county_page_pieces

    edition = edition_for_year(view.year)
    if edition is None:
        return iter(())
    return county_page_pieces(
        CountyView(
            county=view.county.name,
            year=view.year,
            edition=edition,
            agencies=_Rows(view),
            totals=rolled.report.values if rolled and rolled.report else None,
            rollup_links=links,
            draft=rolled is not None and rolled.draft,
            draft_reasons=_reasons(rolled.diagnostics) if rolled else (),
            built=f"gxgen {__version__}",
        )
    )


def _reasons(found: tuple[Diagnostic, ...]) -> tuple[str, ...]:
    """What blocks the roll-up beside the agencies, which the page names itself."""
    told = ("GX713", "GX714")
    return tuple(d.message for d in found if d.severity is Severity.ERROR and d.code not in told)


class _Rows(Sequence["AgencyRow"]):
    """The agencies of the page, each made when it is asked for: the roster's order first, then by
    name."""

    def __init__(self, view: CountyYear) -> None:
        self._view = view
        self._order = {agency.name: at for at, agency in enumerate(view.county.roster)}
        filed = (one.record.agency for one in view.standings)
        names = chain(filed, (agency.name for agency in view.missing))
        # A number for who is on the roster, so that thousands of names need not be kept.
        last = len(self._order)
        keys = [
            (last, name) if (at := self._order.get(name)) is None else (at, "") for name in names
        ]
        self._places = sorted(range(len(keys)), key=keys.__getitem__)

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, at: Any) -> Any:
        place = self._places[at]
        filed = len(self._view.standings)
        if place >= filed:
            return _absent(self._view.missing[place - filed], late=self._view.late)
        one = self._view.standings[place]
        listed = self._order.get(one.record.agency)
        return _row(one, None if listed is None else self._view.county.roster[listed])


def _row(one: Standing, agency: Agency | None) -> AgencyRow:
    from gxgen.show.county.page import AgencyRow

    record = one.record
    found = one.diagnostics
    return AgencyRow(
        agency=record.agency,
        short_name=agency.short_name if agency else None,
        kind=agency.kind.value if agency and agency.kind else None,
        state="built" if one.passed else "returned",
        figures=record.values,
        last_year=record.last_values or None,
        errors=sum(d.severity is Severity.ERROR for d in found),
        warnings=sum(d.severity is Severity.WARNING for d in found),
        notes=sum(d.severity is Severity.NOTE for d in found),
        findings=found,
        links=links_of(record.outputs),
    )


def _absent(agency: Agency, *, late: bool) -> AgencyRow:
    from gxgen.show.county.page import AgencyRow

    kind = agency.kind.value if agency.kind else None
    return AgencyRow(agency.name, agency.short_name, kind, "late" if late else "missing")
