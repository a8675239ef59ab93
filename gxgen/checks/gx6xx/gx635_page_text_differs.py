"""网页的文字与报告不同

什么：生成的网页里，某一段文字、标题、落款或网页的名称与报告内容不同，或者缺少、多出一段。

为什么：公布的报告必须与机关填报的一字不差，网页与Word文档也必须一致，有差别的不交出。

例子：少了一段；“（一）主动公开”成了普通段落，读屏软件找不到这个标题；正式的网页上留着草稿的标记。

怎么改：重新生成一次仍然如此的，是程序的错误，请报告维护人员。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX635",
    name="page-text-differs",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="重新生成一次；仍然如此的，请把填报表交给维护人员。网页没有写出。",
)
