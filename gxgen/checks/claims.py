"""How a sentence that does not agree with the figures is told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gxgen.checks.wording import cell, label, named_cell
from gxgen.diagnostics import Finding, Related, Severity
from gxgen.editions.bridge import counterparts
from gxgen.editions.schema import FieldKey
from gxgen.model.report import Report
from gxgen.places import FilePart
from gxgen.prose.claims import verdicts_of
from gxgen.prose.claims.claim import Claim, Expr, Form, Reading, Ring, State, Verdict

MOST_READINGS = 3
"""So many readings of a number are told."""


def findings(report: Report, code: str, *kinds: str) -> Iterator[Finding]:
    """What is to be said of the claims of these kinds.

    An error only where the frame matches all the words around the number and no reading fits; a
    question where the reading is less sure, or the last place of a rate is off; a note where the
    number is another figure than the words say.
    """
    for verdict in verdicts_of(report):
        claim = verdict.claim
        rough = claim.quantity is not None and claim.quantity.approximate
        # Decisions in round numbers are those of a whole system, year after year.
        if (
            claim.kind in kinds
            and verdict.state in _WEIGHTS
            and not (rough and claim.kind == "decision")
        ):
            yield _finding(report, code, verdict)


_WEIGHTS = {
    State.DIFFERS: Severity.ERROR,
    State.NEAR: Severity.WARNING,
    State.ALSO: Severity.NOTE,
}


def _finding(report: Report, code: str, verdict: Verdict) -> Finding:
    claim = verdict.claim
    weight = _WEIGHTS[verdict.state]
    if weight is Severity.ERROR and claim.ring is Ring.OUTER:
        weight = Severity.WARNING
    readings = (verdict.reading,) if verdict.state is State.ALSO else claim.readings
    keys = [key for reading in readings if reading for key in reading.expr.keys]
    others = (key for key in dict.fromkeys(keys) if key != keys[0])
    related = (*(Related(key, report.place(key)) for key in others), *_last_year(report, claim))
    return Finding(
        code,
        _message(report, verdict, [r for r in readings if r is not None]),
        claim.span.place,
        keys[0],
        related,
        claim.sentence.text,
        severity=weight,
        words=_said(claim),
    )


def _last_year(report: Report, claim: Claim) -> Iterator[Related]:
    """The figures of last year's form that a claim is held against too."""
    last = report.previous
    if last is None:
        return
    of_last_year = claim.year == last.year
    keys = (
        key
        for reading in claim.readings
        if of_last_year or reading.expr.form in (Form.CHANGE, Form.RATE)
        for key in reading.expr.keys
    )
    for key in dict.fromkeys(keys):
        for there in counterparts(key, report.edition, last.edition) or ():
            yield Related(there, FilePart(f"{last.year}年填报表", cell(last, there)))


def _said(claim: Claim) -> str:
    """The words that were read, without the marks around them."""
    return claim.span.text.strip("，、（(；： ")


def _message(report: Report, verdict: Verdict, readings: list[Reading]) -> str:
    claim = verdict.claim
    said = _said(claim)
    if verdict.state is State.ALSO:
        other = told(report, verdict, readings[0])
        return f"正文写“{said}”，与{other}相符，但不是这句话字面所说的数。"
    shown = "；".join(told(report, verdict, one) for one in readings[:MOST_READINGS])
    either = "都对不上" if len(readings) > 1 else "对不上"
    return f"正文写“{said}”，{either}：{shown}。{_elsewhere(report, verdict)}"


def told(report: Report, verdict: Verdict, reading: Reading) -> str:
    """What a reading comes to: ``表三!J5（一、本年新收…·总计）是 3``; of last year, where the
    sentence speaks of that."""
    expr = reading.expr
    figures = Sums(report)
    if verdict.claim.year is not None or reading.year:
        return figures.of_last_year(expr.terms)
    if expr.form is Form.LEVEL:
        return figures.sum(expr.terms)
    if expr.form is Form.SHARE:
        return f"{figures.sum(expr.terms)}，占{figures.sum(expr.of)}的 {figures.share(expr)}%"
    return figures.change(expr)


class Sums:
    """Figures of this year and the last as messages show them."""

    def __init__(self, report: Report) -> None:
        """Those of ``report``."""
        self.report = report

    def sum(self, terms: tuple[tuple[int, FieldKey], ...]) -> str:
        """``表三!J5（…）是 3``, or the terms of a sum and what it comes to."""
        if len(terms) == 1:
            key = terms[0][1]
            if key not in self.report.edition.fields:
                return "信息处理费：表里没有这一格"
            return f"{named_cell(self.report, key)}是 {self._value(key)}"
        if len(terms) > MOST_READINGS:
            first, last = (cell(self.report, terms[at][1]) for at in (0, -1))
            return f"{first} 至 {last} 各项之和是 {self._sum(terms)}"
        shown = (
            f"{'－' if sign < 0 else '＋' if at else ''}"
            f"{named_cell(self.report, key)}{self._value(key)}"
            for at, (sign, key) in enumerate(terms)
        )
        return f"{''.join(shown)}＝{self._sum(terms)}"

    def of_last_year(self, terms: tuple[tuple[int, FieldKey], ...]) -> str:
        """``上年的表三!J5（…）是 4``; the cells are named as this year's form has them."""
        names = "＋".join(named_cell(self.report, key) for _, key in terms[:MOST_READINGS])
        rest = "等各项之和" if len(terms) > MOST_READINGS else ""
        last = self._last(terms)
        return f"上年的{names}{rest}{'不知道是多少' if last is None else f'是 {last}'}"

    def _value(self, key: FieldKey) -> str:
        value = self.report.values.get(key)
        return "空" if value is None else f"{value}"

    def share(self, expr: Expr) -> str:
        """A share in per cent, ``？`` of nothing."""
        part, whole = (self._sum(terms) for terms in (expr.terms, expr.of))
        return f"{part / whole * 100:.2f}" if whole else "？"

    def change(self, expr: Expr) -> str:
        """This year's, last year's where it is known, and what lies between."""
        this = self._sum(expr.terms)
        last = self._last(expr.terms)
        if last is None:
            return self.sum(expr.terms)
        what = f"{self.sum(expr.terms)}，上年是 {last}，"
        if expr.form is Form.CHANGE or not last:
            return f"{what}{'增加' if this >= last else '减少'} {abs(this - last)}"
        return f"{what}{'增长' if this >= last else '下降'} {abs(this - last) / last * 100:.2f}%"

    def _sum(self, terms: tuple[tuple[int, FieldKey], ...]) -> Decimal:
        return sum(
            (sign * Decimal(self.report.values.get(key, 0)) for sign, key in terms), Decimal(0)
        )

    def _last(self, terms: tuple[tuple[int, FieldKey], ...]) -> Decimal | None:
        from gxgen.prose.claims.judge import Figures

        return Figures(self.report).value(terms, -1)


def _elsewhere(report: Report, verdict: Verdict) -> str:
    """Where else the number stands: most often it is the figure of another row."""
    quantity = verdict.claim.quantity
    if quantity is None or not quantity.low or quantity.unit == "%":
        return ""
    own = {key for reading in verdict.claim.readings for key in reading.expr.keys}
    tables = {key.partition(".")[0] for key in own}
    for key, value in report.values.items():
        total = report.edition.fields[key].column == "total" or key.startswith("disclosure")
        if key not in own and total and key.partition(".")[0] in tables and value == quantity.low:
            return f"{quantity.low} 是{cell(report, key)}“{label(report, key)}”的数。"
    return ""
