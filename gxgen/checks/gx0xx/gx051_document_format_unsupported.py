"""正文文件的格式读不了

什么：与工作簿同名的正文文件不是 .docx、.md 或 .txt，或者加了密码。

为什么：旧版 .doc、.wps、RTF、PDF 和加密的文件，程序不能可靠地读出段落。

例子：把 .doc 的扩展名改成 .docx，内容仍是旧格式。

怎么改：用 Word 或 WPS 打开，另存为没有密码的 .docx；正文已在工作簿里的，移走这个文件。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX051",
    name="document-format-unsupported",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="用 Word 或 WPS 打开，选“另存为”，文件类型选 .docx，不设密码。",
)
