"""行、列标题与表样不符

什么：按名称找到了格子，但旁边或上面的标题不是表样规定的文字。

为什么：标题变了，格子里的数就可能是别的意思；不能确定的数不读。

例子：把“本年收费金额（单位：万元）”改成了“（单位：元）”。

怎么改：把标题改回表样的文字；确实想说明的，写在“正文”或“说明”里。

依据：国办公开办函〔2021〕30号规定的表样。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX015",
    name="label-mismatch",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="把标题改回表样规定的文字。",
)
