"""Who does the work of a run: this process, processes beside it, or a cluster; all speak the
standard :class:`concurrent.futures.Executor`, and bytes travel both ways."""

from __future__ import annotations

import re
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain, islice
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from gxgen.county.agency_year import Filing, Outcome, unreadable
from gxgen.county.conversion import StyleBytes
from gxgen.errors import EnvironmentProblemError, TemplateError
from gxgen.formats.wanted import ONLY_DOCX, Wanted

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Note = TypeVar("Note")
Result = TypeVar("Result")

IN_FLIGHT = 3
"""Tasks under way per worker: enough to keep it busy, few enough to keep memory flat."""


class Task(NamedTuple):
    """A few filings that one worker does in a row; without a ``style`` they are only checked."""

    filings: tuple[Filing, ...]
    style: StyleBytes | None = None
    wanted: Wanted = ONLY_DOCX
    draft: bool = False
    debug: bool = False

    def run(self) -> list[Outcome]:
        """What comes of each; they stand alone. For any process."""
        from gxgen.county.unit import work

        return [
            work(filing, self.style, self.wanted, draft=self.draft, debug=self.debug)
            for filing in self.filings
        ]

    def warm_up(self) -> None:
        """Load and compile here what every such task needs; forked workers inherit it."""
        import lxml.etree  # noqa: F401 - for the workers

        import gxgen.formats.docx.environment
        import gxgen.formats.docx.fill
        import gxgen.formats.docx.verify  # noqa: F401 - for the workers
        from gxgen.checks import registry
        from gxgen.county.unit import Style
        from gxgen.editions.declared import edition_for_year

        registry.checks()
        years = {filing.year for filing in self.filings if filing.year}
        for edition in {edition_for_year(year) for year in years} - {None}:
            if self.style is not None and edition is not None:
                with suppress(TemplateError, KeyError):
                    Style(self.style)[edition.id]

    def one_by_one(self) -> list[Outcome]:
        """The filings of a task whose worker died, each in a process of its own: one is the
        culprit."""
        fault = "处理这份填报表时程序意外退出，没有生成报告；其他单位不受影响。"
        return [
            done[0] if (done := _alone(self._replace(filings=(f,)))) else unreadable(f, fault)
            for f in self.filings
        ]


def _alone(task: Task) -> list[Outcome] | None:
    """A task in a process of its own; None if it brings that process down."""
    from concurrent.futures import BrokenExecutor

    with local_executor(1) as executor:
        try:
            return executor.submit(task.run).result()
        except BrokenExecutor:
            return None


Tasks = Iterable[tuple[Task, tuple[Note, ...]]]
"""Tasks with a note on each of their filings, which stays here."""


class Hands:
    """``workers`` processes of our own, or so many of ``executor``; 1 works in this process.

    A context: processes of our own start with the first work and end with it.
    """

    def __init__(self, workers: int, executor: Executor | None = None) -> None:
        """No process starts yet."""
        self.workers, self._executor = workers, executor
        self._own: Executor | None = None

    def __enter__(self) -> Hands:
        """Begin."""
        return self

    def __exit__(self, *trouble: object) -> None:
        """Let our own processes go."""
        if self._own is not None:
            self._own.shutdown(cancel_futures=True)

    def outcomes(self, tasks: Tasks[Note]) -> Iterator[tuple[Note, Outcome]]:
        """What comes of each filing with its note, by whoever does the work."""
        for notes, outcomes in self._done(tasks):
            yield from zip(notes, outcomes, strict=True)

    def _done(self, tasks: Tasks[Note]) -> Iterator[tuple[tuple[Note, ...], list[Outcome]]]:
        if self._executor is not None:
            yield from _run_on(self._executor, tasks, self.workers)
        elif self.workers == 1:
            yield from ((notes, task.run()) for task, notes in tasks)
        else:
            waiting = iter(tasks)
            first = next(waiting, None)
            if first is None:  # no worker starts for nothing
                return
            first[0].warm_up()
            self._own = local_executor(self.workers)
            yield from _run_on(self._own, chain([first], waiting), self.workers)

    def begin(self, call: Callable[..., Result], *arguments: object) -> Callable[[], Result]:
        """Begin something in a process of our own, if there are any at work; else it is done here
        when it is asked for. Asking gives the result."""
        if self._own is None:
            return partial(call, *arguments)
        from concurrent.futures import BrokenExecutor

        future = self._own.submit(call, *arguments)

        def result() -> Result:
            try:
                return future.result()
            except BrokenExecutor:
                return call(*arguments)

        return result


def _run_on(
    executor: Executor, tasks: Tasks[Note], workers: int
) -> Iterator[tuple[tuple[Note, ...], list[Outcome]]]:
    """Tasks on an executor, as they finish; those of a worker that died are done one by one."""
    from concurrent.futures import FIRST_COMPLETED, wait

    waiting = iter(tasks)
    under_way: dict[Future[list[Outcome]], tuple[Task, tuple[Note, ...]]] = {}
    try:
        while True:
            for task, notes in islice(waiting, workers * IN_FLIGHT - len(under_way)):
                under_way[_submit(executor, task)] = task, notes
            if not under_way:
                return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                task, notes = under_way.pop(future)
                try:
                    outcomes = future.result()
                except Exception:  # tasks do not raise of themselves: it is the worker's
                    outcomes = task.one_by_one()
                yield notes, outcomes
    finally:
        for future in under_way:
            future.cancel()


def _submit(executor: Executor, task: Task) -> Future[list[Outcome]]:
    from concurrent.futures import BrokenExecutor, Future

    try:
        with uninterrupted():
            return executor.submit(task.run)
    except BrokenExecutor as error:
        lost: Future[list[Outcome]] = Future()
        lost.set_exception(error)
        return lost


# -- processes -----------------------------------------------------------------------------------


def local_executor(workers: int) -> Executor:
    """A pool of processes on this machine.

    Forked on Linux, where the parent's compiled templates come along for nothing; elsewhere they
    start afresh.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    class Pool(ProcessPoolExecutor):
        """Processes start when there is work for them."""

        def submit(self, *call: Any, **named: Any) -> Future[Any]:
            with uninterrupted(), _without_script():
                return super().submit(*call, **named)

    # A process whose PDF engine has started threads cannot be copied: the copy would wait for
    # threads that it does not have.
    copyable = sys.platform == "linux" and "typst" not in sys.modules
    context = get_context("fork" if copyable else "spawn")
    return Pool(workers, mp_context=context, initializer=_leave_interrupts)


@contextmanager
def _without_script() -> Iterator[None]:
    """A process that starts afresh does not run the script that called us again. Python makes it
    do so, and where the script has no ``if __name__ == "__main__"`` it would call us anew."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def _leave_interrupts() -> None:
    """Ctrl-C is the parent's to handle; a worker finishes what it has in hand."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until the end of this. Where threads start: interrupted at the wrong moment,
    Python leaves a new thread's lock taken for ever, and the process never ends."""
    before = signal.getsignal(signal.SIGINT)
    if before is None or threading.current_thread() is not threading.main_thread():
        yield  # nobody of ours is interrupted here
        return
    caught: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: caught.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if caught:
            signal.raise_signal(signal.SIGINT)


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
