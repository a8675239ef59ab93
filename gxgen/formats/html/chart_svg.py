"""Bar charts as inline SVG: one label and one bar or two a line, every value in words too."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gxgen.document.charts import Bar, Chart, number
from gxgen.markup import Html, el
from gxgen.model.report import Value

_WIDTH, _LABELS, _VALUES = 400, 140, 84
_SPAN = _WIDTH - _LABELS - _VALUES
_BAR, _BETWEEN = 16, 12
_LEGEND = 26


def svg(chart: Chart) -> Html:
    """The drawing; colours and fonts come from the page's style (``s0``, ``s1``)."""
    top = _LEGEND if chart.series else 0
    height = top + sum(_height(bar) for bar in chart.bars)
    return el(
        "svg",
        el("title", chart.title, id=f"{chart.id}-t"),
        el("desc", chart.description, id=f"{chart.id}-d"),
        *_legend(chart),
        *_lines(chart, top),
        role="img",
        aria_labelledby=f"{chart.id}-t {chart.id}-d",
        viewBox=f"0 0 {_WIDTH} {height}",
    )


def _legend(chart: Chart) -> Iterator[Html]:
    for place, name in enumerate(chart.series):
        left = _LABELS + place * 90
        yield el("rect", class_=f"s{place}", x=left, y=3, width=12, height=12)
        yield el("text", name, x=left + 18, y=14)


def _lines(chart: Chart, top: int) -> Iterator[Html]:
    for bar in chart.bars:
        middle = top + (_height(bar) - _BETWEEN) // 2 + 4
        yield el("text", bar.label, class_="l", x=_LABELS - 8, y=middle)
        for place, value in enumerate(bar.values):
            yield from _drawn(place, value, chart.most, top + place * _BAR)
        top += _height(bar)


def _height(bar: Bar) -> int:
    return len(bar.values) * _BAR + _BETWEEN


def _drawn(place: int, value: Value | None, most: Value, top: int) -> Iterator[Html]:
    """One bar and its number; a value above 0 is never too short to see."""
    length = 0
    if value is not None and value > 0:
        length = max(1, round(_SPAN * Decimal(value) / Decimal(most)))
        yield el("rect", class_=f"s{place}", x=_LABELS, y=top, width=length, height=_BAR - 2)
    yield el("text", number(value), x=_LABELS + length + 6, y=top + 12)
