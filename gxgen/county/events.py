"""What is told while a county is worked on, and how it is asked to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Event as Flag

from gxgen.errors import GxgenError


class Phase(StrEnum):
    """What has just been done."""

    UNIT = "unit"
    """A form was dealt with."""
    COUNTY = "county"
    """All that is made of a county's year stands."""


@dataclass(frozen=True, slots=True)
class Event:
    """A step of the work: ``done`` of ``total`` forms are dealt with."""

    phase: Phase
    done: int
    total: int
    unit: str | None = None
    """The form's name without ending; None for a county."""
    outcome: str | None = None
    """``checked``, ``built``, ``unchanged``, ``refused`` or ``held``; None of a form that was only
    judged beside others."""
    folder: Path = Path()
    """Where what is made of it goes."""


Hear = Callable[[Event], None]


class CancelledError(GxgenError):
    """The work was asked to stop, and has: what was done stands and is known to the next run."""

    def __init__(self) -> None:
        """With the sentence for the user."""
        super().__init__("已停下。已经做好的都是完整的，再运行一次就接着做。")


class Stop:
    """A way to stop work from outside, from any thread: give it to a service, then call it."""

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self._asked = Flag()

    def __call__(self) -> None:
        """Ask the work to stop; it does at its next step, or while it waits."""
        self._asked.set()

    def heed(self) -> None:
        """Raise :class:`CancelledError` if it is asked for."""
        if self._asked.is_set():
            raise CancelledError
