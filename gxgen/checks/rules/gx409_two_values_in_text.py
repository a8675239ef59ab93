"""正文里同一个数说了两个

什么：正文两处说的是同一个数（同一单元格、同一年），数字却不一样；或者一处说没有，另一处又写了件数。
只比意思确定的句子；说的年份、范围不同的不比，大约的数不比。表里能看出哪一处错的，只在那一处报错，这里不再重复。

为什么：一处改了另一处没有改，是通报里常见的差错；读者不看表也看得出来。

例子：第一部分写“本年度未收取信息处理费”，第六部分写“收取信息处理费40元”。

怎么改：核对台账，把错的一处改过来；两处说的范围本来不同的，把范围写清楚。

依据：推定。同一份报告里的数应当一致；怎样读句子系程序的经验判断。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.contradictions import two_values
from gxgen.checks.rule import Rule
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report


def check(report: Report) -> Iterator[Finding]:
    """Each figure with a second value."""
    return two_values(report, RULE.code)


RULE = Rule(
    code="GX409",
    name="two-values-in-text",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="核对台账，把错的一处改过来；两处说的范围不同的，把范围写清楚。",
    check=check,
)
