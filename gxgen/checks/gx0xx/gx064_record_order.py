"""JSON 文件里正文的编号不合次序

什么：narrative 的 section 不是合用的编号，或者跳号、重号、倒序、超过四层。

为什么：印出的标题编号由次序得出；次序不对，印出的编号就会与原来的不同。

例子：1.1 之后是 1.3。

怎么改：改成连续的编号；落款的 9 只能排在最后。

依据：推定；接口约定：0 导语，1 至 6 六个部分，1.1 其下一层，9 落款。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX064",
    name="record-order",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="按 0、1、1.1、1.1.1、1.2……9 的次序写，不缺、不重、最多四层。",
)
