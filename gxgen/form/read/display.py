"""What a number looks like in its cell: by its format, exactly, or not at all.

Formats that a Chinese Excel or WPS offers are rendered: digits, thousands, percent, dates, times
and words beside them. Fractions, powers of ten, conditions and Chinese figures are not.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from gxgen.numbers import NumberReading

GENERAL = "General"
_YEAR_MONTH, _MONTH_DAY, _FULL = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_CLOCK, _SECONDS = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'
BUILT_IN: dict[int, str] = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: _YEAR_MONTH,
    28: _MONTH_DAY,
    29: _MONTH_DAY,
    30: "m-d-yy",
    31: _FULL,
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: _CLOCK,
    35: _SECONDS,
    36: _YEAR_MONTH,
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: _YEAR_MONTH,
    51: _MONTH_DAY,
    52: _YEAR_MONTH,
    53: _MONTH_DAY,
    54: _MONTH_DAY,
    55: _CLOCK,
    56: _SECONDS,
    57: _YEAR_MONTH,
    58: _MONTH_DAY,
}
"""The formats that a file names by number only, as a Chinese system shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<gap>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)"
    r"|(?P<moment>y+|m+|d+|h+|s+|a{3,4}|e+)|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+)"
    r"|(?P<percent>%)|(?P<text>@)|(?P<odd>E[+-]|[/](?=[?#0-9])|b+|g+)|(?P<plain>.)",
    re.I | re.S,
)
_SECTION = re.compile(r'(?:"[^"]*"?|\\.|\[[^\]]*\]?|[^;"\\\[])*', re.S)
_COLOUR = re.compile(r"(?:color\s*\d+|black|blue|cyan|green|magenta|red|white|yellow|.色)", re.I)
_LONG_DATE, _LONG_TIME = "$-F800", "$-F400"
_DIGITS = re.compile(r"(?P<whole>[0#,]*)(?:\.(?P<places>0*#*))?")
_WEEKDAYS = "一二三四五六日"
_GENERAL_WIDTH = 11
"""Digits and point that a cell without a format has room for."""

Token = tuple[str, str]
"""(kind, text)."""


@lru_cache(maxsize=256)
def sections(code: str) -> tuple[str, ...]:
    """The parts of a format: above zero, below, zero, text."""
    found, at = [], 0
    while at <= len(code):
        match = _SECTION.match(code, at)
        found.append(match[0] if match else "")
        at += len(found[-1]) + 1
    return tuple(found)


def displayed(value: object, code: str) -> str | None:
    """What a cell with that format shows of a number or a moment; None where that is not sure."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value, code)
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        tokens = _tokens(sections(code)[0])
        return None if tokens is None else _moment(value, tokens)
    return None


@lru_cache(maxsize=256)
def is_plain(code: str) -> bool:
    """Whether a format shows every number as itself, but for its decimals: digits, thousands and
    blanks beside them, a sign or brackets below zero, nothing or a stroke for zero."""
    parts = sections(code)
    return (
        _is_bare(parts[0], "")
        and all(_is_bare(part, "-", "()") for part in parts[1:2])
        and all(_is_bare(part, "") or _words(part) in ("", "-", "0") for part in parts[2:3])
    )


def _is_bare(section: str, *words: str) -> bool:
    """Whether a section shows the digits of a number, and beside them only one of these."""
    tokens = _tokens(section)
    if tokens is None or any(kind not in (*_FIGURES, "literal") for kind, _ in tokens):
        return False
    figures = [text for kind, text in tokens if kind in _FIGURES]
    return len(figures) == 1 and not _SCALED.search(figures[0]) and _words(section) in words


_SCALED = re.compile(r",(?:\.|$)")
"""A comma behind the last digit before the point, or at the end, leaves out thousands."""


def _words(section: str) -> str:
    return "".join(text for kind, text in _tokens(section) or () if kind not in _FIGURES).strip()


_FIGURES = ("digits", "general", "text")


def is_another(value: float, shown: str | None, reading: Callable[[str], NumberReading]) -> bool:
    """Whether what is seen of a number is none, or another one; ``reading`` says which number the
    words are, None where they are none."""
    if shown is None:
        return True
    if not value and not shown:  # a format that leaves zeros out
        return False
    read = reading(shown.lstrip(_CURRENCY)).value
    if read is None:
        return True
    places = len(re.sub(r"[^.\d]", "", shown).partition(".")[2])
    step = Decimal(1).scaleb(-places)
    return Decimal(format(value, ".15g")).quantize(step, ROUND_HALF_UP) != read


_CURRENCY = "¥￥ "


def shows(code: str, letter: str) -> bool:
    """Whether a format shows that part of a date; so does one that nobody knows here."""
    tokens = _tokens(sections(code)[0])
    return tokens is None or any(
        kind == "moment" and text[0].lower() == letter for kind, text in tokens
    )


def displayed_text(text: str, code: str) -> str | None:
    """What a cell with that format shows of a text."""
    parts = sections(code)
    section = parts[3] if len(parts) > 3 else parts[0] if "@" in parts[0] else "@"
    if section == "@":
        return text
    tokens = _tokens(section)
    if tokens is None or any(kind not in ("literal", "text", "general") for kind, _ in tokens):
        return None
    if sum(kind != "literal" for kind, _ in tokens) > 1:
        return None
    return "".join(said if kind == "literal" else text for kind, said in tokens)


def _number(value: float, code: str) -> str | None:
    parts = sections(code)
    if any(re.match(r"\s*\[[<>=]", part) or "[<" in part or "[>" in part for part in parts):
        return None
    shown = Decimal(format(value, ".15g"))
    section, sign = parts[0], "-" if shown < 0 else ""
    if shown < 0 and len(parts) > 1:
        section, sign = parts[1], ""
    elif not shown and len(parts) > 2:
        section = parts[2]
    tokens = _tokens(section)
    if tokens is None or any(kind == "moment" for kind, _ in tokens):
        return None
    return _figure(abs(shown), tokens, sign)


def _figure(value: Decimal, tokens: list[Token], sign: str) -> str | None:
    """A number without its sign between the words of its format."""
    if sum(kind in _FIGURES for kind, _ in tokens) > 1:
        return None
    value = value.scaleb(2 * sum(kind == "percent" for kind, _ in tokens))
    said = []
    for kind, text in tokens:
        if kind == "digits":
            shown = _digits(value, text)
        else:
            shown = _general(value) if kind in ("general", "text") else text
        if shown is None:
            return None
        said.append(shown)
    words = "".join(said).strip()
    none = not any(c in "123456789" for c in words)
    return words if none and "%" not in words else sign + words


def _general(value: Decimal) -> str | None:
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if len(text) <= _GENERAL_WIDTH else None


def _digits(value: Decimal, pattern: str) -> str | None:
    match = _DIGITS.fullmatch(pattern)
    if match is None or match["whole"].endswith(","):
        return None
    places = match["places"] or ""
    try:
        rounded = value.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    except InvalidOperation:  # more digits than a spreadsheet knows
        return None
    whole, _, rest = format(rounded, "f").partition(".")
    least = places.count("0")
    rest = rest[:least] + rest[least:].rstrip("0")
    if "." in pattern and not rest:
        return None  # Excel leaves the point standing
    zeros = match["whole"].count("0")
    whole = whole.lstrip("0").rjust(zeros, "0")
    if "," in match["whole"]:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", whole)
    return f"{whole}.{rest}" if rest else whole


def _tokens(section: str) -> list[Token] | None:
    """A section's pieces, words among them; None where one of them is not known here."""
    found: list[Token] = []
    for match in _TOKEN.finditer(section):
        kind, text = str(match.lastgroup), match[match.lastgroup or 0]
        if kind == "bracket":
            if text.upper() == _LONG_DATE:
                return _tokens(_FULL)
            if text.upper() == _LONG_TIME:
                return _tokens("h:mm:ss")
            token = _bracket(text)
            if token is None:
                return None
            found.append(token)
        elif kind == "odd":
            return None
        elif kind in ("quoted", "escaped", "plain"):
            found.append(("literal", text))
        elif kind == "gap":
            found.append(("literal", " "))
        elif kind != "fill":
            found.append((kind, text))
        elif text.isdigit():  # as many of it as the column has room for
            return None
    return found


def _bracket(text: str) -> Token | None:
    if re.fullmatch(r"h+|m+|s+", text, re.I):
        return "span", text.lower()
    if text.startswith("$"):
        return "literal", text[1:].partition("-")[0]
    return ("literal", "") if _COLOUR.fullmatch(text) else None


def _moment(value: dt.date | dt.time | dt.timedelta, tokens: list[Token]) -> str | None:
    kinds = [kind for kind, _ in tokens]
    if any(kind in ("digits", "percent", "text", "general") for kind in kinds):
        return None
    half = "half" in kinds
    said: list[str] = []
    for (kind, text), minutes in zip(tokens, _minutes(tokens), strict=True):
        if kind == "literal":
            shown: str | None = text
        elif kind == "span":
            shown = _span(value, text)
        elif kind == "half":
            shown = _half(value, text)
        else:
            shown = _piece(value, "n" * len(text) if minutes else text.lower(), half)
        if shown is None:
            return None
        said.append(shown)
    return "".join(said).strip()


def _minutes(tokens: list[Token]) -> Iterator[bool]:
    """Whether each token is an ``m`` beside hours or seconds: then it means minutes."""
    clock = [
        (at, text[0].lower())
        for at, (kind, text) in enumerate(tokens)
        if kind in ("moment", "span")
    ]
    minutes = {
        at
        for n, (at, letter) in enumerate(clock)
        if letter == "m"
        and ((n and clock[n - 1][1] == "h") or (n + 1 < len(clock) and clock[n + 1][1] == "s"))
    }
    return (at in minutes for at in range(len(tokens)))


def _span(value: object, letters: str) -> str | None:
    if not isinstance(value, dt.timedelta):
        return None
    seconds = {"h": 3600, "m": 60, "s": 1}[letters[0]]
    return str(int(value.total_seconds()) // seconds).zfill(len(letters))


def _half(value: object, letters: str) -> str | None:
    if not isinstance(value, dt.datetime | dt.time):
        return None
    before, _, after = letters.partition("/")
    return before if value.hour < 12 else after


def _piece(value: dt.date | dt.time | dt.timedelta, letters: str, half: bool) -> str | None:
    """One piece of a date or a time of day; ``n`` stands for minutes."""
    letter, count = letters[0], len(letters)
    if letter in "hns":
        clock = _clock(value)
        if clock is None or count > 2:
            return None
        number = clock["hns".index(letter)]
        if letter == "h" and half:
            number = number % 12 or 12
        return str(number).zfill(count)
    if not isinstance(value, dt.date):
        return None
    if letter == "a":
        return ("星期" if count > 3 else "") + _WEEKDAYS[value.weekday()]
    if letter in "ye":
        return f"{value.year % 100:02d}" if letters in ("y", "yy") else f"{value.year:04d}"
    number = value.month if letter == "m" else value.day
    return str(number).zfill(count) if count < 3 else None


def _clock(value: dt.date | dt.time | dt.timedelta) -> tuple[int, int, int] | None:
    if isinstance(value, dt.timedelta):
        seconds = int(value.total_seconds())
        return seconds // 3600 % 24, seconds // 60 % 60, seconds % 60
    if isinstance(value, dt.datetime | dt.time):
        return value.hour, value.minute, value.second
    return 0, 0, 0
