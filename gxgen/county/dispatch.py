"""Who does the work of a build: this process, processes beside it, or an executor from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from gxgen.county.executors import alone, local_executor, run_here, run_on, uninterrupted
from gxgen.county.tasks import Chunk, Outcome, run_chunk, warm_up

if TYPE_CHECKING:
    from concurrent.futures import Executor

Note = TypeVar("Note")
Result = TypeVar("Result")


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

    def outcomes(
        self, tasks: Iterable[tuple[Chunk, tuple[Note, ...]]]
    ) -> Iterator[tuple[Note, Outcome]]:
        """What comes of each unit with its note, by whoever does the work."""
        if self._executor is not None:
            yield from _units(_on(self._executor, tasks, self.workers))
        elif self.workers > 1:
            warmed = _warmed(tasks)
            if warmed is not None:
                self._own = local_executor(self.workers)
                yield from _units(_on(self._own, warmed, self.workers))
        else:
            yield from _units(run_here(run_chunk, tasks))

    def beside(self, call: Callable[..., Result], *arguments: object) -> Callable[[], Result]:
        """Begin something in a process of our own, if there are any at work; else it is done here
        when it is asked for. Asking gives the result."""
        if self._own is None:
            return partial(call, *arguments)
        from concurrent.futures import BrokenExecutor

        with uninterrupted():
            future = self._own.submit(call, *arguments)

        def result() -> Result:
            try:
                return future.result()
            except BrokenExecutor:
                return call(*arguments)

        return result


def _on(
    executor: Executor, tasks: Iterable[tuple[Chunk, Note]], workers: int
) -> Iterator[tuple[Note, list[Outcome]]]:
    return run_on(executor, run_chunk, tasks, workers=workers, rescue=_one_by_one)


def _warmed(tasks: Iterable[tuple[Chunk, Note]]) -> Iterable[tuple[Chunk, Note]] | None:
    """The same tasks, with what all of them need made ready before the workers fork; None if
    there are none, so that no worker starts for nothing."""
    waiting = iter(tasks)
    first = next(waiting, None)
    if first is None:
        return None
    warm_up(first[0])
    return chain([first], waiting)


def _units(
    results: Iterable[tuple[tuple[Note, ...], list[Outcome]]],
) -> Iterator[tuple[Note, Outcome]]:
    for note, outcomes in results:
        yield from zip(note, outcomes, strict=True)


def _one_by_one(chunk: Chunk) -> list[Outcome]:
    """The units of a chunk whose worker died, each in a process of its own: one is the culprit."""
    out = []
    for source in chunk.sources:
        single = replace(chunk, sources=(source,))
        done = alone(run_chunk, single)
        fault = "处理这份填报表时程序意外退出，没有生成报告；其他单位不受影响。"
        out.append(done[0] if done else Outcome(fault=fault))
    return out
