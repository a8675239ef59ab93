"""要印的内容看不见

什么：标签或文字设成了隐藏文字、白色或过小的字号。

为什么：程序已经填写，但打印和转成PDF时看不见，等于漏报。

例子：{{ requests.granted.company }} 设成了隐藏文字，表三这一格是空的。

怎么改：选中这一处，在“字体”里去掉“隐藏文字”，颜色改为“自动”，字号与旁边一致。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX616",
    name="invisible-text",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="选中这一处，在“字体”里去掉“隐藏文字”，颜色改为“自动”。",
)
