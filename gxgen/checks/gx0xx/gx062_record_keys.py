"""JSON 文件的格不全，或者有不认识的项

什么：values 里缺了表样的某一格，或者有表样里没有的格；单位类别不是可选的几种，也算这一类。

为什么：缺一格而不说，就会被当成没有填；名称写错的格会丢掉数字。

例子：requests.recieved.total（应为 requests.received.total）。

怎么改：照提示补上、删去或改正；200格（2019版198格）一格不少。

依据：推定；接口约定：values 含表样的全部格。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX062",
    name="record-keys",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="缺的格补上（没有填的写 null），多的格删去或改正名称。",
)
