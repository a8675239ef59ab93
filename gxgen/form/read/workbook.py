"""From the bytes of a filled form to a report and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from gxgen.diagnostics import Finding
from gxgen.editions.declared import EDITIONS, edition_for_year
from gxgen.editions.schema import Edition
from gxgen.form.labels import plan
from gxgen.form.layout import FORM_VERSION, META_KEYS, META_SHEET
from gxgen.form.read.answers import read_answers
from gxgen.form.read.book import Book
from gxgen.form.read.figures import FigureReader
from gxgen.form.read.file import PartError, open_file
from gxgen.form.read.hidden import hidden_figures
from gxgen.form.read.indicators import read_indicators
from gxgen.form.read.info import Info, read_info
from gxgen.form.read.leftover import leftovers
from gxgen.form.read.locate import Location, by_labels, copied_sheets, extra_lines, locate
from gxgen.form.read.narrative import read_narrative
from gxgen.form.read.text import letters_once, plain_text
from gxgen.model.report import Report
from gxgen.places import FilePart, Sheet, SheetCell


@dataclass(frozen=True, slots=True)
class Reading:
    """What a workbook says. ``report`` is None where it cannot be told for which form or year."""

    report: Report | None
    findings: tuple[Finding, ...]


def read_workbook(data: bytes, file: str, *, words: bool = True) -> Reading:
    """Read a filled form. ``file`` is the name that findings show.

    A pure function of the bytes: it never raises for what they hold. Without ``words`` its text
    and answers stay unread: last year's form is asked for its figures only.
    """
    opened = open_file(data, file)
    if isinstance(opened, Finding):
        return Reading(None, (opened,))
    try:
        report, findings = _read(Book(opened), words)
    except PartError as error:
        return Reading(None, (error.finding,))
    found = tuple(dict.fromkeys(letters_once(findings)))
    if len(found) > _MOST_FINDINGS:
        return Reading(None, (_too_many(found, file), *found[:_LISTED]))
    return Reading(report, found)


_MOST_FINDINGS = 3_000
"""The worst form met has eighty."""
_LISTED = 20


def _too_many(found: Sequence[Finding], file: str) -> Finding:
    message = (
        f"“{file}”里有{len(found)}处问题，超过{_MOST_FINDINGS}处，没有当作填报表读取；"
        f"下面只列出其中{_LISTED}处。"
    )
    hint = "把表格和正文以外的内容删掉，或用空白填报表重新填写。"
    return Finding("GX009", message, FilePart(file), hint=hint)


def _read(book: Book, words: bool) -> tuple[Report | None, list[Finding]]:
    meta = read_meta(book)
    info = read_info(book)
    year, edition, findings = _edition(book, meta, info)
    if edition is None:
        if not findings and not info.found:
            return None, [_foreign(book)]
        return None, findings or info.findings
    locations = [locate(book, edition, form) for form in edition.tables]
    if not info.found and all(at.lattice is None for at in locations) and not meta:
        return None, [_foreign(book)]
    figures = _figures(book, edition, locations, findings)
    tables = {at.lattice.sheet for at in locations if at.lattice is not None}
    indicators, doubts = read_indicators(book, tables)
    narrative, odd = read_narrative(book, edition, tables) if words else ((), [])
    answers, unclear = read_answers(book) if words else ((), [])
    findings = [*info.findings, *findings, *figures.findings, *doubts, *odd, *unclear]
    if year is None:
        return None, findings
    name = meta.get("agency") or PurePath(book.file.name).stem
    report = Report(
        edition,
        info.agency(name),
        year,
        figures.entries,
        narrative,
        info.sign_off,
        answers,
        book.file.name,
        indicators=indicators,
    )
    if words:
        findings += leftovers(book, report, info.places.values(), findings)
    return report, findings


def _figures(
    book: Book, edition: Edition, locations: list[Location], findings: list[Finding]
) -> FigureReader:
    reader = FigureReader(book, edition)
    for location in locations:
        reader.table(location)
        findings += location.findings
        findings += extra_lines(book, edition, location)
        if location.other_edition is not None:
            findings.append(_old_table(location, location.other_edition, edition))
    reader.finish()
    for location in locations:
        findings += hidden_figures(book, edition, location, reader.entries)
    findings += copied_sheets(book, edition, locations)
    return reader


def read_meta(book: Book) -> dict[str, str]:
    """The hidden sheet: which program, form, edition, year and agency."""
    if META_SHEET not in book.names.sheets or (cells := book.sheet(META_SHEET)) is None:
        return {}
    pairs = {cells.at(row, 0): cells.at(row, 1) for row in range(min(cells.height, 40))}
    return {key: plain_text(pairs[key]) for key in META_KEYS if pairs.get(key) is not None}


def number_in(text: str | None) -> int | None:
    """A year or a version as the hidden sheet has it; None for what is none."""
    return int(text) if text and text.isdecimal() and len(text) < 6 else None


def _edition(
    book: Book, meta: dict[str, str], info: Info
) -> tuple[int | None, Edition | None, list[Finding]]:
    """(year, edition, findings); no edition means that reading stops here."""
    findings: list[Finding] = []
    own, printed = number_in(meta.get("year")), info.year
    year = printed or own
    version = number_in(meta.get("form_version"))
    declared = EDITIONS.get(meta.get("edition", ""))
    unknown = "edition" in meta and declared is None
    if unknown or (version is not None and version > FORM_VERSION):
        findings.append(_newer(book, meta))
    if year is None:
        return None, declared or _guess(book), findings
    by_year = edition_for_year(year)
    place = info.places.get("report.year") or Sheet(META_SHEET)
    if by_year is None:
        findings.append(_uncovered(year, place))
        return year, None, [*info.findings, *findings]
    if declared is not None and declared is not by_year:
        findings.append(_wrong_edition(declared, by_year, year, place))
        return year, None, [*info.findings, *findings]
    if printed is not None and own is not None and printed != own:
        # Judged by a year that is itself in doubt.
        info.findings[:] = [f for f in info.findings if f.code != "GX080"]
        findings.append(_other_year(printed, own, place))
    name = info.values.get("agency.name")
    if name and meta.get("agency") and name != meta["agency"]:
        findings.append(_other_agency(name, meta["agency"], info.places["agency.name"]))
    return year, by_year, findings


def _guess(book: Book) -> Edition | None:
    """Without any year: the edition whose tables stand in the workbook, the newest first."""
    for edition in reversed(EDITIONS.values()):
        if all(by_labels(book, form, plan(edition, form.key)) for form in edition.tables):
            return edition
    return None


def _foreign(book: Book) -> Finding:
    sheets = "、".join(f"“{name}”" for name in list(book.names.sheets)[:6])
    file = book.file.name
    message = f"“{file}”不是本程序的填报表：里面只有工作表{sheets}，没有表二、表三、表四的标题。"
    return Finding("GX011", message, FilePart(file))


def _newer(book: Book, meta: dict[str, str]) -> Finding:
    message = (
        f"填报表由更新的程序生成（表样“{meta.get('edition', '')}”，"
        f"版本{meta.get('form_version', '')}），本程序只认识到版本{FORM_VERSION}。"
    )
    return Finding("GX019", message, Sheet(META_SHEET))


def _uncovered(year: int, place: SheetCell | Sheet) -> Finding:
    first = min(edition.first_year for edition in EDITIONS.values())
    message = f"{place}的报告年度是{year}，本程序的表样从{first}年度起。"
    return Finding("GX038", message, place, "report.year")


def _wrong_edition(
    declared: Edition, needed: Edition, year: int, place: SheetCell | Sheet
) -> Finding:
    message = (
        f"这是{declared.id}版表样（{declared.notice.number}），"
        f"{year}年度应使用{needed.id}版（{needed.notice.number}）。"
    )
    return Finding("GX018", message, place, "report.year")


def _old_table(location: Location, found: Edition, needed: Edition) -> Finding:
    message = (
        f"{location.form.sheet}是{found.id}版表样（{found.notice.number}），"
        f"应使用{needed.id}版（{needed.notice.number}）；未读取。"
    )
    return Finding("GX018", message, Sheet(location.form.sheet))


def _other_year(printed: int, own: int, place: SheetCell | Sheet) -> Finding:
    message = f"{place}的报告年度是{printed}，但这份填报表是为{own}年度生成的。"
    return Finding("GX038", message, place, "report.year")


def _other_agency(name: str, own: str, place: SheetCell) -> Finding:
    message = f"{place}的单位全称是“{name}”，但这份填报表是为“{own}”生成的。"
    return Finding("GX039", message, place, "agency.name")
