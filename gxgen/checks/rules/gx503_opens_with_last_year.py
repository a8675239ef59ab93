"""总体情况的句子以上一年开头

什么：“一、总体情况”里有一句话以上一年的年份开头，句中没有说是结转、比较或整改。

为什么：多半是上年的句子照抄过来，年份忘了改。

例子：2024年度的报告写“2023年，我局主动公开政府信息32条。”

怎么改：是今年的事，改年份；确实在说上一年，在“说明”表里写一句。

依据：推定；已公布的报告里有过。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import passage_lines
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

_AFTER = re.compile(r"年度?(?:[，,]|[我本全](?!省|国))")
_EXPLAINED = re.compile(
    r"整改|问题|结转|相比|比较|同比|较|上年|上一年|去年|同期|截至|截止|已|曾|基础|[预决]算|荣获|考核|测评|通报"
    r"|[本今当]年|评为|获评|第三方|年度报告|公报|绩效"
)


def check(report: Report) -> Iterator[Finding]:
    """Sentences of section one whose first word is last year's year."""
    last, own = str(report.year - 1), str(report.year)
    for passage in report.passages("1"):
        if last not in passage.text or "整改" in (passage.heading or ""):
            continue
        for text, place in passage_lines(passage):
            for sentence in re.split("(?<=[。！？])", text):
                said = sentence.strip()
                opens = said.startswith(last) and _AFTER.match(said, len(last))
                if opens and own not in said and not _EXPLAINED.search(said):
                    message = f"这句话以{last}年开头，报告年度是{own}年：说的是哪一年？"
                    yield Finding(RULE.code, message, place, quote=said)


RULE = Rule(
    code="GX503",
    name="opens-with-last-year",
    severity=Severity.WARNING,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="说的是报告年度的事，就改年份。",
    check=check,
)
