"""没有可以汇总的单位

什么：没有一份没有错误的填报表，汇总无数可加。

为什么：一个单位都没有时，全填0就成了假的数，所以不出汇总。

例子：文件夹里只有本级政府自己的填报表。

怎么改：先收各单位的填报表，有错误的退回改正。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX720",
    name="nothing-to-add-up",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="先收齐各单位的填报表，改正错误后再汇总。",
)
