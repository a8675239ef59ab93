"""采购项目和采购金额只有一个。

什么：政府集中采购的项目数量为 0 而金额大于 0，或者有项目而金额为 0。

为什么：有采购就有金额，有金额就有采购；只有一个，多半是另一个漏填，或者金额不足 1 万元被舍成了 0。

例子：采购项目数量 3，采购总金额 0。

怎么改：补填漏掉的数；金额以万元为单位，可以填小数，例如 0.56。
项目当年立项、次年付款的，在“说明”表写明。

依据：推定。由国办公开办函〔2019〕60号所附表格第二十条第（九）项的栏目名称得出。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.figures import rows
from gxgen.checks.rule import Rule
from gxgen.checks.wording import figure, finding_at, named_cell
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report


def check(report: Report) -> Iterator[Finding]:
    """Rows with purchases and no money, or money and no purchases."""
    for keys, figures in rows(report, "projects", "amount"):
        if (figures[0] == 0) != (figures[1] == 0):
            empty, full = keys if figures[0] == 0 else reversed(keys)
            message = (
                f"{named_cell(report, full)}为 {figure(report, full)}，"
                f"{named_cell(report, empty)}却是 0。"
            )
            yield finding_at(report, RULE.code, message, empty, keys)


RULE = Rule(
    code="GX106",
    name="one-sided-procurement",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="补填漏掉的数；金额以万元为单位，不足 1 万元填小数。",
    check=check,
)
