"""What the services found and did, as the JSON that the commands print.

The shapes are declared in :mod:`gxgen.show.schema`; their JSON Schemas lie beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gxgen.diagnostics import FORMAT, Diagnostic

if TYPE_CHECKING:
    from gxgen.county.agency_year import Outcome
    from gxgen.county.batch import Result

Record = dict[str, Any]


def findings_record(diagnostics: Iterable[Diagnostic], checked: int) -> Record:
    """The JSON of ``check``: all findings, and how many files were looked at."""
    return {
        "format": FORMAT,
        "findings": [one.as_json() for one in diagnostics],
        "checked": checked,
    }


def build_record(result: Result) -> Record:
    """The JSON of ``build``: findings, what became of each unit, who is missing, what changed."""
    of_counties = [one for *_, found in result.rollups for one in found]
    found = [*result.diagnostics, *of_counties, *result.of_styles]
    return {
        **findings_record(found, len(result.outcomes)),
        "units": [_unit(outcome) for outcome in result.outcomes],
        "missing": [
            {
                "county": county.name,
                "year": year,
                "agency": agency.name,
                "late": county in result.late,
            }
            for county, year, agency in result.missing
        ],
        "outputs": [str(path) for path in result.county_outputs],
        **changes(result),
    }


def rollup_record(
    result: Result, diagnostics: Iterable[Diagnostic], files: Iterable[object]
) -> Record:
    """The JSON of ``rollup``: what was found for the county, and the files of its own."""
    return {
        **findings_record(diagnostics, len(result.outcomes)),
        "outputs": [str(path) for path in files],
        **changes(result),
    }


def _unit(outcome: Outcome) -> Record:
    """``outcome`` is what this run did, ``state`` what stands: an unchanged unit has either a
    report or a return copy."""
    filing, judged = outcome.filing, outcome.judgement
    county = filing.county if filing else None
    return {
        "county": county.name if county else None,
        "agency": judged.agency,
        "year": judged.year,
        "input": str(outcome.path),
        "outcome": outcome.word,
        "state": outcome.made,
        "outputs": [str(path) for path in outcome.outputs],
        "faults": list(outcome.faults),
        "causes": list(outcome.causes),
        "changed": {cause: list(parts) for cause, parts in outcome.changed.items()},
    }


def changes(result: Result) -> Record:
    """What no longer stands, what failed for the county, and what is worth knowing."""
    return {
        "removed": [str(path) for path in result.removed],
        "set_aside": [str(path) for path in result.set_aside],
        "faults": list(result.faults),
        "remarks": list(result.remarks),
    }
