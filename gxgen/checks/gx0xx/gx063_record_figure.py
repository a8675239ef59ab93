"""JSON 文件里的数写法不对

什么：件数不是 0 或正整数，增减不是整数，金额不是加引号的小数。

为什么：数字写错了不能猜，写进填报表就成了单位填报的数。

例子：`"disclosure.fees.amount": 2648.52` 没有引号；`"requests.received.total": -1` 是负数。

怎么改：件数写 0 或正整数（不加引号），金额写加引号的小数（单位万元），没有填的写 null。

依据：推定；接口约定；表样各栏的单位。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX063",
    name="record-figure",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="按这一格的要求改写数字；没有填的写 null。",
)
