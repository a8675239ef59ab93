"""控制标签会留下空段

什么：循环、条件的标签单独成段，却没有写 p。

为什么：{%p … %} 会连同所在的段落一起去掉；只写 {% … %}，段落还在，印出来多一个空行。

例子：{% endif %} 单独一段，应为 {%p endif %}。

怎么改：在 {% 后面紧接着写 p，再空一格。

依据：推定。这是 docxtpl 对段落标签的规定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX613",
    name="stray-empty-paragraph",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="把 {% 改成 {%p，例如 {%p endif %}。",
)
