"""文字里有软件留下的记号

什么：正文里有 Word、网页等软件在转换时留下的记号，如“[bookmark: _Hlk12345]”“&nbsp;”。

为什么：这些记号不是单位写的话，原样印出来就公布了。

例子：“[bookmark: _Hlk66973412]本年度主动公开政府信息12条。”

怎么改：删去记号，留下文字。

依据：推定；已公布的报告里见过。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import lines_with
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

_RESIDUE = re.compile(
    r"\[bookmark:[^\[\]]{0,200}\]|&(?:nbsp|amp|lt|gt|quot|#\d{1,7});|_Hlk\d{1,20}|_Toc\d{1,20}"
)


def check(report: Report) -> Iterator[Finding]:
    """The first residue of each paragraph or heading, with its place."""
    for text, place in lines_with(report, _RESIDUE):
        found = _RESIDUE.search(text)
        if found:
            message = f"“{text[found.start() :][:30]}”里的“{found.group()}”是软件留下的记号。"
            yield Finding(RULE.code, message, place, quote=found.group())


RULE = Rule(
    code="GX077",
    name="word-residue",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.1.0",
    hint="删去记号，留下文字。",
    check=check,
)
