"""其实是别的文件

什么：文件名叫 .xlsx，内容却是 Word 文档、图片、压缩包等。

为什么：里面没有填报表的格子。

例子：把 .docx 改名为 .xlsx；把几个文件打成压缩包再改名。

怎么改：交原来的 .xlsx 填报表。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX008",
    name="other-document",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="交原来的 .xlsx 填报表。",
)
