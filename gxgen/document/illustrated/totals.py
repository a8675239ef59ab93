"""The year's totals that section one states in so many words: what was published, what was taught.

Strict on purpose: every word of the clause is known, nothing before it in the sentence speaks of
another year, a part of the year or a part of the whole, and all such clauses of the report say the
same number. What is not beyond doubt is no total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gxgen.model.indicators import same_of
from gxgen.model.report import Report

OVERVIEW = "1"
PUBLISHED, TRAINED = "主动公开信息", "培训场次"
"""The rows of sheet 指标 that count the same, and come first."""

_OTHERS = (
    "网站|公众号|订阅号|微信|微博|平台|客户端|政务号|头条|抖音|视频号|新媒体|专栏|栏目|公开栏|公示栏|公告栏|屏|电视|广播|"
    "报刊|报纸|其中|通过|利用|依托|借助|渠道|上半年|下半年|季度|每|月|历年|截至|截止|累计以来|以来|下属|所属|各科室|"
    "各村|各社区|上级|系统"
)
_LEAD = rf"(?:(?!{_OTHERS})[^\d，；：。、]){{0,14}}?"
_WORDS = rf"(?:(?!{_OTHERS})[^\d，；：。、]){{0,16}}?"
_WHOLE = "(?:YEAR年度?|本年度|全年)"
_DONE = "(?:组织|开展|举办|召开|举行)(?:了)?"
_TRAINING = "培训班?会?(?:活动)?"
_TIMES = "场次|场|次|期"
_ACTIVE = (
    rf"(?:{_WHOLE})?{_LEAD}主动公开(?:了)?(?:各类)?(?:政府|政务)?信息(?:共计?|累计|合计)?"
    r"(?P<count>\d{1,9})(?P<unit>条)"
)
_TAUGHT = (
    rf"(?:{_WHOLE})?{_LEAD}{_DONE}{_WORDS}(?:"
    rf"{_TRAINING}(?:共计?)?(?P<count>\d{{1,9}})(?P<unit>{_TIMES})"
    rf"|(?P<ahead>\d{{1,9}})(?P<measure>{_TIMES})(?!人){_WORDS}{_TRAINING})"
)
"""YEAR stands for the report's year."""
_CHANGE = re.compile(
    r"(?:较|比|相较|与)(?:上年度?|去年)(?:同期)?(?:相比)?(?P<way>增加|增长|多|减少|下降|少)(?:了)?(?P<by>\d{1,9})条"
)
_SENTENCE = re.compile("[^。！？]+")
_CLAUSE = re.compile("[^，；：]+")
_OTHER_TIMES = re.compile(
    "上一?年|去年|往年|历年|近[一二两三几]年|上半年|下半年|季度|截至|截止|以来|计划|将|明年|下一步"
)
_YEARS = re.compile(r"(\d{4})年")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A number with its unit where it stands: letters ``start`` to ``end`` of a paragraph."""

    paragraph: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Total:
    """A year's total, its unit, what it is more than last year's (None: nobody says), and where
    the text says it."""

    count: int
    unit: str
    change: int | None = None
    quoted: tuple[Quoted, ...] = ()


def published(report: Report) -> Total | None:
    """How much was published of its own accord: by sheet 指标, else by the words of section one."""
    claimed = _agreed(_claims(report, _ACTIVE))
    return _stated(report, PUBLISHED, claimed) or claimed


def trained(report: Report) -> Total | None:
    """How often was taught in all the year: by sheet 指标, else by the words of section one."""
    claimed = _agreed(_claims(report, _TAUGHT, marked=True))
    return _stated(report, TRAINED, claimed) or claimed


def _stated(report: Report, name: str, claimed: Total | None) -> Total | None:
    one = same_of(report.indicators, name)
    if one is None or not one.value:
        return None
    change = None if one.last is None else one.value - one.last
    agrees = claimed is not None and claimed.count == one.value
    return Total(one.value, one.unit, change, claimed.quoted if claimed and agrees else ())


def _agreed(found: Iterator[Total]) -> Total | None:
    """The one total that all clauses state; a change is kept only if none contradicts it."""
    totals = list(found)
    if len({(one.count, one.unit) for one in totals}) != 1:
        return None
    changes = {one.change for one in totals if one.change is not None}
    change = changes.pop() if len(changes) == 1 else None
    quoted = tuple(place for one in totals for place in one.quoted)
    return Total(totals[0].count, totals[0].unit, change, quoted)


def _claims(report: Report, pattern: str, *, marked: bool = False) -> Iterator[Total]:
    """What sentences of section one state; ``marked``: only with a word for the whole year."""
    clause = re.compile(pattern.replace("YEAR", str(report.year)))
    whole = re.compile(_WHOLE.replace("YEAR", str(report.year)))
    for passage in report.passages(OVERVIEW):
        for paragraph in passage.paragraphs:
            for sentence in _SENTENCE.finditer(paragraph.text):
                for found, behind in _in_sentence(sentence, clause, report.year):
                    so_far = sentence[0][: found.end() - sentence.start()]
                    if not marked or whole.search(so_far):
                        yield _total(found, behind)


def _in_sentence(
    sentence: re.Match[str], clause: re.Pattern[str], year: int
) -> Iterator[tuple[re.Match[str], tuple[int, int]]]:
    """Each clause that is one, with the place of the next; of another time there is none."""
    text, start = sentence.string, sentence.start()
    places = [m.span() for m in _CLAUSE.finditer(text, start, sentence.end())]
    for at, (begin, last) in enumerate(places):
        before = text[start:begin]
        blank = len(text[begin:last]) - len(text[begin:last].lstrip())
        found = clause.fullmatch(text, begin + blank, last)
        elsewhere = _OTHER_TIMES.search(before) or any(
            int(other) != year for other in _YEARS.findall(text[start:last])
        )
        if found is not None and not elsewhere:
            yield found, places[at + 1] if at + 1 < len(places) else (last, last)


def _total(found: re.Match[str], behind: tuple[int, int]) -> Total:
    """``behind``: where the next clause is, which may say the change on last year."""
    named, text = found.groupdict(), found.string
    count, unit = ("count", "unit") if named["count"] else ("ahead", "measure")
    quoted = [Quoted(text, found.start(count), found.end(unit))]
    by = None
    if (change := _CHANGE.fullmatch(text, *behind)) is not None:
        by = int(change["by"]) * (-1 if change["way"] in ("减少", "下降", "少") else 1)
        quoted.append(Quoted(text, change.start("by"), behind[1]))
    return Total(int(found[count]), found[unit], by, tuple(quoted))
