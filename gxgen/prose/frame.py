"""What stands around the text of a finished report: its title, its sign-off, attached files."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from gxgen.model.numbering import fold, written_number
from gxgen.numerals import from_chinese
from gxgen.prose.raw import RawLine

_TITLE = re.compile(r"(?P<agency>.*?)(?P<year>\d{4})年?度?政府信息公开(?:工作)?(?:年度)?报告")
_YEAR_DIGITS = "〇○零一二三四五六七八九"
_YEAR = r"(?:\d{4}|[〇○零一二三四五六七八九]{4})"
_DATE = re.compile(
    _YEAR + r"年(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
_FILE_NAME = re.compile(r".*\.(?:docx?|pdf|wps|ofd|xlsx?|zip|rar)", re.IGNORECASE)
_BODIES = (
    "局",
    "委员会",
    "办公室",
    "办事处",
    "政府",
    "中心",
    "厅",
    "院",
    "站",
    "管委会",
    "队",
    "处",
    "办",
)

TITLE_LINES = 4
TITLE_START = 3
AGENCY_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Framed:
    """The text, and what was taken off around it."""

    body: list[RawLine]
    title: str | None
    sign_off: tuple[str, ...]
    file_names: tuple[RawLine, ...]


def unframe(lines: list[RawLine]) -> Framed:
    """Take off title, sign-off and names of attached files."""
    title, agency, lines = _take_title(lines)
    end = len(lines)
    while end and _FILE_NAME.fullmatch(lines[end - 1].text):
        end -= 1
    names = tuple(lines[end:])
    body, sign_off = _take_sign_off(lines[:end], agency)
    return Framed(body, title, sign_off, names)


def title_parts(title: str) -> tuple[str, int] | None:
    """(agency, year) that a title names; the agency is empty where it names none."""
    found = _TITLE.fullmatch(fold(title))
    return (found["agency"].removesuffix("关于"), int(found["year"])) if found else None


def sign_off_parts(lines: tuple[str, ...]) -> tuple[str | None, dt.date | None]:
    """(agency, date) that a sign-off names."""
    agency = next((line for line in lines if not _DATE.fullmatch(_plain(line))), None)
    dates = (_date(_plain(line)) for line in lines if _DATE.fullmatch(_plain(line)))
    return agency, next(dates, None)


def _date(text: str) -> dt.date | None:
    year, month, day = re.split("[年月日]", text)[:3]
    digits = "".join(
        str(max(0, _YEAR_DIGITS.index(c) - 2)) if c in _YEAR_DIGITS else c for c in year
    )
    try:
        return dt.date(int(digits), _number(month), _number(day))
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else from_chinese(text) or 0


def _take_title(lines: list[RawLine]) -> tuple[str | None, str | None, list[RawLine]]:
    """(title, agency named in it, the other lines); titles are often broken over lines."""
    for start in range(min(TITLE_START, len(lines))):
        for size in range(1, TITLE_LINES + 1):
            parts = lines[start : start + size]
            found = _TITLE.fullmatch(fold("".join(line.text for line in parts)))
            if found and "。" not in "".join(line.text for line in parts):
                text = "".join(line.text for line in parts)
                return text, found.group("agency"), lines[:start] + lines[start + size :]
    return None, None, lines


def _take_sign_off(
    lines: list[RawLine], agency: str | None
) -> tuple[list[RawLine], tuple[str, ...]]:
    if not lines:
        return lines, ()
    last = lines[-1].text
    date = _DATE.search(_plain(last))
    if date is None:
        return (lines[:-1], (last,)) if _signs(last, agency, alone=True) else (lines, ())
    before = _plain(last)[: date.start()]
    if _plain(last)[date.end() :]:
        return lines, ()
    if before:
        signed = (before, date.group())
        return (lines[:-1], signed) if _signs(before, agency, alone=True) else (lines, ())
    if len(lines) > 1 and _signs(lines[-2].text, agency, alone=False):
        return lines[:-2], (lines[-2].text, last)
    return lines[:-1], (last,)


def _signs(text: str, agency: str | None, *, alone: bool) -> bool:
    """Whether a line is the signing agency; without a date below it, it must be the title's."""
    core = fold(text)
    if agency and core == agency:
        return True
    if any(not c.isalnum() and not c.isspace() for c in text) or written_number(text):
        return False
    return (not alone or not agency) and len(core) <= AGENCY_LENGTH and core.endswith(_BODIES)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
