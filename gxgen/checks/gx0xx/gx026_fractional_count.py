"""件数不是整数

什么：件数填成了小数。

为什么：申请、文件、决定都是整件的。

例子：0.5。

怎么改：改成整数；金额填错了位置的，移到金额一格。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX026",
    name="fractional-count",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="改成整数。",
)
