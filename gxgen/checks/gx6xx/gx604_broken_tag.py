"""模板标签写坏了

什么：标签的括号不成对、用了全角括号，或者括号里的写法看不懂。

为什么：写坏的标签会原样印在报告上，或者使整份报告无法生成。

例子：｛｛ title ｝｝、{{ title }、{%p fro block in section1 %}。

怎么改：切换到英文输入法，把标签重新写一遍；控制标签（{%p … %}）要单独成段。

依据：推定。模板标签采用 Jinja2 的写法。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX604",
    name="broken-tag",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="把标签重新写一遍：半角花括号成对，括号内外留一个空格，例如 {{ title }}。",
)
