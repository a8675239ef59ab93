"""What is made for a whole county's year beside its reports: the roll-up and the page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from gxgen import __version__
from gxgen.county.agency_year import Filing, not_finished
from gxgen.county.conversion import StyleBytes
from gxgen.county.county_year import CountyYear
from gxgen.county.earlier import beside, published
from gxgen.county.files import safe_name
from gxgen.county.kit.standing import day
from gxgen.county.outputs import PAGE, documents_of
from gxgen.county.pool import DiedError
from gxgen.county.rollup import WORDS_UNREAD, RollUp, roll_up
from gxgen.county.rows import agency_rows, links_of
from gxgen.county.unit import Style, diagnosed, read_unit
from gxgen.county.workers import Hands
from gxgen.diagnostics import Diagnostic, Finding, Severity
from gxgen.editions.declared import edition_for_year
from gxgen.formats.registry import FORMATS
from gxgen.formats.wanted import Wanted
from gxgen.model.report import Report
from gxgen.show.county.page import county_page
from gxgen.show.county.view import CountyView, EarlierYear

if TYPE_CHECKING:
    from gxgen.formats.writing import Documents

Made = TypeVar("Made")


class CountyFiles(NamedTuple):
    """Files by name, what was found, troubles as sentences; and the page anew, if some of what it
    opens is not there after all, from what is."""

    files: dict[str, bytes]
    found: tuple[Diagnostic, ...]
    faults: list[str]
    again: Callable[[Collection[str]], bytes | None]


def county_files(view: CountyYear, hands: Hands) -> CountyFiles:
    """The roll-up's report and its parts, where the county has a government of its own to issue
    it, and the county's page."""
    rolled = _rolled(view, hands) if view.county.government else None
    if rolled is None or rolled.report is None:
        page = _page(view, rolled, (), {})
        return CountyFiles({PAGE: page}, rolled.diagnostics if rolled else (), [], lambda _: None)
    report, formats = rolled.report, view.wanted.formats
    earlier = tuple(_earlier(view, rolled, hands))
    held = report.edition.id not in dict(view.style)
    # A copy: what travels is packed while the page is made, and a report grows as it is asked.
    documents = hands.begin(
        _documents, replace(report), () if held else view.style, view.wanted, rolled.draft
    )
    detail = hands.begin(rolled.detail())
    parts = safe_name(rolled.detail_file.removesuffix(".xlsx")) + ".xlsx"
    every = {} if held else dict.fromkeys(FORMATS, b"")
    names = documents_of(report.title, every, formats, draft=rolled.draft)
    links = {**links_of(names), "detail": parts}

    def again(there: Collection[str]) -> bytes | None:
        left = {word: name for word, name in links.items() if name in there}
        return None if left == links else _page(view, rolled, earlier, left)

    # The page is made here while others write the report.
    page = _page(view, rolled, earlier, links)
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
    return CountyFiles(files, (*rolled.diagnostics, *found), [*trouble, *faults], again)


def _earlier(view: CountyYear, rolled: RollUp, hands: Hands) -> Iterable[EarlierYear]:
    """The years before that there are, the last one first."""
    units = rolled.call.added
    report = rolled.report
    own = published(view.year, report.values, report.previous) if report else None
    last = own or beside(view.year, view.year - 1, ((u.figures, u.last_figures) for u in units))
    forms = view.before_last
    before = forms.year(view.county, view.year, units, hands) if forms is not None else None
    return [one for one in (last, before) if one is not None]


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


def _page(
    view: CountyYear,
    rolled: RollUp | None,
    earlier: Sequence[EarlierYear],
    links: Mapping[str, str],
) -> bytes:
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
            earlier=earlier,
            rollup_links=links,
            draft=rolled is not None and rolled.draft,
            draft_reasons=_reasons(rolled.diagnostics) if rolled else (),
            alike=view.alike,
            built=f"gxgen {__version__}",
            deadline=day(view.county.deadline) if view.county.year == view.year else "",
        )
    )


def _reasons(found: tuple[Diagnostic, ...]) -> tuple[str, ...]:
    """What blocks the roll-up beside the agencies, which the page names itself."""
    told = ("GX713", "GX714", "GX721")
    return tuple(d.message for d in found if d.severity is Severity.ERROR and d.code not in told)
