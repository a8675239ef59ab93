"""分渠道的条数与总数不相称

什么：“指标”表里，一个渠道发布的信息比主动公开信息的总数还多；或者各渠道（连同“其他渠道”）全填了，
加起来却比总数少。加起来比总数多的不问：同一条信息可以在几个渠道发布。总数空着的不比。

为什么：这是不看别的也看得出来的差错，多半是多写、少写一位，或者总数没有跟着改。

例子：主动公开信息 210 条，其中微信 2100 条。

怎么改：对照台账，看总数错还是渠道错；统计范围不同的，在“说明”表写明。

依据：推定。由“总数”和“渠道”的字面意思推出。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Addressee, Finding, Related, Severity
from gxgen.editions.indicators import INDICATORS
from gxgen.model.indicators import Indicator, channels_of, same_of
from gxgen.model.report import Report


def check(report: Report) -> Iterator[Finding]:
    """Each standard row that others are channels of."""
    for name in dict.fromkeys(row.within for row in INDICATORS if row.within):
        total = same_of(report.indicators, name)
        if total is not None and total.value is not None:
            channels = [same_of(report.indicators, each) for each in channels_of(name)]
            yield from _against(total, total.value, channels)


def _against(total: Indicator, whole: int, channels: list[Indicator | None]) -> Iterator[Finding]:
    known = [one for one in channels if one and one.value is not None and one.unit == total.unit]
    for one in known:
        if (one.value or 0) > whole:
            message = f"{_said(one)}，比总数还多：{_said(total)}。"
            yield _finding(one, message, [total])
    added = sum(one.value or 0 for one in known)
    if len(known) == len(channels) and added < whole:
        message = f"{_said(total)}，各渠道加起来只有 {added}。"
        yield _finding(total, message, known)


def _said(one: Indicator) -> str:
    return f"{one.place or ''}（{one.name}）是 {one.value}"


def _finding(one: Indicator, message: str, others: list[Indicator]) -> Finding:
    related = tuple(Related(other.key, other.place) for other in others)
    return Finding(RULE.code, message, one.place, one.key, related)


RULE = Rule(
    code="GX208",
    name="channels-and-total",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="对照台账，看是总数错还是渠道错。",
    check=check,
)
