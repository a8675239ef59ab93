"""Many units: what is done already stays, the rest is done side by side, each on its own."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.county.conversion import office_for, remarks
from gxgen.county.county_year import CountyFiles
from gxgen.county.dispatch import Hands
from gxgen.county.executors import uninterrupted
from gxgen.county.fate import Written
from gxgen.county.files import read_bytes
from gxgen.county.fingerprint import digest, fingerprint, fonts
from gxgen.county.home import Home
from gxgen.county.ledger import Ledger
from gxgen.county.plan import Job, job_of
from gxgen.county.record import Fingerprint
from gxgen.county.result import Result, Units, result_of
from gxgen.county.source import Source
from gxgen.county.tasks import Chunk, Outcome, StyleBytes
from gxgen.errors import EnvironmentProblemError
from gxgen.formats.wanted import ONLY_DOCX, PdfEngine, Wanted

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

DEFAULT_STYLE = "official"
_WRITERS = 8
Progress = Callable[[str, int, int], None]
"""Called with (agency, units done, units in all)."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to build. ``workers`` of 1 works in this process; ``executor`` takes their place.

    ``chunk`` is the number of units a task: few enough to share the work evenly, enough to pay
    for the journey. Processes are started only for more than two chunks. ``today`` is the day by
    which it is judged who is late (逾期); without it nobody is. A ``rollup`` is about the county's
    own report: ``formats`` and ``engine`` are for it alone.
    """

    draft: bool = False
    force: bool = False
    workers: int = 1
    executor: Executor | None = None
    chunk: int = 8
    debug: bool = False
    county_files: CountyFiles | None = None
    formats: tuple[str, ...] = ()
    engine: PdfEngine | None = None
    today: dt.date | None = None
    rollup: bool = False

    def hands(self, units: int) -> Hands:
        """Who does the work of so many units."""
        many = units > 2 * self.chunk
        return Hands(self.workers if many or self.executor else 1, self.executor)


@dataclass(frozen=True, slots=True)
class _Pending:
    """A unit on its way, and why."""

    job: Job
    fingerprint: Fingerprint
    causes: tuple[str, ...]
    wanted: Wanted = ONLY_DOCX


_Note = tuple[_Pending, ...]
_Task = tuple[Chunk, _Note]


def check_all(jobs: Sequence[Job], options: Options, progress: Progress | None = None) -> Result:
    """Read and check every unit; nothing is written."""
    homes = {
        folder: Home(folder, found[0].county, found, Ledger())
        for folder, found in _by_home(jobs).items()
    }
    pending = ((_Pending(job, {}, ()), _source(job)) for job in jobs)
    with options.hands(len(jobs)) as hands:
        todo = hands.outcomes(_chunks(pending, {}, options))
        for done, (one, outcome) in enumerate(todo, 1):
            home = homes[one.job.home]
            home.finish(one.job, {}, (), outcome, home.write(one.job, outcome))
            _tell(progress, one.job, done, len(jobs))
    for home in homes.values():
        home.judge()
    return Result(Units(jobs, homes))


def build_all(jobs: Sequence[Job], options: Options, progress: Progress | None = None) -> Result:
    """Check every unit, write what changed, and leave each output folder whole.

    Raises:
        UsageError: a style is missing.
        EnvironmentProblemError: a template cannot be read.
    """
    styles = {name: load_style(name) for name in dict.fromkeys(map(_style, jobs))}
    asked = options.formats, options.engine
    homes = {
        folder: Home.open(folder, found, styles[_style(found[0])], asked, rollup=options.rollup)
        for folder, found in _by_home(jobs).items()
    }
    jobs = [job for job in jobs if not job.is_government]
    for home in homes.values():
        home.take_own(_own(home.jobs))
        home.overdue = home.county is not None and home.county.overdue(options.today)
    chunks = _chunks(_due(jobs, homes, styles, options), styles, options)
    all_wanted = [one for home in homes.values() for one in (home.wanted, home.of_county)]
    with (
        office_for(all_wanted, options.workers) as office,
        options.hands(len(jobs)) as hands,
    ):
        for home in homes.values():
            home.office = office
        try:
            with closing(_written(hands.outcomes(chunks), homes)) as written:
                for job in written:
                    _tell(progress, job, sum(len(home.fates) for home in homes.values()), len(jobs))
        finally:
            # After Ctrl-C too: what is done is recorded, so the next run goes on from there.
            for home in homes.values():
                home.close(options.county_files, hands)
    made = [home.wanted for home in homes.values() if home.made_something]
    return result_of(jobs, homes, tuple(remarks(made, styles)))


def _written(
    results: Iterable[tuple[_Pending, Outcome]], homes: Mapping[Path, Home]
) -> Generator[Job, None, None]:
    """Each unit once its files are on disk; a disk that must confirm each file is waited for by
    several at a time."""
    under_way: deque[tuple[_Pending, Outcome, Future[Written]]] = deque()

    def settled() -> Job:
        one, outcome, files = under_way.popleft()
        home = homes[one.job.home]
        home.finish(one.job, one.fingerprint, one.causes, outcome, files.result())
        return one.job

    with ExitStack() as started:
        writers: Executor | None = None
        try:
            for one, outcome in results:
                writers = writers or started.enter_context(_writers())
                with uninterrupted():
                    files = writers.submit(homes[one.job.home].write, one.job, outcome)
                under_way.append((one, outcome, files))
                while len(under_way) > _WRITERS or (under_way and under_way[0][2].done()):
                    yield settled()
        finally:
            while under_way:
                settled()


def _writers() -> Executor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(_WRITERS)


def load_style(style: str) -> StyleBytes:
    """A style's template files by edition.

    Raises:
        UsageError: no such style.
        EnvironmentProblemError: a template cannot be read.
    """
    from gxgen.templates.styles import style_files

    return tuple((edition, read_bytes(path)) for edition, path in style_files(style))


def source_of(job: Job) -> Source:
    """A job's files as bytes.

    Raises:
        EnvironmentProblemError: one of them cannot be read.
    """

    def named(path: Path | None) -> tuple[str, bytes] | None:
        return None if path is None else (path.name, read_bytes(path))

    texts = job.texts
    return Source(
        job.name,
        read_bytes(job.workbook),
        named(texts[0] if texts else None),
        named(job.previous),
        job.year,
        tuple(path.name for path in texts[1:]),
        job.last_year_unmatched,
        job.is_government,
    )


def _own(jobs: Sequence[Job]) -> Source | str | None:
    """The county government's workbook among the jobs' neighbours, or why it cannot be read."""
    county = jobs[0].county
    if county is None or county.government is None:
        return None
    path = jobs[0].folder / f"{county.government}.xlsx"
    return _source(job_of(path, jobs[0].output, county)) if path.is_file() else None


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
    settings = {
        folder: digest(repr((home.wanted, options.draft)).encode(), fonts(home.wanted))
        for folder, home in homes.items()
    }
    for job in jobs:
        source = _source(job)
        now: Fingerprint = {}
        if isinstance(source, Source):
            now = fingerprint(source, digests[_style(job)], settings[job.home])
        why = homes[job.home].causes(job, now, force=options.force or not now)
        if why:
            yield _Pending(job, now, why, homes[job.home].wanted), source


def _chunks(
    pending: Iterable[tuple[_Pending, Source | str]],
    styles: dict[str, StyleBytes],
    options: Options,
) -> Iterator[_Task]:
    """A few units each, of one style; those that could not be read travel as nothing."""
    waiting = iter(pending)
    while batch := list(islice(waiting, options.chunk)):
        for style, wanted in dict.fromkeys((_style(one.job), one.wanted) for one, _ in batch):
            own = [
                (one, source)
                for one, source in batch
                if (_style(one.job), one.wanted) == (style, wanted)
            ]
            yield (
                Chunk(
                    tuple(source for _, source in own),
                    styles.get(style),
                    options.draft,
                    wanted,
                    options.debug,
                ),
                tuple(one for one, _ in own),
            )


def _tell(progress: Progress | None, job: Job, done: int, total: int) -> None:
    if progress is not None:
        progress(job.stem, done, total)
