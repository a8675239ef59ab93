"""写好的图与报告不同

什么：图文版的文档、网页或 PDF 里，某张图画出的数，或图里所附Excel数据表的数，与报告内容不同；
图或图块缺少、重复、少了部件；图块的字与机关所写的不同。模板有意不用的图和图块不在此列。

为什么：图是根据三张表的数字画的，图上的数、双击图后看到的数据都要与表中的相同；模板要求的图和图块
一个也不能少，有差别的不交出。

例子：图上“予以公开”是 3，表三中是 2；转成 PDF 以后少了一张图。

怎么改：先运行 gxgen template check 检查模板；模板没有问题的，是程序的错误，请报告维护人员。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX627",
    name="written-chart-differs",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="先运行 gxgen template check 检查模板；模板没有问题的，请交给维护人员。",
)
