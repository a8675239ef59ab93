"""Reports that try a page: real ones, and those at the ends of what can occur."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.model.agency import Agency
from gxgen.model.report import Entry, Report, SignOff, SignOffForm
from tests.factory import balanced_values
from tests.reports import FULL, make_report, passages
from tests.support import sample_reports

NEWEST = max(EDITIONS.values(), key=lambda edition: edition.first_year)
OLDEST = min(EDITIONS.values(), key=lambda edition: edition.first_year)
DATED = SignOff(SignOffForm.AGENCY_AND_DATE, dt.date(2026, 1, 8))
LONG_NAME = "黄三角农业高新技术产业示范区管理委员会综合行政执法服务中心"
USUAL = Agency("云阳市机关事务服务中心")
"""All its characters are in every face, so that its name is one run of glyphs."""
RARE_NAME = "垟塆县𬒈堉里镇人民政府"
ADDRESS = "https://www.anqiu.gov.cn/zwgk/fdzdgknr/zfxxgkbgxzzx2025.html"
FULL_LINE = "永"
SHORT, SHORT_AFTER, CLOSING = "短句。", "表后短句。", "结尾的一段话。"
ROOMS = (0, 5, 6, 7, 12, 15, 16, 17, 20, 23, 26, 27)
"""Short lines before a table and before the sign-off: each leaves another room on the page."""

TOGETHER = ("0571-88888888", "zw-gk@wf.gov.cn", "2023-2025", "www.wf-x.gov.cn", "12,345", "99.5%")
"""Words that a line must not end in, each longer or shorter than others and some with hyphens."""
OFFSETS = range(13, 27)
"""Characters before such a word: at some of them a line ends inside it."""
NEAR_LINE_ENDS = passages(
    (
        "6",
        "其他",
        *(FULL_LINE * at + f"：{word}，此后继续写满。" for word in TOGETHER for at in OFFSETS),
    )
)
NUMBERED = passages(
    (
        "6",
        "其他",
        *(FULL_LINE * at + "国办公开办函〔2021〕30号，此后继续写满。" for at in OFFSETS),
    )
)
"""The number of a document where lines end."""


_PLAIN = ("1", "1.1", "1.1.1", "1.1.1.1", "1.1.2", "1.2", "2", "3", "4")
"""Passages without texts that were made to be awkward."""


@dataclass(frozen=True)
class Case:
    """A report, and whether it is a draft."""

    report: Report
    draft: bool = False


def cases() -> dict[str, Case]:
    """All of them by name."""
    real = {name: Case(report) for name, report in sample_reports().items()}
    return real | _extremes() | _rooms()


def _extremes() -> dict[str, Case]:
    base = make_report(narrative=_words(), sign_off=DATED, agency=USUAL)
    long_name = Agency(LONG_NAME)
    old = make_report(OLDEST.id, narrative=_words(), sign_off=DATED, agency=USUAL)
    line = passages(("1", "总体情况", "本年度无变化。"))
    return {
        "长机关名": Case(replace(base, agency=long_name)),
        "长机关名，旧格式": Case(replace(old, agency=long_name)),
        "一行正文": Case(replace(base, narrative=line)),
        "三十页正文": Case(replace(base, narrative=_solid(66))),
        "整行": Case(replace(base, narrative=_solid(6))),
        "一至七位数": Case(replace(base, entries=_figures(NEWEST, range(1, 8)))),
        "七位数": Case(replace(base, entries=_figures(NEWEST, (7,)))),
        "七位数，旧格式": Case(replace(old, entries=_figures(OLDEST, (7,)))),
        "生僻字": Case(replace(base, agency=Agency(RARE_NAME))),
        "文号": Case(replace(base, narrative=NUMBERED)),
        "长网址": Case(replace(base, narrative=_with_address())),
        "无落款": Case(replace(base, sign_off=SignOff(SignOffForm.NONE))),
        "只署单位": Case(replace(base, sign_off=SignOff(SignOffForm.AGENCY))),
        "短单位名": Case(replace(base, agency=Agency("云阳市水务局"))),
        "草稿": Case(base, draft=True),
    }


def _rooms() -> dict[str, Case]:
    found = {}
    for edition in EDITIONS.values():
        for room in ROOMS if edition is NEWEST else ROOMS[::3]:
            narrative = passages(
                ("1", "总体情况", *[SHORT] * room),
                ("3", "申请", *[SHORT_AFTER] * room),
                ("6", "其他", *[SHORT] * room, CLOSING),
            )
            report = make_report(edition.id, narrative=narrative, sign_off=DATED, agency=USUAL)
            found[f"{room}行，{edition.id}"] = Case(report)
    return found


def _words():
    """Headings of every level, run-in ones among them."""
    return passages(
        ("0", None, "本报告依据《中华人民共和国政府信息公开条例》编制。"),
        *((p.mark, p.heading, *(t.text for t in p.paragraphs)) for p in FULL if p.mark in _PLAIN),
        ("5", "存在的主要问题及改进情况", "存在的主要问题：解读形式不够丰富。下一步将逐项改进。"),
        *((p.mark, p.heading, *(t.text for t in p.paragraphs)) for p in FULL if p.mark[0] == "6"),
    )


def _solid(paragraphs: int):
    return passages(("1", "总体情况", *[FULL_LINE * (26 + 28 * 8)] * paragraphs))


def _with_address():
    text = (
        f"本报告的电子版可从某某市人民政府门户网站上的信息公开专栏（{ADDRESS}）下载。如有疑问，"
        "请与某某市机关事务服务中心办公室联系，电子邮箱：zhengwugongkaibangongshi@wf.shandong.cn。"
    )
    return passages(("6", "其他", text, "没有长网址的一段，仍然两端对齐。" * 3))


def _figures(edition: Edition, lengths) -> dict[str, Entry]:
    """Figures of these numbers of digits in turn."""
    out = {}
    for number, key in enumerate(balanced_values(edition)):
        value = int("9876543"[: lengths[number % len(lengths)]])
        out[key] = Entry(value, str(value))
    return out
