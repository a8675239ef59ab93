"""说明没有写全

什么：“说明”工作表的一行缺少编号或理由。

为什么：缺了编号不知道是对哪一条的说明，缺了理由等于没有说明。

例子：只写了理由，没有写编号。

怎么改：把检查结果里的编号（如 GX201）、单元格和理由都写上；不用说明的，把这一行清空。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX037",
    name="answer-incomplete",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="补全编号和理由，或清空这一行。",
)
