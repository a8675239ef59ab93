"""名册是空的，不知道有没有单位没报

什么：county.toml 里没有列出任何单位，汇总只能把文件夹里有的加起来。

为什么：没有名册，就不知道谁没有报送；缺了单位，汇总的数会偏小而没有人发现。

例子：county.toml 里的 [[agency]] 各行前面还带着 # 号。

怎么改：把应报送的单位全部列进名册。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX716",
    name="empty-roster",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="在 county.toml 里按 [[agency]] 的写法列出全部应报送的单位。",
)
