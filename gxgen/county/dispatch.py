"""Who does the work of a build: this process, processes beside it, or an executor from outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from gxgen.county.executors import alone, local_executor, run_here, run_on
from gxgen.county.tasks import Chunk, Outcome, run_chunk, warm_up

Note = TypeVar("Note")


@dataclass(frozen=True, slots=True)
class Hands:
    """``workers`` processes of our own, or so many of ``executor``; 1 works in this process."""

    workers: int
    executor: Executor | None = None


def outcomes(
    tasks: Iterable[tuple[Chunk, tuple[Note, ...]]], hands: Hands
) -> Iterator[tuple[Note, Outcome]]:
    """What comes of each unit with its note, by whoever does the work."""
    if hands.executor is not None:
        yield from _units(_on(hands.executor, tasks, hands.workers))
    elif hands.workers > 1:
        warmed = _warmed(tasks)
        if warmed is not None:
            with local_executor(hands.workers) as executor:
                yield from _units(_on(executor, warmed, hands.workers))
    else:
        yield from _units(run_here(run_chunk, tasks))


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
        single = Chunk((source,), chunk.style, chunk.draft, chunk.debug)
        done = alone(run_chunk, single)
        fault = "处理这份填报表时程序意外退出，没有生成报告；其他单位不受影响。"
        out.append(done[0] if done else Outcome(fault=fault))
    return out
