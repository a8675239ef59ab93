"""模板缺少表格

什么：规定的三张表中，有一张在模板里找不到。

为什么：缺一张表的报告不完整，会被退回。

例子：删除“四、政府信息公开行政复议、行政诉讼情况”下的表格。

怎么改：从随程序提供的模板复制整张表，粘贴到对应的标题下面。没有发生的事项也要填 0，不能删表。

依据：国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX609",
    name="table-removed",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="从随程序提供的模板复制整张表，粘贴到对应的标题下面。",
)
