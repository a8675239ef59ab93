"""Sheet 基本信息: who files, for which year, how the report is signed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from gxgen.diagnostics import Finding
from gxgen.form.labels import core, says
from gxgen.form.layout import INFO_FIELDS, INFO_SHEET, SIGN_OFF_CHOICES, InfoField
from gxgen.form.read.cells import Book, SheetCells
from gxgen.form.read.plausible import doubts, nameless
from gxgen.form.read.text import TextReader, folded, visible
from gxgen.model.agency import Agency, AgencyKind, Contact
from gxgen.model.report import SignOff, SignOffForm
from gxgen.places import Place, Sheet, SheetCell

if TYPE_CHECKING:
    from pydantic import BaseModel

LONGEST_FIELD = 200


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
            raw[entry.key] = _raw(cells, place, info.findings)
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
    return [
        (row, column)
        for row, line in enumerate(cells.rows)
        for column, text in enumerate(line[:20])
        if says(text, accepted)
    ]


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


def _raw(cells: SheetCells, place: SheetCell, findings: list[Finding]) -> object:
    value = cells.at(place.row, place.column)
    if isinstance(value, dt.date):
        return value
    return TextReader(cells, findings).text(place.row, place.column)


@cache
def information_model() -> type[BaseModel]:
    """The boundary's model, made from the form's own declaration."""
    from pydantic import BeforeValidator, ConfigDict, Field, create_model

    literal: Any = Literal
    types: dict[str, Any] = {}
    for entry in INFO_FIELDS:
        kind: Any = Annotated[str, Field(max_length=LONGEST_FIELD, pattern=r"^[^\n\t]*$")]
        if entry.choices:
            kind = Annotated[literal[entry.choices], BeforeValidator(_choice)]
        elif entry.key == "report.year":
            kind = Annotated[int, BeforeValidator(_year), Field(ge=1949, le=2999)]
        elif entry.key == "sign_off.date":
            kind = Annotated[dt.date, BeforeValidator(_date)]
        required = ... if entry.required else None
        name = entry.key.replace(".", "__")
        types[name] = (kind if entry.required else kind | None, Field(required, alias=entry.key))
    return create_model("InfoSheet", __config__=ConfigDict(populate_by_name=False), **types)


def _choice(value: object) -> object:
    return folded(value) if isinstance(value, str) else value


_YEAR = re.compile(r"(\d{4})年?度?")


def _year(value: object) -> object:
    match = _YEAR.fullmatch(folded(value)) if isinstance(value, str) else None
    return int(match[1]) if match else value


_DATE = re.compile(r"(\d{4})([年\-./])(\d{1,2})(?:月|\2)(\d{1,2})日?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_CHINESE_DATE = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]+)月([一二三四五六七八九十]+)日"
)


def _date(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.date()
    if not isinstance(value, str):
        return value
    text = folded(value)
    if match := _DATE.fullmatch(text):
        return dt.date(int(match[1]), int(match[3]), int(match[4]))
    if match := _COMPACT_DATE.fullmatch(text):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if match := _CHINESE_DATE.fullmatch(text):
        from gxgen.numerals import from_chinese

        year = int("".join(str(from_chinese(digit)) for digit in match[1]))
        return dt.date(year, from_chinese(match[2]) or 0, from_chinese(match[3]) or 0)
    raise ValueError(text)


def _validate(info: Info, raw: dict[str, object]) -> None:
    from pydantic import ValidationError

    refused: set[str] = {key for key in info.places if _was_refused(info, key)}
    try:
        model = information_model().model_validate(raw)
    except ValidationError as error:
        faults = {str(fault["loc"][0]): fault["type"] for fault in error.errors()}
        for key, kind in faults.items():
            if key not in refused:
                info.findings.append(_finding(info, key, kind, raw.get(key)))
        kept = {key: value for key, value in raw.items() if key not in faults}
        for entry in INFO_FIELDS:
            if entry.key in faults and entry.required:
                kept[entry.key] = _HARMLESS[entry.key]
        model = information_model().model_validate(kept)
        values = model.model_dump(by_alias=True)
        info.values = {k: None if k in faults else v for k, v in values.items()}
    else:
        info.values = model.model_dump(by_alias=True)
    _date_needed(info, refused)


_HARMLESS: dict[str, object] = {"agency.name": "-", "report.year": 2000}
"""Stands in for a required field that failed, so that the others can be validated."""


def _was_refused(info: Info, key: str) -> bool:
    return any(f.place == info.places[key] and f.code != "GX084" for f in info.findings)


def _date_needed(info: Info, refused: set[str]) -> None:
    dated = info.sign_off.form is SignOffForm.AGENCY_AND_DATE
    wrong = any(f.key == "sign_off.date" for f in info.findings) or "sign_off.date" in refused
    if info.found and dated and info.values.get("sign_off.date") is None and not wrong:
        info.findings.append(_finding(info, "sign_off.date", "missing", None))


def _finding(info: Info, key: str, kind: str, value: object) -> Finding:
    """A fault of pydantic's, by its type, in our words."""
    entry = next(entry for entry in INFO_FIELDS if entry.key == key)
    place: Place = info.places.get(key, Sheet(INFO_SHEET))
    where = f"{place}（{entry.label}）" if key in info.places else f"{place}里“{entry.label}”"
    said = f"“{visible(str(value)[:60])}”"
    match kind:
        case "missing" if not info.found:
            return Finding("GX031", f"没有找到“{entry.label}”：工作表里没有这个标题。", place, key)
        case "missing":
            return Finding("GX031", f"{where}没有填。", place, key)
        case "literal_error":
            choices = "、".join(f"“{choice}”" for choice in entry.choices)
            message = f"{where}填的是{said}，只能是{choices}。"
        case "string_too_long":
            message = f"{where}有{len(str(value))}个字，超过{LONGEST_FIELD}个字。"
            return Finding("GX036", message, place, key)
        case "string_pattern_mismatch":
            message = f"{where}中间有换行或制表符：{said}。"
        case _ if key == "report.year":
            message = f"{where}填的是{said}，不是四位数字的年份。"
        case _ if key == "sign_off.date":
            message = f"{where}填的是{said}，不是日期；请写成“2024年1月13日”的样子。"
        case _:
            message = f"{where}填的是{said}，不是文字。"
    return Finding("GX032", message, place, key)
