"""What the figures of a sentence come to, and how they are written."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from gxgen.model.indicators import PREFIX, same_of
from gxgen.model.measures import added, last_keys
from gxgen.model.report import Report, Value
from gxgen.model.vocabulary import INDICATORS, Figure
from gxgen.numerals import to_chinese
from gxgen.prose.filled.tags import INCOMPARABLE, MISSING, NotFilledError


class Number(NamedTuple):
    """A value with its unit, as filters take it."""

    value: Value
    unit: str


class Amounts:
    """A report's figures of this year and of last year; one that is not known is no guess."""

    def __init__(self, report: Report) -> None:
        """``report`` with last year's, where it is there."""
        self.report = report
        counts = report.indicators.values()
        known: dict[str, Value] = {o.key: o.value for o in counts if o.value is not None}
        self.values: Mapping[str, Value] = ChainMap(known, report.values)

    def now(self, figure: Figure) -> Value:
        """This year's figure."""
        value = added(self.values, figure.keys)
        if value is None:
            lost = [key for key in figure.keys if key not in self.values]
            cells = "、".join(self._where(key) for key in lost[:3])
            what = f"要填“{figure.name}”，但 {cells} 没有填，或者读不出来；先把数填好。"
            raise NotFilledError(MISSING, what, lost)
        return value

    def _where(self, key: str) -> str:
        """The cell of a figure that is not known."""
        place = self.report.place(key)
        if place is None and key.startswith(PREFIX):
            return f"“{INDICATORS}”表的“{key.removeprefix(PREFIX)}”一行"
        return str(place or key)

    def last(self, figure: Figure) -> Value:
        """Last year's figure; of an indicator what its own row says of last year comes first."""
        if figure.keys[0].startswith(PREFIX):
            return self._last_count(figure)
        before = self.report.previous
        if before is None:
            year = self.report.year - 1
            words = f"要与上年比较“{figure.name}”，但没有{year}年度的填报表。"
            raise NotFilledError(INCOMPARABLE, words)
        keys = last_keys(self.report.edition, before.edition, figure.keys)
        value = added(before.values, keys)
        if value is None:
            why = "上年的表样没有可比的数" if keys is None else "上年的填报表里没有填这个数"
            words = f"要与上年比较“{figure.name}”，但{why}；这一句请直接写。"
            raise NotFilledError(INCOMPARABLE, words, figure.keys)
        return value

    def _last_count(self, figure: Figure) -> Value:
        name = figure.keys[0].removeprefix(PREFIX)
        own, before = self.report.indicators.get(name), self.report.previous
        if own is not None and own.last is not None:
            return own.last
        there = None if before is None else same_of(before.indicators, name)
        if there is None or there.value is None or there.unit != figure.unit:
            where = (own and own.last_place) or self._where(figure.keys[0])
            words = f"要与上年比较“{figure.name}”，但 {where} 没有填上年的数；先把数填好。"
            raise NotFilledError(INCOMPARABLE, words, figure.keys)
        return there.value

    def share(self, part: Figure, whole: Figure) -> str:
        """66.7%; the part cannot be more than the whole, nor of another unit if it is counted
        beside the tables."""
        counted = any(key.startswith(PREFIX) for key in (*part.keys, *whole.keys))
        if counted and part.unit != whole.unit:
            words = f"的占比算不出来：“{part.name}”与“{whole.name}”的单位不同。"
            raise NotFilledError(INCOMPARABLE, words, (*part.keys, *whole.keys))
        a, b = self.now(part), self.now(whole)
        if b == 0 or not 0 <= a <= b:
            words = f"的占比算不出来：“{part.name}”是 {digits(a)}，“{whole.name}”是 {digits(b)}。"
            raise NotFilledError(INCOMPARABLE, words, (*part.keys, *whole.keys))
        return _percent(a, b)

    def change(self, figure: Figure) -> str:
        """增加3件, 减少2件, 持平."""
        difference = Decimal(self.now(figure)) - Decimal(self.last(figure))
        if difference == 0:
            return "持平"
        return f"{'增加' if difference > 0 else '减少'}{digits(abs(difference))}{figure.unit}"

    def rate(self, figure: Figure) -> str:
        """增长12.5%, 下降3%, 持平."""
        now, last = self.now(figure), self.last(figure)
        if last <= 0:
            words = f"的同比算不出来：“{figure.name}”上年是 {digits(last)}；可用“较上年”。"
            raise NotFilledError(INCOMPARABLE, words, figure.keys)
        if now == last:
            return "持平"
        return (
            f"{'增长' if now > last else '下降'}{_percent(abs(Decimal(now) - Decimal(last)), last)}"
        )


def _percent(part: Value, whole: Value) -> str:
    """With one decimal, or as many as it takes to be neither nothing nor the whole."""
    exact = Decimal(part) * 100 / Decimal(whole)
    for places in range(1, 7):
        rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if rounded == exact or rounded not in (0, 100):
            break
    return f"{digits(rounded)}%"


def digits(value: Value) -> str:
    """A number without zeros that say nothing: 25.10 → 25.1."""
    if isinstance(value, int):
        return str(value)
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _capital(number: Number) -> str | None:
    value = number.value
    if value != int(value) or not 0 <= value <= 9999:
        return None
    return to_chinese(int(value)) or "零"


def _grouped(number: Number) -> str:
    whole, dot, rest = digits(number.value).partition(".")
    return f"{int(whole):,}{dot}{rest}"


def _money(number: Number) -> str | None:
    return f"{digits(number.value)}万元" if number.unit == "万元" else None


FILTERS: Mapping[str, Callable[[Number], str | None]] = {
    "大写": _capital,
    "千分位": _grouped,
    "万元": _money,
}
