"""正文文件是别的单位或别的年度的

什么：正文文件开头的标题，写的单位或年度与填报表不同。

为什么：文件放错了，就会把别的单位或去年的文字印进这份报告。

例子：青石县财政局2023年的填报表旁边，放着标题为“安丘市凌河街道办事处2022年政府信息公开工作年度报告”的文件。

怎么改：换成本单位本年度的文件；文件没有放错的，改正标题。

依据：推定。单位名称前面省略或加上了省、市、县名的，不算不同。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX073",
    name="text-of-another-agency",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="换成本单位本年度的正文文件；没有放错的，改正文件里的标题。",
)
