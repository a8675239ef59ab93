"""正文文件里的表与工作簿的数不同

什么：正文的 Word 文件里附有规定的三张表之一，表里的数与工作簿同一格的数不同；
或者表的版式对不上，没法核对。

为什么：报告里的三张表只由工作簿生成，Word 文件里的表不印。两处不同，总有一处是错的或旧的。

例子：Word 文件的表三里“一、本年新收政府信息公开申请数量·自然人”是12，工作簿里是2。

怎么改：弄清哪个数对：工作簿错了，改工作簿；Word 文件是旧的，改掉或删去那张表。

依据：推定。Word 文件里空着的格和短横线不比较。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX072",
    name="table-differs-from-workbook",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="核对这几格；工作簿错了改工作簿，Word 文件旧了就改掉或删去那张表。",
)
