"""Many filings: what is done already stays, the rest is done side by side, each on its own."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.county.agency_year import Filing, Fingerprint, Outcome, unreadable
from gxgen.county.around import read
from gxgen.county.closing import close
from gxgen.county.conversion import office_for, remarks
from gxgen.county.endings import uninterrupted
from gxgen.county.events import Event, Hear, Phase, Stop
from gxgen.county.fingerprint import fingerprint
from gxgen.county.gate import Gate
from gxgen.county.home import Home
from gxgen.county.plan import by_home
from gxgen.county.project import County
from gxgen.county.strays import told
from gxgen.county.why import digest_of, setting_parts, style_parts
from gxgen.county.workers import Hands, Task
from gxgen.diagnostics import Diagnostic, has_errors
from gxgen.errors import EnvironmentProblemError
from gxgen.formats.wanted import PdfEngine, Wanted
from gxgen.model.agency import Agency

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from gxgen.county.kit.own import Only
    from gxgen.county.kit.standing import Standing

DEFAULT_STYLE = "official"
_WRITERS = 8
Progress = Callable[[str, int, int], None]
"""Called with (agency, filings done, filings in all)."""
Note = tuple[Filing, Fingerprint, tuple[str, ...]]
"""A filing on its way, what it is made of, and why it is worked on."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to build. ``workers`` is the number of processes; ``executor`` takes their place.

    ``chunk`` is the number of filings a task: few enough to share the work evenly, enough to pay
    for the journey. More than one process is started only for more than two chunks. ``today`` is
    the day by which it is judged who is late (逾期); without it nobody is. A ``rollup`` is about
    the county's own report: ``formats`` and ``engine`` are for it alone.
    """

    draft: bool = False
    force: bool = False
    workers: int = 1
    executor: Executor | None = None
    chunk: int = 8
    debug: bool = False
    formats: tuple[str, ...] = ()
    engine: PdfEngine | None = None
    today: dt.date | None = None
    rollup: bool = False
    prune: bool = False
    """Whether formats that were asked for earlier are withdrawn."""
    waiting: Callable[[str], None] | None = None
    """Called with a sentence if another build must be waited for."""
    hear: Hear | None = None
    """Called at every step, in the thread that builds."""
    stop: Stop | None = None
    """How it is asked to stop, also as it waits; what is done is recorded, then CancelledError."""

    def hands(self, filings: int) -> Hands:
        """Who does the work of so many filings."""
        many = filings > 2 * self.chunk
        return Hands(self.workers if many or self.executor else 1, self.executor)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of all filings of a run, in their order, and what the counties show.

    ``rollups`` holds what each county's roll-up found: missing and faulty agencies above all.
    """

    outcomes: list[Outcome]
    missing: tuple[tuple[County, int, Agency], ...] = ()
    rollups: tuple[tuple[County, int, tuple[Diagnostic, ...]], ...] = ()
    county_outputs: tuple[Path, ...] = ()
    kit: tuple[Path, ...] = ()
    """What each county's officer can send out and keep in hand."""
    set_aside: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()
    faults: tuple[str, ...] = ()
    crashed: bool = False
    """Whether one of the ``faults`` is gxgen's own."""
    late: tuple[County, ...] = ()
    """The counties whose missing agencies are late."""
    remarks: tuple[str, ...] = ()
    """What is worth knowing of the run: who made the PDFs, which fonts stood in."""
    styles: tuple[tuple[str, tuple[Diagnostic, ...]], ...] = ()
    """What was found in each style that something was to be printed with."""

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Every finding, filing by filing."""
        return [d for outcome in self.outcomes for d in outcome.diagnostics]

    @property
    def of_styles(self) -> list[Diagnostic]:
        """Every finding in a style."""
        return [d for _, found in self.styles for d in found]

    @property
    def exit_status(self) -> int:
        """0 clean, 1 findings that block, 2 something outside failed, 3 a fault of gxgen's own."""
        of_counties = [one for *_, found in self.rollups for one in found]
        rolled = not has_errors([*of_counties, *self.of_styles])
        status = 3 if self.crashed else 2 if self.faults else 0 if rolled else 1
        for outcome in self.outcomes:
            if outcome.crashed:
                return 3
            status = max(status, 2 if outcome.faults else 0 if outcome.passed else 1)
        return status


def check_all(
    filings: Sequence[Filing], options: Options, progress: Progress | None = None
) -> Result:
    """Read and check every filing; nothing is written."""
    homes = [Home(found[0].home, found[0].county, found, False) for found in by_home(filings)]
    return Result(_Run(filings, homes, {}, options, progress).go())


def build_all(
    filings: Sequence[Filing], options: Options, progress: Progress | None = None
) -> Result:
    """Check every filing, write what changed, and leave each output folder whole.

    Raises:
        UsageError: a style is missing.
    """
    gates = {name: Gate.of(name) for name in dict.fromkeys(map(_style, filings))}
    faults: list[str] = []
    with _homes(filings, gates, options) as homes:
        all_wanted = [
            one for home in homes for one in (home.wanted, home.of_county, *home.singly.values())
        ]
        run = _Run(filings, homes, gates, options, progress)
        with office_for(all_wanted, options.workers, faults) as office:
            for home in homes:
                home.office, home.debug = office, options.debug
                home.overdue = home.county is not None and home.county.overdue(options.today)
            outcomes = run.go()
    built = [(h, o.filing) for h in homes for o in h.outcomes.values() if o.word == "built"]
    made = [home.wanted_of(filing) for home, filing in built if filing]
    county_years = [(h.county, h.year, h) for h in homes if h.county and h.year is not None]
    return Result(
        outcomes,
        missing=tuple((county, year, a) for county, year, h in county_years for a in h.absent),
        rollups=tuple((county, year, h.found) for county, year, h in county_years if h.found),
        county_outputs=tuple(path for home in homes for path in home.made),
        kit=tuple(path for home in homes for path in home.kit),
        set_aside=tuple(path for home in homes for path in home.set_aside),
        removed=tuple(path for home in homes for path in home.removed),
        faults=(*faults, *(fault for home in homes for fault in home.faults)),
        crashed=any(home.crashed for home in homes),
        late=tuple(home.county for home in homes if home.county and home.late),
        remarks=(
            *remarks(made, gates),
            *(one for home in homes for one in told(home.strays, home.year)),
        ),
        styles=tuple((name, gate.told) for name, gate in gates.items() if gate.told),
    )


def kit_all(
    filings: Sequence[Filing], only: Only, options: Options, progress: Progress | None = None
) -> tuple[Result, Standing | None]:
    """Judge the filings of a county's year, and write what of the kit is asked for, no report; how
    the units stand, unless it could not be told."""
    first = filings[0]
    home = Home(first.home, first.county, list(filings), only=only)
    home.tell, home.stop = options.waiting, options.stop
    home.overdue = home.county is not None and home.county.overdue(options.today)
    try:
        _Run(filings, [home], {_style(first): home.gate}, options, progress).go()
    finally:
        home.release()
    result = Result(
        [],
        kit=home.kit,
        set_aside=home.set_aside,
        removed=home.removed,
        faults=tuple(home.faults),
        remarks=tuple(told(home.strays, home.year)),
    )
    return result, home.standing


@contextmanager
def _homes(
    filings: Sequence[Filing], gates: dict[str, Gate], options: Options
) -> Iterator[list[Home]]:
    """The folders that are built in; however it ends, none stays locked."""
    asked, homes = (options.formats, options.engine), list[Home]()
    new = partial(Home.of, rollup=options.rollup, prune=options.prune)
    home_of = partial(new, tell=options.waiting, stop=options.stop)
    try:
        homes += (home_of(found, gates[_style(found[0])], asked) for found in by_home(filings))
        yield homes
    finally:
        for home in homes:
            home.release()


class _Run:
    """Filings on their way through the hands of those who work, until each home is closed."""

    def __init__(
        self,
        filings: Sequence[Filing],
        homes: Sequence[Home],
        gates: dict[str, Gate],
        options: Options,
        progress: Progress | None,
    ) -> None:
        self.filings, self.gates, self.options = filings, gates, options
        self.homes = {home.folder: home for home in homes}
        self.left = {home.folder: 0 for home in homes}
        for filing in filings:
            self.left[filing.home] += 1
        for home in homes:
            self.left[home.folder] += len(home.others)
        self.progress, self.done, self.all = progress, 0, sum(self.left.values())
        self.hands = options.hands(len(filings))

    def go(self) -> list[Outcome]:
        """Do them all; what became of each. After Ctrl-C too what is done is recorded, so the next
        run goes on from there."""
        with self.hands:
            ended = False
            try:
                done = self.hands.outcomes(self._tasks(), self.options.stop)
                with closing(self._written(done)) as written:
                    for filing in written:
                        self._leave(filing)
                ended = True
            finally:
                if not ended:
                    self.hands.drop()
                with ExitStack() as each:  # whatever happens to one, the others are closed
                    for home in self.homes.values():
                        if not home.closed and (ended or home.outcomes):
                            each.callback(close, home, self.hands)
        became = [self.homes[filing.home].outcomes.get(filing.key) for filing in self.filings]
        return [outcome for outcome in became if outcome is not None]

    def _leave(self, filing: Filing, *, silent: bool = False) -> None:
        """A filing is done; a county whose last one it is closes at once, and lets go of what it
        knows."""
        self.done += 1
        if self.progress is not None and not silent:
            self.progress(filing.stem, self.done, self.all)
        home = self.homes[filing.home]
        self._tell(Phase.UNIT, home, filing)
        self.left[filing.home] -= 1
        if not self.left[filing.home]:
            close(home, self.hands)
            self._tell(Phase.COUNTY, home)
        if self.options.stop is not None:
            self.options.stop.heed()

    def _tell(self, phase: Phase, home: Home, filing: Filing | None = None) -> None:
        if self.options.hear is None:
            return
        outcome = home.outcomes.get(filing.key) if filing else None
        word = outcome.word if outcome else None
        name = filing.stem if filing else None
        self.options.hear(Event(phase, self.done, self.all, name, word, home.folder))

    def _due(self) -> Iterator[tuple[Note, Filing]]:
        """The filings that must be worked on, read one by one as they are asked for."""
        styles = {name: style_parts(gate) for name, gate in self.gates.items()}
        digests = {name: digest_of(parts) for name, parts in styles.items()}
        settings: dict[tuple[Path, Wanted], str] = {}
        looked: set[Path] = set()
        for planned in self._in_order():
            home = self.homes[planned.home]
            if home.folder not in looked:
                looked.add(home.folder)
                home.look()
            filing = replace(planned, government=planned.key in home.governments)
            if filing.government and home.writes:
                self._leave(filing, silent=True)
                continue
            try:
                content = read(filing, home.whose)
            except EnvironmentProblemError as error:
                why = home.causes(filing, {}, force=True)
                home.finish(filing, {}, why, home.write(filing, unreadable(filing, str(error))))
                self._leave(filing)
                continue
            if not home.writes:
                yield (filing, {}, ()), content
                continue
            style, made_as = _style(filing), (home.folder, home.wanted_of(filing))
            if made_as not in settings:
                parts = setting_parts(filing.county, made_as[1], draft=self.options.draft)
                settings[made_as] = digest_of(parts)
                home.parts |= {settings[made_as]: parts, digests[style]: styles[style]}
            now = fingerprint(content, digests[style], settings[made_as])
            if home.only_judged(filing):
                if home.known(filing, now):
                    self._leave(filing, silent=True)
                else:
                    yield (filing, now, ()), content
                continue
            why = home.causes(filing, now, force=self.options.force)
            if why:
                yield (filing, now, why), content
            else:
                self._leave(filing, silent=True)

    def _tasks(self) -> Iterator[tuple[Task, tuple[Note, ...]]]:
        """A few filings each, of one style."""
        due = self._due()
        while batch := list(islice(due, self.options.chunk)):
            kinds = [self._kind(note[0]) for note, _ in batch]
            for kind in dict.fromkeys(kinds):
                own = [one for one, its in zip(batch, kinds, strict=True) if its == kind]
                style, wanted, builds = kind
                options, gate = self.options, self.gates.get(style)
                task = Task(
                    tuple(content for _, content in own),
                    None
                    if gate is None or not builds
                    else gate.passed(content.year for _, content in own),
                    wanted,
                    options.draft,
                    options.debug,
                )
                yield task, tuple(note for note, _ in own)

    def _kind(self, filing: Filing) -> tuple[str, Wanted, bool]:
        """What is done alike: of which style, in which formats, and whether it is built at all."""
        home = self.homes[filing.home]
        return _style(filing), home.wanted_of(filing), home.builds(filing)

    def _in_order(self) -> Iterator[Filing]:
        """Home by home, in one order in every run: of two that work on the same homes, each held
        until it is closed, none waits for one that waits for it. What was asked for comes first."""
        for folder in sorted({filing.home for filing in self.filings}):
            yield from (one for one in self.filings if one.home == folder)
            yield from self.homes[folder].others

    def _written(self, results: Iterable[tuple[Note, Outcome]]) -> Generator[Filing, None, None]:
        """Each filing once its files are on disk; a disk that must confirm each file is waited for
        by several at a time."""
        under_way: deque[tuple[Note, Future[Outcome]]] = deque()

        def settled() -> Filing:
            note, files = under_way.popleft()
            self.homes[note[0].home].finish(*note, files.result())
            return note[0]

        with ExitStack() as started:
            writers: Executor | None = None
            try:
                for note, outcome in results:
                    home = self.homes[note[0].home]
                    if not home.writes:
                        home.finish(*note, outcome)
                        yield note[0]
                        continue
                    if writers is None:
                        from concurrent.futures import ThreadPoolExecutor

                        writers = started.enter_context(ThreadPoolExecutor(_WRITERS))
                    with uninterrupted():  # what is being written is recorded
                        files = writers.submit(home.write, note[0], outcome)
                        under_way.append((note, files))
                    while len(under_way) > _WRITERS or (under_way and under_way[0][1].done()):
                        yield settled()
                while under_way:
                    yield settled()
            finally:  # after Ctrl-C
                for (filing, *_), _ in under_way:
                    if (office := self.homes[filing.home].office) is not None:
                        office.give_up()
                while under_way:
                    settled()


def _style(filing: Filing) -> str:
    return filing.county.style if filing.county else DEFAULT_STYLE
