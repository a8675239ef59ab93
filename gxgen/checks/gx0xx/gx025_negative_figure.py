"""是负数

什么：件数或金额填成了负数。

为什么：件数、金额不会小于0。

例子：-1。

怎么改：改成正确的数。2019版表二的“本年增/减”可以是负数。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX025",
    name="negative-figure",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="改成0或正数。",
)
