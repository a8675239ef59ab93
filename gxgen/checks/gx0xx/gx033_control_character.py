"""含有不能打印的控制字符

什么：文字里有看不见、印不出的控制字符。

为什么：这种字符会使生成的文档打不开；悄悄删掉又可能改变原意。

例子：从旧系统、扫描软件里复制来的文字。

怎么改：在提示的位置删除后重新输入这几个字。

依据：XML 1.0 第2.2节不允许这些字符。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX033",
    name="control-character",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="删除提示位置前后的几个字，重新输入。",
)
