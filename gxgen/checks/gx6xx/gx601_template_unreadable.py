"""模板打不开

什么：模板文件不是有效的 .docx，或者带有宏、外部实体、过大的内容，程序拒绝打开。

为什么：模板会用来生成每一份报告。来历不明的宏和外部引用可能带来危险，损坏的文件生成不出完整的报告。

例子：把 .doc 改名成 .docx；另存时选了“启用宏的文档”。

怎么改：用 Word 或 WPS 打开原文件，另存为“Word 文档（*.docx）”，不要选带宏的格式。

依据：推定。.docx 文件的结构见 ECMA-376（ISO/IEC 29500）。
"""

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Severity

RULE = Rule(
    code="GX601",
    name="template-unreadable",
    severity=Severity.ERROR,
    since="0.1.0",
    hint="用 Word 或 WPS 打开模板，另存为不带宏的 .docx 后再试；打不开的，用随程序提供的模板重做。",
)
