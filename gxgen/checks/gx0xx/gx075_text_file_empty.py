"""正文文件里没有文字

什么：工作簿旁边有同名的正文文件，里面却没有一段正文：是空的，或只有标题、落款、表格、图片。

为什么：多半是存错了文件，或文字做成了图片；不说明，报告就会少了文字而没人知道。

例子：新建的 Word 文件没有写字就保存了；或整份报告是一张扫描的图片。

怎么改：把文字写进文件；文字在工作簿里、不用这个文件的，移走它。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX075",
    name="text-file-empty",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="把文字写进文件，或移走这个空文件。",
)
