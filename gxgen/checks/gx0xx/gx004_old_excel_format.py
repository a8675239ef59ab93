"""旧版 Excel 格式（.xls）

什么：文件是1997–2003版的二进制格式，只是有时被改名为 .xlsx。

为什么：旧格式不能保存本填报表的全部内容；为避免读错，只读 .xlsx。

例子：在旧版 WPS 里“保存为 Excel 97-2003 文件”。

怎么改：用 Excel 或 WPS 打开原来的表，另存为“Excel 工作簿（*.xlsx）”后再交。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX004",
    name="old-excel-format",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="用 Excel 或 WPS 打开原来的表，另存为“Excel 工作簿（*.xlsx）”后再交。",
)
