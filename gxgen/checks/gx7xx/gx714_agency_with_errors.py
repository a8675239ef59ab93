"""有单位的填报表有错误，汇总是草稿

什么：交来的填报表里有必须改正的错误，这个单位的数没有计入汇总。

为什么：有错的数加进去，汇总的数也跟着错；当作0又会少算。所以不计入，只出草稿。

例子：某某县财政局的表三总计与各项之和不符，退回更正。

怎么改：按退回件改正后重新报送。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX714",
    name="agency-with-errors",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="把“returns”文件夹里的退回件发给单位，改好后重新放入、重新运行。",
)
