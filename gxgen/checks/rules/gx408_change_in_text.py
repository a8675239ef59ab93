"""正文说的增减与两年的数不一致

什么：正文写比上年增加（减少）多少件、百分之几或持平，与本年表三和上年填报表算出来的对不上。
百分比按印出的位数比较，只差最后一位的是核实；上年是 0 的不算增长率；没有上年填报表的不比。

为什么：增减率是手算的，算错、方向写反的最多。

例子：“申请件数同比增长50%”，而上年 2 件、本年 4 件，应为 100%。

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
    """Each comparison with last year in the text."""
    return findings(report, RULE.code, "change")


RULE = Rule(
    code="GX408",
    name="change-in-text",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="核对台账，看是文字错还是表格错，改那一处；句子说的范围与表格不同的，把范围写清楚。",
    check=check,
)
