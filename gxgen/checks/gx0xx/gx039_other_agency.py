"""单位与填报表不符

什么：“单位全称”与生成填报表时的单位不同。

为什么：可能拿错了别的单位的表；预填的联系方式、上年数也是那个单位的。

例子：甲街道的表里填了乙街道的名称。

怎么改：拿错了表的换成自己的；确实改了名称的，在“说明”里写明。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX039",
    name="other-agency",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="确认没有拿错别的单位的表；单位改了名称的请在“说明”里写明。",
)
