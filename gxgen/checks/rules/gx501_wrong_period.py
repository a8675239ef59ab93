"""统计期限不是报告年度

什么：正文写的统计期限（某年1月1日至12月31日），或者“结合某年……编制”的年份，与报告年度不同；
导语公布的是另一年的政府信息公开工作年度报告。

为什么：上年的导语照抄过来，年份忘了改，公布出去全篇都像是上年的。

例子：2024年度的报告写“所列数据的统计期限自2023年1月1日起至2023年12月31日止”。

怎么改：改成报告年度；是“基本信息”里的报告年度填错了，就改那里。

依据：《政府信息公开条例》第四十九条、第五十条：报告写上一年度的情况。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from gxgen.checks.rule import Rule
from gxgen.checks.text import lines_with, passage_lines
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.narrative import PREAMBLE
from gxgen.model.report import Report

_PERIOD = re.compile(
    r"(?:统计|所列数据|报告期)[^。；]{0,24}(\d{4})\s*+年\s*+1\s*+月\s*+1\s*+日?\s*+[起]?\s*+"
    r"[，,]?(?:至|到|—+|－|-|～|~)\s*+(?:(\d{4})\s*+年|当年)?\s*+12\s*+月\s*+31\s*+日"
)
_PUBLISHED = re.compile(
    r"(?:公布|发布|(?<!信息)(?<!政务)公开|编制|撰写|现将)[^\d，。；：《》的]{0,30}(\d{4})\s*年度?(?:政府信息公开|政务公开)"
    r"(?:工作)?(?:年度)?报告(?!》|[^，。；]{0,6}(?:通知|要求|部署|工作))"
)
_LAST = re.compile("上一?年度?[^。；]{0,20}$")
_MADE_OF = re.compile(r"结合[^\d。；《]{0,12}(\d{4})\s*年[^。；]{0,40}编制")


def check(report: Report) -> Iterator[Finding]:
    """Periods of the whole preamble; one that names the report's year beside it is silent."""
    for pattern, what in ((_PERIOD, "统计期限"), (_MADE_OF, "编制所依据的年份")):
        for text, place in lines_with(report, pattern):
            for found in pattern.finditer(text):
                wrong = {int(year) for year in found.groups() if year} - {report.year}
                if wrong and not _explained(report, found, text):
                    years = "、".join(f"{year}年" for year in sorted(wrong))
                    message = f"{what}写的是{years}，报告年度是{report.year}年。"
                    yield Finding(RULE.code, message, place, quote=found.group())
    yield from _named(report)


def _named(report: Report) -> Iterator[Finding]:
    """Preambles that publish the report of another year."""
    for text, place in chain.from_iterable(map(passage_lines, report.passages(PREAMBLE))):
        for found in _PUBLISHED.finditer(text):
            if int(found[1]) != report.year and not _LAST.search(text[: found.start()]):
                message = f"导语公布的是{found[1]}年的报告，报告年度是{report.year}年。"
                yield Finding(RULE.code, message, place, quote=found.group())


def _explained(report: Report, found: re.Match[str], text: str) -> bool:
    """The report's year stands in the sentence outside the period: two years are compared."""
    start = text.rfind("。", 0, found.start()) + 1
    end = text.find("。", found.end())
    around = text[start : found.start()] + text[found.end() : end if end >= 0 else None]
    own = f"{report.year}年"
    elsewhere = re.sub(
        r"《[^《》]*》|\d{4}年(?:度)?(?:政府信息公开)?(?:工作)?(?:年度)?报告", "", around
    )
    return own in elsewhere or "整改" in around or "上年" in around


RULE = Rule(
    code="GX501",
    name="wrong-period",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="把年份改成报告年度；报告年度本身填错了，改“基本信息”。",
    check=check,
)
