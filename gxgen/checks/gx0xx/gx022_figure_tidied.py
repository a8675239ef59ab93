"""数的写法已整理

什么：去掉了空格、全角、千分位逗号或单位后读取，数本身没有变。

为什么：告诉您程序是怎么读的。

例子：“２”“ 2”“2件”“1,234”。

怎么改：不改也可以；改成只填数字最好。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX022",
    name="figure-tidied",
    severity=Severity.NOTE,
    since="0.1.0",
    hint="核对读出的数；以后只填数字。",
)
