"""有复制的工作表

什么：工作簿里有两张相同的表，只读取了其中一张。

为什么：两张表的数可能不一样，程序读的不一定是您要报的那张。

例子：“表三”和“表三 (2)”并存。

怎么改：删除不用的那张，只留一张。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX016",
    name="copied-sheet",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="只留一张表，删除多余的工作表。",
)
