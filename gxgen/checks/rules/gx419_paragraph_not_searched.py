"""正文有一段太长，没有核对

什么：正文的一段超过一万个字，程序没有在里面找数字、找错字；这一段照原样印出。

为什么：年报没有这样长的段落，多半是粘贴时丢了换行，或者粘进了别的东西；不说出来，会以为整段都核对过。

例子：第一部分全部粘在一个单元格的一段里，共一万二千个字。

怎么改：按内容分成几段；确实不必分的，请人工核对这一段里的数。

依据：推定。一份年报的正文一般不到四千字，一段不到一千字。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report
from gxgen.prose.claims.segment import LONGEST

_SHOWN = 20


def check(report: Report) -> Iterator[Finding]:
    """Each paragraph that is longer than those that are searched."""
    for passage in report.narrative:
        for paragraph in passage.paragraphs:
            text = paragraph.text
            if len(text) > LONGEST:
                message = (
                    f"“{text[:_SHOWN]}…”这一段有 {len(text)} 个字，超过 {LONGEST} 个字，"
                    "里面的数字和文字没有核对。"
                )
                yield Finding(RULE.code, message, paragraph.place, quote=text[:_SHOWN])


RULE = Rule(
    code="GX419",
    name="paragraph-not-searched",
    severity=Severity.NOTE,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="按内容分成几段；不必分的，请人工核对这一段里的数。",
    check=check,
)
