"""Which numbers are dates: by the format of their cell's style, and counted as Excel counts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

Moment = dt.date | dt.time | dt.timedelta | float
"""A number that is no date, because it lies beyond the year 9999, stays a number."""

_LITERAL = re.compile(r'"[^"]*"?|[\\_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]?', re.I | re.S)
_DATED = re.compile(r"\[([hms])\1*\]|general|[dmyhs]|a/p", re.I)


def moment_of(code: str, *, since_1904: bool) -> Callable[[float], Moment] | None:
    """What a number of that format means, if that is a date, a time or a span of time."""
    match = _DATED.search(_LITERAL.sub("", code).split(";")[0])
    if match is None or match[0].lower() == "general":
        return None
    return _span if match[1] else _moment_1904 if since_1904 else _moment


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
