"""正文说的行政事业性收费与表二不一致

什么：正文写行政事业性收费多少万元，与表二对不上。

为什么：万元和元最容易混淆。

例子：“行政事业性收费20.3万元”，而表二填的是 203。

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
    """Each amount of fees in the text."""
    return findings(report, RULE.code, "fee")


RULE = Rule(
    code="GX406",
    name="fees-in-text",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="核对台账，看是文字错还是表格错，改那一处；句子说的范围与表格不同的，把范围写清楚。",
    check=check,
)
