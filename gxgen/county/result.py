"""What a run over many units came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, overload

from gxgen.county.fate import UnitResult
from gxgen.county.home import Home
from gxgen.county.plan import Job
from gxgen.county.project import County
from gxgen.diagnostics import Diagnostic, has_errors

if TYPE_CHECKING:
    from gxgen.model.agency import Agency


class Units(Sequence[UnitResult]):
    """What became of each job, in the jobs' order, made when it is asked for."""

    def __init__(self, jobs: Sequence[Job], homes: Mapping[Path, Home]) -> None:
        """``homes`` are those of the jobs, done."""
        self._jobs, self._homes = jobs, homes

    def __len__(self) -> int:
        """How many there are."""
        return len(self._jobs)

    @overload
    def __getitem__(self, at: int) -> UnitResult: ...
    @overload
    def __getitem__(self, at: slice) -> Units: ...
    def __getitem__(self, at: int | slice) -> UnitResult | Units:
        """What became of a unit, or of some."""
        if isinstance(at, slice):
            return Units(self._jobs[at], self._homes)
        job = self._jobs[at]
        return self._homes[job.home].result(job)


@dataclass(frozen=True, slots=True)
class Result:
    """All units of a run in the order of the jobs, and what the counties show.

    ``rollups`` holds what each county's roll-up found: missing and faulty agencies above all.
    """

    units: Units
    missing: tuple[tuple[County, int, Agency], ...] = ()
    rollups: tuple[tuple[County, int, tuple[Diagnostic, ...]], ...] = ()
    county_outputs: tuple[Path, ...] = ()
    set_aside: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()
    faults: tuple[str, ...] = ()
    late: tuple[County, ...] = ()
    """The counties whose missing agencies are late."""
    remarks: tuple[str, ...] = ()
    """What is worth knowing of the run: who made the PDFs, which fonts stood in."""

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """Every finding, unit by unit."""
        return [d for unit in self.units for d in unit.diagnostics]

    @property
    def exit_status(self) -> int:
        """0 clean, 1 findings that block, 2 something outside failed, 3 a fault of gxgen's own."""
        rolled = all(not has_errors(found) for _, _, found in self.rollups)
        status = 2 if self.faults else 0 if rolled else 1
        for unit in self.units:
            if unit.crashed:
                return 3
            status = max(status, 2 if unit.faults else 0 if unit.passed else 1)
        return status


def result_of(jobs: Sequence[Job], homes: Mapping[Path, Home], remarks: tuple[str, ...]) -> Result:
    """What became of all, once every home is closed."""
    return Result(
        units=Units(jobs, homes),
        missing=tuple(
            (home.county, home.jobs[0].year, agency)
            for home in homes.values()
            if home.county is not None and home.jobs[0].year is not None
            for agency in home.absent
        ),
        rollups=tuple(
            (home.county, home.jobs[0].year, home.found)
            for home in homes.values()
            if home.county is not None and home.jobs[0].year is not None and home.found
        ),
        county_outputs=tuple(path for home in homes.values() for path in home.made),
        set_aside=tuple(
            path
            for home in homes.values()
            for path in (home.outputs.set_aside if home.outputs else ())
        ),
        removed=tuple(path for home in homes.values() for path in home.removed),
        faults=tuple(fault for home in homes.values() for fault in home.faults),
        late=tuple(home.county for home in homes.values() if home.county and home.late),
        remarks=remarks,
    )
