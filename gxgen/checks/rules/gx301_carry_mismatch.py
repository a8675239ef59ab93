"""上年结转与上年的报告对不上

什么：表三“二、上年结转政府信息公开申请数量”的每一格，应当等于上一年报告表三
“四、结转下年度继续办理”的同一列。

为什么：同一批没有办完的申请，去年年底是几件，今年年初就是几件。两年的报告都公开挂在网上，
对不上一眼就能看出来，是考评中最常见的扣分项之一。

例子：2023年报告“结转下年度继续办理”自然人为 3，2024年报告“上年结转”自然人填了 2。

怎么改：先查上年已公布的报告。上年没有错，就改今年的“上年结转”，再按勾稽关系调整其他格；
上年公布的数字错了，应先按程序更正上年的报告，再在“说明”表写编号 GX301、单元格和理由，
写明更正后的数，例如“上年漏计1件，已更正为3”；与本年这一格相等的，由县里核实，不再退回。

依据：国办公开办函〔2021〕30号、〔2019〕60号所附表三的行名本身；逐列相等为推定。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.wording import finding_at, named_cell
from gxgen.checks.yearly import carried
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report


def check(report: Report) -> Iterator[Finding]:
    """Each carried-in cell against last year's carried-out, where last year's form is there."""
    previous = report.previous
    if previous is None:
        return
    for key, source, before, here in carried(report, previous):
        if here is not None and before is not None and here != before:
            last = report.edition.fields[source].row_label
            message = (
                f"{named_cell(report, key)}是 {here}，"
                f"上年（{previous.year}年）“{last}”同一列是 {before}，两数应当相等。"
            )
            yield finding_at(report, RULE.code, message, key)


RULE = Rule(
    code="GX301",
    name="carry-mismatch",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="核对上年已公布的报告：上年没错就改今年这一格；上年错了，先更正上年的报告，再在“说明”表写明“更正为”几和理由。",
    check=check,
)
