"""What is made for a whole county's year beside its reports: the roll-up and the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from gxgen.county.county_year import DRAFT, CountyYear, Made
from gxgen.county.dispatch import Hands
from gxgen.county.tasks import StyleBytes
from gxgen.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from gxgen.county.rollup import RollUp
    from gxgen.county.standing import Standing
    from gxgen.model import Agency, Report
    from gxgen.show.county import AgencyRow

PAGE = "index.html"


def county_files(view: CountyYear, hands: Hands) -> Made:
    """The roll-up's report and its parts, where the county has a government of its own to issue
    it, and the county's page."""
    rolled = _rolled(view) if view.county.government else None
    files, links = _documents(view, rolled, hands) if rolled else ({}, {})
    made: dict[str, bytes | Iterable[bytes]] = {PAGE: _page(view, rolled, links)}
    made |= {name: data() for name, data in files.items()}
    return Made(made, rolled.diagnostics if rolled else ())


def _rolled(view: CountyYear) -> RollUp:
    from gxgen.county.rollup import roll_up
    from gxgen.county.unit import read_unit

    own, found = read_unit(view.own) if view.own else (None, [])
    return roll_up(view.county, view.year, view.standings.records, own, own_findings=found)


def _documents(
    view: CountyYear, rolled: RollUp, hands: Hands
) -> tuple[dict[str, Callable[[], bytes]], dict[str, str]]:
    """The roll-up's files by name, on their way, and the links to them by kind."""
    from gxgen.county.files import safe_name

    detail = rolled.detail()
    if rolled.report is None or detail is None:
        return {}, {}
    mark = DRAFT if rolled.draft else ""
    document = f"{safe_name(rolled.report.title + mark)}.docx"
    parts = safe_name(rolled.detail_file.removesuffix(".xlsx")) + ".xlsx"
    files = {
        document: hands.beside(county_report, rolled.report, view.style, rolled.draft),
        parts: hands.beside(detail) if rolled.travels else detail,
    }
    return files, {"docx": document, "detail": parts}


def county_report(report: Report, style: StyleBytes, draft: bool) -> bytes:
    """The roll-up's DOCX."""
    from gxgen.county.tasks import Style
    from gxgen.render.docx import render_docx

    return render_docx(report, Style(style)[report.edition.id], draft=draft)


def _page(view: CountyYear, rolled: RollUp | None, links: Mapping[str, str]) -> bytes:
    from gxgen import __version__
    from gxgen.editions import edition_for_year
    from gxgen.show.county import CountyView, county_page

    edition = edition_for_year(view.year)
    if edition is None:
        return b""
    known = {agency.name: agency for agency in view.county.roster}
    rows = [_row(one, known.get(one.record.agency)) for one in view.standings]
    rows += [_absent(agency, late=view.late) for agency in view.missing]
    order = {name: number for number, name in enumerate(known)}
    rows.sort(key=lambda row: (order.get(row.agency, len(order)), row.agency))
    totals = rolled.report.values if rolled and rolled.report else None
    return county_page(
        CountyView(
            county=view.county.name,
            year=view.year,
            edition=edition,
            agencies=tuple(rows),
            totals=totals,
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


def _row(one: Standing, agency: Agency | None) -> AgencyRow:
    from gxgen.show.county import AgencyRow

    record = one.record
    kinds = {".docx": "docx", ".xlsx": "return"}
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
        links={kinds[name[name.rindex(".") :]]: name for name in sorted(record.outputs)},
    )


def _absent(agency: Agency, *, late: bool) -> AgencyRow:
    from gxgen.show.county import AgencyRow

    kind = agency.kind.value if agency.kind else None
    return AgencyRow(agency.name, agency.short_name, kind, "late" if late else "missing")
