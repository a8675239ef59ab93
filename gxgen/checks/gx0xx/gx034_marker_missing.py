"""正文缺少部分标题

什么：“正文”工作表第一列里，固定的部分标题缺了。

为什么：没有标题就不能确定文字属于哪一部分。

例子：“五、存在的主要问题及改进情况”那一行被删掉。

怎么改：从空白表里把这一行复制回来，放在原来的位置。

依据：国办公开办函〔2021〕30号规定的六个部分。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX034",
    name="marker-missing",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="把缺少的部分标题行从空白填报表复制回来。",
)
