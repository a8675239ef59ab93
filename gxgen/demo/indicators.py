"""What some of the invented agencies count beside the tables, true to what their texts say."""

from __future__ import annotations

from gxgen.demo.agencies import GOVERNMENT, DemoAgency
from gxgen.demo.facts import published
from gxgen.model.indicators import STANDARD, Indicator, Indicators, in_order

_SHARE = 0.5
"""Of the agencies fill the sheet: it is voluntary."""
_PUBLISHED = {
    "active": "主动公开信息",
    "site": "政府网站发布信息",
    "social": "微信发布信息",
    "board": "其他渠道发布信息",
}
_UNUSED = ("微博发布信息", "其他新媒体发布信息", "政府公报发布信息")
_RANGES = {"培训场次": (2, 6), "培训人次": (20, 300), "在线咨询答复": (0, 90), "新闻发布会": (0, 3)}
_OWN = Indicator("政务公开开放日", "次")
"""A row of an agency's own."""
_TOLD = {"trainings": "培训场次", "trained": "培训人次"}
"""Slots of the text that name a row of the sheet."""


def fills(unit: DemoAgency) -> bool:
    """Whether an agency fills the sheet; the government's counts are its agencies'."""
    return unit.index != GOVERNMENT and unit.random("indicators").random() < _SHARE


def slots(unit: DemoAgency) -> dict[str, str]:
    """What the text of an agency that fills the sheet says in place of numbers of its own."""
    return {slot: f"{{{{ 指标.{row} }}}}" for slot, row in _TOLD.items()} if fills(unit) else {}


def demo_indicators(unit: DemoAgency, year: int) -> Indicators:
    """The sheet of a year, last year's counts beside this year's."""
    if not fills(unit):
        return {}
    now, last = _counts(unit, year), _counts(unit, year - 1)
    standard = (
        Indicator(row.name, row.unit, now.get(row.name), last.get(row.name))
        for row in STANDARD.values()
    )
    own = Indicator(_OWN.name, _OWN.unit, now[_OWN.name], last[_OWN.name])
    return in_order((*standard, own))


def _counts(unit: DemoAgency, year: int) -> dict[str, int]:
    random = unit.random(year, "counts")
    drawn = {name: random.randint(*limits) for name, limits in _RANGES.items()}
    told = published(unit, year)
    channels = {row: told[name] for name, row in _PUBLISHED.items()}
    return {**channels, **dict.fromkeys(_UNUSED, 0), **drawn, _OWN.name: random.randint(1, 4)}
