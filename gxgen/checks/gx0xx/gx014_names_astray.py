"""格子被剪切、粘贴过

什么：有的格子的名称跟着剪切、粘贴移到了别处，已按行、列标题读取。

为什么：剪切会把格子的名称一起搬走，名称和标题说的就不是同一格。

例子：把填错行的数“剪切”到正确的行。

怎么改：核对这些格的数；移动数字请用“复制”再删除，不要用“剪切”。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX014",
    name="names-astray",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="核对这些格的数；移动数字时用复制，不要用剪切。",
)
