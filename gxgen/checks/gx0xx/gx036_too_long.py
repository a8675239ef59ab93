"""内容过长

什么：一格的文字、一项信息或正文的段数超出上限。

为什么：超出的部分无法完整读取或排版。

例子：一格里粘贴了整份文件。

怎么改：一段写一行，拆成几行填写。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX036",
    name="too-long",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="拆成几段，一行写一段。",
)
