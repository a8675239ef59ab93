"""Processes beside this one that may hang, grow or die: what they had in hand fails, nothing else.

The standard pool is lost as a whole when one of its processes dies, and cannot end a task that
does not end of itself.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from multiprocessing import connection, get_context, parent_process
from queue import Empty, SimpleQueue
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from gxgen.county.endings import uninterrupted
from gxgen.errors import GxgenError, InternalError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

_OUT_OF_MEMORY = 71
"""How a worker ends that has no room left."""
_PART, _END = "part", "end"
"""What a worker says: a part, or that there are no more and what went wrong, if anything."""
_STARTING = threading.Lock()
"""One process at a time starts: for that moment there is no script."""
_NEW_OBJECTS = 20_000
"""So many more objects than before, and a worker looks for rings among the new ones: a form and its
report make some ten thousand, hardly any of them in a ring."""


class Budget(NamedTuple):
    """What one unit may take; an ordinary one takes a hundredth of it.

    ``processor`` is in seconds of all threads together, so that a machine that is slow for other
    reasons accuses nobody; Linux and macOS count it. ``clock`` is in seconds too and holds
    everywhere. ``memory`` is in bytes beyond what the process starts with; only Linux keeps to it.
    """

    processor: float = 30.0
    clock: float = 300.0
    memory: int = 1536 << 20


class DiedError(GxgenError):
    """The process is gone that had it in hand: ``str()`` says how, as half a sentence.

    ``parts`` are those that were done before; ``killed`` says that somebody outside ended it, so
    that another try may well succeed.
    """

    def __init__(self, how: str, parts: Sequence[Any] = (), *, killed: bool = False) -> None:
        """Keep them."""
        super().__init__(how)
        self.parts, self.killed = list(parts), killed


@dataclass(slots=True)
class _Job:
    call: Callable[..., Iterable[Any]]
    arguments: tuple[Any, ...]
    only: bool
    """Whether the one part is the result."""
    future: Future[Any] = field(default_factory=Future)


class Pool(Executor):
    """``workers`` processes that keep to a budget; one that dies is replaced when there is work.

    Forked on Linux, where what has been loaded here comes along for nothing; elsewhere, and in a
    dead one's place (threads of ours run by then), they start afresh. They end with this process,
    however suddenly.
    """

    def __init__(self, workers: int, budget: Budget = Budget()) -> None:  # noqa: B008 - constant
        """They start at once, before the threads that tend them."""
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._workers: list[_Worker] = []
        try:
            with uninterrupted():
                for _ in range(workers):
                    self._workers.append(_Worker(budget, self._workers))
                for worker in self._workers:
                    worker.tended = threading.Thread(target=self._tend, args=(worker,), daemon=True)
                    worker.tended.start()
        except BaseException:  # the system lets no more run; or interrupted, and nobody has it yet
            self.shutdown(wait=False, cancel_futures=True)
            raise

    def submit(self, call: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """What the call gives, or :class:`DiedError`."""
        return self._put(partial(_once, partial(call, **named)), arguments, only=True)

    def each(self, call: Callable[..., Iterable[Any]], *arguments: Any) -> Future[list[Any]]:
        """All that the call yields; each part has the budget to itself."""
        return self._put(call, arguments, only=False)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the processes go; those that would be cancelled are not even waited for."""
        if cancel_futures:
            self._forget()
        for _ in self._workers:
            self._jobs.put(None)
        for worker in self._workers if wait else ():
            worker.tended.join()
        self._workers = []

    def _forget(self) -> None:
        with suppress(Empty):
            while (job := self._jobs.get_nowait()) is not None:
                job.future.cancel()
        for worker in self._workers:
            worker.end()

    def _put(
        self, call: Callable[..., Iterable[Any]], arguments: tuple[Any, ...], *, only: bool
    ) -> Future[Any]:
        job = _Job(call, arguments, only)
        self._jobs.put(job)
        return job.future

    def _tend(self, worker: _Worker) -> None:
        """Give one worker its work, for as long as there is any. In a thread of its own."""
        while (job := self._jobs.get()) is not None:
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                parts = worker.do(job)
                job.future.set_result(parts[0] if job.only else parts)
            except BaseException as error:
                job.future.set_exception(error)
        worker.end()


class _Worker:
    """One process of the pool, and the next one in its place."""

    tended: threading.Thread

    def __init__(self, budget: Budget, others: Iterable[_Worker]) -> None:
        self._budget, self._ended, self._lock = budget, False, threading.Lock()
        # A process where the PDF engine or a cluster's client has started threads cannot be copied:
        # the copy would wait for threads that it does not have.
        copyable = sys.platform == "linux" and not {"typst", "distributed"} & sys.modules.keys()
        if copyable:
            _system()  # loaded once, for all copies
        self._start("fork" if copyable else "spawn", [one._link for one in others])

    def _start(self, method: str, links: list[Connection[Any, Any]]) -> None:
        self._link, theirs = connection.Pipe()
        foreign = [self._link, *links] if method == "fork" else []
        context: Any = get_context(method)
        self._process: BaseProcess = context.Process(
            target=_serve, args=(theirs, foreign, os.getpid(), self._budget), daemon=True
        )
        with _without_script():
            self._process.start()
        theirs.close()

    def do(self, job: _Job) -> list[Any]:
        """The parts of a job.

        Raises:
            DiedError: the process is gone; :attr:`DiedError.parts` were done before.
        """
        with self._lock:
            if self._ended:
                raise DiedError("没有做，因为已经中断")
            if not self._process.is_alive():
                self._link.close()
                self._start("spawn", [])
        parts: list[Any] = []
        try:
            failed = self._receive(job, parts)
        except (EOFError, ConnectionError):
            self._process.join()
            raise self._death(parts) from None
        except BaseException:  # whatever it still says is not the next one's
            self._process.kill()
            self._process.join()
            raise
        if failed is not None:
            raise failed
        return parts

    def _receive(self, job: _Job, parts: list[Any]) -> Exception | None:
        """What went wrong there, once it is done."""
        self._link.send((job.call, job.arguments))
        while self._link.poll(self._budget.clock):
            kind, said = self._link.recv()
            if kind != _PART:
                return said  # type: ignore[no-any-return]
            parts.append(said)
        raise DiedError(f"过了{self._budget.clock:g}秒还没有做完，已停止", parts)

    def _death(self, parts: list[Any]) -> DiedError:
        """What happened to the process."""
        code, budget = self._process.exitcode, self._budget
        if code == _OUT_OF_MEMORY:
            return DiedError(f"要用的内存超过{budget.memory / 2**30:.1f} GB，已停止", parts)
        if code == -getattr(signal, "SIGPROF", 0):
            return DiedError(f"用了{budget.processor:g}秒处理器时间还没有做完，已停止", parts)
        if code in (-signal.SIGTERM, -getattr(signal, "SIGKILL", 0)):
            return DiedError("被系统强行结束，多半是电脑的内存不够", parts, killed=True)
        return DiedError(f"中途崩溃（{code}）", parts)

    def end(self) -> None:
        """End the process now; no other takes its place."""
        with self._lock:
            self._ended = True
            self._process.kill()
        self._process.join()


# -- in the worker -------------------------------------------------------------------------------


def _serve(
    link: Connection[Any, Any], foreign: list[Connection[Any, Any]], parent: int, budget: Budget
) -> None:
    """Do what comes, until nobody is there who sends."""
    for other in foreign:
        other.close()
    _settle(parent, budget)
    with suppress(EOFError, ConnectionError):
        while True:
            call, arguments = link.recv()
            try:
                with _counted(budget.processor) as again:
                    for part in call(*arguments):
                        link.send((_PART, part))
                        again()
                link.send((_END, None))
            except MemoryError:
                os._exit(_OUT_OF_MEMORY)  # what it has is not to be relied on any more
            except Exception as error:
                link.send((_END, _portable(error)))


def _once(call: Callable[..., Any], *arguments: Any) -> Iterator[Any]:
    yield call(*arguments)


def _portable(error: Exception) -> Exception:
    """The error as it can travel, with the way that it came about, which does not of itself."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:
        error = InternalError(repr(error))
    error.add_note("".join(traceback.format_exception(error)))
    return error


def _settle(parent: int, budget: Budget) -> None:
    """Live no longer than the parent, and leave its screen and its Ctrl-C alone; what was there at
    the start stays, and is not looked through for rings again and again."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
    if sys.platform == "linux":
        _system().prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)
        _bound(budget.memory)
    else:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    for number in (signal.SIGINT, getattr(signal, "SIGHUP", None)):
        if number is not None:
            signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    faulthandler.disable()
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # native code says in English how it ends
        os.dup2(nothing, stream)


@cache
def _system() -> Any:
    """The system's own functions."""
    import ctypes

    return ctypes.CDLL(None)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _bound(memory: int) -> None:
    """So much more memory than now, and no more. Address space is not counted: a thread reserves
    some that it never uses."""
    import resource
    from pathlib import Path

    with suppress(OSError, ValueError):
        now = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = now + memory if most == resource.RLIM_INFINITY else min(now + memory, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


@contextmanager
def _counted(seconds: float) -> Iterator[Callable[[], object]]:
    """Processor time is counted, anew whenever the function is called; the system ends a process
    that takes more, whatever it is at."""
    if sys.platform == "win32":
        yield lambda: None
        return
    again = partial(signal.setitimer, signal.ITIMER_PROF, seconds)
    again()
    try:
        yield again
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


# -- as processes and threads start --------------------------------------------------------------


@contextmanager
def _without_script() -> Iterator[None]:
    """A process that starts afresh does not run the script that called us again. Python makes it
    do so, and where the script has no ``if __name__ == "__main__"`` it would call us anew."""
    with _STARTING:
        script = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = script
