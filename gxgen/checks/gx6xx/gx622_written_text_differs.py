"""写好的文字与报告不同

什么：生成的文档里，某一段文字、标题或落款与报告内容不同，或者缺少、多出一段。

为什么：公布的报告必须与机关填报的一字不差，有差别的不交出。

例子：模板的循环漏掉了三级标题，标题和文字就少了。

怎么改：先运行 gxgen template check 检查模板；模板没有问题的，是程序的错误，请报告维护人员。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX622",
    name="written-text-differs",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="先运行 gxgen template check 检查模板；模板没有问题的，请交给维护人员。",
)
