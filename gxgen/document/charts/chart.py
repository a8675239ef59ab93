"""A bar chart as data: what every writer of charts draws from, and every check reads back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gxgen.model.report import Value

UNKNOWN = "—"
"""Stands where a value is not known."""


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


_MM = 36000
"""English metric units in a millimetre."""
_TITLE_MM, _LEGEND_MM, _BAR_MM, _GAP_MM = 12, 8, 4.6, 3.4


def height(chart: Chart) -> int:
    """What a chart takes, in English metric units: it grows with its bars."""
    count = max(1, len(chart.series))
    bars = len(chart.bars) * (count * _BAR_MM + _GAP_MM)
    return round((_TITLE_MM + (_LEGEND_MM if count > 1 else 0) + bars) * _MM)
