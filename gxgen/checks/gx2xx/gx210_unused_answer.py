"""“说明”表里有一行没有起作用。

什么：“说明”表的一行，编号和单元格对不上任何核实事项，或者编号是不能用说明代替的错误，或者没有写理由。

为什么：说明只对它写明的那一处有效。数字改过以后留下的旧说明，或者写错的编号、单元格，会让人误以为已经说明过。

例子：填了“GX201，表二!B7”，但提示的是表二!D7；或者给错误 GX101 写了说明。

怎么改：照核实事项末尾给出的编号、单元格和数字抄写；不再需要的行删去；错误必须改正，不能说明。

依据：推定。这是填报表格自己的约定，通知没有规定。
"""

from __future__ import annotations

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX210",
    name="unused-answer",
    severity=Severity.NOTE,
    since="0.1.0",
    hint="照核实事项末尾给出的编号和单元格填写；不再需要的行删去。",
)
