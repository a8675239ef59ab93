"""标签里有弯引号

什么：标签里的引号被自动更正成了“”或‘’。

为什么：程序只认直引号。弯引号目前会替你换成直引号，但编辑软件再改一次就可能出错。

例子：{%p if sign_off.date == “” %}。

怎么改：改成直引号；在 Word 的自动更正选项里关闭“直引号替换为弯引号”。

依据：推定。模板标签采用 Jinja2 的写法，其中的引号是直引号。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX607",
    name="typographic-quote-in-tag",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="把标签里的“”‘’改成直引号，或关闭自动更正后重新输入。",
)
