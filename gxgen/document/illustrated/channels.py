"""What an agency counts channel by channel: on its sheet 指标, else in its own words.

In words it must be beyond doubt. Every clause of one sentence must name its channel and one number,
in the same unit; several channels that one clause counts together are one bar, whose label quotes
them whole. A clause that says about how many leaves no chart at all: a part of the channels would
be taken for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gxgen.document.charts import CHANNELS, Bar, Chart
from gxgen.document.illustrated.totals import OVERVIEW, Quoted
from gxgen.editions.indicators import INDICATORS
from gxgen.model.indicators import same_of
from gxgen.model.report import Report

FEWEST = 2

_CHANNEL = (
    "(?:门户网站|政府网站|网站|微信公众号|微信订阅号|公众号|订阅号|微博|政务号|头条号|抖音号|视频号|"
    "新媒体|客户端|公开栏目|公开栏|公示栏|公告栏|宣传栏|显示屏|广播|电视|报刊|报纸)"
)
_LEAD = "(?:从渠道看|其中|另|通过|利用|依托|借助|在|由)*"
_VERB = (
    "(?:上|平台)?(?:共|累计|全年)*(?:发布|公开|推送|更新|刊发|刊登)(?:各类)?(?:政府|政务)?(?:信息)?"
)
_COUNTED = re.compile(
    rf"{_LEAD}(?P<label>[^，\d]{{0,12}}?{_CHANNEL}[^，\d]{{0,16}}?){_VERB}(?P<count>\d[\d,]{{0,20}})(?P<unit>条次|条|篇|期)"
)
_SEVERAL = re.compile("[、和及与等]")
"""A label that names more than one channel is quoted whole: its count is that of all together."""
_NAMES = re.compile(_CHANNEL)
_NUMBER = re.compile(r"\d\s*(?:余|多)?(?:条|篇|期)|几十|上百|数百")
_TOTAL = re.compile(r"主动公开(?:各类)?(?:政府|政务)?信息共?(\d[\d,]{0,20})条")
_SENTENCE, _CLAUSE = re.compile("[^。！？]+"), re.compile("[^，；：]+")


@dataclass(frozen=True, slots=True)
class Count:
    """What a clause counts: a channel or several, as they are called, and the number."""

    label: str
    count: int
    unit: str
    quoted: Quoted

    @property
    def several(self) -> bool:
        """Whether it is the count of more than one channel."""
        return bool(_SEVERAL.search(self.label)) or len(_NAMES.findall(self.label)) > 1


def channels(report: Report) -> Iterator[Chart]:
    """The chart of channels, if the sheet counts them, or a sentence of section one does."""
    if (chart := stated(report)) is not None:
        yield chart
    elif counts := said(report):
        bars = tuple(Bar(one.label, (one.count,)) for one in counts)
        yield Chart(CHANNELS, title_of(counts[0].unit), bars)


def title_of(unit: str) -> str:
    """What the chart is called."""
    return f"各渠道发布信息（{unit}）"


def said(report: Report) -> tuple[Count, ...]:
    """The channels that a sentence of section one counts; no more than the total beside them."""
    for passage in report.passages(OVERVIEW):
        whole = [_int(total) for total in _TOTAL.findall(passage.text)]
        for paragraph in passage.paragraphs:
            for counts in _by_sentence(paragraph.text):
                together = sum(one.count for one in counts)
                if len(counts) >= FEWEST and together <= max(whole, default=together):
                    return counts
    return ()


def counted_in(text: str, unit: str) -> dict[str, int]:
    """What a paragraph counts channel by channel in that unit; none where that is not clear."""
    for counts in _by_sentence(text):
        if len(counts) >= FEWEST and counts[0].unit == unit:
            return {} if any(one.several for one in counts) else {o.label: o.count for o in counts}
    return {}


def stated(report: Report) -> Chart | None:
    """The channels that the sheet counts, beside last year's where any is known; those that were
    used in neither year are left out."""
    total = next(row for row in INDICATORS if row.channel)
    rows = [(r.channel, same_of(report.indicators, r.name)) for r in INDICATORS if r.channel]
    known = [(channel, one) for channel, one in rows if one and one.value is not None]
    used = [(channel, one) for channel, one in known if one.value or one.last]
    if len(used) < FEWEST or any(one.unit != total.unit for _, one in used):
        return None
    title = title_of(total.unit)
    if all(one.last is None for _, one in used):
        return Chart(CHANNELS, title, tuple(Bar(channel, (one.value,)) for channel, one in used))
    bars = tuple(Bar(channel, (one.value, one.last)) for channel, one in used)
    return Chart(CHANNELS, title, bars, (f"{report.year}年", f"{report.year - 1}年"))


def _by_sentence(text: str) -> Iterator[tuple[Count, ...]]:
    """What each sentence counts, channel by channel; empty where one clause is not clear."""
    for sentence in _SENTENCE.finditer(text):
        counts = tuple(_clauses(text, *sentence.span()))
        clear = tuple(one for one in counts if one is not None)
        yield clear if len(clear) == len(counts) and _apart(clear, sentence[0]) else ()


def _apart(counts: Sequence[Count], sentence: str) -> bool:
    """Whether no channel is counted twice, and all in one unit; a clause on several channels may
    be the whole of those behind 其中."""
    names = [name for one in counts for name in set(_NAMES.findall(one.label))]
    doubled = len(set(names)) < len(names) or len({one.label for one in counts}) < len(counts)
    whole = "其中" in sentence and any(one.several for one in counts)
    return len({one.unit for one in counts}) == 1 and not doubled and not whole


def _clauses(text: str, start: int, end: int) -> Iterator[Count | None]:
    """What each clause counts; None for one that names a channel and a number, but not clearly."""
    for clause in _CLAUSE.finditer(text, start, end):
        letters = [at for at in range(*clause.span()) if not text[at].isspace()]
        words = "".join(text[at] for at in letters)
        found = _COUNTED.fullmatch(words)
        if found is not None:
            first, last = letters[found.start("count")], letters[found.end("unit") - 1] + 1
            quoted = Quoted(text, first, last)
            yield Count(found["label"], _int(found["count"]), found["unit"], quoted)
        elif _NAMES.search(words) and _NUMBER.search(words):
            yield None


def _int(text: str) -> int:
    return int(text.replace(",", ""))
