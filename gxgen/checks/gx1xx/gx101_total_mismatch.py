"""总计与各项之和不符。

什么：表中某一行或某一列的总计，不等于它所包含的各项之和。

为什么：总计与明细是同一批申请（案件）的两种数法，必须相等，没有误差可言。对不上，说明至少有一格填错；
汇总到上级的数也会跟着错。

例子：“1.属于国家秘密”行自然人填 7、其余各列为 0，总计却填 5。表三里一格填错，会同时使它所在的行和列
不平，两者的交叉处就是错的那一格，程序直接指出，并给出“若其余数字无误，此格应为几”。
表四一组五个数只有一个等式，只能列出可能有误的几格。

怎么改：对照台账核对指出的格子；明细对了就改总计，总计对了就改明细。总计由公式算出的，只核对明细。

依据：国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附表格的“总计”行、列；两个文件都没有规定误差，
必须完全相等系由表格推定。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.locate import Fault, faults
from gxgen.checks.rule import Rule
from gxgen.checks.wording import fault_finding
from gxgen.diagnostics import Finding, Severity
from gxgen.editions.derive import IdentityKind
from gxgen.model.report import Report


def check(report: Report) -> Iterator[Finding]:
    """Faults in which some total differs from its parts."""
    return (
        fault_finding(report, RULE.code, fault) for fault in faults(report) if breaks_a_total(fault)
    )


def breaks_a_total(fault: Fault) -> bool:
    """Whether any identity of the fault is a total; else only a balance is broken."""
    return any(b.identity.kind is IdentityKind.TOTAL for b in fault.broken)


RULE = Rule(
    code="GX101",
    name="total-mismatch",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="对照台账核对所列各格：明细无误就改总计，总计无误就改明细，使总计等于各项之和。",
    check=check,
)
