"""不是本程序的填报表

什么：文件是正常的工作簿，但没有填报表的名称，也找不到表二、表三、表四的行、列标题。

为什么：不认识的表不能猜着读。

例子：交来的是单位自己的台账。

怎么改：用 gxgen blank 生成空白填报表，填写后再交。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX011",
    name="foreign-workbook",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="请在程序生成的填报表里填写后再交。",
)
