"""What becomes of one workbook in a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from gxgen.county.plan import Job
from gxgen.county.record import UnitRecord
from gxgen.county.standing import Standing
from gxgen.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What became of one workbook: ``outcome`` is checked, built, unchanged or refused.

    ``causes`` say why it was built; ``faults`` are troubles outside the data, as sentences;
    ``found`` is what only the whole county shows.
    """

    job: Job
    record: UnitRecord
    outcome: str
    outputs: tuple[Path, ...] = ()
    faults: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    found: tuple[Diagnostic, ...] = ()
    crashed: bool = False

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings on the unit, worst first."""
        return Standing(self.record, self.found).diagnostics

    @property
    def passed(self) -> bool:
        """Whether nothing blocks its report."""
        return not self.faults and Standing(self.record, self.found).passed


@dataclass(frozen=True, slots=True)
class Fate:
    """What this run did with a unit, beside what the ledger says of it."""

    outcome: str | None = None
    faults: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    crashed: bool = False


@lru_cache(maxsize=64)
def fate(*said: Any) -> Fate:
    """A :class:`Fate` of these parts, one for all whom the same has befallen."""
    return Fate(*said)


@dataclass(frozen=True, slots=True)
class Written:
    """A unit's files with their SHA-256, and the troubles.

    ``stale`` are those that could not be replaced: what stands there is of an earlier build.
    """

    files: dict[str, str] = field(default_factory=dict)
    stale: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
