"""没有项目却有处理决定。

什么：表二某一行上一年项目数量为 0、本年增/减为 0，处理决定数量却大于 0。

为什么：处理决定是依某个许可、处罚或者强制项目作出的。上一年没有项目、本年也没有增加，就没有作出决定的依据，
多半是项目数量漏填。

例子：行政处罚上一年项目数量 0、本年增/减 0，处理决定数量 37。

怎么改：按权责清单补填项目数量；如决定数量填错了行，改到正确的行。

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
    """Rows with decisions, though there neither were nor came any items."""
    for keys, figures in rows(report, "previous_items", "change", "decisions"):
        if figures[2] > 0 and figures[0] == figures[1] == 0:
            before, change, decisions = (named_cell(report, key) for key in keys)
            message = f"{decisions}为 {figures[2]}，但{before}和{change}都是 0。"
            yield finding_at(report, RULE.code, message, keys[0], keys)


RULE = Rule(
    code="GX105",
    name="decisions-without-items",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="按权责清单核对项目数量是否漏填，处理决定数量是否填错了行。",
    check=check,
)
