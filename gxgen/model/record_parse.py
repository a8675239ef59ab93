"""From a JSON record back to a report: the inverse of :func:`gxgen.model.record.to_record`."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from gxgen.diagnostics import Finding
from gxgen.editions.declared import EDITIONS, edition_for_year
from gxgen.editions.derive import Field
from gxgen.editions.schema import Edition, Kind
from gxgen.model.agency import Agency, AgencyKind, Contact
from gxgen.model.indicators import (
    MOST_INDICATORS,
    STANDARD,
    Indicator,
    in_order,
    letters,
    name_fault,
    unit_fault,
)
from gxgen.model.narrative import PREAMBLE, SIGN_OFF, Paragraph, Passage
from gxgen.model.record_numbers import WANTED, number_of, shown
from gxgen.model.record_shape import IndicatorShape, Shape, read_shape
from gxgen.model.report import (
    Answer,
    Entry,
    EntryState,
    Report,
    SignOff,
    SignOffForm,
)
from gxgen.numbers import read_number
from gxgen.places import FilePart

EDITION_CODE, KEYS_CODE, FIGURE_CODE, ORDER_CODE = "GX061", "GX062", "GX063", "GX064"
HEADING_CODE, SIGN_OFF_CODE, TEXT_CODE, BLANK_LINE_CODE = "GX065", "GX066", "GX067", "GX068"
PLACES_CODE = "GX024"
_TOLD = {PLACES_CODE, BLANK_LINE_CODE}
"""What is only told: the report stands."""

TEXT_LIMIT = 32_767
"""What one cell of a workbook holds, in UTF-16 units."""
DEEPEST = 4
"""一、（一）1.（1）: the levels of heading that the form offers."""
LAST_YEAR = 2099

_MARK = re.compile(r"[1-6](?:\.[1-9]\d{0,2})*")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日", re.ASCII)


def from_record(data: object, file: str) -> tuple[Report | None, list[Finding]]:
    """The report of a record, or None; what a stranger's file gets wrong comes back as findings.

    Args:
        data: what JSON holds; :mod:`gxgen.model.record_text` reads its text.
        file: the name that findings give.
    """
    shape, findings = read_shape(data, file)
    if shape is None:
        return None, findings
    reader = _Reader(shape, file)
    return reader.report(), list(dict.fromkeys(reader.findings))


class _Reader:
    """Reads one record whose shape is right, collecting what is wrong with its content."""

    def __init__(self, shape: Shape, file: str) -> None:
        self.shape = shape
        self.file = file
        self.findings: list[Finding] = []

    def report(self) -> Report | None:
        """The report, unless something in the record cannot stand."""
        edition = self._edition()
        if edition is None:
            return None
        agency, kinds = self.shape.agency, [kind.value for kind in AgencyKind]
        if self.shape.kind is not None and self.shape.kind not in kinds:
            self._say(
                KEYS_CODE, "kind", f"“{self.shape.kind}”不是单位类别；只能是{'、'.join(kinds)}。"
            )
            return None
        entries = dict(self._entries(edition))
        sign_off = self._sign_off()
        narrative = tuple(self._passages(edition))
        self._line("agency", agency, required=True)
        contact = self._contact()
        answers = tuple(self._answers())
        indicators = in_order(self._indicators())
        if any(finding.code not in _TOLD for finding in self.findings):
            return None
        kind = AgencyKind(self.shape.kind) if self.shape.kind else None
        return Report(
            edition=edition,
            agency=Agency(agency, self.shape.short_name, kind, contact),
            year=self.shape.year,
            entries=entries,
            narrative=narrative,
            sign_off=sign_off,
            answers=answers,
            file=self.file,
            indicators=indicators,
        )

    def _say(self, code: str, where: str, message: str, quote: str | None = None) -> None:
        self.findings.append(Finding(code, message, FilePart(self.file, where), quote=quote))

    def _edition(self) -> Edition | None:
        named, due = EDITIONS.get(self.shape.edition), edition_for_year(self.shape.year)
        if self.shape.year > LAST_YEAR:
            self._say(EDITION_CODE, "year", "年度太大，应当是四位数字的年份。")
            return None
        if named is None:
            known = "、".join(EDITIONS)
            self._say(EDITION_CODE, "edition", f"没有“{self.shape.edition}”版表样；只有{known}版。")
        elif due is not named:
            should = f"{self.shape.year}年度应使用{due.id}版" if due else "2019年度以前没有这种表样"
            self._say(EDITION_CODE, "edition", f"这是{named.id}版表样，{should}。")
        return named if due is named else None

    def _entries(self, edition: Edition) -> Iterator[tuple[str, Entry]]:
        values = self.shape.values
        for key in sorted(values.keys() - edition.fields.keys()):
            name = key[:80]
            self._say(KEYS_CODE, f"values.{name}", f"{edition.id}版表样里没有“{name}”这一格。")
        for key, field in edition.fields.items():
            if key not in values:
                message = f"缺“{field.label}”（{key}）；没有填的格要写 null。"
                self._say(KEYS_CODE, f"values.{key}", message)
            else:
                yield key, self._entry(field, values[key])

    def _entry(self, field: Field, value: object) -> Entry:
        where = f"values.{field.key}"
        place = FilePart(self.file, where)
        if value is None:
            return Entry(None, None, place, EntryState.BLANK)
        number = number_of(value)
        figure = None if number is None else read_number(number, field.kind)
        said = f"“{field.label}”写的是 {shown(value)}，"
        if figure is None or figure.value is None:
            self._say(FIGURE_CODE, where, f"{said}应当是{WANTED[field.kind]}。")
            return Entry(None, shown(value), place, EntryState.UNREADABLE)
        for _, words in figure.remarks:
            self._say(PLACES_CODE, where, f"{said}{words}，已照原样写入。")
        return Entry(figure.value, format(Decimal(figure.value), "f"), place)

    def _indicators(self) -> Iterator[Indicator]:
        items, most = self.shape.indicators, MOST_INDICATORS - len(STANDARD)
        if len(items) > most:
            self._say(TEXT_CODE, "indicators", f"有{len(items)}个指标，最多{most}个。")
            return
        known: set[str] = set()
        for number, item in enumerate(items):
            where = f"indicators[{number}]"
            for text in (item.name, item.unit, *(item.note or "").split("\n")):
                self._line(where, text)
            fault = name_fault(item.name) or unit_fault(item.unit)
            if letters(item.name) in known:
                fault = "和前面的一个是同一个名称"
            if fault:
                self._say(TEXT_CODE, where, f"指标“{item.name[:40]}”{fault}。")
            known.add(letters(item.name))
            yield self._indicator(item, where)

    def _indicator(self, item: IndicatorShape, where: str) -> Indicator:
        now, last = (
            self._count(value, f"{where}.{part}", item.name)
            for part, value in (("value", item.value), ("last", item.last))
        )
        place = FilePart(self.file, where)
        return Indicator(item.name, item.unit, now, last, (item.note or "").strip(), place, place)

    def _count(self, value: object, where: str, name: str) -> int | None:
        number = number_of(value)
        count = None if number is None else read_number(number, Kind.COUNT).value
        if count is None and value is not None:
            wanted = WANTED[Kind.COUNT]
            message = f"指标“{name[:40]}”写的是 {shown(value)}，应当是{wanted}；没有统计的写 null。"
            self._say(FIGURE_CODE, where, message)
        return None if count is None else int(count)

    def _passages(self, edition: Edition) -> Iterator[Passage]:
        last: tuple[int, ...] | None = None
        for number, item in enumerate(self.shape.narrative):
            where = f"narrative[{number}]"
            heading = item.heading or None
            if item.section == SIGN_OFF and number == len(self.shape.narrative) - 1:
                self._no_heading("落款", heading, where)
                break
            mark = self._mark(item.section, last, where)
            if mark is None:
                return
            yield from self._fixed(edition, last, mark)
            last = mark
            heading = self._heading(edition, item.section, heading, where)
            place = FilePart(self.file, where)
            paragraphs = tuple(self._paragraphs(item.text or "", f"{where}.text", place))
            yield Passage(item.section, heading, paragraphs, place)
        yield from self._fixed(edition, last, None)

    def _fixed(
        self, edition: Edition, last: tuple[int, ...] | None, mark: tuple[int, ...] | None
    ) -> Iterator[Passage]:
        """The sections that should stand between two marks, empty: their titles are the form's."""
        for section in edition.sections:
            number = int(section.mark)
            after = number > (last[0] if last else 0)
            if after and (mark is None or (number,) < mark):
                yield Passage(section.mark, section.title, (), FilePart(self.file, "narrative"))

    def _mark(self, mark: str, last: tuple[int, ...] | None, where: str) -> tuple[int, ...] | None:
        if mark == PREAMBLE and last is None:
            return (0,)
        where = f"{where}.section"
        if not _MARK.fullmatch(mark):
            self._say(
                ORDER_CODE, where, f"“{mark[:20]}”不是部分的编号；应当像 0、1、1.1、1.1.2、9。"
            )
            return None
        numbers = tuple(int(part) for part in mark.split("."))
        if len(numbers) > DEEPEST:
            self._say(ORDER_CODE, where, f"“{mark}”有{len(numbers)}层标题，最多{DEEPEST}层。")
            return None
        if not _follows(numbers, last):
            before = ".".join(map(str, last)) if last else "开头"
            self._say(
                ORDER_CODE, where, f"“{mark}”不能排在“{before}”之后；编号要按次序，不缺也不重。"
            )
            return None
        return numbers

    def _no_heading(self, what: str, heading: str | None, where: str) -> None:
        if heading is not None:
            message = f"{what}没有标题，却写了“{heading[:20]}”；应当是 null。"
            self._say(HEADING_CODE, f"{where}.heading", message)

    def _heading(self, edition: Edition, mark: str, heading: str | None, where: str) -> str | None:
        if mark == PREAMBLE:
            self._no_heading("导语", heading, where)
            return None
        where = f"{where}.heading"
        if "." not in mark:
            title = edition.section(mark).title
            if heading not in (None, title):
                self._say(
                    HEADING_CODE, where, f"第{mark}部分的标题写的是“{heading}”，应当是“{title}”。"
                )
            return title
        self._line(where, heading, required=True)
        return heading

    def _paragraphs(self, text: str, where: str, place: FilePart) -> Iterator[Paragraph]:
        if not text:
            return
        for line in text.split("\n"):
            if not line.strip():
                self._say(BLANK_LINE_CODE, where, "文字里有空行，已去掉；印出的报告不留空行。")
                continue
            self._line(where, line)
            yield Paragraph(line, place)

    def _line(self, where: str, text: str | None, *, required: bool = False) -> None:
        """A text that must fit one line of one cell."""
        if not text or not text.strip():
            if required:
                self._say(TEXT_CODE, where, "这里不能空着。")
            return
        if fault := unprintable(text):
            self._say(
                TEXT_CODE, where, f"文字里有不能打印的字符（{fault}），请删去。", text[:20].strip()
            )
        size = len(text.encode("utf-16-le", "surrogatepass")) // 2
        if size > TEXT_LIMIT:
            self._say(
                TEXT_CODE, where, f"这一段有{size}个字，超过一格能容纳的{TEXT_LIMIT}个字，请分段。"
            )

    def _contact(self) -> Contact:
        contact = self.shape.contact
        self._line("short_name", self.shape.short_name)
        for key, value in contact.items():
            self._line(f"contact.{key}", value)
        return Contact(**contact)

    def _answers(self) -> Iterator[Answer]:
        for number, answer in enumerate(self.shape.answers):
            where = f"answers[{number}]"
            for text in (answer.code, answer.cell, answer.figures, *answer.reason.split("\n")):
                self._line(where, text)
            place = FilePart(self.file, where)
            yield Answer(answer.code, answer.cell, answer.reason, place, answer.figures)

    def _sign_off(self) -> SignOff:
        last = self.shape.narrative[-1] if self.shape.narrative else None
        text = (last.text or "") if last and last.section == SIGN_OFF else ""
        printed = tuple(text.split("\n")) if text else ()
        if self.shape.signed is None:
            return self._printed_sign_off(printed)
        signed = SignOff(SignOffForm(self.shape.signed.form), self._date(self.shape.signed.date))
        if printed and printed != signed.lines(self.shape.agency):
            wanted = " ".join(signed.lines(self.shape.agency)) or "不落款"
            self._say(
                SIGN_OFF_CODE,
                "narrative",
                f"落款（section 9）写的是“{' '.join(printed)[:60]}”，"
                f"按 signed 应当是“{wanted}”；请改成一致。",
            )
        return signed

    def _printed_sign_off(self, lines: tuple[str, ...]) -> SignOff:
        """The sign-off that prints as these lines."""
        if not lines:
            return SignOff(SignOffForm.NONE)
        if lines == (self.shape.agency,):
            return SignOff(SignOffForm.AGENCY)
        match = _DATE.fullmatch(lines[-1])
        date = match and self._date("-".join(part.zfill(2) for part in match.groups()))
        signed = SignOff(SignOffForm.AGENCY_AND_DATE, date)
        if not date or lines != signed.lines(self.shape.agency):
            self._say(
                SIGN_OFF_CODE,
                "narrative",
                f"落款（section 9）写的是“{' '.join(lines)[:60]}”，"
                "应当是单位全称一行，或者再加日期一行，例如 2024年1月13日。",
            )
        return signed

    def _date(self, text: str | None) -> dt.date | None:
        if text is None:
            return None
        try:
            if len(text) == len("2024-01-13"):
                return dt.date.fromisoformat(text)
        except ValueError:
            pass
        message = f"成文日期写的是“{text[:20]}”，不是日历上的日期；应当像 2024-01-13。"
        self._say(SIGN_OFF_CODE, "signed.date", message)
        return None


def unprintable(text: str) -> str | None:
    """The first character that no document can hold (``U+0007``), or None."""
    for char in text:
        control = unicodedata.category(char) in ("Cc", "Cs") and char != "\t"
        if control or char in "\ufffe\uffff":
            return f"U+{ord(char):04X}"
    return None


def _follows(mark: tuple[int, ...], last: tuple[int, ...] | None) -> bool:
    """Whether a mark may come after another: deeper by one, or the next on its own level.

    A section that is left out, or its own row, is supplied.
    """
    if last is None or last[0] < mark[0]:
        last = mark[:1]
        if len(mark) == 1:
            return True
    if len(mark) == 1:
        return False
    if len(mark) == len(last) + 1:
        return mark == (*last, 1)
    level = len(mark) - 1
    return len(last) > level and mark == (*last[:level], last[level] + 1)
