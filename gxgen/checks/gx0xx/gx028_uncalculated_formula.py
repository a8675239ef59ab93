"""公式没有计算结果

什么：格子里是公式，但文件里没有存它的计算结果。

为什么：程序不替填报单位计算自定的公式。

例子：由别的程序生成、没有在 Excel 或 WPS 里打开过的文件。

怎么改：用 Excel 或 WPS 打开文件，保存一次；或者直接填数。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX028",
    name="uncalculated-formula",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="用 Excel 或 WPS 打开后保存一次，或直接填数。",
)
