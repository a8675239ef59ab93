"""JSON 文件里的部分标题不对

什么：六个部分的标题与表样规定的不同，或者导语写了标题。

为什么：年度报告六个部分的标题是固定的，写成别的会被替换，等于改了原文。

例子：第2部分写成“行政机关主动公开政府信息情况”。

怎么改：改成提示里的标题。

依据：国办公开办函〔2021〕30号所附格式。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX065",
    name="record-heading",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="六个部分用表样规定的标题，导语的 heading 写 null。",
)
