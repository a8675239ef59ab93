"""循环或条件没有配对

什么：{%p for … %} 没有 {%p endfor %}，{%p if … %} 没有 {%p endif %}，或者多出一个结束标签。

为什么：程序不知道循环、条件到哪里为止，整份报告无法生成。

例子：删一个小标题时，连同它前面的 {%p elif … %} 一起删，却留下了 {%p endif %}。

怎么改：补上缺少的结束标签，删去多余的；对照随程序提供的模板最省事。

依据：推定。模板标签采用 Jinja2 的写法。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX605",
    name="unbalanced-block",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="给每个 for 配一个 endfor、每个 if 配一个 endif，先打开的后结束。",
)
