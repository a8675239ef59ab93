"""隐藏的数也读取了

什么：表二、表三、表四里有隐藏的行或列，或者整张表是隐藏的，里面的数同样读取并会印在报告里。

为什么：隐藏的格在屏幕上看不见，里面可能是忘了改的旧数；报告里的表格一行也不能少，所以照样读取。

例子：为了好看隐藏了表三的第20行，行里还有上年的 3 件。

怎么改：取消隐藏（选中上下两行，右键“取消隐藏”），核对里面的数；都是 0 的，不改也可以。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX086",
    name="hidden-figure-read",
    severity=Severity.NOTE,
    since="0.1.0",
    hint="取消隐藏，核对里面的数。",
)
