"""收费金额可能把“元”当成了“万元”。

什么：行政事业性收费金额是 1000 以上的整数；按万元计，就是 1000 万元以上。政府汇总的报告不提示。

为什么：这一格的单位是万元。小单位全年收费上千万元、又恰好没有一位小数，很少见；照元填写的数正是这个样子。
按元理解是 1000 万元以上的，不像是按元填的，不提示。

例子：某局填 26550。按万元是 2.655 亿元；如果实际收了 26550 元，应填 2.655。

怎么改：按财政票据核对。实际是元的，除以 10000 后填写，最多四位小数；确实是万元的，在“说明”表写明。

依据：国办公开办函〔2021〕30号所附表格：“本年收费金额（单位：万元）”；
“1000 以上的整数”这个界限系推定。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gxgen.checks.rule import Rule
from gxgen.checks.wording import figure, finding_at, named_cell
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.agency import AgencyKind
from gxgen.model.report import Report

FEE = "disclosure.fees.amount"
LEAST = 1000
MOST = 10_000_000
"""A thousand 亿元: no agency of a county takes that, whole number or not."""
YUAN = 10_000


def check(report: Report) -> Iterator[Finding]:
    """A fee that reads better in yuan."""
    fee = Decimal(report.values.get(FEE, 0))
    if report.agency.kind is AgencyKind.GOVERNMENT:
        return
    if fee >= MOST or (fee >= LEAST and fee == fee.to_integral_value()):
        large = f"{_digits(fee)} 万元" if fee < YUAN else f"{_digits(fee / YUAN)} 亿元"
        message = (
            f"{named_cell(report, FEE)}填的是 {figure(report, FEE)}，单位是万元，"
            f"即 {large}；如果实际是 {fee:f} 元，应填 {_digits(fee / YUAN)}。"
        )
        yield finding_at(report, RULE.code, message, FEE)


def _digits(number: Decimal) -> str:
    """Without trailing zeros and without an exponent."""
    return f"{number.normalize():f}"


RULE = Rule(
    code="GX203",
    name="fee-in-yuan",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="按财政票据核对单位；实际是元的，除以 10000 后填写。",
    check=check,
)
