"""The county's own report: every figure the sum of its units', the words from its own workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType

from gxgen.checks import runner
from gxgen.checks.registry import diagnose
from gxgen.checks.wording import figure, label
from gxgen.county.agency_year import Judgement
from gxgen.county.counts import summed as counted
from gxgen.county.counts import who_is_silent
from gxgen.county.detail.sheet import DETAIL_SHEET, plain_name, rollup_workbook, total_place
from gxgen.county.project import County
from gxgen.county.roll_call import RollCall, call_roll, with_units
from gxgen.county.unit import about_words
from gxgen.diagnostics import Diagnostic, Finding, Related, has_errors, worst_first
from gxgen.document.blocks import display
from gxgen.editions.declared import edition_for_year
from gxgen.errors import UsageError
from gxgen.model.agency import Agency, AgencyKind
from gxgen.model.report import Entry, EntryState, Report, SignOff, SignOffForm
from gxgen.model.sums import add_up
from gxgen.places import SheetCell
from gxgen.prose.filled import filled

WORDS_UNREAD = "GX717"
_WORDS_MISSING = "GX040"
_MOST_TOLD = 10
"""So many of the government's own figures that differ are told one by one."""


@dataclass(frozen=True)
class RollUp:
    """The county's report and how it came about.

    ``report`` is None where adding up is refused. ``units`` are added, ``missing`` and ``faulty``
    are not; as long as anything blocks the report, or the year is not whole, it is a ``draft``.
    """

    report: Report | None
    units: tuple[str, ...]
    missing: tuple[str, ...]
    faulty: tuple[str, ...]
    draft: bool
    diagnostics: tuple[Diagnostic, ...]
    call: RollCall = field(repr=False, compare=False)

    @property
    def detail_file(self) -> str:
        """The name of the workbook of :meth:`detail`, not yet made safe for a disk."""
        return _detail_file(self.report) if self.report else ""

    def detail(self) -> partial[bytes]:
        """Makes the workbook 汇总明细, in which every total opens into its units, where this is
        called, be it in another process."""
        call = self.call
        return partial(
            rollup_workbook,
            call.edition,
            self.report.agency.name if self.report else "",
            call.year,
            [(unit.agency, unit.figures) for unit in call.added],
            missing=call.missing,
            faulty=call.left_out,
            counts=[unit.counts for unit in call.added],
        )


def roll_up(
    county: County,
    year: int,
    units: Iterable[Judgement],
    own: Report | None,
    *,
    last: Report | None = None,
    own_findings: Iterable[Finding] = (),
    unread: Mapping[str, str] = MappingProxyType({}),
) -> RollUp:
    """Add a county's units up to its own report.

    A unit outside the roster counts, with a warning: someone put its form into the county's
    folder, and leaving it out would make every figure too small without a sound.

    Args:
        county: whose roster says who must file.
        year: the report's year.
        units: what was found in the units' filings, in any order; the government's own is passed
            over.
        own: the government's own workbook as read, for words, sign-off and contact.
        last: the county's report of the year before, for the carry-over; else that of ``own``.
            It is compared only when no unit is wanting.
        own_findings: what the readers of ``own`` found (:func:`gxgen.county.unit.read_unit`).
        unread: workbooks in the year's folder of which nobody knows what they say now, and why;
            what ``units`` holds of them is passed over.

    Raises:
        UsageError: no edition for that year.
    """
    edition = edition_for_year(year)
    if edition is None:
        raise UsageError(f"年度 {year} 没有对应的表样。")
    government = [county.government or county.name, *([own.agency.name] if own else [])]
    call = call_roll(county, year, edition, units, government, unread=unread)
    refusals = list(call.refusals())
    if refusals:
        return _refused(call, government[0], [*refusals, *call.waiting()])
    words = _words(call, government[0], own, list(own_findings))
    return _made(call, words, last)


@dataclass(frozen=True, slots=True)
class _Words:
    """Where the report's words come from, and what is to be said of it; ``own`` may be None."""

    name: str
    own: Report | None
    findings: tuple[Finding, ...]


def _refused(call: RollCall, name: str, findings: Iterable[Finding]) -> RollUp:
    found = worst_first(diagnose(f, agency=name, year=call.year, file=None) for f in findings)
    faulty = tuple(unit for unit, _ in call.faulty)
    return RollUp(None, (), call.missing, faulty, True, tuple(found), call)


def _words(call: RollCall, name: str, own: Report | None, findings: list[Finding]) -> _Words:
    if own is not None and own.year != call.year:
        message = (
            f"“{own.agency.name}”的填报表是{own.year}年度的，汇总的是{call.year}年度，没有采用。"
        )
        return _Words(name, None, (Finding("GX718", message),))
    if own is not None:
        return _Words(own.agency.name, own, tuple(about_words(findings)))
    message = f"没有“{name}”{call.year}年度的填报表（{name}.xlsx），汇总只有数字。"
    if findings:
        message = f"“{name}”{call.year}年度的填报表读不出来，汇总只有数字。"
    return _Words(name, None, (Finding(WORDS_UNREAD, message), *findings))


def _made(call: RollCall, words: _Words, last: Report | None) -> RollUp:
    summed = _summed(call, words)
    findings = [*words.findings, *call.gaps(), *_differences(summed, words.own)]
    last = last or (words.own.previous if words.own else None)
    if call.whole and last is not None and last.year == call.year - 1:
        summed = replace(summed, previous=last)
    summed, unfilled = filled(summed)
    units = [(plain_name(unit.agency), unit.counts) for unit in call.added]
    findings += (who_is_silent(one, summed.indicators, units) for one in unfilled)
    found = [_filed(d, summed) for d in runner.run(summed, findings) if not _told(d, words)]
    narrative = with_units(summed.edition, summed.narrative, call)
    return RollUp(
        replace(summed, narrative=narrative, source=None),
        tuple(plain_name(unit.agency) for unit in call.added),
        call.missing,
        tuple(name for name, _ in call.faulty),
        has_errors(found) or not call.whole,
        tuple(worst_first(found)),
        call,
    )


def _summed(call: RollCall, words: _Words) -> Report:
    """The report with the sums; without the government's workbook it has no words."""
    sums = add_up(call.edition.fields, (unit.figures for unit in call.added))
    entries = {
        key: Entry(value, display(value), total_place(call.edition, key))
        for key, value in sums.items()
    }
    own = words.own
    counts = counted(own.indicators if own else {}, [unit.counts for unit in call.added])
    if own is None:
        agency = Agency(words.name, kind=AgencyKind.GOVERNMENT)
        unsigned = SignOff(SignOffForm.NONE)
        return Report(call.edition, agency, call.year, entries, (), unsigned, indicators=counts)
    # Whatever kind its workbook says, a report of sums is a government's.
    agency = replace(own.agency, kind=AgencyKind.GOVERNMENT)
    return replace(own, agency=agency, entries=entries, previous=None, indicators=counts)


def _differences(summed: Report, own: Report | None) -> Iterator[Finding]:
    """The government's own figures that are not the sums; blank and computed ones are no claim."""
    if own is None:
        return
    keys = [
        key
        for key, entry in own.entries.items()
        if entry.state is EntryState.GIVEN and entry.value != summed.values[key]
    ]
    # Zeros throughout are an empty form by another hand, and told in one sentence.
    told = keys[:_MOST_TOLD] if any(own.values.values()) else []
    for key in told:
        filled_in = f"填的是 {figure(own, key)}"
        both = f"{filled_in}，各单位之和是 {figure(summed, key)}"
        message = f"{own.place(key)}（{label(own, key)}）{both}，报告采用后者。"
        # Of the key the report knows the sum alone: an answer is bound to what was filled in by
        # its words.
        total = (Related(key, summed.place(key)),)
        yield Finding("GX719", message, own.place(key), related=total, quote=filled_in)
    if rest := keys[len(told) :]:
        what = f"另有{len(rest)}格填的数" if told else f"本级填报表的数都填了0，其中{len(rest)}格"
        message = f"{what}与各单位之和不同，报告采用各单位之和。"
        yield Finding("GX719", message, related=tuple(Related(k, own.place(k)) for k in rest))


def _told(diagnostic: Diagnostic, words: _Words) -> bool:
    """Without the government's workbook every part is missing, which has been said once."""
    return words.own is None and diagnostic.code == _WORDS_MISSING


def _filed(diagnostic: Diagnostic, summed: Report) -> Diagnostic:
    """A finding at a total stands in the workbook of the sums, not in the government's."""
    place = diagnostic.place
    if isinstance(place, SheetCell) and place.sheet == DETAIL_SHEET:
        return replace(diagnostic, file=_detail_file(summed))
    return diagnostic


def _detail_file(report: Report) -> str:
    return f"{report.title}{DETAIL_SHEET}.xlsx"
