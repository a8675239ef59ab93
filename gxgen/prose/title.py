"""A report's title in any order of its words: whose it is, and of which year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from gxgen.letters import squeezed
from gxgen.model.numbering import fold
from gxgen.numerals import from_chinese

LONGEST = 90
AGENCY_LENGTH = 40
_WORDS = re.compile(
    "(?:政府信息公开|政务公开|信息公开)(?:工作)?(?:情况)?的?(?:(?P<year>(?:19|20)[0-9]{2})年?)?(?:年度|年)?(?:工作)?(?:情况)?的?(?:总结)?"
    "(?:报告|年报)(?!制度|编制|格式|要求)"
)
_PERIOD = re.compile(r"自?((?:19|20)\d\d)年1月1日起?[至到]?(?:\d{4}年)?12月31日止?")
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度|度|年(?!\d))")
_BARE_YEAR = re.compile(r"(?<![\d第])((?:19|20)\d\d)(?![\d号])")
"""It counts in a title that names no year in full; else it is a part of the agency's name."""
_CHINESE_YEAR = re.compile(
    r"[二一][〇○◯零OoＯ0九]([〇○◯零OoＯ0一二三四五六七八九])([〇○◯零OoＯ0一二三四五六七八九])(?=年)"
)
_NO_TITLE = re.compile(
    "现将|根据|按照|依据|依照|为|以下|本报告|本年|附件|点击|下载|我们|编制|公布|发布|印发|上报|转发|做好|严格"
)
_CLEARED = re.compile("关于|(?<=[^目])的|发布|公布|编制|印发")
_LATER = re.compile(
    "全文|正文|图文版|图解|文字版|定稿|终稿|送审稿|报送稿|修改稿|草案|公示|公告|的公告|的通告"
)
_LABEL = re.compile(r"(?:信息)?(?:标题|名称|题目)[:：]")
_ENDS = re.compile("[。；;！？!?]|[：:，,]$")
_DIGITS = str.maketrans("〇○◯零OoＯ0一二三四五六七八九", "00000000123456789")
DATE = re.compile(
    r"[（(]?(?P<y>\d{4}|[〇○◯零OoＯ0一二三四五六七八九]{4})(?P<sep>年|[-./])"
    r"(?P<m>\d{1,2}|[一二三四五六七八九十]{1,3})(?:月|(?P=sep))"
    r"(?P<d>\d{1,2}|[一二三四五六七八九十廿卅]{1,3})日?[)）]?"
)
BODIES = (
    "局", "委员会", "委", "办公室", "办事处", "政府", "中心", "厅", "院", "站", "队", "处", "办",
    "镇", "乡", "街道", "社", "会", "馆", "所", "部", "校", "学", "公司", "团", "署", "联",
)  # fmt: skip
"""How the names of agencies end."""


def title_parts(title: str) -> tuple[str, int | None] | None:
    """(agency, year) that a title names, empty and None where it names none; None for no title."""
    title = _LABEL.sub("", title.strip(), count=1)
    if len(title) > LONGEST or _ENDS.search(title) or "公开" not in (core := fold(_arabic(title))):
        return None
    found = next(reversed(list(_WORDS.finditer(core))), None)
    if found is None or _NO_TITLE.match(core):
        return None
    before, after = core[: found.start()], core[found.end() :]
    years: list[str] = [found["year"]] if found["year"] else []
    for patterns in ((_PERIOD, _DAY, _YEAR), (_BARE_YEAR,)):
        if patterns[-1] is _YEAR or not years:
            before, after = (_without(part, patterns, years) for part in (before, after))
    before, after = _CLEARED.sub("", before), _LATER.sub("", after)
    agency = before or after
    if (before and after) or len(agency) > AGENCY_LENGTH or _WORDS.search(before):
        return None
    if after and not after.endswith(BODIES):
        return None
    if agency.endswith("人民"):
        agency += "政府"  # …人民政府信息公开年度报告
    return agency, int(years[0]) if years else None


def _without(text: str, patterns: Iterable[re.Pattern[str]], years: list[str]) -> str:
    """A text without what they find; the years found are added."""
    for pattern in patterns:
        if pattern.groups:
            years += pattern.findall(text)
        text = pattern.sub("", text)
    return text


def _arabic(text: str) -> str:
    """二〇二四年 as 2024年."""
    return _CHINESE_YEAR.sub(
        lambda found: (
            ("19" if found[0][0] == "一" else "20") + (found[1] + found[2]).translate(_DIGITS)
        ),
        text,
    )


def looks_like_agency(text: str) -> bool:
    """Whether a line is an agency's name and nothing else."""
    core = fold(text)
    if not 2 < len(core) <= AGENCY_LENGTH or not core.endswith(BODIES):
        return False
    return all(c.isalnum() or c.isspace() or c in "（）()·" for c in text)


def date_of(text: str) -> dt.date | None:
    """The date that a line is: 2025年1月8日, 二○二五年一月八日, （2025-01-08）."""
    found = DATE.fullmatch(squeezed(text))
    if found is None:
        return None
    try:
        return dt.date(int(found["y"].translate(_DIGITS)), _number(found["m"]), _number(found["d"]))
    except ValueError:
        return None


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return from_chinese(text.replace("廿", "二十").replace("卅", "三十")) or 0
