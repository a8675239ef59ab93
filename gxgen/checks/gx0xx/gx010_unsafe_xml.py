"""含有外部引用声明

什么：工作簿的内部文件声明了文档类型（DOCTYPE）。

为什么：这种声明可以用来读取别人电脑上的文件，正常的表格软件从不写它。

例子：来历不明的工具生成的文件。

怎么改：用 Excel 或 WPS 打开原来的表，另存为“Excel 工作簿（*.xlsx）”后再交。

依据：ISO/IEC 29500-2 规定部件中不得使用文档类型声明；推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX010",
    name="unsafe-xml",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="用 Excel 或 WPS 打开原来的表，另存为“Excel 工作簿（*.xlsx）”后再交。",
)
