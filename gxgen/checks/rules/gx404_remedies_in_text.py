"""正文说的行政复议、行政诉讼件数与表四不一致

什么：正文写行政复议、行政诉讼多少件，与表四的总计对不上。诉讼包括未经复议直接起诉和复议后起诉两部分。

为什么：复议、诉讼的数社会关注高，各处要说同一个数。

例子：“行政复议2件”，而表四行政复议的总计是 1。

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
    """Each number of reviews and suits in the text."""
    return findings(report, RULE.code, "review", "suit")


RULE = Rule(
    code="GX404",
    name="remedies-in-text",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="核对台账，看是文字错还是表格错，改那一处；句子说的范围与表格不同的，把范围写清楚。",
    check=check,
)
