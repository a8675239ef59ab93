"""格子显示错误值

什么：格子里是 #REF!、#N/A、#VALUE! 等错误值。

为什么：错误值不是数。

例子：删除了公式引用的行，合计显示 #REF!。

怎么改：数字格直接填数；合计格从空白表里把公式复制回来，或直接填合计数。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX027",
    name="error-cell",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="直接填数，或恢复原来的公式。",
)
