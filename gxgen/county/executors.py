"""Who does the tasks: this process, processes beside it, or a cluster; all speak the standard
:class:`concurrent.futures.Executor`."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Task = TypeVar("Task")
Result = TypeVar("Result")
Note = TypeVar("Note")

IN_FLIGHT = 3
"""Tasks under way per worker: enough to keep it busy, few enough to keep memory flat."""


def local_executor(jobs: int) -> Executor:
    """A pool of ``jobs`` processes on this machine.

    Forked on Linux, where the parent's compiled templates come along for nothing; spawned
    elsewhere.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A process whose PDF engine has started threads cannot be copied: the copy would wait for
    # threads that it does not have.
    copyable = sys.platform == "linux" and "typst" not in sys.modules
    method = "fork" if copyable else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_interrupts)


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


def run_here(
    call: Callable[[Task], Result], tasks: Iterable[tuple[Task, Note]]
) -> Iterator[tuple[Note, Result]]:
    """Each task in turn, in this process; a task's note comes back with its result."""
    for task, note in tasks:
        yield note, call(task)


def run_on(
    executor: Executor,
    call: Callable[[Task], Result],
    tasks: Iterable[tuple[Task, Note]],
    *,
    workers: int,
    rescue: Callable[[Task], Result],
) -> Iterator[tuple[Note, Result]]:
    """Tasks on an executor, as they finish; ``rescue`` does a task whose worker died.

    Notes stay here; only tasks travel.
    """
    waiting = iter(tasks)
    from concurrent.futures import FIRST_COMPLETED, wait

    under_way: dict[Future[Result], tuple[Task, Note]] = {}
    try:
        while True:
            for task, note in islice(waiting, workers * IN_FLIGHT - len(under_way)):
                under_way[_submit(executor, call, task)] = task, note
            if not under_way:
                return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                task, note = under_way.pop(future)
                yield note, _result(future, rescue, task)
    finally:
        for future in under_way:
            future.cancel()


def _submit(executor: Executor, call: Callable[[Task], Result], task: Task) -> Future[Result]:
    from concurrent.futures import BrokenExecutor, Future

    try:
        with uninterrupted():
            return executor.submit(call, task)
    except BrokenExecutor as error:
        lost: Future[Result] = Future()
        lost.set_exception(error)
        return lost


def _result(future: Future[Result], rescue: Callable[[Task], Result], task: Task) -> Result:
    """A task's result; tasks do not raise of themselves, so a failure is its worker's."""
    try:
        return future.result()
    except Exception:
        return rescue(task)


def alone(call: Callable[[Task], Result], task: Task) -> Result | None:
    """One task in a process of its own; None if it brings that process down."""
    from concurrent.futures import BrokenExecutor

    with local_executor(1) as executor:
        try:
            with uninterrupted():
                done = executor.submit(call, task)
            return done.result()
        except BrokenExecutor:
            return None
