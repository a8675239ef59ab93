"""没有导语

什么：报告的第一个部分前面没有导语。

为什么：导语写明报告的编制依据和数据的统计期限；没有它，报告一开头就是“一、总体情况”。

例子：工作表“正文”里“导语”下面预填的一段被删去了，没有另写。

怎么改：恢复预填的文字，或自己写一段，写明依据和统计期限。

依据：推定。格式没有规定导语的写法；已公布的报告大都有。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.narrative import PREAMBLE
from gxgen.model.report import Report
from gxgen.places import FilePart


def check(report: Report) -> Iterator[Finding]:
    """A report that says something, but nothing before its first section."""
    passages = report.passages(PREAMBLE)
    if report.narrative and not any(passage.text.strip() for passage in passages):
        file = FilePart(report.file) if report.file else None
        place = passages[0].place if passages else file
        yield Finding(RULE.code, "没有导语：没有写明报告的编制依据和数据的统计期限。", place)


RULE = Rule(
    code="GX076",
    name="preamble-missing",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="在“导语”里写明编制依据和统计期限；空白表里预填的文字可以直接用。",
    check=check,
)
