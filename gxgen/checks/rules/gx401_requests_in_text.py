"""正文说的申请件数与表三不一致

什么：正文写收到、受理、办理或答复了多少件政府信息公开申请，表三没有一个相应的数与它相等。“受理”“办理”可以是本年新收、新收加上年结转、或办结总数，任何一个对得上都不问。

为什么：文字和表格在同一份报告里，读者一眼就能看出来；这是通报里最常见的差错。

例子：“全年收到政府信息公开申请2件”，而表三“一、本年新收”的总计是 3。

怎么改：看清是文字错还是表格错，改那一处。句子说的不是全年全部的，写明范围。

依据：表格与文字应当一致：国办公开办函〔2021〕30号所附格式的说明；怎样读句子系推定。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.claims import findings
from gxgen.checks.rule import Rule
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report


def check(report: Report) -> Iterator[Finding]:
    """Each number of requests in the text."""
    return findings(report, RULE.code, "requests")


RULE = Rule(
    code="GX401",
    name="requests-in-text",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="核对台账，看是文字错还是表格错，改那一处；句子说的范围与表格不同的，把范围写清楚。",
    check=check,
)
