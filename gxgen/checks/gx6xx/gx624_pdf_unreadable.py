"""写好的 PDF 读不回来

什么：程序写好 PDF 以后会再读一遍，这一份读不出来，或者没有标题、段落和表格的标记。

为什么：没有标记的 PDF 读屏软件读不了，也无法核对，所以没有交出。

例子：转换程序中途停止，只写了半个文件。

怎么改：重新生成一次；仍然如此的，是程序的错误，请报告维护人员。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX624",
    name="pdf-unreadable",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="请重新生成；仍然如此的，请把这份填报表交给维护人员。PDF 没有写出。",
)
