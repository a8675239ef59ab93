"""Many units: what is done already stays, the rest is done side by side, each on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from gxgen.county.dispatch import Hands, outcomes
from gxgen.county.files import read_bytes
from gxgen.county.fingerprint import digest, fingerprint
from gxgen.county.home import CountyFiles, Home, UnitResult, record_of
from gxgen.county.ledger import Fingerprint
from gxgen.county.plan import Job, job_of
from gxgen.county.project import County
from gxgen.county.source import Source
from gxgen.county.standing import standings
from gxgen.county.tasks import Chunk, StyleBytes
from gxgen.diagnostics import Diagnostic, has_errors
from gxgen.errors import EnvironmentProblemError
from gxgen.model import Agency

DEFAULT_STYLE = "official"
Progress = Callable[[str, int, int], None]
"""Called with (agency, units done, units in all)."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to build. ``workers`` of 1 works in this process; ``executor`` takes their place.

    ``chunk`` is the number of units a task: few enough to share the work evenly, enough to pay
    for the journey. Processes are started only for more than two chunks.
    """

    draft: bool = False
    force: bool = False
    workers: int = 1
    executor: Executor | None = None
    chunk: int = 8
    debug: bool = False
    county_files: CountyFiles | None = None

    def hands(self, units: int) -> Hands:
        """Who does the work of so many units."""
        many = units > 2 * self.chunk
        return Hands(self.workers if many or self.executor else 1, self.executor)


@dataclass(frozen=True, slots=True)
class Result:
    """All units of a run in the order of the jobs, and what the counties show.

    ``rollups`` holds what each county's roll-up found: missing and faulty agencies above all.
    """

    units: tuple[UnitResult, ...]
    missing: tuple[tuple[County, int, Agency], ...] = ()
    rollups: tuple[tuple[County, int, tuple[Diagnostic, ...]], ...] = ()
    county_outputs: tuple[Path, ...] = ()
    set_aside: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Every finding, unit by unit."""
        return [d for unit in self.units for d in unit.diagnostics]

    @property
    def exit_status(self) -> int:
        """0 clean, 1 findings that block, 2 something outside failed, 3 a fault of gxgen's own."""
        if any(unit.crashed for unit in self.units):
            return 3
        if self.faults or any(unit.faults for unit in self.units):
            return 2
        rolled = all(not has_errors(found) for _, _, found in self.rollups)
        return 0 if rolled and all(unit.passed for unit in self.units) else 1


@dataclass(frozen=True, slots=True)
class _Pending:
    """A unit on its way, and why."""

    job: Job
    fingerprint: Fingerprint
    causes: tuple[str, ...]


_Note = tuple[_Pending, ...]
_Task = tuple[Chunk, _Note]


def check_all(jobs: Sequence[Job], options: Options, progress: Progress | None = None) -> Result:
    """Read and check every unit; nothing is written."""
    pending = ((_Pending(job, {}, ()), _source(job)) for job in jobs)
    done: dict[Path, UnitResult] = {}
    for one, outcome in outcomes(_chunks(pending, {}, options), options.hands(len(jobs))):
        faults = (outcome.fault,) if outcome.fault else ()
        record = record_of(one.job, {}, outcome)
        done[one.job.workbook] = UnitResult(
            one.job, record, "checked", faults=faults, crashed=outcome.crashed
        )
        _tell(progress, one.job, len(done), len(jobs))
    for found in _by_home(jobs).values():
        mine = {done[job.workbook].record.workbook: job.workbook for job in found}
        seen = standings([done[path].record for path in mine.values()], found[0].county)
        for one_seen in seen:
            path = mine[one_seen.record.workbook]
            done[path] = replace(done[path], found=one_seen.found)
    return Result(tuple(done[job.workbook] for job in jobs))


def build_all(jobs: Sequence[Job], options: Options, progress: Progress | None = None) -> Result:
    """Check every unit, write what changed, and leave each output folder whole.

    Raises:
        UsageError: a style is missing.
        EnvironmentProblemError: a template cannot be read.
    """
    styles = {name: load_style(name) for name in dict.fromkeys(map(_style, jobs))}
    homes = {
        folder: Home.open(folder, found, styles[_style(found[0])])
        for folder, found in _by_home(jobs).items()
    }
    jobs = [job for job in jobs if not job.is_government]
    for home in homes.values():
        home.own = _own(home.jobs)
    chunks = _chunks(_due(jobs, homes, styles, options), styles, options)
    try:
        for one, outcome in outcomes(chunks, options.hands(len(jobs))):
            homes[one.job.home].finish(one.job, one.fingerprint, one.causes, outcome)
            done = sum(len(home.results) for home in homes.values())
            _tell(progress, one.job, done, len(jobs))
    finally:
        # After Ctrl-C too: what is done is recorded, so the next run goes on from there.
        for home in homes.values():
            home.close(options.county_files)
    return _result(jobs, homes)


def load_style(style: str) -> StyleBytes:
    """A style's template files by edition.

    Raises:
        UsageError: no such style.
        EnvironmentProblemError: a template cannot be read.
    """
    from gxgen.render.styles import style_templates

    return tuple((edition.id, read_bytes(path)) for edition, path in style_templates(style))


def source_of(job: Job) -> Source:
    """A job's files as bytes.

    Raises:
        EnvironmentProblemError: one of them cannot be read.
    """

    def named(path: Path | None) -> tuple[str, bytes] | None:
        return None if path is None else (path.name, read_bytes(path))

    workbook = read_bytes(job.workbook)
    return Source(
        job.workbook.name,
        workbook,
        named(job.neighbour),
        named(job.previous),
        job.year,
        tuple(path.name for path in job.other_texts),
        job.last_year_unmatched,
    )


def _own(jobs: Sequence[Job]) -> Source | None:
    """The county government's workbook among the jobs' neighbours."""
    county = jobs[0].county
    if county is None or county.government is None:
        return None
    path = jobs[0].workbook.with_name(f"{county.government}.xlsx")
    return source_of(job_of(path, jobs[0].output, county)) if path.is_file() else None


def _style(job: Job) -> str:
    return job.county.style if job.county else DEFAULT_STYLE


def _by_home(jobs: Sequence[Job]) -> dict[Path, list[Job]]:
    homes: dict[Path, list[Job]] = {}
    for job in jobs:
        homes.setdefault(job.home, []).append(job)
    return homes


def _source(job: Job) -> Source | str:
    """Its source, or why it cannot be read."""
    try:
        return source_of(job)
    except EnvironmentProblemError as error:
        return str(error)


def _due(
    jobs: Sequence[Job], homes: dict[Path, Home], styles: dict[str, StyleBytes], options: Options
) -> Iterator[tuple[_Pending, Source | str]]:
    """The units that must be built, read one by one as they are asked for."""
    digests = {name: digest(*(data for _, data in files)) for name, files in styles.items()}
    for job in jobs:
        source = _source(job)
        now: Fingerprint = {}
        if isinstance(source, Source):
            settings = digest(repr((job.county and job.county.formats, options.draft)).encode())
            now = fingerprint(source, digests[_style(job)], settings)
        why = homes[job.home].causes(job, now, force=options.force or not now)
        if why:
            yield _Pending(job, now, why), source


def _chunks(
    pending: Iterable[tuple[_Pending, Source | str]],
    styles: dict[str, StyleBytes],
    options: Options,
) -> Iterator[_Task]:
    """A few units each, of one style; those that could not be read travel as nothing."""
    waiting = iter(pending)
    while batch := list(islice(waiting, options.chunk)):
        for style in dict.fromkeys(_style(one.job) for one, _ in batch):
            own = [(one, source) for one, source in batch if _style(one.job) == style]
            yield (
                Chunk(
                    tuple(source for _, source in own),
                    styles.get(style),
                    options.draft,
                    options.debug,
                ),
                tuple(one for one, _ in own),
            )


def _tell(progress: Progress | None, job: Job, done: int, total: int) -> None:
    if progress is not None:
        progress(job.workbook.stem, done, total)


def _result(jobs: Sequence[Job], homes: dict[Path, Home]) -> Result:
    return Result(
        units=tuple(homes[job.home].results[job.workbook.name] for job in jobs),
        missing=tuple(
            (home.county, home.jobs[0].year, agency)
            for home in homes.values()
            if home.county is not None and home.jobs[0].year is not None
            for agency in home.absent
        ),
        rollups=tuple(
            (home.county, home.jobs[0].year, home.found)
            for home in homes.values()
            if home.county is not None and home.jobs[0].year is not None and home.found
        ),
        county_outputs=tuple(path for home in homes.values() for path in home.made),
        set_aside=tuple(path for home in homes.values() for path in home.outputs.set_aside),
        removed=tuple(path for home in homes.values() for path in home.removed),
        faults=tuple(fault for home in homes.values() for fault in home.faults),
    )
