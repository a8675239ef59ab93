"""减少的项目多于上一年的项目。

什么：表二某一行“上一年项目数量”加“本年增/减”小于 0。

为什么：本年项目数等于上一年项目数加本年增减，不可能是负数。常见原因是把处理决定的增减填进了项目的增减，
或者把减少后的数当成了减少的数。

例子：行政许可上一年 4 项，本年增/减填 −10，本年就成了 −6 项。

怎么改：“本年增/减”只填项目（事项）数量的变化，不填办件数量的变化；上一年没有项目的，不能再减少。

依据：推定。由国办公开办函〔2019〕60号所附表格的栏目名称得出。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.figures import rows
from gxgen.checks.rule import Rule
from gxgen.checks.wording import finding_at, named_cell
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report


def check(report: Report) -> Iterator[Finding]:
    """Rows in which fewer than no items would be left."""
    for keys, figures in rows(report, "previous_items", "change"):
        if sum(figures) < 0:
            before, change = (named_cell(report, key) for key in keys)
            message = (
                f"{before}为 {figures[0]}，{change}为 {figures[1]}，"
                f"本年项目数量就成了 {sum(figures)}，不可能是负数。"
            )
            yield finding_at(report, RULE.code, message, keys[1], keys)


RULE = Rule(
    code="GX104",
    name="items-below-zero",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="“本年增/减”填项目数量的变化，不填办件数量的变化；核对上一年项目数量是否漏填。",
    check=check,
)
