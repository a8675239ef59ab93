"""正文文件的落款与基本信息不同

什么：正文文件末尾落款的单位或日期，与工作簿“基本信息”里的不同。

为什么：印出的落款只取“基本信息”。两处不同，可能文件是别处抄来的，也可能日期没有改。

例子：文件末尾是“2023年1月8日”，“基本信息”里是2024年1月13日。

怎么改：以正确的一处为准，改另一处；文件里的落款也可以删去。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX074",
    name="sign-off-differs",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="核对落款的单位和日期，改正“基本信息”或文件。",
)
