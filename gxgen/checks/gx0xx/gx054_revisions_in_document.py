"""文件里有没处理的修订

什么：Word 文件带有修订标记，有的文字标为删除或插入，还没有接受或拒绝。

为什么：程序按“全部接受”读：删除的不读，插入的读。如果有的修订本应拒绝，印出的就不是定稿。

例子：领导把“1445”改成“1554”，修订还没有接受。

怎么改：逐处接受或拒绝修订，再保存。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX054",
    name="revisions-in-document",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="在 Word 或 WPS 的“审阅”里接受或拒绝全部修订，保存后再做。",
)
