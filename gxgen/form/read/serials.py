"""Which numbers are dates: by the format of their cell's style, and counted as Excel counts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from gxgen.opc.xml import namespace, parse

Moment = dt.date | dt.time | dt.timedelta | float
"""A number that is no date, because it lies beyond the year 9999, stays a number."""
Dates = Mapping[str | None, Callable[[float], Moment]]
"""Cell style, by its number as text or None for the first → what a number in it means."""

_BUILT_IN = {*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}
_ELAPSED = 46
_LITERAL = re.compile(r'"[^"]*"?|[\\_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]?', re.I | re.S)
_DATED = re.compile(r"\[([hms])\1*\]|[dmyhs]|a/p", re.I)


@lru_cache(maxsize=8)
def date_styles(styles: bytes, *, since_1904: bool) -> Dates:
    """The styles whose numbers are dates, times or spans of time; a county's forms share theirs.

    Raises:
        XmlError: the part is not well-formed.
    """
    root = parse(styles)
    space = namespace(root)
    own = {
        one.get("numFmtId", ""): one.get("formatCode", "")
        for one in root.iterfind(f"{space}numFmts/{space}numFmt")
    }
    found: dict[str | None, Callable[[float], Moment]] = {}
    moment = _moment_1904 if since_1904 else _moment
    for number, style in enumerate(root.iterfind(f"{space}cellXfs/{space}xf")):
        kind = _kind(style.get("numFmtId", ""), own)
        if kind:
            found[str(number)] = _span if kind == "span" else moment
    if "0" in found:
        found[None] = found["0"]
    return found


def _kind(number: str, own: Mapping[str, str]) -> str | None:
    """``date``, ``span`` of time, or None."""
    if number in own:
        match = _DATED.search(_LITERAL.sub("", own[number]).split(";")[0])
        return None if match is None else "span" if match[1] else "date"
    if not number.isdecimal():
        return None
    return "span" if int(number) == _ELAPSED else "date" if int(number) in _BUILT_IN else None


def _moment(serial: float) -> Moment:
    # Excel takes 1900 for a leap year: its day 60 never was.
    return _since(dt.datetime(1899, 12, 31 if serial < 60 else 30), serial)


def _moment_1904(serial: float) -> Moment:
    return _since(dt.datetime(1904, 1, 1), serial)


def _since(start: dt.datetime, serial: float) -> Moment:
    """A time of day below 1, a date where nothing follows the point."""
    try:
        moment = start + dt.timedelta(milliseconds=round(serial * 86_400_000))
    except (OverflowError, ValueError):
        return serial
    if serial < 1:
        return moment.time()
    return moment.date() if serial.is_integer() else moment


def _span(serial: float) -> Moment:
    try:
        return dt.timedelta(milliseconds=round(serial * 86_400_000))
    except (OverflowError, ValueError):
        return serial
