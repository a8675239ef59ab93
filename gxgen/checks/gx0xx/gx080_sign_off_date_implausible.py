"""成文日期与报告年度不相称

什么：成文日期不在报告年度的下一年。

为什么：年度报告在下一年年初编制、公布；日期多半是多打、少打了数字，或忘了改上年的日期。

例子：2023年度的报告，成文日期写2022年1月13日或0024年1月13日。

怎么改：核对成文日期；确实如此的，在“说明”里写明理由。

依据：《中华人民共和国政府信息公开条例》第四十九条：每年1月31日前公布上一年度报告。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX080",
    name="sign-off-date-implausible",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="核对成文日期；确实如此的写明理由。",
)
