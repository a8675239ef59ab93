"""正文文件里的一个表格没有读入

什么：正文文件里有一个表格，不是格式规定的三张表，程序没有读。

为什么：报告的正文只由标题和段落组成；规定的三张表由工作簿里的数字生成，文件里的不读。
其他表格里如果有要公布的内容，就会漏印。

例子：用一个只有一格的表格当作边框，里面写着一段文字。

怎么改：把表格里的文字改成段落。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX055",
    name="table-ignored",
    severity=Severity.WARNING,
    since="0.1.0",
    hint="表里的内容需要印出的，改写成文字；不需要的，不必改。",
)
