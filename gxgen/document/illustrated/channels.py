"""What an agency counts channel by channel: on its sheet 指标, else in its own words.

In words it must be beyond doubt. Every clause of one sentence must name one channel and one number,
in the same unit. A clause that counts several channels together, or says about how many, leaves no
chart at all: a part of the channels would be taken for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.document.charts import CHANNELS, Bar, Chart
from gxgen.document.illustrated.tiles import OVERVIEW
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
    rf"{_LEAD}(?P<label>[^，、和及与等\d]{{0,8}}?{_CHANNEL}){_VERB}(?P<count>\d[\d,]{{0,20}})(?P<unit>条次|条|篇|期)"
)
_NAMES = re.compile(_CHANNEL)
_NUMBER = re.compile(r"\d\s*(?:余|多)?(?:条|篇|期)|几十|上百|数百")
_TOTAL = re.compile(r"主动公开(?:各类)?(?:政府|政务)?信息共?(\d[\d,]{0,20})条")
_SENTENCE, _CLAUSE = re.compile("[^。！？]+"), re.compile("[^，；：]+")


def channels(report: Report) -> Iterator[Chart]:
    """The chart of channels, if the sheet counts them, or a sentence of section one does."""
    if (chart := _stated(report)) is not None:
        yield chart
        return
    for passage in report.passages(OVERVIEW):
        whole = [_int(total) for total in _TOTAL.findall(passage.text)]
        for sentence in _SENTENCE.findall(passage.text):
            bars, unit = _bars(sentence)
            if len(bars) >= FEWEST and sum(bars.values()) <= max(whole, default=sum(bars.values())):
                counted = tuple(Bar(label, (count,)) for label, count in bars.items())
                yield Chart(CHANNELS, f"各渠道发布信息（{unit}）", counted)
                return


def counted_in(text: str, unit: str) -> dict[str, int]:
    """What a paragraph counts channel by channel in that unit; none where that is not clear."""
    found = (_bars(sentence) for sentence in _SENTENCE.findall(text))
    return next((bars for bars, of in found if len(bars) >= FEWEST and of == unit), {})


def _stated(report: Report) -> Chart | None:
    """The channels that the sheet counts, beside last year's where any is known; those that were
    used in neither year are left out."""
    total = next(row for row in INDICATORS if row.channel)
    rows = [(r.channel, same_of(report.indicators, r.name)) for r in INDICATORS if r.channel]
    known = [(channel, one) for channel, one in rows if one and one.value is not None]
    used = [(channel, one) for channel, one in known if one.value or one.last]
    if len(used) < FEWEST or any(one.unit != total.unit for _, one in used):
        return None
    title = f"各渠道发布信息（{total.unit}）"
    if all(one.last is None for _, one in used):
        return Chart(CHANNELS, title, tuple(Bar(channel, (one.value,)) for channel, one in used))
    bars = tuple(Bar(channel, (one.value, one.last)) for channel, one in used)
    return Chart(CHANNELS, title, bars, (f"{report.year}年", f"{report.year - 1}年"))


def _bars(sentence: str) -> tuple[dict[str, int], str]:
    """(count by channel, unit) of a sentence; none where one clause is not clear."""
    out: dict[str, int] = {}
    units = set()
    for clause in map("".join, map(str.split, _CLAUSE.findall(sentence))):
        found = _COUNTED.fullmatch(clause)
        if found is None:
            if _NAMES.search(clause) and _NUMBER.search(clause):
                return {}, ""
            continue
        if found["label"] in out:
            return {}, ""
        out[found["label"]] = _int(found["count"])
        units.add(found["unit"])
    return (out, units.pop()) if len(units) == 1 else ({}, "")


def _int(text: str) -> int:
    return int(text.replace(",", ""))
