"""正文说的办理结果与表三不一致

什么：正文写予以公开、部分公开、不予公开、无法提供等各多少件，或各占百分之几，与表三相应的行对不上。百分比按印出的位数四舍五入后比较，以办结数、新收数、新收加结转为底都算对；只差最后一位的是核实。

为什么：分项抄错一个数，总数仍然对，别的检查看不出来。

例子：“予以公开5件”，而表三“（一）予以公开”的总计是 4。

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
    """Each outcome and share in the text."""
    return findings(report, RULE.code, "outcome", "share")


RULE = Rule(
    code="GX402",
    name="outcomes-in-text",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="核对台账，看是文字错还是表格错，改那一处；句子说的范围与表格不同的，把范围写清楚。",
    check=check,
)
