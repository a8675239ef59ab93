"""One function a use case; the command line and scripts call these and nothing below them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gxgen.api.paths import Named, paths_of
from gxgen.errors import UsageError

if TYPE_CHECKING:
    from gxgen.county.agency_year import Filing, Judgement
    from gxgen.county.batch import Options, Progress, Result
    from gxgen.county.events import Hear, Stop
    from gxgen.formats.doctor import DoctorReport
    from gxgen.formats.wanted import PdfEngine

INPUTS = Path("inputs")
OUTPUT = Path("output")


def default_inputs() -> Path:
    """Where workbooks are looked for: ``inputs/`` here, or here itself if it is a county."""
    from gxgen.county.project import FILE_NAME

    return Path() if not INPUTS.is_dir() and Path(FILE_NAME).is_file() else INPUTS


def check(
    paths: Sequence[Named] | Named,
    *,
    year: int | None = None,
    last_year: Named | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    hear: Hear | None = None,
    stop: Stop | None = None,
) -> Result:
    """Read and check workbooks; nothing is written. ``hear`` and ``stop`` as in :func:`build`.

    Raises:
        UsageError: a path does not exist or holds no workbook, or two counties have one name.
    """
    from gxgen.api.choosing import processors
    from gxgen.county.apart import one_county_each
    from gxgen.county.batch import Options, check_all

    _, filings = _planned(paths, OUTPUT, year, last_year)
    one_county_each(filings)
    return check_all(
        filings, Options(workers=workers or processors(), hear=hear, stop=stop), progress
    )


def build(
    paths: Sequence[Named] | Named,
    *,
    output: Named = OUTPUT,
    year: int | None = None,
    last_year: Named | None = None,
    draft: bool = False,
    force: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
    debug: bool = False,
    formats: Sequence[str] = (),
    engine: PdfEngine | None = None,
    today: dt.date | None = None,
    prune: bool = False,
    for_rollup: bool = False,
    waiting: Callable[[str], None] | None = None,
    progress: Progress | None = None,
    hear: Hear | None = None,
    stop: Stop | None = None,
) -> Result:
    """Check workbooks and write the reports of those that pass and have changed.

    ``workers`` is the number of processes, ``scheduler`` the address of a Dask cluster that works
    in their place; ``force`` builds all anew; ``debug`` lets a fault of gxgen's own raise;
    ``formats`` and ``engine`` (who makes the PDF) replace the county's settings, and ``prune``
    withdraws what only earlier builds were asked for; ``today`` decides who is late;
    ``for_rollup`` is :func:`rollup`'s; ``waiting`` hears of a build it waits for, ``hear`` of each
    step; ``stop`` ends it, and the waiting.

    Raises:
        CancelledError: it was asked to stop; what was done stands.
        UsageError: no path or workbook, no such style, or outputs and forms would lie together.
        EnvironmentProblemError: the scheduler does not answer, or another build there hangs.
    """
    from gxgen.api.choosing import processors
    from gxgen.county.apart import keep_apart
    from gxgen.county.batch import Options, build_all

    output = Path(output)
    given, filings = _planned(paths, output, year, last_year)
    keep_apart(filings, given, output)
    options = Options(
        draft=draft,
        force=force,
        workers=workers or processors(),
        debug=debug,
        formats=tuple(formats),
        engine=engine,
        today=today or dt.date.today(),
        rollup=for_rollup,
        prune=prune,
        waiting=waiting,
        hear=hear,
        stop=stop,
    )
    if scheduler is None:
        return build_all(filings, options, progress)
    return _on_cluster(scheduler, filings, options, progress)


def _planned(
    paths: Sequence[Named] | Named, output: Path, year: int | None, last_year: Named | None
) -> tuple[list[Path], list[Filing]]:
    """What was named, and the filings in it."""
    from gxgen.county.plan import plan

    given = paths_of(paths) or [default_inputs()]
    previous = None if last_year is None else Path(last_year)
    return given, plan(given, output, year=year, previous=previous)


def _on_cluster(
    address: str, filings: Sequence[Filing], options: Options, progress: Progress | None
) -> Result:
    from gxgen.county.batch import build_all
    from gxgen.county.workers import dask_executor

    with dask_executor(address) as (executor, threads):
        return build_all(filings, replace(options, executor=executor, workers=threads), progress)


def rollup(
    county: str | None,
    *,
    year: int,
    output: Named = OUTPUT,
    workers: int | None = None,
    formats: Sequence[str] = (),
    engine: PdfEngine | None = None,
    waiting: Callable[[str], None] | None = None,
    progress: Progress | None = None,
) -> Result:
    """The county's own report from all its units: brings their state up to date, then adds up.

    ``county`` is a county's name or folder; None if there is only one. ``formats`` and ``engine``
    are for the county's own report; what it has in other formats is kept up to date, and so are the
    agencies' reports in theirs.

    Raises:
        UsageError: no such county, several to choose from, or it names no government of its own.
    """
    from gxgen.api.choosing import chosen_county

    home = chosen_county(county, default_inputs())
    if home.government is None:
        raise UsageError(
            f"{home.folder / 'county.toml'} 没有写 government（汇总报告以谁的名义发布），"
            '例如：government = "某某县人民政府"。'
        )
    folder = home.folder / str(year)
    if not folder.is_dir():
        raise UsageError(f"没有{year}年度的文件夹：{folder}")
    return build(
        [folder],
        output=output,
        workers=workers,
        formats=formats,
        engine=engine,
        for_rollup=True,
        waiting=waiting,
        progress=progress,
    )


def watched(paths: Sequence[Path]) -> list[Path]:
    """The folders whose changes call for a new build: the inputs' and the project's templates."""
    from gxgen.templates.styles import TEMPLATES

    given = list(paths) or [default_inputs()]
    return [*(path if path.is_dir() else path.parent for path in given), TEMPLATES]


def show(workbook: Path) -> tuple[dict[str, Any] | None, Judgement]:
    """What was read from one workbook, as the record of the interface contract.

    Raises:
        UsageError: there is no such file.
        EnvironmentProblemError: it cannot be read.
        DiedError: whoever read it came to an end; the sentence says how.
    """
    from gxgen.county.agency_year import not_finished
    from gxgen.county.around import read
    from gxgen.county.plan import plan
    from gxgen.county.pool import DiedError
    from gxgen.county.unit import check_unit
    from gxgen.county.workers import apart
    from gxgen.model.record import to_record

    filing = read(plan([workbook], OUTPUT)[0])
    try:
        found = apart(check_unit, filing)
    except DiedError as died:
        raise DiedError(not_finished(filing, died).message) from None
    if found.report is None:
        return None, found
    return to_record(found.report, found.diagnostics), found


def blank(
    names: Sequence[str],
    *,
    year: int,
    everyone: bool = False,
    output: Path | None = None,
    force: bool = False,
    tell: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write Excel forms: for agencies by name, for a whole roster, or one without a name.

    A form that is there stays; with ``force`` such as are still as they were handed out are made
    anew, and what they replace is kept (:mod:`gxgen.county.replaced`). An agency's form is its own
    by what it says, whatever its file is called. The county's form of the year before fills in last
    year's figures, whatever folder is written to. ``tell`` gets a sentence on what was left alone,
    and on each form of last year that cannot be used. Returns what was written.

    Raises:
        UsageError: no edition for that year, or no roster.
        EnvironmentProblemError: a form cannot be written.
    """
    from gxgen.api.choosing import chosen_edition
    from gxgen.county.forms import hand_out, targets
    from gxgen.county.plan import counties

    edition = chosen_edition(year)
    homes = counties(default_inputs()) if default_inputs().is_dir() else []
    wanted = list(targets(homes, names, year, everyone, output))
    return hand_out(wanted, homes, edition, year, force=force, tell=tell)


def init(
    folder: Path,
    *,
    county: str,
    year: int,
    demo: int = 0,
    faulty: int = 0,
    years: int = 2,
    roster: Path | None = None,
    tell: Callable[[str], None] | None = None,
    progress: Progress | None = None,
) -> Path:
    """Make a new county project; an existing one is never touched.

    ``roster`` is a spreadsheet with the county's units; ``tell`` gets a sentence on what was taken
    from it. ``demo`` fills it with so many invented agencies, ``faulty`` of them with faults, and
    forms of ``years`` years, the last one ``year``.

    Raises:
        UsageError: there is a county already, no edition for that year, numbers out of range, or
            the roster is none.
    """
    from gxgen.api.beginning import new_settings
    from gxgen.api.choosing import chosen_edition
    from gxgen.county.files import write_whole
    from gxgen.county.project import FILE_NAME

    chosen_edition(year)
    if not county.strip() or not county.isprintable() or set(county) & set("/\\"):
        raise UsageError("县名不能为空，也不能含斜线或不可见字符。")
    if roster is not None and (demo or faulty):
        raise UsageError("--roster 和 --demo、--faulty 不能一起用：一个是真的名册，一个是虚拟的。")
    if demo or faulty:
        from gxgen.demo.county import Demo, write_demo

        return write_demo(folder / INPUTS, Demo(county, year, demo, faulty, years), progress)
    target = folder / INPUTS / FILE_NAME
    if target.exists():
        raise UsageError(f"{target} 已经存在，没有改动它。")
    write_whole(target, new_settings(county, year, roster, tell).encode())
    (folder / INPUTS / str(year)).mkdir(parents=True, exist_ok=True)
    return target


def doctor(paths: Sequence[Path] = ()) -> DoctorReport:
    """What this machine has for making documents, and what is missing.

    Raises:
        UsageError: a path does not exist or holds no workbook.
    """
    from gxgen.api.machine import doctor as look

    return look(paths, default_inputs())


__all__ = [
    "blank",
    "build",
    "check",
    "comment_template",
    "doctor",
    "init",
    "rollup",
    "show",
    "watched",
]
