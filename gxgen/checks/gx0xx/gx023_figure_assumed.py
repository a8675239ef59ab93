"""按通常的意思读成了数

什么：格子里写的是文字、短横或另一种单位，已按通常的意思换成数。

为什么：换算是程序做的，须由填报单位确认。

例子：“/”“-”“无”按0；“251000元”换算为25.1万元；“十二”按12；“减4”按-4。

怎么改：核对读出的数，最好改成数字。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX023",
    name="figure-assumed",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="核对读出的数是否正确，并改成数字。",
)
