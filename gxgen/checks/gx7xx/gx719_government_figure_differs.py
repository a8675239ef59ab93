"""本级政府填的数与各单位之和不同

什么：本级政府自己的填报表里填了数，与各单位相加的结果不同。报告采用各单位之和，填的数不用。

为什么：县级报告的每个数都应当能拆到单位。填的数另有来源，说明有单位漏报、错报，或者台账没有对上。

例子：“一、本年新收政府信息公开申请数量·自然人”填 120，86个单位之和是 118。

怎么改：对照“汇总明细”逐个单位核对。单位的数错了，请它更正；填的数错了，改正或清空（本级填报表的数字可以不填）。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX719",
    name="government-figure-differs",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="报告采用各单位之和；核对是哪个单位的数不对，本级填报表里的这一格改正或清空即可。",
)
