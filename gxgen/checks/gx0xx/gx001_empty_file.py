"""文件是空的

什么：文件大小是0字节，里面什么都没有。

为什么：多半是传送或下载没有完成；空文件不等于没有数据。

例子：“某镇.xlsx”0字节。

怎么改：回到原来的电脑上，确认文件能打开，再重新发送。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX001",
    name="empty-file",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="重新发送原来的文件；能在自己的电脑上打开的才是完整的。",
)
