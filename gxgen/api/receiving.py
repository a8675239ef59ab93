"""Forms that come in, under whatever name: each is put where the agency in it belongs."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen.errors import GxgenError

if TYPE_CHECKING:
    from gxgen.api.project import Project
    from gxgen.county.events import Hear, Stop
    from gxgen.county.project import County
    from gxgen.model.report import Report


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a file: ``first``, ``replaced``, ``same``, ``other_year``, ``stranger`` or
    ``unreadable``; of the last three nothing was placed. ``former`` is where the form lies now
    that it took the place of.
    """

    file: str
    outcome: str
    message: str
    agency: str | None = None
    year: int | None = None
    target: Path | None = None
    former: Path | None = None

    @property
    def placed(self) -> bool:
        """Whether the form is where it belongs."""
        return self.outcome in ("first", "replaced", "same")


def receive(
    project: Project,
    files: Sequence[Path | tuple[str, bytes]],
    *,
    year: int | None = None,
    moment: dt.datetime | None = None,
    hear: Hear | None = None,
    stop: Stop | None = None,
) -> list[Receipt]:
    """Place forms into ``inputs/``, by the agency and the year that they themselves name.

    ``files`` are paths or (name, bytes); a name is for messages only. ``year`` is the one that is
    received, by default the county's. What a form replaces goes to ``.replaced/<moment>/`` first.
    A file that cannot be placed is told and does not stop the others.

    Raises:
        UsageError: a ``county.toml`` is wrong.
        CancelledError: it was asked to stop; what was placed is placed.
    """
    from gxgen.county.events import Event, Phase

    counties, when, receipts = project.counties, moment or dt.datetime.now(), []
    for done, file in enumerate(files, 1):
        name = file.name if isinstance(file, Path) else Path(file[0]).name
        try:
            receipt = _received(project, counties, file, name=name, year=year, moment=when)
        except GxgenError as error:
            receipt = Receipt(name, "unreadable", str(error))
        receipts.append(receipt)
        if hear is not None:
            hear(Event(Phase.UNIT, done, len(files), name, receipt.outcome))
        if stop is not None:
            stop.heed()
    return receipts


def _received(
    project: Project,
    counties: Sequence[County],
    file: Path | tuple[str, bytes],
    *,
    name: str,
    year: int | None,
    moment: dt.datetime,
) -> Receipt:
    from gxgen.county.files import read_bytes

    data = read_bytes(file) if isinstance(file, Path) else file[1]
    report, why = _report(name, data)
    if report is None:
        return Receipt(name, "unreadable", f"不是能读的填报表：{why}")
    agency = report.agency.name
    county = _home(counties, agency)
    if county is None:
        said = f"“{agency}”不在名册里，没有放进来；是本县的单位，请先写进 county.toml。"
        return Receipt(name, "stranger", said, agency, report.year)
    unit = county.agency(agency)
    agency = unit.name if unit else agency
    wanted = year or county.year
    if wanted is not None and report.year != wanted:
        said = f"“{agency}”的这份是{report.year}年度的，现在收的是{wanted}年度的，没有放进来。"
        return Receipt(name, "other_year", said, agency, report.year)
    place = county.folder / str(report.year)
    return _place(project, county, place, name=name, data=data, agency=agency, moment=moment)


def _report(name: str, data: bytes) -> tuple[Report | None, str]:
    """The form as read, apart: it is a stranger's file."""
    from gxgen.checks.registry import rule
    from gxgen.county.agency_year import Filing
    from gxgen.county.listing import WORKBOOK_SUFFIXES
    from gxgen.county.pool import DiedError
    from gxgen.county.unit import read_unit
    from gxgen.county.workers import apart
    from gxgen.diagnostics import Severity

    if not name.lower().endswith(WORKBOOK_SUFFIXES):
        return None, f"填报表的文件名以 {'、'.join(WORKBOOK_SUFFIXES)} 结尾。"
    try:
        report, findings = apart(read_unit, Filing(name, data))
    except DiedError as died:
        return None, f"读它的进程{died}。"
    errors = [one.message for one in findings if rule(one.code).severity is Severity.ERROR]
    return report, errors[0] if errors else "里面没有填报表。"


def _home(counties: Sequence[County], agency: str) -> County | None:
    """The county whose roster knows the agency, or the only one where it has no roster yet."""
    named = [one for one in counties if one.agency(agency) or agency == one.government]
    if len(counties) == 1 and not counties[0].roster:
        named = list(counties)
    return named[0] if len(named) == 1 else None


def _place(
    project: Project,
    county: County,
    folder: Path,
    *,
    name: str,
    data: bytes,
    agency: str,
    moment: dt.datetime,
) -> Receipt:
    from gxgen.county import replaced
    from gxgen.county.files import read_bytes, safe_name

    year, named = int(folder.name), safe_name(agency) + Path(name).suffix.lower()
    there = [path for path in _forms_of(project, county, folder, agency) if path.is_file()]
    if agency == county.government and (folder / named).is_file():
        there = [folder / named]
    target = _free(folder / named, there)
    if len(there) == 1 and read_bytes(there[0]) == data:
        said = f"“{agency}”已经报过一模一样的一份：{there[0]}"
        return Receipt(name, "same", said, agency, year, there[0])
    former = replaced.replace(target, data, moment)
    for other in there:
        if other.exists() and not other.samefile(target):
            former = replaced.put_aside(other, moment)
    if former is None:
        return Receipt(name, "first", f"“{agency}”第一次报送：{target}", agency, year, target)
    said = f"“{agency}”换下了原来的表，原来的留在 {former}"
    return Receipt(name, "replaced", said, agency, year, target, former)


def _free(path: Path, own: Sequence[Path]) -> Path:
    """``path``, or where another agency's form stands under that name, the same with a number."""
    for number in itertools.count(2):
        if path in own or not os.path.lexists(path):
            return path
        stem = path.stem if number == 2 else path.stem.rpartition("（")[0]
        path = path.with_name(f"{stem}（{number}）{path.suffix}")
    raise AssertionError("numbers do not end")


def _forms_of(project: Project, county: County, folder: Path, agency: str) -> list[Path]:
    """The forms that the agency has filed, whatever they are called."""
    from gxgen.api.project import filings_in, home_of, known
    from gxgen.county.ledger import Ledger

    filings = filings_in(folder, county, project.output)
    _, judged = known(filings, Ledger.of(home_of(folder, county, project.output)))
    return [one.path for one in filings if judged[one.key].agency == agency]


def receive_record(receipts: Sequence[Receipt]) -> dict[str, Any]:
    """The JSON of ``receive``."""
    from gxgen.diagnostics import FORMAT

    return {"format": FORMAT, "received": [_record(one) for one in receipts]}


def _record(one: Receipt) -> dict[str, Any]:
    paths = {"target": one.target, "former": one.former}
    return {**asdict(one), **{name: path and str(path) for name, path in paths.items()}}
