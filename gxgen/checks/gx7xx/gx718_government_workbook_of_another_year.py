"""本级政府的填报表是别的年度的

什么：本级政府自己的填报表，报告年度与要汇总的年度不同，没有采用。

为什么：文字是写另一年的，套上今年的数字就是一份错误的报告。

例子：汇总2023年度，“某某县人民政府.xlsx”里的报告年度是 2022。

怎么改：换成本年度的填报表；只是年度填错了，就改“基本信息”的报告年度。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX718",
    name="government-workbook-of-another-year",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="换成本年度的填报表；年度填错了就改“基本信息”的报告年度。",
)
