"""上年的文件夹里找不到本单位的填报表

什么：上一年的文件夹里有填报表，但没有与本单位今年这份同名的。

为什么：核对“上年结转”靠同名文件找到上年的数字；找不到就少了一道核对。

例子：今年是“某某县财政局.xlsx”，上年的是“财政局2023终稿.xlsx”。

怎么改：把上年的文件改成与今年同名；本单位上年没有报过的，不必理会。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX704",
    name="last-year-not-found",
    severity=Severity.NOTE,
    since="0.1.0",
    hint="本单位上年有填报表的，改成与今年同名；新单位不必理会。",
)
