"""报告年度不对

什么：报告年度与填报表的年度不同，或早于现行制度。

为什么：填报表里预填的上年数、统计期限都是按生成时的年度来的，只改年份会张冠李戴。

例子：拿2022年度的表，把年份改成2023。

怎么改：用 gxgen blank 生成本年度的空白表填写。

依据：2019年度起适用国办公开办函〔2019〕60号。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX038",
    name="wrong-year",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="用本年度的空白填报表填写，或把年度改回来。",
)
