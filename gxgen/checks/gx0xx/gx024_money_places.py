"""金额的小数超过4位

什么：以万元为单位的金额写了4位以上小数。

为什么：万元的4位小数已精确到元；更多的位数多半是公式除出来的。

例子：2648.523333。

怎么改：确认后四舍五入到4位以内；原样保留也可以。

依据：国办公开办函〔2021〕30号表样以万元为单位；位数为推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX024",
    name="money-places",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="核对后四舍五入到4位小数以内。",
)
