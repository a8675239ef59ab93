"""JSON 文件里的落款不对

什么：section 9 的文字不是“单位全称”或“单位全称＋日期”，与 signed 不一致，或者日期在日历上没有。

为什么：落款印在报告末尾，单位和日期有误，报告就要退回。

例子：signed 的日期是 2024-01-13，section 9 写的却是“2024年1月31日”。

怎么改：核对公开的报告，把两处改成一致；没有 section 9 的，signed 的 form 写 none。

依据：GB/T 9704-2012 7.3.5。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX066",
    name="record-sign-off",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="把 signed 和 section 9 改成一致；日期写成 2024-01-13。",
)
