"""PDF 的文字与报告不同

什么：生成的 PDF 里，某一段文字、标题或落款与报告内容不同，或者缺少、多出一段。

为什么：各种格式的报告必须一字不差，有差别的不交出。

例子：字体里没有某个字，PDF 中这个字变成了空白。

怎么改：先用 gxgen doctor 检查字体；字体没有问题的，是程序的错误，请报告维护人员。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX625",
    name="pdf-text-differs",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="先用 gxgen doctor 检查字体；字体没有问题的，请交给维护人员。",
)
