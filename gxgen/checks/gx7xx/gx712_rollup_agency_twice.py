"""汇总里同一个单位有两份填报表

什么：要汇总的填报表里，有两份的单位全称相同。

为什么：两份都加就重复计算，只加一份又不知道该加哪一份。程序不替您决定，所以不出汇总。

例子：“某某县财政局.xlsx”和“某某县财政局（改）.xlsx”。

怎么改：确认以哪一份为准，把另一份移出文件夹。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX712",
    name="rollup-agency-twice",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="每个单位只留一份填报表：确认以哪一份为准，把另一份移走，再汇总。",
)
