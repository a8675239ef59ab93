"""Claims held against figures: which reading fits, if any."""

from __future__ import annotations

from decimal import Decimal

from gxgen.editions.bridge import counterparts
from gxgen.editions.schema import FieldKey
from gxgen.model.report import Report
from gxgen.prose.claims.claim import Claim, Expr, Form, Reading, State, Verdict

_HUNDRED = Decimal(100)
_TEN_THOUSAND = Decimal(10_000)


class Figures:
    """This year's figures and, where last year's form is there, what compares with them."""

    def __init__(self, report: Report) -> None:
        """The figures of ``report``."""
        self.edition, self.now = report.edition, report.values
        self.previous = report.previous

    def value(self, terms: tuple[tuple[int, FieldKey], ...], year: int) -> Decimal | None:
        """What a sum comes to; None where a figure is not known."""
        total = Decimal(0)
        for sign, key in terms:
            one = self.now.get(key) if year == 0 else self._before(key)
            if one is None:
                return None
            total += sign * Decimal(one)
        return total

    def _before(self, key: FieldKey) -> Decimal | None:
        if self.previous is None:
            return None
        there = counterparts(key, self.edition, self.previous.edition)
        values = [self.previous.values.get(one) for one in there or ()]
        if not values or None in values:
            return None
        return sum((Decimal(v) for v in values if v is not None), Decimal(0))


def judge(claim: Claim, figures: Figures, year: int) -> Verdict:
    """What comes of a claim in a report of ``year``."""
    back = 0 if claim.year is None else claim.year - year
    if not claim.readings:
        return Verdict(claim, State.UNBOUND if back in (0, -1) else State.OTHER_YEAR)
    if back not in (0, -1) or (back and any(r.expr.form is not Form.LEVEL for r in claim.readings)):
        return Verdict(claim, State.OTHER_YEAR)
    found = [_against(claim, reading, figures, back) for reading in claim.readings]
    for state in (State.FITS, State.UNKNOWN):
        for one in found:
            if one.state is state:
                return one
    for reading in claim.also:
        one = _against(claim, reading, figures, back)
        if one.state is State.FITS:
            return Verdict(claim, State.ALSO, reading, one.seen)
    return next((one for one in found if one.state is State.NEAR), found[0])


def _against(claim: Claim, reading: Reading, figures: Figures, back: int) -> Verdict:
    seen = _seen(reading.expr, figures, back + reading.year)
    if seen is None:
        return Verdict(claim, State.UNKNOWN, reading)
    return Verdict(claim, _compared(claim, reading.expr, seen), reading, seen)


def _seen(expr: Expr, figures: Figures, back: int) -> Decimal | None:
    """What an expression comes to, a share and a rate in per cent."""
    this = figures.value(expr.terms, back)
    if this is None or expr.form is Form.LEVEL:
        return this
    if expr.form is Form.SHARE:
        base = figures.value(expr.of, back)
        return None if not base else this / base * _HUNDRED
    last = figures.value(expr.terms, back - 1)
    if last is None:
        return None
    if expr.form is Form.CHANGE:
        return this - last
    if not last:
        return Decimal(0) if not this and expr.form is Form.RATE else None
    if expr.form is Form.RATIO:
        return this / last
    return (this - last) / last * _HUNDRED


def _compared(claim: Claim, expr: Expr, seen: Decimal) -> State:
    quantity = claim.quantity
    low = high = Decimal(0)
    places = 0
    if quantity is not None:
        low, high, places = quantity.low, quantity.high, quantity.places
        if expr.form is Form.RATIO and quantity.unit == "%":
            seen *= _HUNDRED
        if claim.kind == "fee" and quantity.unit == "元":
            low, high = low / _TEN_THOUSAND, high / _TEN_THOUSAND
    if claim.sign < 0:
        low, high = -high, -low
    step = Decimal(1).scaleb(-places)
    if expr.form in (Form.LEVEL, Form.CHANGE):
        rounded = step / 2 if places < 0 else 0
        return State.FITS if low - rounded <= seen <= high + rounded else State.DIFFERS
    off = max(low - seen, seen - high, Decimal(0))
    if off <= step / 2 + Decimal("1e-9"):
        return State.FITS
    return State.NEAR if off <= step * 3 / 2 else State.DIFFERS
