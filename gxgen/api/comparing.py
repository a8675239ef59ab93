"""Two years of an agency, or of all agencies of a county, beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.compare.comparison import Comparison
    from gxgen.county.batch import Progress
    from gxgen.county.beside import Beside
    from gxgen.model.report import Report
    from gxgen.show.compare.blocks import Sheet

_RECORD = ".json"


def compare(one: Path, other: Path, *, renamed: bool = False) -> Comparison:
    """Two years of one agency, in whichever order they are given; ``renamed``: it was called
    otherwise in one of them.

    Raises:
        UsageError: a file is not there or is no report, both are of one year, or of different
            agencies.
        EnvironmentProblemError: a file cannot be read.
        DiedError: whoever read it came to an end.
    """
    from gxgen.compare.comparison import compared

    return compared(opened(one), opened(other), renamed=renamed)


def opened(path: Path) -> Report:
    """The report in a file: a form, or a record as ``show`` prints it.

    Raises:
        UsageError: it is not there, or no report can be read from it.
        EnvironmentProblemError: it cannot be read.
        DiedError: whoever read it came to an end.
    """
    from gxgen.county.listing import WORKBOOK_SUFFIXES

    suffix = path.suffix.lower()
    if path.is_dir() or (path.exists() and suffix not in (*WORKBOOK_SUFFIXES, _RECORD)):
        raise UsageError(
            f"{path}：对照的两份都要是填报表（.xlsx），或 gxgen show --format json 输出的 .json；"
            "对照全县用 gxgen compare 县文件夹 --year 年度。"
        )
    return _record(path) if suffix == _RECORD else _form(path)


def _record(path: Path) -> Report:
    from gxgen.county.files import read_bytes
    from gxgen.model.record_text import parse_record
    from gxgen.prose.filled import filled

    report, findings = parse_record(read_bytes(path), path.name)
    if report is None:
        raise UsageError(f"{path.name} 读不出来：{''.join(one.message for one in findings[:1])}")
    return filled(report)[0]


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
    from gxgen.api import OUTPUT, _processors, default_inputs
    from gxgen.api.choosing import chosen_county
    from gxgen.county.beside import all_beside

    home = chosen_county(county, default_inputs())
    found = all_beside(home, year, OUTPUT, workers or _processors(), progress)
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
