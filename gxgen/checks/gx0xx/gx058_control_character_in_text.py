"""正文文件里有控制字符

什么：一段文字里有看不见的控制字符。

为什么：Word 文件里不允许有这种字符，印不出来；它往往是从别的系统复制时带进来的，
旁边的字也可能已经丢失。

例子：从旧办公系统导出的文本里夹着 U+0007。

怎么改：对照原稿重新打这一段。

依据：XML 1.0 第2.2节规定的字符范围。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX058",
    name="control-character-in-text",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="把这一段重新打一遍，或先粘贴到记事本里再复制回来。",
)
