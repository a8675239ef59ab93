"""正文说的结转件数与表三不一致

什么：正文写上年结转或结转下年度多少件（或没有结转），与表三“二、上年结转”“四、结转下年度继续办理”对不上。是哪一行看年份的说法，不看动词。

为什么：结转数连着两年的报告，写错一处，明年还要再错一次。

例子：“结转下年度继续办理1件”，而表三“四、结转下年度继续办理”的总计是 0。

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
    """Each carry-over in the text."""
    return findings(report, RULE.code, "carry")


RULE = Rule(
    code="GX403",
    name="carry-in-text",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="核对台账，看是文字错还是表格错，改那一处；句子说的范围与表格不同的，把范围写清楚。",
    check=check,
)
