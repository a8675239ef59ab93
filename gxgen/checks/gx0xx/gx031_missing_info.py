"""基本信息没有填

什么：单位全称、报告年度或成文日期等必填项是空的。

为什么：这些内容要印在标题和落款处。

例子：基本信息!B4（单位全称）没有填。

怎么改：补填；不落款的，把“落款形式”选为“不落款”或“只有单位”。

依据：国办公开办函〔2021〕30号对报告标题的要求；其余为推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX031",
    name="missing-info",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="补填这一项。",
)
