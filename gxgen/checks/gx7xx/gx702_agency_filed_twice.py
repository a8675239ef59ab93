"""同一个单位交了两份

什么：同一个年度文件夹里，有两份填报表的单位全称相同。

为什么：两份会生成同一个文件名的报告，汇总时也会重复计算。以哪一份为准，程序不能替您决定。

例子：“某某县财政局.xlsx”和“某某县财政局（改）.xlsx”放在同一个文件夹里。

怎么改：确认哪一份是最后交的，把另一份移出文件夹，再重新运行。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX702",
    name="agency-filed-twice",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="只留下一份：确认哪一份是最后交的，把另一份移走。",
)
