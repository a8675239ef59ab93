"""The settings of a new county."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gxgen.county.scaffold import scaffold


def new_settings(
    county: str, year: int, roster: Path | None, tell: Callable[[str], None] | None
) -> str:
    """The text of ``county.toml``, with the units of a spreadsheet where one is given.

    The county's government, where the roster names it, is no unit: its report adds up the others.

    Raises:
        UsageError: the spreadsheet is no roster.
        EnvironmentProblemError: it cannot be read.
    """
    if roster is None:
        return scaffold(county, year)
    from gxgen.county.roster import read_roster, told, units_of

    found = read_roster(roster)
    units, government = units_of(found, f"{county}人民政府")
    if tell is not None:
        for said in told(found, government):
            tell(said)
    return scaffold(county, year, units, government)
