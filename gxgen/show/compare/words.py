"""The words for figures and what became of sentences, wherever a comparison is shown."""

from __future__ import annotations

from decimal import Decimal

from gxgen.comparison.figures import Change
from gxgen.comparison.reports import Section, Tie
from gxgen.comparison.sentences import Sameness
from gxgen.model.numbering import number_text
from gxgen.model.report import Value

UNKNOWN = "—"
UNREAD = "读不准"
"""Something stands there: it is not told as blank, and never as 0."""
UNTOLD = "无从核对"
"""A figure of either year is not known, or the forms have none that can be compared."""
SAMENESS = {
    Sameness.SAME: "相同",
    Sameness.NUMBERS: "只有数字不同",
    Sameness.CHANGED: "有改动",
    Sameness.NEW: "新写",
    Sameness.GONE: "删去",
}


def value(number: Value | None, unit: str = "", *, unread: bool = False) -> str:
    """A figure as it is printed."""
    if number is None:
        return UNREAD if unread else UNKNOWN
    return format(number, "f" if isinstance(number, Decimal) else "d") + unit


def signed(number: Value | None, unit: str = "") -> str:
    """A change with its sign; 0 has none."""
    if number is None:
        return UNKNOWN
    return ("+" if number > 0 else "") + value(number, unit)


def percent(number: Decimal | None) -> str:
    """A share of a hundred, two places."""
    return UNKNOWN if number is None else f"{number:.2f}%"


def rate(one: Change) -> str:
    """By how much a figure changed, beside the change itself."""
    if one.points:
        return "百分点"
    return UNKNOWN if one.percent is None else f"{one.percent:+.2f}%"


def named(mark: str, title: str) -> str:
    """A section as it is headed; the whole text has no mark."""
    return number_text(mark) + title if mark else title


def verdict(tie: Tie) -> str:
    """Whether a figure follows from last year's."""
    if tie.holds is None:
        return UNTOLD
    return "接得上" if tie.holds else "接不上"


def counted(section: Section, last: int, this: int) -> str:
    """What became of a text's sentences, in one line."""
    parts = "、".join(f"{word} {section.counts[one]}" for one, word in SAMENESS.items())
    alike = "" if section.alike is None else f"；{this}年的句子里文字未变的占 {section.alike:.1f}%"
    return f"{last}年 {section.last} 句，{this}年 {section.this} 句：{parts}{alike}"
