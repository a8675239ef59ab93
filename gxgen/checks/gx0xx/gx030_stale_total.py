"""合计显示的数与各分项不符

什么：合计格的公式显示一个数，按各分项重算是另一个数。

为什么：填报单位看到的合计和报告里将印的合计不一样：公式被改过，或者没有重新计算。

例子：总计显示12，各分项之和是11。

怎么改：在 Excel 或 WPS 里按 F9 重算；仍不符的，从空白表里恢复公式，并核对各分项。

依据：国办公开办函〔2021〕30号表样的勾稽关系。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX030",
    name="stale-total",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="打开文件重算（F9）后保存；仍不符的恢复原来的合计公式。",
)
