"""PDF 的表格与报告不同

什么：生成的 PDF 里，某张表的栏目、合并范围或数字与报告内容不同。

为什么：表格的每一个数都要与填报的相同，每一栏都要与规定格式相同，有差别的不交出。

例子：转换时表格跨页，有一行读不回来。

怎么改：重新生成一次；仍然如此的，是程序的错误，请报告维护人员。

依据：国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX626",
    name="pdf-table-differs",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="请重新生成；仍然如此的，请把这份填报表交给维护人员。",
)
