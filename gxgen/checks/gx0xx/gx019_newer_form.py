"""表样比程序新

什么：填报表由更新的程序生成，本程序不认识它的版本。

为什么：新表样可能多了或换了项目，旧程序读不全。

例子：上级发来的表用新版程序生成。

怎么改：升级本程序后再读。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX019",
    name="newer-form",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="升级 gxgen 后再检查。",
)
