"""联系方式不像样

什么：邮编不是六位数字，或者网站、电子邮箱不是可能的写法。

为什么：联系方式会印在报告里，写错了群众联系不上。

例子：邮编“26210”，邮箱“abc#163.com”。

怎么改：按实际的邮编、邮箱、网址改正；没有的留空。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX081",
    name="contact-malformed",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="改正联系方式；没有的留空。",
)
