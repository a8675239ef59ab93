"""其实是 PDF

什么：文件名叫 .xlsx，内容却是 PDF。

为什么：改文件名不会改变内容；PDF 里没有可以读取的格子。

例子：把打印出来的 PDF 改名后上交。

怎么改：交原来的 Excel 填报表，不要交打印稿。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX003",
    name="pdf-not-workbook",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="交原来的 .xlsx 填报表，不要交打印成 PDF 的。",
)
