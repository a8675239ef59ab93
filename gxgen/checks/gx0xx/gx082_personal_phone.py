"""填的是手机号码

什么：电话或传真填了11位手机号码。

为什么：报告要公布，个人手机号码是个人信息；应填办公电话。

例子：电话“13800000000”。

怎么改：改填办公电话；确实是单位公布的手机号码，在“说明”里写明。

依据：《中华人民共和国个人信息保护法》第二十五条。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX082",
    name="personal-phone",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="改填办公电话，不填个人手机。",
)
