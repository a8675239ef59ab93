"""单位不在名册里

什么：填报表的单位全称，在 county.toml 的名册里找不到。

为什么：多半是名称写得与名册不一致（多一个字、少一个字），那样名册里的那个单位就会被当作没有交。

例子：名册里是“某某县财政局”，填报表里写的是“某某县财政局机关”。

怎么改：以公章为准，改填报表的单位全称，或改名册；确实漏列的，补进名册。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX703",
    name="agency-not-in-roster",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="核对单位全称与 county.toml 的名册；名称写错就改填报表，漏列就补进名册。",
)
