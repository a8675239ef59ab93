"""Who does the work of a run: processes beside this one, or a cluster; both speak the standard
:class:`concurrent.futures.Executor`, and bytes travel both ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from gxgen.county.agency_year import Filing, Outcome, unfinished
from gxgen.county.conversion import StyleBytes
from gxgen.county.endings import uninterrupted
from gxgen.errors import EnvironmentProblemError, TemplateError
from gxgen.formats.wanted import ONLY_DOCX, Wanted

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from gxgen.county.events import Stop
    from gxgen.county.pool import Pool

Note = TypeVar("Note")
Result = TypeVar("Result")

IN_FLIGHT = 3
"""Tasks under way per worker: enough to keep it busy, few enough to keep memory flat."""


_PAUSE = 0.2
"""Seconds after which who waits for a worker asks whether it is to go on."""


class Task(NamedTuple):
    """A few filings that one worker does in a row; without a ``style`` they are only checked."""

    filings: tuple[Filing, ...]
    style: StyleBytes | None = None
    wanted: Wanted = ONLY_DOCX
    draft: bool = False
    debug: bool = False

    def each(self) -> Iterator[Outcome]:
        """What comes of each; they stand alone. For any process."""
        from gxgen.county.unit import work

        for filing in self.filings:
            yield work(filing, self.style, self.wanted, draft=self.draft, debug=self.debug)

    def run(self) -> list[Outcome]:
        """What comes of all."""
        return list(self.each())

    def warm_up(self) -> None:
        """Load and compile here what every such task needs; forked workers inherit it."""
        import gxgen.formats.docx.environment
        import gxgen.formats.docx.fill
        import gxgen.formats.docx.verify  # noqa: F401 - for the workers
        from gxgen.county.unit import Style
        from gxgen.editions.declared import edition_for_year

        warm_up_checks(self.filings[0])
        years = {filing.year for filing in self.filings if filing.year}
        for edition in {edition_for_year(year) for year in years} - {None}:
            if self.style is not None and edition is not None:
                with suppress(TemplateError, KeyError):
                    Style(self.style)[edition.id]


def warm_up_checks(filing: Filing) -> None:
    """Load here what checking needs: whoever asks for one form after another loads it once."""

    import gxgen.county.unit  # noqa: F401 - for the workers
    from gxgen.checks import registry
    from gxgen.prose.alike.lawful import lawful
    from gxgen.prose.claims.bind import warm_up

    registry.checks()
    warm_up()
    lawful(filing.words.shared)


Tasks = Iterable[tuple[Task, tuple[Note, ...]]]
"""Tasks with a note on each of their filings, which stays here."""


class Hands:
    """``workers`` processes of our own, or so many of ``executor``.

    Even a single form is done in a process beside this one: whatever its file does to those who
    read it, this one goes on, names it and closes the county. On Linux that costs some
    milliseconds; where processes start afresh, little more than the start of a Python, as this
    one then need not load what reads and writes.

    A context: processes of our own start with the first work and end with it.
    """

    def __init__(self, workers: int, executor: Executor | None = None) -> None:
        """No process starts yet."""
        self.workers, self._executor = workers, executor
        self._own: Pool | None = None

    def __enter__(self) -> Hands:
        """Begin."""
        return self

    def __exit__(self, *trouble: object) -> None:
        """Let our own processes go."""
        self.drop()

    def drop(self) -> None:
        """End our own processes, whatever they have in hand; what is begun later has others."""
        if self._own is not None:
            self._own.shutdown(cancel_futures=True)
            self._own = None

    def outcomes(
        self, tasks: Tasks[Note], stop: Stop | None = None
    ) -> Iterator[tuple[Note, Outcome]]:
        """What comes of each filing with its note, by whoever does the work.

        Raises:
            CancelledError: it was asked to ``stop`` while all had something in hand.
        """
        waiting = iter(tasks)
        first = next(waiting, None)
        if first is None:  # no worker starts for nothing
            return
        if self._executor is None and self.workers > 1:
            first[0].warm_up()
        yield from self._done(chain([first], waiting), stop)

    def _done(self, waiting: Tasks[Note], stop: Stop | None) -> Iterator[tuple[Note, Outcome]]:
        """What comes of tasks, as they finish. Of one whose worker died the filing is told that it
        had in hand, and those behind it are begun again."""
        from concurrent.futures import FIRST_COMPLETED, wait

        waiting, most = iter(waiting), self.workers * IN_FLIGHT
        under_way: dict[Future[list[Outcome]], tuple[Task, tuple[Note, ...]]] = {}
        try:
            while True:
                for task, notes in islice(waiting, most - len(under_way)):
                    under_way[self._submit(task)] = task, notes
                if not under_way:
                    return
                if stop is not None:
                    stop.heed()
                for future in wait(under_way, _PAUSE, return_when=FIRST_COMPLETED).done:
                    task, notes = under_way.pop(future)
                    outcomes = self._outcomes(future, task)
                    yield from zip(notes, outcomes, strict=False)
                    if left := task.filings[len(outcomes) :]:
                        again = task._replace(filings=left)
                        under_way[self._submit(again)] = again, notes[len(outcomes) :]
        finally:
            for future in under_way:
                future.cancel()

    def _submit(self, task: Task) -> Future[list[Outcome]]:
        if self._executor is None:
            return self._pool(self.workers).each(task.each)
        with uninterrupted():
            return self._executor.submit(task.run)

    def _outcomes(self, future: Future[list[Outcome]], task: Task) -> list[Outcome]:
        """What came of the first of a task's filings, up to the one that its worker died of."""
        from gxgen.county.pool import DiedError

        try:
            return future.result()
        except DiedError as died:
            return [
                *died.parts,
                *(unfinished(f, died) for f in task.filings[len(died.parts) :][:1]),
            ]
        except Exception:
            if self._executor is None:
                raise
        # Tasks do not raise of themselves: the cluster could not do it, so it is done here.
        with Hands(1) as own:
            return own._outcomes(own._submit(task), task)

    def _pool(self, workers: int) -> Pool:
        if self._own is None:
            from gxgen.county.pool import Pool

            self._own = Pool(workers)
        return self._own

    def begin(self, call: Callable[..., Result], *arguments: object) -> Callable[[], Result]:
        """Begin something in a process of our own. Asking gives the result, or raises
        :class:`gxgen.county.pool.DiedError`; where that was somebody else's doing it is done once
        more first."""
        pool = self._pool(1)
        future = pool.submit(call, *arguments)

        def result() -> Result:
            from gxgen.county.pool import DiedError

            try:
                return future.result()  # type: ignore[no-any-return]
            except DiedError as died:
                if not died.killed:
                    raise
                return pool.submit(call, *arguments).result()  # type: ignore[no-any-return]

        return result


def apart(call: Callable[..., Result], *arguments: object) -> Result:
    """What a call gives, made in a process of its own.

    Raises:
        DiedError: it brought that process down.
    """
    with Hands(1) as hands:
        return hands.begin(call, *arguments)()


_ADDRESS = re.compile(r"(?:tcp://)?(?:[\w.-]+|\[[0-9A-Fa-f:.%]+\]):\d{1,5}")

# -- a cluster -----------------------------------------------------------------------------------


@contextmanager
def dask_executor(address: str) -> Iterator[tuple[Executor, int]]:
    """(executor, number of worker threads) of the Dask scheduler at ``address``.

    Its workers need gxgen installed, and no shared disk. A worker that dies is Dask's to replace:
    the task, which carries its bytes, runs elsewhere.

    Raises:
        EnvironmentProblemError: Dask is not installed, or nobody answers there.
    """
    import logging

    nobody = EnvironmentProblemError(
        f"连不上 Dask 调度器 {address}；地址形如 tcp://10.0.0.5:8786，请确认它已启动。"
    )
    try:
        from distributed import Client
    except ImportError:
        raise EnvironmentProblemError(
            "没有安装 Dask；请运行 pip install 'gxgen[dask]' 后再用 --scheduler。"
        ) from None
    if not _ADDRESS.fullmatch(address):
        raise nobody  # what is no address leaves a client behind that cannot be closed
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # it speaks English
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except Exception:  # whatever it raises on what answers there
        raise nobody from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise EnvironmentProblemError(f"Dask 调度器 {address} 没有可用的工作进程。")
        with client.get_executor(pure=False, retries=3) as executor:
            yield executor, threads
