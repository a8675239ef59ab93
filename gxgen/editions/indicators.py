"""Counts that no official table holds: the standard rows of the sheet 指标.

The same in every edition, so they stand beside them. Agencies add rows of their own. All of it is
voluntary: a blank row says nothing. Literals only.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A standard row.

    ``within`` names the row that this one is a channel of, ``channel`` says which, in a chart;
    ``part`` is the part of section one whose key figure it is.
    The same piece may be published through several channels, so channels may add up to more than
    their total; none is above it, and together they are not below it.
    """

    name: str
    unit: str
    guidance: str = ""
    within: str = ""
    channel: str = ""
    part: str = ""


_PUBLISHED = "主动公开信息"

INDICATORS: tuple[IndicatorRow, ...] = (
    IndicatorRow(
        _PUBLISHED, "条", "全年的总数；同一条在几个渠道发布的，只计一次。", part="主动公开"
    ),
    IndicatorRow("政府网站发布信息", "条", "", _PUBLISHED, "政府网站"),
    IndicatorRow("微信发布信息", "条", "公众号、订阅号。", _PUBLISHED, "微信"),
    IndicatorRow("微博发布信息", "条", "", _PUBLISHED, "微博"),
    IndicatorRow("其他新媒体发布信息", "条", "客户端、视频号等。", _PUBLISHED, "其他新媒体"),
    IndicatorRow("政府公报发布信息", "条", "", _PUBLISHED, "政府公报"),
    IndicatorRow("其他渠道发布信息", "条", "公开栏、报刊、广播电视等。", _PUBLISHED, "其他渠道"),
    IndicatorRow("政策解读材料", "篇", "文字、图解、视频都算；一个文件几种解读的分别计。"),
    IndicatorRow("新闻发布会", "场"),
    IndicatorRow("在线咨询答复", "件", "网站留言、政务新媒体私信等已答复的。"),
    IndicatorRow("培训场次", "场", "政府信息公开方面的培训。", part="监督保障"),
    IndicatorRow("培训人次", "人次"),
    IndicatorRow("人大代表建议", "件", "本年办理的。"),
    IndicatorRow("政协提案", "件", "本年办理的。"),
)
