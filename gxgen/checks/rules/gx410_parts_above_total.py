"""正文里的分项合不上总数

什么：正文“其中”或者括号里的一项，比它前面的总数还大；各项处理结果、复议诉讼结果加起来超过（全部列出时不等于）
正文自己写的总数；新收加上年结转不等于办结加结转下年。渠道、主体可以重复计，不加总；大约的数不比。

为什么：这是不看表也看得出来的差错，表里怎么填都对不上。

例子：“行政复议3件，其中维持3件，纠正1件”。

怎么改：核对台账，看总数错还是分项错；不是同一范围的，把话说清楚。

依据：推定。由表三、表四的勾稽关系和“其中”的字面意思推出。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.contradictions import parts_above, unbalanced
from gxgen.checks.rule import Rule
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report


def check(report: Report) -> Iterator[Finding]:
    """Parts above their total, by the words and by what the figures must add up to."""
    yield from parts_above(report, RULE.code)
    yield from unbalanced(report, RULE.code)


RULE = Rule(
    code="GX410",
    name="parts-above-total",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="核对台账，看总数错还是分项错；说的范围不同的，把话说清楚。",
    check=check,
)
