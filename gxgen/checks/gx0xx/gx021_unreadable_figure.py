"""不能确定是什么数

什么：格子里写的不是数，或者不能确定是多少。

为什么：猜出来的数会印进报告，所以不猜。

例子：“约20”“3.8万余”“2-3”“1,23”；“￥20.3”（分不清是元还是万元）；日期；逻辑值。

怎么改：改成确切的数，只填数字。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX021",
    name="unreadable-figure",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="改成确切的数，只填数字，不带“约”“余”等字。",
)
