"""WPS 表格格式（.et）

什么：文件是 WPS 自己的格式。

为什么：.et 不是公开的标准格式，不同版本写法不一。

例子：在 WPS 里直接按“保存”，默认存成了 .et。

怎么改：用 Excel 或 WPS 打开原来的表，另存为“Excel 工作簿（*.xlsx）”后再交。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX005",
    name="wps-et-format",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="用 Excel 或 WPS 打开原来的表，另存为“Excel 工作簿（*.xlsx）”后再交。",
)
