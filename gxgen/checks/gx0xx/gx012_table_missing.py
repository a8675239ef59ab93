"""缺少表或缺少行列

什么：某张表的工作表被删除，或其中的行、列被删除，或标题找不到。

为什么：缺的格子没有数，不能当作0，也不能猜。

例子：“表三”工作表被删掉；“（一）予以公开”一行被删掉。

怎么改：用空白填报表重新填写，或从完整的表里把缺的部分补回来；不要删除行、列和工作表。

依据：国办公开办函〔2021〕30号规定的表样，行、列不得增减。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX012",
    name="table-missing",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="用空白填报表重新填写缺少的表；表样的行、列和工作表不能删除。",
)
