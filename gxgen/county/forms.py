"""Which Excel forms to write, for whom, and where."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from gxgen.county.agency_year import Filing
from gxgen.county.around import last_year_of
from gxgen.county.files import folded, read_bytes, safe_name
from gxgen.county.pool import DiedError
from gxgen.county.project import FILE_NAME, County
from gxgen.county.replaced import replace
from gxgen.county.whose import Whose
from gxgen.diagnostics import Finding, Severity
from gxgen.editions.schema import Edition
from gxgen.errors import EnvironmentProblemError, UsageError
from gxgen.model.agency import Agency
from gxgen.model.report import Report

Target = tuple[Path, Agency | None]
"""Where a form goes, and whose it is."""
_LISTED = 10


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


def hand_out(
    wanted: Iterable[Target],
    homes: Sequence[County],
    edition: Edition,
    year: int,
    *,
    force: bool,
    tell: Callable[[str], None] | None,
) -> list[Path]:
    """Write the forms that are wanting; see :func:`gxgen.api.blank`."""
    from gxgen.form.write.workbook import blank_workbook

    whose = Whose()
    written: list[Path] = []
    said: list[str] = []
    left: dict[bool, list[Path]] = {True: [], False: []}
    moment = dt.datetime.now()
    for target in wanted:
        path, agency = target
        there = standing(target, year, whose)
        fresh = bool(there) and all(untouched(one, agency) for one in there)
        if there and not (force and fresh):
            left[fresh].append(there[0])
            continue
        previous, why_not = previous_report(target, _home_of(homes, agency), year, whose)
        said += [why_not] if why_not else []
        path = there[0] if there else path
        form = blank_workbook(edition, year, agency=agency, previous=previous)
        replace(path, form, moment)
        written.append(path)
    said += [_left_alone(paths, fresh, force) for fresh, paths in left.items() if paths]
    if tell is not None:
        for sentence in said:
            tell(sentence)
    return written


def _left_alone(paths: Sequence[Path], fresh: bool, force: bool) -> str:
    """What was there and stays."""
    listed = "、".join(map(str, paths[:_LISTED])) + ("等" if len(paths) > _LISTED else "")
    if fresh:
        then = "没有重新生成；要按现在的名册和上年数重新生成，请加 --force"
        return f"已有{len(paths)}份空白表，{then}：{listed}"
    then = "加 --force 也不动；确要发空白表，请先把它移走" if force else "没有动"
    return f"已有{len(paths)}份填过的或读不出来的表，{then}：{listed}"


def standing(target: Target, year: int, whose: Whose) -> list[Path]:
    """The forms of an agency that lie where a new one would: by name, or by what they say."""
    path, agency = target
    found = [path] if os.path.lexists(path) else []
    if agency is not None and path.parent.is_dir():
        forms = whose.all_in(path.parent).values()
        mine = [form for form in forms if (form.agency, form.year) == (agency.name, year)]
        found += [path.parent / form.name for form in mine if form.name != path.name]
    return found


def untouched(path: Path, agency: Agency | None) -> bool:
    """Whether a form is as it was handed out: nothing is filled in it, and it says nothing of the
    agency but what the roster says, so that making it anew loses nothing."""
    from gxgen.county.workers import apart

    try:
        return apart(_as_handed_out, read_bytes(path), path.name, agency)
    except (EnvironmentProblemError, DiedError):
        return False


def _as_handed_out(data: bytes, name: str, agency: Agency | None) -> bool:
    from gxgen.form.read.filling import Filling, filling_of
    from gxgen.form.read.workbook import read_workbook

    report = read_workbook(data, name).report
    if report is None or filling_of(report) is not Filling.BLANK:
        return False
    known = asdict(agency.contact) if agency else {}
    typed = asdict(report.agency.contact)
    return all(value in (None, known.get(key)) for key, value in typed.items())


def previous_report(
    target: Target, home: County | None, year: int, whose: Whose
) -> tuple[Report | None, str]:
    """Last year's report, from the county's folder of last year, wherever the new form goes; else
    why it is not used.

    The sentence names the file, says why and what to do; it is empty where there is none to use.
    """
    from gxgen.county.workers import apart

    path, agency = target
    if agency is None:
        return None, ""
    folder = (home.folder if home else path.parent.parent) / str(year)
    if home is None and path.parent.name != str(year):
        return None, ""
    before, rivals = last_year_of(
        Filing(path.name, year=year, folder=folder, county=home), whose, agency.name
    )
    if rivals:
        return None, f"“{agency.name}”上年的填报表有几份：{'、'.join(rivals)}。{_AGAIN}"
    if before is None:
        return None, ""
    try:
        last, why = apart(_last_report, read_bytes(before), before.name)
    except (EnvironmentProblemError, DiedError) as error:
        return None, f"上年的填报表 {before} 读不出来：{error}{_AGAIN}"
    if last is None:
        return None, f"上年的填报表 {before} 读不出来：{why}{_AGAIN}"
    names = home.last_year_names(agency.name, year) if home else {agency.name}
    if last.year != year - 1 or last.agency.name not in names:
        told = f"是“{last.agency.name}”{last.year}年度的，应是“{agency.name}”{year - 1}年度的。"
        return None, f"上年的填报表 {before} {told}{_AGAIN}"
    return last, ""


def _last_report(data: bytes, name: str) -> tuple[Report | None, str]:
    """A form's report without its words, or why there is none. For any process."""
    from gxgen.form.read.workbook import read_workbook

    reading = read_workbook(data, name, words=False)
    report = reading.report
    return report, "" if report else _reasons(reading.findings)


_AGAIN = "新表没有预填上年数；更正上年的文件后加 --force 重新生成，没有就把它移走。"


def _reasons(findings: Sequence[Finding]) -> str:
    """What keeps a workbook from being read, the first fault that blocks."""
    from gxgen.checks.registry import rule

    errors = [f.message for f in findings if rule(f.code).severity is Severity.ERROR]
    return errors[0] if errors else "不是本程序的填报表。"


def _home_of(homes: Sequence[County], agency: Agency | None) -> County | None:
    """The county in whose roster an agency is, or the only one there is."""
    listed = [home for home in homes if agency is not None and agency in home.roster]
    return listed[0] if listed else homes[0] if len(homes) == 1 else None
