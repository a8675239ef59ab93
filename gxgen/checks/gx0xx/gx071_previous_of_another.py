"""作为上年填报表的文件不是本单位上一年的

什么：用来核对的上年填报表，单位名称或年度与今年的对不上。

为什么：拿别的单位或别的年度来核对，结论一定是错的，所以这份文件没有采用。

例子：今年是2024年度，放在上年文件夹里的却是2022年度的表。

怎么改：换成本单位上一年度的填报表。单位改了名称的，在上年的表“基本信息”中改成现在的名称再放回。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX071",
    name="previous-of-another",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="换成本单位上一年度的填报表。",
)
