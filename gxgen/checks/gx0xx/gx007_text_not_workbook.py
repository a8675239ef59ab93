"""其实是网页或文本

什么：文件名叫 .xlsx，内容却是 HTML、CSV 或其他文本。

为什么：有的系统“导出 Excel”时给的其实是网页；里面没有填报表的格子和名称。

例子：从办公系统导出的“报表.xlsx”，用记事本能打开看到 <table>。

怎么改：在程序生成的空白填报表里填写后再交。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX007",
    name="text-not-workbook",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="请在程序生成的填报表（.xlsx）里填写，不要用别的系统导出的文件。",
)
