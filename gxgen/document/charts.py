"""A bar chart as data: what every writer of charts draws from, and every check reads back.

The charts of a report's figures: applications by outcome, by applicant, and year on year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

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

DARK, LIGHT, INK, RULE, PALE = "1F4E79", "C5D9ED", "262626", "7F7F7F", "E8EFF7"
"""Two series that are told apart in grey as well, text, the line under the bars, and the ground of
the illustrated edition's titles."""
UNKNOWN = "—"
"""Stands where a value is not known."""
OUTCOMES, APPLICANTS, YEARS, CHANNELS = "outcomes", "applicants", "years", "channels"
CHART_IDS = (CHANNELS, OUTCOMES, APPLICANTS, YEARS)
"""The charts that a template may ask for."""
CHARTED = "requests"
"""The table that all but the channels are drawn from, most of all."""
_MM = 36000
"""English metric units in a millimetre."""
_TITLE_MM, _LEGEND_MM, _BAR_MM, _GAP_MM = 12, 8, 4.6, 3.4


@dataclass(frozen=True, slots=True)
class Bar:
    """A label and its value in each series; None is a value that is not known."""

    label: str
    values: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A titled set of bars; ``series`` names the values of a bar where there is more to say."""

    id: str
    title: str
    bars: tuple[Bar, ...]
    series: tuple[str, ...] = ()

    @property
    def values(self) -> Iterator[Value | None]:
        """Every value, bar by bar."""
        return (value for bar in self.bars for value in bar.values)

    @property
    def words(self) -> Iterator[str]:
        """What is written in the drawing, the title apart: series, labels, values."""
        yield from self.series
        for bar in self.bars:
            yield from (bar.label, *map(number, bar.values))

    @property
    def most(self) -> Value:
        """The largest value that is known, 0 where none is above it."""
        return max((value for value in self.values if value is not None), default=0)

    @property
    def remark(self) -> str:
        """What to say of a chart without a bar to see; empty where there is one."""
        known = [value for value in self.values if value is not None]
        if not known:
            return "没有数据。"
        return "" if any(known) else "各项都是0。"

    @property
    def description(self) -> str:
        """Every value, for those who do not see the bars."""
        return "；".join(f"{bar.label} {self._said(bar)}" for bar in self.bars) + "。"

    @property
    def spoken(self) -> str:
        """Title and every value: what is read out in the place of the drawing."""
        return f"{self.title}：{self.description}"

    def _said(self, bar: Bar) -> str:
        shown = [number(value) for value in bar.values]
        if not self.series:
            return "，".join(shown)
        return "，".join(f"{name} {text}" for name, text in zip(self.series, shown, strict=True))


def number(value: Value | None) -> str:
    """A value as it stands at its bar."""
    if value is None:
        return UNKNOWN
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def height(chart: Chart) -> int:
    """What a chart takes, in English metric units: it grows with its bars."""
    count = max(1, len(chart.series))
    bars = len(chart.bars) * (count * _BAR_MM + _GAP_MM)
    return round((_TITLE_MM + (_LEGEND_MM if count > 1 else 0) + bars) * _MM)


@dataclass(frozen=True, slots=True)
class Series:
    """A column of the embedded workbook: its letter, its head, its values."""

    letter: str
    name: str
    values: tuple[Value | None, ...]


def series_of(chart: Chart) -> Iterator[Series]:
    """A chart's series; a single one without a name bears the chart's title."""
    for place, name in enumerate(chart.series or (chart.title,)):
        yield Series(chr(ord("B") + place), name, tuple(bar.values[place] for bar in chart.bars))


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
