"""文本文件的编码不明

什么：.txt 或 .md 文件既不是 UTF-8（或带标记的 UTF-16），也不是 GB18030（GBK、GB2312）编码。

为什么：按错误的编码去读，得到的是乱码。

例子：用 Big5 保存的文件，或没有标记的 UTF-16 文件。

怎么改：用记事本打开，另存为 UTF-8；或把文字放进 .docx。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX053",
    name="text-encoding-unknown",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="用记事本打开，选“另存为”，编码选 UTF-8；或改用 .docx。",
)
