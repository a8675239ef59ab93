"""没有填

什么：应填数的格子是空的。

为什么：空着可能是没有，也可能是忘了填；空白不等于0，报告里也不能空着。

例子：表三!D8 空着。

怎么改：有数填数，没有填 0。

依据：国办公开办函〔2021〕30号的表样各格均应有数。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX020",
    name="blank-figure",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="有数填数，没有填 0。",
)
