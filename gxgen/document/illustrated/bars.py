"""The bars of channels, and the paragraph that they belong under."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gxgen.document.charts import CHANNELS, Chart
from gxgen.document.illustrated.changes import change, told
from gxgen.document.illustrated.channels import said, stated
from gxgen.document.illustrated.pictures import Bar, Bars, Picture, Sentence
from gxgen.document.illustrated.totals import Quoted, Total, published
from gxgen.model.measures import NOTE
from gxgen.model.report import Report


@dataclass(frozen=True, slots=True)
class Placed:
    """The bars, or the sentence in their place, and the numbers of the text that they show.

    ``paragraph`` is the text that counts them; empty where sheet 指标 does, and they stand at the
    end of what the agency says on it.
    """

    picture: Picture
    paragraph: str
    quoted: tuple[Quoted, ...]


def bars(report: Report, charts: Iterable[Chart]) -> Placed | None:
    """The bars of a report; None where nobody counts its channels."""
    chart = next((one for one in charts if one.id == CHANNELS), None)
    if chart is None:
        return None
    by_sheet = stated(report) is not None
    counts = () if by_sheet else said(report)
    lines = tuple(_bar(one.label, *one.values) for one in chart.bars)
    title = NOTE.sub("", chart.title)
    unit = chart.title[len(title) :].strip("（）")
    used = [one for one in lines if one.count]
    if not used:
        return None
    total = _total(report, unit, max(one.count for one in used))
    quoted = tuple(one.quoted for one in counts) + (total.quoted if total else ())
    paragraph = counts[0].quoted.paragraph if counts else ""
    if len(used) == 1:
        text = f"{title}：{used[0].label}{used[0].count}{unit}，其余渠道为0。"
        return Placed(Sentence("open", text), paragraph, quoted)
    head = (str(total.count), told(total.change)) if total else ("", "")
    return Placed(Bars(title, unit, lines, *head), paragraph, quoted)


def _bar(label: str, now: object, last: object = None) -> Bar:
    count = now if isinstance(now, int) else 0
    return Bar(label, count, change(count, last if isinstance(last, int) else None))


def _total(report: Report, unit: str, most: int) -> Total | None:
    """The year's total over the bars, if it is counted alike and holds the longest."""
    total = published(report)
    return total if total is not None and total.unit == unit and total.count >= most else None
