"""文件里的图片、批注或排版没有保留

什么：图片、批注、段内的手动换行、末尾的附件名等，没有按原样读入。

为什么：报告的版式是统一的；文字都在，只是样子不同，让填报人知道。

例子：段内按 Shift+Enter 换行，换行后的文字成了单独的一段。

怎么改：一般不必改；不该分段的，在文件里删去手动换行。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX059",
    name="layout-not-kept",
    severity=Severity.NOTE,
    since="0.1.0",
    hint="不必改；要与原文件的样子一致，印出后再调整。",
)
