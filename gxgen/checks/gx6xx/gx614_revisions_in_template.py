"""模板留有修订或批注

什么：模板里有没有接受的修订，或者没有删除的批注。

为什么：修订痕迹和批注会原样带进每一份报告，公布以后谁都看得见。

例子：设计模板时开着“修订”，保存前没有接受。

怎么改：“审阅”—“接受所有修订”，“删除文档中的所有批注”，关闭“修订”，保存。

依据：推定。公文定稿不得带有修改痕迹。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX614",
    name="revisions-in-template",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="在 Word 或 WPS 的“审阅”里接受全部修订、删除全部批注，再保存。",
)
