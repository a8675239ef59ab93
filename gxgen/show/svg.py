"""Bar charts as inline SVG: one label and one bar or two a line, every value in words too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gxgen.model import Value
from gxgen.show.county_markup import Html, el

_WIDTH, _LABELS, _VALUES = 400, 140, 84
_SPAN = _WIDTH - _LABELS - _VALUES
_BAR, _BETWEEN = 16, 12
_LEGEND = 26


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
    def remark(self) -> str:
        """What to say of a chart without a bar to see; empty where there is one."""
        values = [value for bar in self.bars for value in bar.values if value is not None]
        if not values:
            return "没有数据。"
        return "" if any(values) else "各项都是0。"

    @property
    def description(self) -> str:
        """Every value, for those who do not see the bars."""
        return "；".join(f"{bar.label} {self._said(bar)}" for bar in self.bars) + "。"

    def _said(self, bar: Bar) -> str:
        shown = [_number(value) for value in bar.values]
        if not self.series:
            return "，".join(shown)
        return "，".join(f"{name} {text}" for name, text in zip(self.series, shown, strict=True))

    def svg(self) -> Html:
        """The drawing; colours and fonts come from the page's style (``s0``, ``s1``)."""
        top = _LEGEND if self.series else 0
        height = top + sum(_height(bar) for bar in self.bars)
        return el(
            "svg",
            el("title", self.title, id=f"{self.id}-t"),
            el("desc", self.description, id=f"{self.id}-d"),
            *self._legend(),
            *self._lines(top),
            role="img",
            aria_labelledby=f"{self.id}-t {self.id}-d",
            viewBox=f"0 0 {_WIDTH} {height}",
        )

    def _legend(self) -> Iterator[Html]:
        for place, name in enumerate(self.series):
            left = _LABELS + place * 90
            yield el("rect", class_=f"s{place}", x=left, y=3, width=12, height=12)
            yield el("text", name, x=left + 18, y=14)

    def _lines(self, top: int) -> Iterator[Html]:
        most = max((v for bar in self.bars for v in bar.values if v is not None), default=0)
        for bar in self.bars:
            middle = top + (_height(bar) - _BETWEEN) // 2 + 4
            yield el("text", bar.label, class_="l", x=_LABELS - 8, y=middle)
            for place, value in enumerate(bar.values):
                yield from _drawn(place, value, most, top + place * _BAR)
            top += _height(bar)


def _height(bar: Bar) -> int:
    return len(bar.values) * _BAR + _BETWEEN


def _drawn(place: int, value: Value | None, most: Value, top: int) -> Iterator[Html]:
    """One bar and its number; a value above 0 is never too short to see."""
    length = 0
    if value is not None and value > 0:
        length = max(1, round(_SPAN * Decimal(value) / Decimal(most)))
        yield el("rect", class_=f"s{place}", x=_LABELS, y=top, width=length, height=_BAR - 2)
    yield el("text", _number(value), x=_LABELS + length + 6, y=top + 12)


def _number(value: Value | None) -> str:
    return "—" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
