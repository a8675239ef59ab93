"""标签中间换了格式

什么：一个标签的几个字用了不同的字体、字号、颜色或粗细。

为什么：标签换成内容以后只剩一种格式，取的是第一个字的格式，印出来与模板上看到的不同。

例子：{{ title }} 里只有 title 加了粗，印出来不加粗。

怎么改：选中整个标签（包括花括号），清除格式后统一设置。

依据：推定。Word 文档以格式相同的一段文字为单位保存，标签只能整体替换。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX606",
    name="formatting-inside-tag",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="选中整个标签，清除格式，再对整个标签设置字体。",
)
