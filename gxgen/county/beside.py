"""The agencies of a county, each beside itself a year before."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.comparison.reports import Comparison, compared
from gxgen.county.agency_year import Filing
from gxgen.county.around import of_government, previous_of, read, units_of
from gxgen.county.listing import workbooks
from gxgen.county.plan import plan
from gxgen.county.pool import DiedError, Pool
from gxgen.county.unit import read_unit
from gxgen.county.whose import Whose
from gxgen.county.workers import IN_FLIGHT
from gxgen.errors import EnvironmentProblemError, UsageError
from gxgen.model.report import Report
from gxgen.prose.filled import filled

if TYPE_CHECKING:
    from concurrent.futures import Future

    from gxgen.county.batch import Progress
    from gxgen.county.project import County


@dataclass(frozen=True, slots=True)
class Beside:
    """What came of an agency: its comparison, or why there is none. ``trouble``: a file that is
    there could not be read."""

    name: str
    comparison: Comparison | None = None
    reason: str = ""
    trouble: bool = False


def report_of(filing: Filing) -> Report | str:
    """What a form says, its sentences filled, or a sentence on why it cannot be read. For any
    process."""
    report, findings = read_unit(filing)  # last year's too: sentences name its figures
    if report is None:
        why = "".join(found.message for found in findings[:1])
        return f"{filing.name} 读不出来：{why}"
    return filled(report)[0]


def beside(now: Filing, last: Filing, year: int) -> Beside:
    """An agency's form beside last year's, under whichever name the roster knows it by then. For
    any process."""
    this = report_of(now)
    name = this.agency.name if isinstance(this, Report) else now.stem
    try:
        former, own = _of(report_of(last), year - 1), _of(this, year)
        renamed = former.agency.name in now.also
        return Beside(name, compared(former, own, renamed=renamed))
    except _UnfitError as error:
        return Beside(name, reason=str(error), trouble=True)
    except UsageError as error:
        return Beside(name, reason=str(error))


class _UnfitError(Exception):
    """A form that cannot be compared; the sentence says why."""


def _of(report: Report | str, year: int) -> Report:
    """The report, if it is one and of that year.

    Raises:
        _UnfitError: it is not.
    """
    if isinstance(report, str):
        raise _UnfitError(report)
    if report.year != year:
        raise _UnfitError(f"{year}年度文件夹里的填报表写的是{report.year}年度。")
    return report


def all_beside(
    county: County, year: int, output: Path, workers: int, progress: Progress | None = None
) -> list[Beside]:
    """Every agency of a county's year beside the year before, in the order of the files; those
    that only the year before had come last.

    Raises:
        UsageError: there is no folder of that year, or no form in it.
    """
    folder = county.folder / str(year)
    if not folder.is_dir():
        raise UsageError(f"没有{year}年度的文件夹：{folder}")
    whose = Whose()
    filings = units_of(plan([folder], output), whose)
    former = {one.path: previous_of(one) for one in filings}
    found: list[Beside] = []
    for done, one in enumerate(_done(filings, former, output, year, workers), 1):
        found.append(one)
        if progress is not None:
            progress(one.name, done, len(filings))
    return [*found, *_only_before(county, year, former.values(), whose)]


def _only_before(
    county: County, year: int, used: Iterable[Path | None], whose: Whose
) -> Iterator[Beside]:
    """Who filed the year before only."""
    folder = county.folder / str(year - 1)
    taken = {path.name for path in used if path is not None}
    names = workbooks(folder) if folder.is_dir() else []
    own = of_government(folder, names, county, whose)
    for name in names:
        if name not in taken and name not in own:
            yield Beside(Path(name).stem, reason=f"没有{year}年度的填报表，只有{year - 1}年度的。")


def _done(
    filings: Sequence[Filing],
    former: dict[Path, Path | None],
    output: Path,
    year: int,
    workers: int,
) -> Iterator[Beside]:
    """What came of each, in order, made by processes with a budget; a few are under way."""
    with Pool(max(1, min(workers, len(filings)))) as pool:
        waiting: deque[tuple[Filing, Beside | Future[Beside]]] = deque()
        for filing in filings:
            waiting.append((filing, _begun(pool, filing, former[filing.path], output, year)))
            if len(waiting) >= workers * IN_FLIGHT:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())


def _begun(
    pool: Pool, filing: Filing, last: Path | None, output: Path, year: int
) -> Beside | Future[Beside]:
    if last is None:
        return Beside(filing.stem, reason=f"没有{year - 1}年度的填报表。")
    try:
        return pool.submit(beside, read(filing), read(plan([last], output)[0]), year)
    except (EnvironmentProblemError, UsageError) as error:
        return Beside(filing.stem, reason=str(error), trouble=True)


def _result(filing: Filing, outcome: Beside | Future[Beside]) -> Beside:
    if isinstance(outcome, Beside):
        return outcome
    try:
        return outcome.result()
    except DiedError as died:
        return Beside(filing.stem, reason=f"{filing.name} 没有读完：{died}", trouble=True)
