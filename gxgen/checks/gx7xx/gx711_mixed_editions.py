"""要汇总的填报表表样不一

什么：同一个县、同一个年度的汇总里，有单位用的是另一版表样。

为什么：两版表样的行列不同，同名的格子含义也不尽相同，不能逐格相加。

例子：汇总2021年度，某某县财政局用的是2019版表样（国办公开办函〔2019〕60号）。

怎么改：用 gxgen blank 生成本年度的填报表，请单位重填。

依据：国办公开办函〔2021〕30号自2021年度起替换国办公开办函〔2019〕60号的格式；不能相加系推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX711",
    name="mixed-editions",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="请这些单位用本年度的表样重新填报后再汇总。",
)
