"""含有改变文字方向的控制字符

什么：文字里有看不见的双向排版控制字符（U+202A至U+202E、U+2066至U+2069）。

为什么：这种字符会把后面的字倒过来排，看到的与实际的不一样。

例子：从网页、聊天软件里复制来的文字。

怎么改：在提示的位置删除前后几个字，重新输入。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX083",
    name="text-direction-control",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="删除提示位置前后的几个字，重新输入。",
)
