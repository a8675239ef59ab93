"""JSON 文件里的文字写不进填报表

什么：一段文字含有不能打印的控制字符、长于一个单元格的容量（32767字），或者必须有的文字空着。

为什么：这样的文字写进 Excel 会被截断，或者使文件打不开。

例子：从网页上复制的文字里带有 U+0007。

怎么改：删去所指的字符；太长的在句号处分成两段；标题、单位名称不能空着。

依据：推定；XML 1.0 对字符的规定；Excel 单元格的容量。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX067",
    name="record-text",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="删去所指的字符，补上空着的文字，或者把太长的一段分开。",
)
