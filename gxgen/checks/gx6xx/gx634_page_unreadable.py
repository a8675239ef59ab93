"""写好的网页读不回来

什么：程序生成网页以后会再读一遍，这一份读不出来：标记不成对，或者有报告里不该有的标记。

为什么：读不回来的网页，浏览器显示的可能与报告不同，网站的编辑器也可能丢掉内容，所以没有交出。

例子：文件不完整，表格没有结束；文字里的尖括号被当成了标记。

怎么改：先看提示所说的标记；重新生成一次仍然如此的，是程序的错误，请报告维护人员。

依据：推定。网页的标记采用HTML标准。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX634",
    name="page-unreadable",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="重新生成一次；仍然如此的，请把填报表交给维护人员。网页没有写出。",
)
