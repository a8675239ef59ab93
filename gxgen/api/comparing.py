"""Two years of an agency, or of all agencies of a county, beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.api.paths import Named
from gxgen.diagnostics import Finding
from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.comparison.reports import Comparison
    from gxgen.county.batch import Progress
    from gxgen.county.beside import Beside
    from gxgen.model.report import Report
    from gxgen.show.compare.blocks import Sheet

_RECORD = ".json"
_TO_SETTLE = ("GX803", "GX804", "GX805")
"""What a published report leaves open and ``import`` has options for."""


def compare(one: Named, other: Named, *, renamed: bool = False) -> Comparison:
    """Two years of one agency, in whichever order they are given; ``renamed``: it was called
    otherwise in one of them.

    Raises:
        UsageError: a file is not there or is no report, both are of one year, or of different
            agencies.
        EnvironmentProblemError: a file cannot be read.
        DiedError: whoever read it came to an end.
    """
    from gxgen.comparison.reports import compared

    return compared(opened(Path(one)), opened(Path(other)), renamed=renamed)


def opened(path: Path) -> Report:
    """The report in a file: a form, a record as ``show`` prints it, or a published report.

    Raises:
        UsageError: it is not there, or no report can be read from it.
        EnvironmentProblemError: it cannot be read.
        DiedError: whoever read it came to an end.
    """
    from gxgen.county.listing import WORKBOOK_SUFFIXES

    suffix = path.suffix.lower()
    if path.is_dir():
        raise UsageError(
            f"{path}：对照的两份都要是填报表（.xlsx）、gxgen show --format json 输出的 .json，"
            "或者已公布的报告；对照全县用 gxgen compare 县文件夹 --year 年度。"
        )
    if suffix == _RECORD:
        return _record(path)
    if suffix in WORKBOOK_SUFFIXES or not path.exists():
        return _form(path)
    return _published(path)


def _record(path: Path) -> Report:
    from gxgen.county.files import read_bytes
    from gxgen.model.record_text import parse_record
    from gxgen.prose.filled import filled

    report, findings = parse_record(read_bytes(path), path.name)
    if report is None:
        raise UsageError(f"{path.name} 读不出来：{''.join(one.message for one in findings[:1])}")
    return filled(report)[0]


def _published(path: Path) -> Report:
    """What a published report says, in the form of its year."""
    from gxgen.county.files import read_bytes
    from gxgen.county.imports.office import Converter
    from gxgen.county.pool import DiedError
    from gxgen.county.workers import apart

    with Converter() as office:
        data = office.readable(read_bytes(path), path.name)
    if isinstance(data, Finding):
        raise UsageError(_why(data, path.name))
    try:
        report = apart(published_report, data, path.name)
    except DiedError as died:
        raise DiedError(f"处理{path.name}的进程{died}，没有做完。") from None
    if isinstance(report, str):
        raise UsageError(report)
    return report


def published_report(data: bytes, name: str) -> Report | str:
    """A published report, or a sentence on why it cannot be compared. For any process."""
    from gxgen.published.formed import formed, read_file

    report, findings = formed(read_file(data, name))
    return _why(findings[0], name) if report is None else report


def _why(found: Finding, name: str) -> str:
    """Why a published report cannot be compared, and what to do."""
    from gxgen.checks.registry import diagnose

    why = diagnose(found, agency=None, year=None, file=name)
    if why.code in _TO_SETTLE:
        return f"{why.message}先用 gxgen import 导入成填报表（那里可以写明），再拿填报表对照。"
    return f"{why.message}{why.hint}"


def _form(path: Path) -> Report:
    from gxgen.api import OUTPUT
    from gxgen.county.agency_year import not_finished
    from gxgen.county.around import read
    from gxgen.county.beside import report_of
    from gxgen.county.plan import plan
    from gxgen.county.pool import DiedError
    from gxgen.county.workers import apart

    filing = read(plan([path], OUTPUT)[0])
    try:
        report = apart(report_of, filing)
    except DiedError as died:
        raise DiedError(not_finished(filing, died).message) from None
    if isinstance(report, str):
        raise UsageError(report)
    return report


@dataclass(frozen=True, slots=True)
class CountyBeside:
    """All agencies of a county's year."""

    county: str
    year: int
    agencies: tuple[Beside, ...]

    @property
    def sound(self) -> bool:
        """Whether every file that is there could be read."""
        return not any(one.trouble for one in self.agencies)


def compare_county(
    county: str | None,
    *,
    year: int,
    workers: int | None = None,
    progress: Progress | None = None,
) -> CountyBeside:
    """Every agency of a county, beside itself a year before.

    Raises:
        UsageError: no such county or year, or several counties to choose from.
    """
    from gxgen.api import OUTPUT, default_inputs
    from gxgen.api.choosing import chosen_county, processors
    from gxgen.county.beside import all_beside

    home = chosen_county(county, default_inputs())
    found = all_beside(home, year, OUTPUT, workers or processors(), progress)
    return CountyBeside(home.name, year, tuple(found))


def document(sheet: Sheet, kind: str) -> bytes:
    """A comparison as a page (``html``) or as a DOCX."""
    if kind == "html":
        from gxgen.show.compare.page import sheet_page

        return sheet_page(sheet)
    from gxgen.show.compare.docx import sheet_docx

    return sheet_docx(sheet)


def write(data: bytes, path: Path, endings: Sequence[str], *, force: bool = False) -> None:
    """Write what a command made into a file, whole or not at all.

    Raises:
        UsageError: the name has none of these endings, or the file exists and ``force`` is off.
        EnvironmentProblemError: it cannot be written.
    """
    from gxgen.api.importing import refuse_existing
    from gxgen.county.files import write_whole

    if path.suffix.lower() not in endings:
        raise UsageError(f"{path}：这种格式的文件名要以 {'、'.join(endings)} 结尾。")
    refuse_existing([path], force)
    write_whole(path, data)
