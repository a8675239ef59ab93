"""缺少规定的部分

什么：“总体情况”“存在的主要问题及改进情况”“其他需要报告的事项”三个由文字组成的部分，有一个连标题都没有。

为什么：报告由六个部分组成，一个也不能少；缺一部分的报告会被退回。

例子：“正文”表里“六、其他需要报告的事项”一行被删掉了。

怎么改：在“正文”表（或同名的 Word 文件）里补上标题和文字。
标题写法不同而没有认出来的，改成规定的写法。
二、三、四部分由表格生成，没有文字可以不写标题。

依据：国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.numbering import section_heading
from gxgen.model.report import Report
from gxgen.places import FilePart


def check(report: Report) -> Iterator[Finding]:
    """Sections of words of which the narrative has nothing, not even the title."""
    present = {passage.section for passage in report.narrative}
    place = FilePart(report.file) if report.file else None
    for section in report.edition.sections:
        if section.narrative and section.mark not in present:
            name = section_heading(section)
            yield Finding(RULE.code, f"正文缺少“{name}”：没有找到这个标题。", place)


RULE = Rule(
    code="GX040",
    name="section-missing",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="补上这一部分的标题（与格式规定的相同）和文字。",
    check=check,
)
