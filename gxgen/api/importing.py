"""Records and published reports that become filled workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.api.paths import Named, paths_of
from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.county.batch import Progress
    from gxgen.county.imports.run import Found, Imported, Run
    from gxgen.published.reader import Asked


class Importing:
    """A run over published reports and records: go through it once, a file at a time.

    ``files`` are those that are read; ``passed`` says which in the folders are no reports.
    ``summary`` is the workbook that tells of all, once the run is over, and None where a single
    file was named.
    """

    def __init__(self, found: Found, run: Run, *, several: bool) -> None:
        """Nothing is read yet."""
        self.files, self.passed = tuple(found.files), _passed(found)
        self.summary: Path | None = None
        self._run, self._several = run, several

    def each(self, progress: Progress | None = None) -> Iterator[Imported]:
        """What came of each file, in order; then the summary is written.

        Raises:
            EnvironmentProblemError: the summary cannot be written.
        """
        from gxgen.county.files import write_whole
        from gxgen.county.imports.summary import row_of, summary_workbook

        rows = []
        for one in self._run.each(self.files, progress):
            rows.append(row_of(one))
            yield one
        if self._several:
            target = _free(self._run.to)
            write_whole(target, summary_workbook(rows, self.passed))
            self.summary = target


def import_reports(
    paths: Sequence[Named] | Named,
    *,
    to: Named,
    force: bool = False,
    agency: str | None = None,
    year: int | None = None,
    edition: str | None = None,
    workers: int | None = None,
    debug: bool = False,
) -> Importing:
    """Turn published reports, and records as ``show`` prints, into filled workbooks in ``to``.

    A published report is .docx, a web page, PDF with text, or text; of a folder every such file is
    taken, and its forms lie in a folder for each year. ``agency``, ``year`` and ``edition`` say
    what a report does not say, or says wrongly. A file that cannot be imported, or whose target
    exists, is told and does not stop the others.

    Raises:
        UsageError: one agency is named for several files, there is no such edition or year, or a
            folder holds no report.
    """
    from gxgen.api.choosing import processors
    from gxgen.county.imports.run import Run, files_of

    given, to = paths_of(paths), Path(to)
    found = files_of(given, to)
    if not found.files:
        raise UsageError(f"{'、'.join(map(str, given))} 里没有找到报告。{_passed(found)}")
    asked = asked_of(found.files, agency, year, edition)
    run = Run(to, asked, force, workers or processors(), debug, found.by_year)
    return Importing(found, run, several=found.folders or len(found.files) > 1)


def _passed(found: Found) -> str:
    """What the folders hold that is no report."""
    if not found.passed:
        return ""
    kinds = "、".join(f"{ending or '没有后缀'} {n} 个" for ending, n in found.passed.most_common(5))
    return f"文件夹里另有 {found.passed.total()} 个文件不是报告的格式，没有读：{kinds}。"


def _free(folder: Path) -> Path:
    """A name for the summary that nothing has."""
    from gxgen.county.listing import SUMMARY

    number, target = 1, folder / f"{SUMMARY}.xlsx"
    while target.exists():
        number += 1
        target = folder / f"{SUMMARY}（{number}）.xlsx"
    return target


def refuse_existing(paths: Sequence[Path], force: bool) -> None:
    """Nothing that is there is written over unasked.

    Raises:
        UsageError: a file exists and ``force`` is off.
    """
    from gxgen.county.files import told_existing

    there = [path for path in paths if path.exists() and not force]
    if there:
        raise UsageError(told_existing(there))


def asked_of(
    files: Sequence[Path], agency: str | None, year: int | None, edition: str | None
) -> Asked:
    """What the user says of the reports, if it can be so.

    Raises:
        UsageError: one agency is named for several files, or there is no such edition or year.
    """
    from gxgen.api.choosing import chosen_edition
    from gxgen.editions.declared import PUBLISHED_EDITIONS
    from gxgen.published.reader import Asked

    if agency is not None and len(files) > 1:
        raise UsageError("--agency 写的是一个单位，一次只能写它的一份报告。")
    if agency is not None and not (agency.strip() and agency.isprintable()):
        raise UsageError("--agency 写的单位名称是空的，或者含有看不见的字符。")
    if year is not None:
        chosen_edition(year)
    if edition is not None and edition not in PUBLISHED_EDITIONS:
        known = "、".join(PUBLISHED_EDITIONS)
        raise UsageError(f"没有“{edition}”这一版格式。可用：{known}。")
    return Asked(agency and agency.strip(), year, edition)
