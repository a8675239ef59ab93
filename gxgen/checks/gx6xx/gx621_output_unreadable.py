"""写好的文档读不回来

什么：程序生成报告以后会再读一遍，这一份读不出来。

为什么：读不回来的文档，多半 Word 也打不开，所以没有交出。

例子：模板里的标签写在了不能放文字的地方，生成的内容不再是有效的文档。

怎么改：先运行 gxgen template check 检查模板；模板没有问题的，是程序的错误，请报告维护人员。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX621",
    name="output-unreadable",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="请把这份填报表和所用的模板交给维护人员；报告没有写出。",
)
