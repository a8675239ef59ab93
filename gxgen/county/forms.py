"""Which Excel forms to write, for whom, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gxgen.county.files import folded, read_bytes, safe_name
from gxgen.county.project import FILE_NAME, County
from gxgen.diagnostics import Finding, Severity
from gxgen.errors import EnvironmentProblemError, UsageError
from gxgen.model.agency import Agency
from gxgen.model.report import Report

Target = tuple[Path, Agency | None]


def targets(
    homes: Sequence[County], names: Sequence[str], year: int, everyone: bool, folder: Path | None
) -> Iterator[Target]:
    """(file, agency) of each form, once: a whole roster, agencies by name, or one without a name.

    Raises:
        UsageError: no roster, a name that stands in two of them, or one file name for two agencies.
    """
    listed = dict.fromkeys(_roster(homes, year, folder) if everyone else ())
    listed |= dict.fromkeys(_named(homes, name, year, folder) for name in names)
    _refuse_one_file_for_two(listed)
    yield from listed
    if not everyone and not names:
        yield (folder or Path()) / f"政府信息公开工作年度报告填报表（{year}年度）.xlsx", None


def _refuse_one_file_for_two(listed: Iterable[Target]) -> None:
    first: dict[str, str] = {}
    for path, agency in listed:
        name = agency.name if agency else ""
        if (other := first.setdefault(folded(str(path)), name)) != name:
            raise UsageError(
                f"“{other}”和“{name}”的填报表文件名相同（{path.name}），或者有的电脑会当成同一个；"
                "请改其中一个的全称。"
            )


def _roster(homes: Sequence[County], year: int, folder: Path | None) -> Iterator[Target]:
    if not any(county.roster for county in homes):
        raise UsageError(f"没有名册：请先在 {FILE_NAME} 里写好 [[agency]]。")
    for county in homes:
        for agency in county.roster:
            yield _file(folder or county.folder / str(year), agency), agency


def _named(homes: Sequence[County], name: str, year: int, folder: Path | None) -> Target:
    listed = [(county, agency) for county in homes if (agency := county.agency(name))]
    if len(listed) > 1:
        raise UsageError(f"“{name}”在几个县的名册里都有，请写全称。")
    agency = listed[0][1] if listed else Agency(name)
    home = listed[0][0] if listed else (homes[0] if len(homes) == 1 else None)
    return _file(folder or (home.folder / str(year) if home else Path()), agency), agency


def _file(folder: Path, agency: Agency) -> Path:
    return folder / f"{safe_name(agency.name)}.xlsx"


def previous_report(path: Path, year: int, agency: Agency | None) -> tuple[Report | None, str]:
    """Last year's report, where its workbook is the new form's neighbour; else why it is not used.

    The sentence names the file, says why and what to do; it is empty where there is none to use.
    """
    from gxgen.form.read.workbook import read_workbook

    before = path.parent.parent / str(year - 1) / path.name
    if path.parent.name != str(year) or not before.is_file():
        return None, ""
    try:
        reading = read_workbook(read_bytes(before), before.name, words=False)
    except EnvironmentProblemError as error:
        return None, f"{error}{_AGAIN}"
    last = reading.report
    if last is None:
        return None, f"上年的填报表 {before} 读不出来：{_reasons(reading.findings)}{_AGAIN}"
    if last.year != year - 1 or (agency is not None and last.agency.name != agency.name):
        told = f"是“{last.agency.name}”{last.year}年度的，应是“{path.stem}”{year - 1}年度的。"
        return None, f"上年的填报表 {before} {told}{_AGAIN}"
    return last, ""


_AGAIN = "新表没有预填上年数；更正上年的文件后加 --force 重新生成，没有就把它移走。"


def _reasons(findings: Sequence[Finding]) -> str:
    """What keeps a workbook from being read, the first fault that blocks."""
    from gxgen.checks.registry import rule

    errors = [f.message for f in findings if rule(f.code).severity is Severity.ERROR]
    return errors[0] if errors else "不是本程序的填报表。"
