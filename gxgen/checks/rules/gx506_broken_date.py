"""日期写坏了

什么：年月日缺了字（“20241月”“12月31止”），或者日历上没有这一天（“4月31日”）。

为什么：读的人要猜；这样的字句多半是改年份时碰坏的。

例子：“自20241月1日起”；“至12月31止”；“11月31日”。

怎么改：补上缺的“年”“日”，或改成实有的日期。

依据：推定；已公布的报告里有过。
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from gxgen.checks.rule import Rule
from gxgen.checks.text import lines_with
from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

_BROKEN = re.compile(
    r"(?<![\d.．\-—－/第号〔])20[12]\d(?:0?[1-9]|1[0-2])月(?:\d{1,2}日|[份底末初至起止，。])"
    r"|(?<![\d.．])20[12]\d\d年(?:\d{1,2}月|度)"
    r"|(?<![\d.．])\d{1,2}月\d{1,2}[止起](?![\d\u4e00-\u9fff])"
    r"|(?<![\d.．])\d{1,2}月\d{1,2}至20[12]\d年"
)
_DAY = re.compile(r"(?<![\d.．])(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日")
_ANY = re.compile(r"月|20\d{3}年")
_LEAP = 2024


def check(report: Report) -> Iterator[Finding]:
    """Dates that lack a word, and days that no calendar has."""
    for text, place in lines_with(report, _ANY):
        for found in _BROKEN.finditer(text):
            message = f"日期“{found.group()}”缺了字或多了数字。"
            yield Finding(RULE.code, message, place, quote=found.group())
        for found in _DAY.finditer(text):
            if not _exists(*found.groups()):
                message = f"“{found.group()}”：日历上没有这一天。"
                yield Finding(RULE.code, message, place, quote=found.group())


def _exists(year: str | None, month: str, day: str) -> bool:
    """Whether there is such a day; without its year 29 February is one."""
    try:
        dt.date(int(year or _LEAP), int(month), int(day))
    except ValueError:
        return False
    return True


RULE = Rule(
    code="GX506",
    name="broken-date",
    severity=Severity.ERROR,
    addressee=Addressee.CLERK,
    since="0.2.0",
    hint="照实写全年月日。",
    check=check,
)
