"""收到的申请与办理的申请不平衡。

什么：表三某一列中，第一项（本年新收）加第二项（上年结转），不等于第三项（办理结果总计）加第四项（结转下年度）。

为什么：一件申请不是在本年办结，就是结转下年度，不会多也不会少。左上角的说明写明了这个勾稽关系。

例子：自然人一列新收 5 件、上年结转 1 件，办结 5 件、结转下年 0 件，少了 1 件的去向。
总计由公式算出时，一个明细数填错只表现为这一列（以及“总计”列）不平，程序指出这一列；“总计”列的不平由它而来，不另报。

怎么改：按这一列逐项核对台账：漏填了办理结果，还是结转数填错，或者新收数填错。改对一个数，两列同时恢复平衡。

依据：国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附表格：“本列数据的勾稽关系为：第一项加第二项之和，
等于第三项加第四项之和”。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.locate import faults
from gxgen.checks.rule import Rule
from gxgen.checks.wording import fault_finding
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report


def check(report: Report) -> Iterator[Finding]:
    """Faults in which a balance is broken and every total is right."""
    return (fault_finding(report, RULE.code, f) for f in faults(report) if not f.breaks_a_total)


RULE = Rule(
    code="GX102",
    name="balance-mismatch",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="按这一列逐项核对台账：本年新收、上年结转、各项办理结果、结转下年度，找出填错或漏填的数。",
    check=check,
)
