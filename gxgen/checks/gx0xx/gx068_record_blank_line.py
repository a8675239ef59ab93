"""JSON 文件的文字里有空行

什么：一段文字里有空行（连续两个换行，或者只有空格的一行），写进填报表时去掉了。

为什么：报告一行一段，空行不成为段落；告诉您是为了不悄悄改动原文。

例子：`"text": "第一段。\\n\\n第二段。"`

怎么改：不必处理。

依据：推定。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX068",
    name="record-blank-line",
    severity=Severity.NOTE,
    since="0.1.0",
    hint="不必处理；要消除提示，删去文字里的空行。",
)
