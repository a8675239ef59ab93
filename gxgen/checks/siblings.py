"""Where a text speaks in the name of another agency of its county, as one does that was copied.

A report names its neighbours lawfully in many ways: it worked with them, handed them requests, was
examined by them, was told by them of a decision. So only those places count where a report names
whose it is: the subject of what was received, published and done about open government, the
preamble, the address for questions and the last line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from gxgen.checks.text import lines_with, printed_lines
from gxgen.model.agency import Agency
from gxgen.model.agency_names import is_called
from gxgen.model.report import Report
from gxgen.places import Place
from gxgen.prose.claims import full_names, speaks_for_all
from gxgen.prose.phrases import alternatives


class Mention(NamedTuple):
    """A neighbour as it is called in a sentence."""

    called: str
    agency: str
    sentence: str
    place: Place | None


class _Finder(NamedTuple):
    heads: re.Pattern[str]
    """The first letters of all names: few, as most begin with their county."""
    names: Mapping[str, str]
    lengths: tuple[int, ...]
    """From the longest: of two names at one place it is the one that is meant."""

    def at(self, text: str, start: int) -> str | None:
        """The longest name that stands there."""
        cuts = (text[start : start + length] for length in self.lengths)
        return next((cut for cut in cuts if cut in self.names), None)


_HEAD = 3
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_NOT_TEXT = re.compile(r"《[^《》]*》|“[^“”]*”|https?://[^\s，。；）)]+|www\.[^\s，。；）)]+")
_MOST_LAST = 2
"""Lines at the end of a report that may be its sign-off."""
_NEAR = 60
"""Letters before a name that are looked at for what it is in its sentence."""
_MOST_LETTERS, _MOST_NAMES = 1_200, 20
"""Of a sentence, and in it: a longer one is a list."""

_YEAR = r"(?:20\d\d|本)年度?|今年|全年|一年来|年内"
_OPENS = re.compile(
    rf"(?:^|[，,：:；;])\s*+(?:[（(]?[一二三四五六七八九十\d]{{1,3}}[）)、.．]\s*+|[一二三四五六七八九十]是)?"
    rf"(?:{_YEAR})?+\s*+$"
)
_THEN = rf"^[，,]?(?:在?(?:{_YEAR}))?[，,]?"
_RECEIVED = re.compile(
    rf"{_THEN}(?:共计?|累计|总共|合计|新|没有|未|均|依法|及时)*"
    r"(?:(?:收到|接到|接收|受理)(?!的)[^，,。]*?(?:信息公开申请|依申请公开|公开信息申请)"
    r"|收取(?!的)[^，,。]*?信息处理费|(?:主动公开|公开发布)[^，,。]*?(?:政府信息|信息[\d共]))"
)
_STANCE = re.compile(
    rf"{_THEN}(?:严格|认真|高度重视|始终|坚持|切实|深入|持续|不断|全面|扎实|积极|进一步|按照|依据|根据|贯彻|落实"
    "|(?:加强|健全|完善|成立|建立)[^，,。]*(?:领导小组|组织领导|制度|机制))"
)
_ABOUT = re.compile("政府信息公开|政务公开|信息公开")
_REPORTS = re.compile(
    rf"{_THEN}(?:现将|现|编制|公布|发布|形成)[^，,。]*(?:年度|本|此)报告"
    "(?!的?(?:编制|编写)?的?(?:通知|要求|格式|模板|样式|范本))"
    rf"|{_THEN}现将[^，,。]*情况"
    rf"|{_THEN}没有其他(?:需要报告的事项|有关文件)"
)
_WHOSE = re.compile(
    r"^(?:20\d\d年度?|本年度)?的?(?:政府信息公开|政务公开|信息公开)(?:工作)?"
    "(?:领导小组|年度报告|指南|目录|制度|总体情况|创新情况)(?!栏目|专栏|链接|网页|页面)"
)
_MADE = re.compile(
    r"(?:^|[，,：:]|公布|发布|编制|现将|形成|成立|调整|制定|印发|修订|完善|更新|加强|推进)了?\s*+$"
)
_BY = re.compile(r"报告由\s*+$")
_MAKES = re.compile("^(?:办公室)?(?:负责)?(?:编制|编写|发布|公布|解释|制作)")
_ASK = re.compile(r"(?:请与|请联系|请咨询|请向|请致电)\s*+$")
_DOUBT = re.compile("(?:如|若)[^，,]{0,20}?(?:疑问|问题|意见|建议)[^，,]{0,8}[，,]?\\s*+请")
"""What opens the sentence on whom to ask, behind those on the report."""
_ANSWERS = re.compile("^(?:办公室|[^，,。（(]{0,4}科)?(?:联系|咨询|反映|提出|[（(，,：:]|$)")
_DATE = re.compile(r"^\s*+(?:20\d\d年\d{1,2}月\d{1,2}日)?+\s*+$")

_OWN = "己"
"""What the agency's own names become; it is no part of any agency's name."""
_OF_OTHERS = re.compile(
    f"{_OWN}|[向由为对给与和同请随](?:我|本(?:[局委办镇乡院站所]|中心|街道|单位|机关))|[交送转办]我|涉及我"
    "|转[至交由]|对各|各单位|各部门|各[镇乡]|其中|复议|诉讼|经验|典型|学习|借鉴"
)
"""Words of a sentence that tells what somebody else did."""
_SELF = re.compile("[我本](?:[局委办镇乡院站所馆]|中心|街道|单位|机关|部门)")
_EXAMINES = re.compile(
    "调度|部署|拨付|批复|考核|通报|检查|督导|督查|督办|抽查|测评|评估|培训"
    "|审查|审核|指导|牵头|联合|配合|会同|移交|转送"
)
_HELPS = re.compile("(?:配合|协助|会同|协同|帮助|支持)[^，,。；;]*$")


def mentions(report: Report) -> Iterator[Mention]:
    """Each place where the text speaks as one of the other agencies. A county's own report speaks
    of them all."""
    named = report.facts.named
    if not named or speaks_for_all(report.agency):
        return
    finder = _finder(named)
    own = full_names(report.agency, report.words.names_of(report.agency.name))
    others: dict[str, bool] = {}
    last = [line for line in printed_lines(report) if line[0].strip()][-_MOST_LAST:]
    for text, place in lines_with(report, finder.heads):
        ends = (text, place) in last and _after_it(last, text)
        for found in _in_line(text, finder, own, ends=ends):
            agency = finder.names[found[0]]
            if agency not in others:
                others[agency] = _is_another(report.agency, found[0], agency)
            if others[agency]:
                yield Mention(found[0], agency, found[1], place)


def _after_it(last: list[tuple[str, Place | None]], text: str) -> bool:
    """Whether nothing but a date follows a line that is among the last."""
    texts = [line for line, _ in last]
    return all(_DATE.match(line) for line in texts[texts.index(text) + 1 :])


def _is_another(agency: Agency, called: str, name: str) -> bool:
    """Whether a name is neither the agency's own, nor its superior's or its subordinate's."""
    own, short = agency.name, agency.short_name or agency.name
    town = re.sub("(?:人民政府|政府|办事处)$", "", name)
    related = own in name or name in own or short in name or own.startswith(town)
    return not related and not is_called(agency, called) and not is_called(agency, name)


def _in_line(
    text: str, finder: _Finder, own: Sequence[str], *, ends: bool
) -> Iterator[tuple[str, str]]:
    """(name, sentence) of a line; ``own`` are the agency's names, the longest first, ``ends`` says
    that it may be the sign-off."""
    bare = _NOT_TEXT.sub(_blank, text)
    for name in own:
        bare = bare.replace(name, _OWN * len(name))
    for sentence in _SENTENCE.finditer(bare):
        said = text[sentence.start() : sentence.end()].strip()
        found = list(islice(_names(sentence.group(), finder), _MOST_NAMES))
        if len(said) > _MOST_LETTERS or len(found) == _MOST_NAMES:
            continue
        earlier = bare[: sentence.start()]
        several = len({finder.names[name] for _, name in found}) > 1
        for start, name in found:
            before, after = sentence.group()[:start], sentence.group()[start + len(name) :]
            if _signs(before, after, said, earlier, several=several) or (
                ends and not before.strip() and _DATE.match(after)
            ):
                yield name, said


def _blank(found: re.Match[str]) -> str:
    return "〇" * len(found.group())


def _names(sentence: str, finder: _Finder) -> Iterator[tuple[int, str]]:
    """Where names stand, none inside another."""
    at = 0
    while (head := finder.heads.search(sentence, at)) is not None:
        name = finder.at(sentence, head.start())
        if name is not None:
            yield head.start(), name
        at = head.start() + len(name or " ")


def _signs(before: str, after: str, said: str, earlier: str, *, several: bool) -> bool:
    """Whether a sentence says that the report is the named agency's; ``said`` is all of it as it
    was written, with its titles, ``earlier`` what its paragraph says before."""
    near = before[-_NEAR:]
    if _BY.search(near) and _MAKES.match(after):
        return True
    on_report = "报告" in before or ("报告" in earlier and _DOUBT.match(before))
    if on_report and _ASK.search(near) and _ANSWERS.match(after):
        return True
    if several or _OF_OTHERS.search(before) or _OF_OTHERS.search(after):
        return False
    if _WHOSE.match(after) and _MADE.search(near):
        # Who helps another with its catalogue, or acts together with it, says whose it is.
        return not _HELPS.search(near)
    if not _OPENS.search(near):
        return False
    clause = re.split("[，,；;]", after.lstrip("，,"), maxsplit=1)[0]
    if _RECEIVED.match(after) or _REPORTS.match(after):
        return not _SELF.search(clause)
    about = _STANCE.match(after) and _ABOUT.search(said)
    return bool(about) and not _EXAMINES.search(clause) and not _SELF.search(said)


@lru_cache(maxsize=8)
def _finder(named: tuple[tuple[str, str], ...]) -> _Finder:
    """Made ready once a county and process."""
    names = dict(named)
    heads = alternatives(sorted({name[:_HEAD] for name in names}))
    return _Finder(re.compile(heads), names, tuple(sorted({*map(len, names)}, reverse=True)))
