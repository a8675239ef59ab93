"""隐藏的行也读取了

什么：正文里有隐藏的行，或者整张工作表是隐藏的，里面的文字同样读取并会印在报告里。

为什么：隐藏的内容在屏幕上看不见，可能是不想要的旧文字。

例子：筛选、隐藏了正文的第12行，里面还有上年的文字。

怎么改：取消隐藏看一看；不要的文字请删除。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX085",
    name="hidden-row-read",
    severity=Severity.NOTE,
    since="0.1.0",
    hint="取消隐藏，核对行里的文字；不要的请删除。",
)
