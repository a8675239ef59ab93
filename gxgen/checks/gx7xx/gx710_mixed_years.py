"""要汇总的填报表年度不一

什么：同一个县、同一个年度的汇总里，有单位的填报表是别的年度的。

为什么：不同年度的数不能相加。少算这个单位也不对，所以不出汇总，先请换表。

例子：汇总2023年度，某某县财政局的填报表里报告年度是 2022。

怎么改：确认这份表是哪一年的。放错了，移到对应年度的文件夹；年度填错了，改“基本信息”的报告年度；
交错了，请单位补交本年度的。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX710",
    name="mixed-years",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="先把这些单位的填报表换成本年度的，或移出本年度的文件夹，再汇总。",
)
