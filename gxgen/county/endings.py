"""How a run is asked to end before it is done: Ctrl-C, and what a system sends when it shuts down
or a terminal is closed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""The signals that ask for an orderly end."""


@contextmanager
def heeded() -> Iterator[list[int]]:
    """All of them end the run as Ctrl-C does: :class:`KeyboardInterrupt` in the main thread. Gives
    the numbers of those that came. What is passed over from outside (``nohup``) stays so."""
    came: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        came.append(number)
        raise KeyboardInterrupt

    with _handled(end, [n for n in _ours() if signal.getsignal(n) != signal.SIG_IGN]):
        yield came


@contextmanager
def uninterrupted() -> Iterator[None]:
    """They wait until the end of this. Where threads start: interrupted at the wrong moment,
    Python leaves a new thread's lock taken for ever, and the process never ends."""
    caught: list[int] = []

    def later(number: int, _: FrameType | None) -> None:
        caught.append(number)

    try:
        with _handled(later, [n for n in _ours() if callable(signal.getsignal(n))]):
            yield
    finally:
        if caught:
            signal.raise_signal(caught[0])


def _ours() -> tuple[signal.Signals, ...]:
    """None in a thread where nobody of ours is interrupted."""
    return ENDING if threading.current_thread() is threading.main_thread() else ()


@contextmanager
def _handled(handler: object, numbers: list[signal.Signals]) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in numbers}  # type: ignore[arg-type]
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)
