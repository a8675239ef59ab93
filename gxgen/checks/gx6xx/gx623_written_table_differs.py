"""写好的表格与报告不同

什么：生成的文档里，某张表的栏目、合并范围或数字与报告内容不同。

为什么：表格的每一个数都要与填报的相同，每一栏都要与规定格式相同，有差别的不交出。

例子：模板里把一格的标签写成了另一格的，数字印错位置。

怎么改：先运行 gxgen template check 检查模板；模板没有问题的，是程序的错误，请报告维护人员。

依据：国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX623",
    name="written-table-differs",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="先运行 gxgen template check 检查模板；模板没有问题的，请交给维护人员。",
)
