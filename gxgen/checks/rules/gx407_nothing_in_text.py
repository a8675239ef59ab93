"""正文说没有，表里却有数

什么：正文写未收到申请、没有发生行政复议或行政诉讼、没有制发规范性文件，而表里相应的数不是 0。

为什么：“没有”最容易从上年的报告照抄过来。

例子：“全年未收到政府信息公开申请”，而表三“一、本年新收”的总计是 2。

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
    """Each statement that there was nothing."""
    return findings(report, RULE.code, "zero")


RULE = Rule(
    code="GX407",
    name="nothing-in-text",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="核对台账，看是文字错还是表格错，改那一处；句子说的范围与表格不同的，把范围写清楚。",
    check=check,
)
