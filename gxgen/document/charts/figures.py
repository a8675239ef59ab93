"""The charts of a report's figures: applications by outcome, by applicant, and year on year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gxgen.document.charts.chart import Bar, Chart
from gxgen.editions.schema import Edition, FieldKey
from gxgen.model.measures import (
    Measure,
    added,
    applicant_measures,
    outcome_measures,
    remedy_measures,
    request_measures,
)
from gxgen.model.report import Report, Value

OUTCOMES, APPLICANTS, YEARS, CHANNELS = "outcomes", "applicants", "years", "channels"
CHART_IDS = (CHANNELS, OUTCOMES, APPLICANTS, YEARS)
"""The charts that a template may ask for."""
CHARTED = "requests"
"""The table that all but the channels are drawn from, most of all."""


@dataclass(frozen=True, slots=True)
class Year:
    """The figures of one year in the keys of its edition."""

    year: int
    edition: Edition
    figures: Mapping[FieldKey, Value]


def charts(report: Report) -> tuple[Chart, ...]:
    """The charts of a report; year on year only where figures of last year's report are known."""
    last = report.previous
    known = {} if last is None else last.values
    before = Year(last.year, last.edition, known) if last and known else None
    drawn = charts_of(Year(report.year, report.edition, report.values), before)
    return tuple(chart for chart in drawn if chart.id != YEARS or before is not None)


def charts_of(now: Year, before: Year | None) -> tuple[Chart, ...]:
    """The charts of any figures of the form, a county's totals as well as one agency's."""
    editions = now.edition, None if before is None else before.edition
    outcomes = tuple(_bars(outcome_measures(*editions), now))
    applicants = tuple(_bars(applicant_measures(*editions), now))
    compared = (*request_measures(*editions), *remedy_measures(*editions))
    years = (now,) if before is None else (now, before)
    return (
        Chart(OUTCOMES, "申请办理结果（件）", outcomes),
        Chart(APPLICANTS, "新收申请的申请人（件）", applicants),
        Chart(
            YEARS,
            "与上年相比（件）",
            tuple(_bars(compared, now, before)),
            tuple(f"{one.year}年" for one in years),
        ),
    )


def _bars(lines: Iterable[Measure], now: Year, before: Year | None = None) -> Iterator[Bar]:
    """A bar for each measure, this year's value first."""
    for line in lines:
        last = () if before is None else (added(before.figures, line.last_keys),)
        yield Bar(line.label, (added(now.figures, line.keys), *last))
