"""表样的版本不对

什么：用的是另一个年份的表样。

为什么：两版的项目不同，数不能直接搬。

例子：2023年度的报告用了2019版的表二。

怎么改：用 gxgen blank 生成本年度的空白表，重新填写。

依据：2019、2020年度用国办公开办函〔2019〕60号，2021年度起用国办公开办函〔2021〕30号。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX018",
    name="wrong-edition",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="用本年度的空白填报表重新填写。",
)
