"""How each unit of a county's year stands: who filed, whose form goes back, who is missing.

It is counted by unit, not by file: of several forms of one unit the worst tells.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from gxgen.diagnostics import Addressee, Diagnostic, Severity
from gxgen.model.agency import Agency

if TYPE_CHECKING:
    from gxgen.county.project import County
    from gxgen.show.county.view import AgencyRow


class State(StrEnum):
    """How a unit stands; the worst first."""

    LATE = "逾期未报"
    MISSING = "未报送"
    RETURNED = "退回待改"
    HELD = "待县里处理"
    PASSED = "核对通过"


_OF_ROWS = {
    "built": State.PASSED,
    "unchanged": State.PASSED,
    "returned": State.RETURNED,
    "missing": State.MISSING,
    "late": State.LATE,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the county: ``agency`` as the roster has it, where it is ``listed`` there."""

    agency: Agency
    listed: bool
    state: State
    findings: tuple[Diagnostic, ...] = ()
    copies: tuple[str, ...] = ()
    """Its return copies, as paths relative to the year's folder."""
    strays: tuple[str, ...] = ()
    """Names of files that seem to be its and are no form."""

    @property
    def of_clerk(self) -> list[Diagnostic]:
        """What the unit itself has to see to, in the order given."""
        return [one for one in self.findings if one.addressee is Addressee.CLERK]

    def number_of(self, severity: Severity) -> int:
        """How many of its own findings weigh so much."""
        return sum(one.severity is severity for one in self.of_clerk)


@dataclass(frozen=True, slots=True)
class Standing:
    """A county's year: its units in the roster's order, then those that are not in it."""

    county: County
    year: int
    units: tuple[Unit, ...]

    @property
    def tells_missing(self) -> bool:
        """Whether who is missing is known: nobody is missed in a year that is not in work."""
        return bool(self.county.roster) and self.county.year == self.year

    def having(self, *states: State) -> list[Unit]:
        """The units that stand so."""
        return [unit for unit in self.units if unit.state in states]


def standing(
    county: County,
    year: int,
    rows: Iterable[AgencyRow],
    strays: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Standing:
    """The units by the lines of the county's page; ``strays`` as :class:`Unit` has them."""
    roster = {agency.name: agency for agency in county.roster}
    of_units = {row.agency: row for row in rows}
    names = [
        *(name for name in roster if name in of_units),
        *sorted(of_units.keys() - roster.keys()),
    ]
    units = (_unit(of_units[name], roster) for name in names)
    told = (replace(one, strays=strays.get(one.agency.name, ())) for one in units)
    return Standing(county, year, tuple(told))


def nobody_filed(county: County, year: int, late: bool) -> Standing:
    """How they stand before the first form comes in."""
    state = State.LATE if late else State.MISSING
    return Standing(county, year, tuple(Unit(one, True, state) for one in county.roster))


def _unit(row: AgencyRow, roster: Mapping[str, Agency]) -> Unit:
    return Unit(
        roster.get(row.agency) or Agency(row.agency),
        row.agency in roster,
        _OF_ROWS.get(row.state, State.HELD),
        row.findings,
        (row.links["return"],) if "return" in row.links else (),
    )


def day(date: dt.date | None) -> str:
    """``2026年1月20日``; empty where there is none."""
    return f"{date.year}年{date.month}月{date.day}日" if date else ""
