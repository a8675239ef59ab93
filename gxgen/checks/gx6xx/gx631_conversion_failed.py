"""PDF 或 .doc 没有转换出来

什么：报告的 .docx 已经写好，但 LibreOffice 没能把它转成 PDF 或 .doc。

为什么：LibreOffice 卡住、崩溃，或者写出的文件打不开、没有内容、没有标题。程序已经把卡住的
进程连同它的子进程一起结束，换一个新进程又试了一次；其他单位照常转换。

例子：某单位的文档在60秒内没有转换完。

怎么改：先用 Word 或 WPS 打开这份 .docx，看是否正常；正常的，再运行一次，或者在 Word、WPS 里
另存为 PDF；模板改过的，运行 gxgen template check 检查。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX631",
    name="conversion-failed",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="请用Word或WPS打开已经写好的.docx，正常的话再运行一次，或者另存为PDF。",
)
