"""The numbers of a JSON record: what surely stands there, and how it is quoted."""

from __future__ import annotations

import re
from decimal import Decimal

from gxgen.kinds import Kind

_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
"""A number in quotes, written as JSON would write it without them."""
MOST_DIGITS, MOST_PLACES = 12, 8
"""What a figure may have before and behind the point to be looked at as one."""

WANTED = {
    Kind.COUNT: "0 或正整数",
    Kind.SIGNED: "整数",
    Kind.MONEY: '不带单位的数（万元），例如 "2648.52"，最多4位小数',
}
"""What a figure of each kind should be, in a clerk's words."""


def number_of(value: object) -> Decimal | None:
    """The number that surely stands there, with the places that it was written with."""
    if isinstance(value, float):
        value = Decimal(repr(value))
    elif isinstance(value, str) and _PLAIN.fullmatch(value):
        value = Decimal(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    last = number.as_tuple().exponent
    if not isinstance(last, int) or last < -MOST_PLACES or number.adjusted() >= MOST_DIGITS:
        return None
    return number if number else abs(number)


def shown(value: object) -> str:
    """A value as it is quoted; a long one only in its beginning, a structure in words."""
    if isinstance(value, str):
        return f'"{value[:40]}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        number = Decimal(value)
        return str(number)[:40] if number.is_finite() else "NaN 一类的字样，或者位数太多的数"
    return "一个列表" if isinstance(value, list) else "一组名称和值"
