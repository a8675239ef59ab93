"""一条检查规则自身出错。

什么：程序的某条检查规则在这份报告上运行失败，这一条没有查完；其他规则照常检查。

为什么：这是程序的缺陷，不是填报的错误。没有查完就不能说报告没有这类问题，所以按错误处理。

例子：“检查规则 GX203（fee-in-yuan）自身出错”。

怎么改：填报单位不需要改数。请把这条提示连同表格发给程序的维护者；急用时可加 --draft 先出草稿。

依据：推定。这是程序自己的约定。
"""

from __future__ import annotations

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX901",
    name="rule-crashed",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="这是程序的缺陷，请把这条提示连同表格发给程序的维护者；急用时可加 --draft 先出草稿。",
)
