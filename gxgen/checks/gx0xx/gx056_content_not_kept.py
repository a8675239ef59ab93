"""文件里有的文字不会印出

什么：文本框、脚注、尾注、隐藏文字、特殊符号里的内容没有读入。

为什么：这些内容没有固定的先后位置，放不进报告的段落里；不说明，就会漏印而没人知道。

例子：小标题做在文本框里；数字的说明写在脚注里。

怎么改：把要印的文字移到正文段落里，其余的删去。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX056",
    name="content-not-kept",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="需要印出的，移到正文段落里；不需要的，从文件里删去。",
)
