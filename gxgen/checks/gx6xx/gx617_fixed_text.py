"""模板里有固定文字

什么：模板的正文里，除标题和表格以外还有不是标签的文字。

为什么：固定文字会原样印进每一份报告；填写说明、备注留在模板里，就会公布出去。

例子：模板里留着“请各单位按本说明填写”。

怎么改：不该公布的，删去这一段；确实要印进每一份报告的，可以保留。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX617",
    name="fixed-text",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="不该公布的，删去这一段；确实要印进每一份报告的，可以保留。",
)
