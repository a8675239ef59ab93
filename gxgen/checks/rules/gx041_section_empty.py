"""规定的部分没有内容

什么：由文字组成的部分只有标题，或只有标题和小标题，没有一句话。

为什么：空着的部分印出来只有一个标题，报告不完整，会被退回。

例子：“六、其他需要报告的事项”下面什么也没有写。

怎么改：写上内容。没有其他事项也要写一句“没有其他需要报告的事项”，收取信息处理费的情况必须写。

依据：国办公开办函〔2021〕30号、国办公开办函〔2019〕60号所附格式；收取信息处理费情况见国办函〔2020〕109号。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import says_something
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.outline import heading_text
from gxgen.model.report import Report


def check(report: Report) -> Iterator[Finding]:
    """Sections of words with a title, perhaps sub-headings, and not one sentence."""
    for section in report.edition.sections:
        passages = report.passages(section.mark)
        if section.narrative and passages and not any(says_something(p) for p in passages):
            empty = "只有小标题，没有文字" if len(passages) > 1 else "没有填写"
            message = f"“{heading_text(passages[0])}”{empty}。"
            yield Finding(RULE.code, message, passages[0].place)


RULE = Rule(
    code="GX041",
    name="section-empty",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="写上这一部分的内容；确实没有的，也要写明，例如“没有其他需要报告的事项”。",
    check=check,
)
