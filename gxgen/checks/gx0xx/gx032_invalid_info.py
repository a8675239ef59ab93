"""基本信息填写不对

什么：填的内容不是这一项能用的。

为什么：程序不猜年份、日期和选项。

例子：报告年度填“二三年”；成文日期填“年初”。

怎么改：按右边“说明”一列的写法填。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX032",
    name="invalid-info",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="按这一行右边的说明改正。",
)
