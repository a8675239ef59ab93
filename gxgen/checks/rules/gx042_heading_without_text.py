"""小标题下面没有文字

什么：一个小标题下面，既没有段落，也没有更小的标题和文字。

为什么：空白表里预先列出了常用的小标题；没有填写就会只印出一个标题，像是漏写了。

例子：“（三）政府信息管理”一行保留着，下面没有写。

怎么改：写上内容，或把这一行小标题删去。

依据：推定。小标题本身是一句完整的话、以句号结尾的，不算。
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import says_something
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.narrative import Narrative
from gxgen.model.outline import heading_text
from gxgen.model.report import Report


def check(report: Report) -> Iterator[Finding]:
    """Sub-headings with nothing under them, in sections that do say something."""
    for section in report.edition.sections:
        passages = tuple(report.passages(section.mark))
        if any(says_something(passage) for passage in passages):
            yield from _bare(passages)


def _bare(passages: Narrative) -> Iterator[Finding]:
    filled = {mark for p in passages if says_something(p) for mark in _upwards(p.mark)}
    for passage in passages:
        if passage.level > 1 and passage.mark not in filled:
            message = f"小标题“{heading_text(passage)}”下面没有文字。"
            yield Finding(RULE.code, message, passage.place, quote=passage.heading)


def _upwards(mark: str) -> Iterator[str]:
    """A mark, and those of the headings above it: ``1.2.3``, ``1.2``, ``1``."""
    while mark:
        yield mark
        mark = mark.rpartition(".")[0]


RULE = Rule(
    code="GX042",
    name="heading-without-text",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="写上这一项的内容；不写这一项的，删去小标题，后面的编号会自动顺延。",
    check=check,
)
