"""试印与填报内容不符

什么：用模板试印一份虚构的报告，印出来的数字、文字或表格与填报的不同，或者印不出来。

为什么：标签都认得，不等于印得对；这样的模板，生成报告时会被拒绝。

例子：{{ requests.received.total + 1 }}，或者某一级标题的段落里漏了 {{ block.text }}。

怎么改：照提示的位置，与随程序提供的模板对照，把标签改回原样；单元格里只留一个标签。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX615",
    name="trial-print-differs",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="与随程序提供的模板对照，把这一处改回原样；单元格里只留标签本身。",
)
