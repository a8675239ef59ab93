"""文字写错了列

什么：“正文”工作表里，文字写在了标题列、样式列或正文列右边。

为什么：写在这些列里的文字不会印出来，直接略过等于丢掉了。

例子：整段文字写在A列。

怎么改：把文字移到“文字”一列；样式列只能从下拉框选择。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX035",
    name="misplaced-text",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="把文字移到“文字”一列（C列）。",
)
