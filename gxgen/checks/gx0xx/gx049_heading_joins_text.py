"""小标题将与下文排在同一段

什么：单独成行的小标题以句号或冒号结尾，印出时下面的文字会接在它后面。

为什么：小标题末尾有句号或冒号，是“标题与正文接排”的写法；没有，才单独成行。

例子：“（一）收取信息处理费情况。”单独占一行，下一行才是正文，印出来两行接成一段。

怎么改：想单独成行，就删去末尾的标点；想接排，不必改。

依据：推定；公文小标题单独成行时末尾不加标点。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX049",
    name="heading-joins-text",
    severity=Severity.NOTE,
    since="0.1.0",
    hint="要让小标题单独成行，就删去它末尾的句号或冒号。",
)
