"""Sheet 基本信息: who files, for which year, how the report is signed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from gxgen.diagnostics import Finding
from gxgen.form.labels import core, says
from gxgen.form.layout import INFO_FIELDS, INFO_SHEET, SIGN_OFF_CHOICES, InfoField
from gxgen.form.read.book import Book
from gxgen.form.read.cells import SheetCells
from gxgen.form.read.display import displayed, shows
from gxgen.form.read.hidden import unseen
from gxgen.form.read.plausible import doubts, nameless
from gxgen.form.read.search import spots_of
from gxgen.form.read.text import REFUSING, TextReader, folded, plain_text, visible
from gxgen.letters import narrow
from gxgen.model.agency import Agency, AgencyKind, Contact
from gxgen.model.report import SignOff, SignOffForm
from gxgen.numerals import from_chinese
from gxgen.places import Place, Sheet, SheetCell

LONGEST_FIELD = 200
_REACH = 20
"""A label stands in one of so many columns from the left."""


@dataclass
class Info:
    """What the sheet says; a field that is missing or wrong is None."""

    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, SheetCell] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    found: bool = False
    """Whether any of its fields was found at all."""

    @property
    def year(self) -> int | None:
        """The report's year."""
        year = self.values.get("report.year")
        return year if isinstance(year, int) else None

    def agency(self, otherwise: str) -> Agency:
        """The agency; ``otherwise`` names it where the sheet does not."""
        get = self.values.get
        contact = {
            key.partition(".")[2]: value
            for key, value in self.values.items()
            if key.startswith("contact.")
        }
        kind = get("agency.kind")
        return Agency(
            get("agency.name") or otherwise,
            get("agency.short_name"),
            AgencyKind(kind) if kind else None,
            Contact(**contact),
        )

    @property
    def sign_off(self) -> SignOff:
        """Form and date of the sign-off."""
        choice = self.values.get("sign_off.form")
        form = SIGN_OFF_CHOICES[choice] if choice else SignOffForm.AGENCY_AND_DATE
        return SignOff(form, self.values.get("sign_off.date"))


def read_info(book: Book) -> Info:
    """Read the sheet."""
    info = Info()
    raw: dict[str, object] = {}
    home = _home(book)
    for entry in INFO_FIELDS:
        place = _find(book, entry, home)
        if place is None:
            continue
        cells = book.sheet(place.sheet)
        if cells is not None:
            info.found = True
            info.places[entry.key] = place
            raw[entry.key] = _raw(entry.key, cells, place, info.findings)
            if raw[entry.key] not in (None, "") and (how := unseen(book, cells, place)):
                message = f"{place}（{entry.label}）{how}，里面填的内容同样读取。"
                info.findings.append(Finding("GX085", message, place, entry.key))
    _validate(info, {key: value for key, value in raw.items() if value not in (None, "")})
    _check(info, raw)
    return info


def _check(info: Info, raw: dict[str, object]) -> None:
    """What can be read and yet can hardly be meant."""
    name = info.values.get("agency.name")
    if name and nameless(name):
        info.values["agency.name"] = None
        place = info.places["agency.name"]
        message = f"{place}（单位全称）填的是“{visible(name[:60])}”，不是单位的名称。"
        info.findings.append(Finding("GX031", message, place, "agency.name"))
    date, said = info.values.get("sign_off.date"), raw.get("sign_off.date")
    if date and isinstance(said, str) and said.isdecimal():
        place = info.places["sign_off.date"]
        read = f"{date.year}年{date.month}月{date.day}日"
        message = f"{place}（成文日期）填的是“{said}”，按{read}读取。"
        info.findings.append(Finding("GX022", message, place, "sign_off.date"))
    info.findings += doubts(info.values, info.places)


@cache
def _accepted(label: str) -> frozenset[str]:
    return frozenset({core(label)})


def _find(book: Book, entry: InfoField, home: str | None) -> SheetCell | None:
    """The value's cell: by name where the label stands beside it, else by label."""
    accepted = _accepted(entry.label)
    target = book.names.targets.get(entry.key)
    sheet = home if target is None else target[0]
    cells = None if sheet is None else book.sheet(sheet)
    if cells is None:
        return None
    if target is not None:
        _, row, column = target
        if any(says(cells.at(row, left), accepted) for left in range(column)):
            return cells.place(row, column)
    spots = _labels(cells, accepted)
    return cells.place(spots[0][0], spots[0][1] + 1) if len(spots) == 1 else None


def _labels(cells: SheetCells, accepted: frozenset[str]) -> list[tuple[int, int]]:
    return [(row, column) for row, column in spots_of(accepted, cells) if column < _REACH]


def _home(book: Book) -> str | None:
    """The sheet of that name, or the one on which all that is required stands pasted."""
    if INFO_SHEET in book.names.sheets:
        return INFO_SHEET
    needed = [_accepted(entry.label) for entry in INFO_FIELDS if entry.required]
    for name in book.names.sheets:
        cells = book.sheet(name)
        if cells is not None and all(len(_labels(cells, words)) == 1 for words in needed):
            return name
    return None


def _raw(key: str, cells: SheetCells, place: SheetCell, findings: list[Finding]) -> object:
    value = cells.at(place.row, place.column)
    if isinstance(value, dt.date):
        return _as_shown(value, cells, place)
    at = (place.row, place.column)
    if isinstance(value, float) and key == "report.year" and at not in cells.marked:
        return _year_as_shown(value, cells.dressed.get(at, (value, plain_text(value)))[1])
    return TextReader(cells, findings).text(place.row, place.column)


def _year_as_shown(value: float, seen: str | None) -> str:
    """The year, not as rounded for display; with what is seen where that is another one."""
    year = plain_text(value)
    if seen is None:
        return f"{year}（看不准单元格显示的是什么）"
    return year if re.findall(r"\d+", seen) == [year] else f"{year}（显示的是“{seen}”）"


def _as_shown(date: dt.date, cells: SheetCells, place: SheetCell) -> dt.date | str:
    """A date, or what is seen of it where that says no day: who types 2024年1月 has typed the
    first of January for Excel, and nobody sees that day before it is printed."""
    style = cells.formats.get((place.row, place.column))
    if style is None or shows(style.code, "d"):
        return date
    return displayed(date, style.code) or f"{date.year}-{date.month:02}"


class _UnfitError(Exception):
    """A value that its field cannot hold: what to say behind its place, and under which code."""

    def __init__(self, words: str, code: str = "GX032") -> None:
        super().__init__(words)
        self.words, self.code = words, code


def _missing() -> _UnfitError:
    return _UnfitError("没有填。", "GX031")


def _validate(info: Info, raw: dict[str, object]) -> None:
    """Every field's value, None where it is missing or wrong."""
    refused = {key for key in info.places if _was_refused(info, key)}
    for entry in INFO_FIELDS:
        info.values[entry.key] = None
        try:
            if entry.key in raw:
                info.values[entry.key] = _value(entry, raw[entry.key], info.year)
            elif entry.required:
                raise _missing()
        except _UnfitError as error:
            if entry.key not in refused:
                info.findings.append(_finding(info, entry, error))
    _date_needed(info, refused)


def _value(entry: InfoField, value: object, year: int | None) -> object:
    said = f"填的是“{visible(str(value)[:60])}”"
    if entry.choices:
        return _choice(entry, value, said)
    if entry.key == "report.year":
        return _year(value, said)
    if entry.key == "sign_off.date":
        return _date(value, said, year)
    if not isinstance(value, str):
        raise _UnfitError(f"{said}，不是文字。")
    if len(value) > LONGEST_FIELD:
        raise _UnfitError(f"有{len(value)}个字，超过{LONGEST_FIELD}个字。", "GX036")
    if "\n" in value or "\t" in value:
        raise _UnfitError(f"中间有换行或制表符：{said.removeprefix('填的是')}。")
    return value


def _choice(entry: InfoField, value: object, said: str) -> str:
    choice = folded(value) if isinstance(value, str) else ""
    if choice not in entry.choices:
        choices = "、".join(f"“{choice}”" for choice in entry.choices)
        raise _UnfitError(f"{said}，只能是{choices}。")
    return choice


_YEAR = re.compile(r"([0-9]{4})年?度?")
_YEARS = range(1949, 3000)


def _year(value: object, said: str) -> int:
    match = _YEAR.fullmatch(_close(value)) if isinstance(value, str) else None
    if match is None or int(match[1]) not in _YEARS:
        raise _UnfitError(f"{said}，不是四位数字的年份。")
    return int(match[1])


def _date(value: object, said: str, year: int | None) -> dt.date:
    try:
        if isinstance(value, dt.date):
            return value.date() if isinstance(value, dt.datetime) else value
        return _written_date(_close(str(value)))
    except ValueError:
        example = f"{year + 1 if year else 2024}年1月13日"
        raise _UnfitError(f"{said}，不是日期；请写成“{example}”的样子。") from None


def _close(text: str) -> str:
    """Full-width signs as narrow ones, without white space; nothing else becomes a digit."""
    return "".join(narrow(text).split())


_DATE = re.compile(r"([0-9]{4})([年\-./])([0-9]{1,2})(?:月|\2)([0-9]{1,2})日?")
_COMPACT_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_ZEROS = dict.fromkeys(map(ord, "零○◯〇Oo0"), "〇")
"""What is typed for the zero of a year in Chinese figures."""
_CHINESE_DATE = re.compile(
    r"([〇一二三四五六七八九]{4})年([一二三四五六七八九十]+)月([一二三四五六七八九十]+)日"
)


def _written_date(text: str) -> dt.date:
    if match := _DATE.fullmatch(text):
        return dt.date(int(match[1]), int(match[3]), int(match[4]))
    if match := _COMPACT_DATE.fullmatch(text):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if match := _CHINESE_DATE.fullmatch(text.translate(_ZEROS)):
        year = int("".join(str(from_chinese(digit)) for digit in match[1]))
        return dt.date(year, from_chinese(match[2]) or 0, from_chinese(match[3]) or 0)
    raise ValueError(text)


def _was_refused(info: Info, key: str) -> bool:
    return any(f.place == info.places[key] and f.code in REFUSING for f in info.findings)


_SIGNED_ON = next(entry for entry in INFO_FIELDS if entry.key == "sign_off.date")


def _date_needed(info: Info, refused: set[str]) -> None:
    dated = info.sign_off.form is SignOffForm.AGENCY_AND_DATE
    wrong = any(f.key == "sign_off.date" for f in info.findings) or "sign_off.date" in refused
    if info.found and dated and info.values.get("sign_off.date") is None and not wrong:
        info.findings.append(_finding(info, _SIGNED_ON, _missing()))


def _finding(info: Info, entry: InfoField, error: _UnfitError) -> Finding:
    place: Place = info.places.get(entry.key, Sheet(INFO_SHEET))
    if error.code == "GX031" and not info.found:
        message = f"没有找到“{entry.label}”：工作表里没有这个标题。"
    elif entry.key in info.places:
        message = f"{place}（{entry.label}）{error.words}"
    else:
        message = f"{place}里“{entry.label}”{error.words}"
    return Finding(error.code, message, place, entry.key)
