"""填报表的年度与所在文件夹不符

什么：填报表“基本信息”里的报告年度，与它所在的年度文件夹（例如 2024）不是同一年。

为什么：年度错了，标题、统计期限、上年结转都会跟着错；最常见的是把上年的旧表改一改又交了上来。

例子：inputs/2024/某某县财政局.xlsx 里的报告年度是 2023。

怎么改：确认这份表是哪一年的。年度填错了，改“基本信息”；放错了文件夹，移到对应年度的文件夹。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX701",
    name="year-of-another-folder",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="核对年度：表填错了就改“基本信息”的报告年度，放错了就移到对应年度的文件夹。",
)
