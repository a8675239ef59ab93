"""格子的名称丢失

什么：表里各格的名称不在了，已按行、列标题全部重新找到。

为什么：名称是读取的依据；靠标题也能确定，但标题再一改就不能确定了。

例子：把工作表复制到一个新的工作簿里再交。

怎么改：核对读出的数与表上一致即可；下一年请直接在程序生成的表里填。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX013",
    name="names-lost",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="核对读出的数；以后请直接在程序生成的填报表里填写。",
)
