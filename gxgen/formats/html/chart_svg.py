"""Bar charts as inline SVG: one label and one bar or two a line, every value in words too."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from gxgen.document.charts import Chart, number
from gxgen.markup import Html, el
from gxgen.model.report import Value

WIDTH, LABELS, _VALUES = 400, 140, 84
SPAN = WIDTH - LABELS - _VALUES
"""The length of the longest bar."""
BAR, _BETWEEN = 16, 12
THICK = BAR - 2
_LEGEND = 26


def svg(chart: Chart) -> Html:
    """The drawing; colours and fonts come from the page's style (``s0``, ``s1``)."""
    *tops, height = heights(chart)
    return el(
        "svg",
        el("title", chart.title, id=f"{chart.id}-t"),
        el("desc", chart.description, id=f"{chart.id}-d"),
        *_legend(chart),
        *_lines(chart, tops),
        role="img",
        aria_labelledby=f"{chart.id}-t {chart.id}-d",
        viewBox=f"0 0 {WIDTH} {height}",
    )


def heights(chart: Chart) -> list[int]:
    """How far down each bar's line begins, and where the last one ends."""
    lines = (len(bar.values) * BAR + _BETWEEN for bar in chart.bars)
    return list(accumulate(lines, initial=_LEGEND if chart.series else 0))


def square(place: int) -> tuple[int, int, int, int]:
    """A legend's square: left, top, width, height."""
    return LABELS + place * 90, 3, 12, 12


def _legend(chart: Chart) -> Iterator[Html]:
    for place, name in enumerate(chart.series):
        left, top, width, height = square(place)
        yield el("rect", class_=f"s{place}", x=left, y=top, width=width, height=height)
        yield el("text", name, x=left + 18, y=14)


def _lines(chart: Chart, tops: list[int]) -> Iterator[Html]:
    for bar, top in zip(chart.bars, tops, strict=True):
        middle = top + len(bar.values) * BAR // 2 + 4
        yield el("text", bar.label, class_="l", x=LABELS - 8, y=middle)
        for place, value in enumerate(bar.values):
            yield from _drawn(place, value, chart.most, top + place * BAR)


def _drawn(place: int, value: Value | None, most: Value, top: int) -> Iterator[Html]:
    """One bar and its number; a value above 0 is never too short to see."""
    length = 0
    if value is not None and value > 0:
        length = max(1, round(SPAN * Decimal(value) / Decimal(most)))
        yield el("rect", class_=f"s{place}", x=LABELS, y=top, width=length, height=THICK)
    yield el("text", number(value), x=LABELS + length + 6, y=top + 12)
