"""填数的格子里是公式

什么：应直接填数的格子里是公式，已按它显示的结果读取。

为什么：公式引用的内容变了，数也会跟着变。

例子：=3+5；=台账!B7。

怎么改：核对结果，并改成数字。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX029",
    name="formula-in-input",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="核对结果，并改成数字。",
)
