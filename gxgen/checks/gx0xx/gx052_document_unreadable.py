"""正文文件已损坏，读不出来

什么：正文文件不完整、内部已损坏、大得不正常，或带有不安全的声明。

为什么：只读出一部分，就会少印文字而没人知道，所以整个不读。

例子：文件只有0字节；下载到一半；解开后超过限度。

怎么改：用 Word 或 WPS 打开并另存为新的 .docx；打不开的，向单位重新要一份。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX052",
    name="document-unreadable",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="用 Word 或 WPS 打开看是否正常，另存为一份新的 .docx；打不开就重新取一份原件。",
)
