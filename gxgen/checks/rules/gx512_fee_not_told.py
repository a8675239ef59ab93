"""其他事项里没有写收取信息处理费的情况

什么：“六、其他需要报告的事项”写了别的事项，却没有写收取信息处理费的情况，全文别处也没有写。

为什么：收取信息处理费的情况是年度报告必须写的一项，没有收取也要写明。

例子：第六部分只写了人大代表建议、政协委员提案的办理结果和联系方式。

怎么改：补一句“本年度未收取信息处理费”，或者写明发出几件收费通知、收取多少元。

依据：《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）。2020年度以前的报告不问；
第六部分只写“无”或者“没有其他需要报告的事项”的，也不问。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import passage_lines, printed_lines, solid
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

_SECTION = "6"
_FIRST_YEAR = 2020
"""The rules on the fee were issued in it: they are older than one edition and younger than the
other."""
_SHORTEST = 40
"""Less is no matter reported, but the sentence that there is none."""


def check(report: Report) -> Iterator[Finding]:
    """The part on the fee, where section six reports other matters and nothing speaks of it."""
    passages = report.passages(_SECTION)
    parts = [part for part in report.edition.section(_SECTION).parts if part.wording]
    told = solid(text for passage in passages for text, _ in passage_lines(passage))
    if report.year < _FIRST_YEAR or len(told) < _SHORTEST:
        return
    whole = solid(text for text, _ in printed_lines(report))
    for part in parts:
        if not re.search(part.wording, told) and not re.search(part.own, whole):
            message = f"第六部分没有写“{part.title}”：没有收取也要写明。"
            yield Finding(RULE.code, message, passages[0].place)


RULE = Rule(
    code="GX512",
    name="fee-not-told",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="补一句“本年度未收取信息处理费”，或写明收取的情况。",
    check=check,
)
