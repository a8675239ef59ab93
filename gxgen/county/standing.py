"""The units of a county's year beside each other: filed twice, unknown, missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from gxgen.checks.registry import diagnose
from gxgen.county.ledger import UnitRecord
from gxgen.county.project import County
from gxgen.diagnostics import Diagnostic, Finding, Severity, worst_first
from gxgen.model import Agency


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit as the county sees it: its record, and what only the county can find."""

    record: UnitRecord
    found: tuple[Diagnostic, ...] = ()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings, worst first."""
        return tuple(worst_first((*self.record.diagnostics, *self.found)))

    @property
    def passed(self) -> bool:
        """Whether nothing blocks its report."""
        return self.record.passed and not self.blocked

    @property
    def blocked(self) -> bool:
        """Whether the county's own findings forbid a report that is sound by itself."""
        return any(d.severity is Severity.ERROR for d in self.found)


def standings(records: Sequence[UnitRecord], county: County | None) -> list[Standing]:
    """Each unit with the findings that need the whole county: filed twice, not in the roster."""
    found: dict[str, list[Finding]] = defaultdict(list)
    _twice(records, found)
    if county is not None and county.roster:
        _strangers(records, county, found)
    return [
        Standing(record, tuple(_diagnosed(record, found[record.workbook]))) for record in records
    ]


def missing(records: Iterable[UnitRecord], county: County) -> list[Agency]:
    """The agencies of the roster that filed nothing, in its order."""
    filed = {record.agency for record in records}
    return [agency for agency in county.roster if agency.name not in filed]


def manifest(seen: Sequence[Standing], absent: Sequence[Agency]) -> dict[str, Any]:
    """``build.json``: an entry a unit by workbook name, then the missing ones."""
    entries: list[dict[str, Any]] = [
        {
            "agency": one.record.agency,
            "input": one.record.workbook,
            "outcome": one.record.outcome,
            "outputs": [
                {"file": name, "sha256": sha} for name, sha in sorted(one.record.outputs.items())
            ],
            "findings": [d.as_json() for d in one.diagnostics],
        }
        for one in seen
    ]
    entries += [
        {"agency": a.name, "input": None, "outcome": "missing", "outputs": [], "findings": []}
        for a in absent
    ]
    return {"units": entries}


def _twice(records: Sequence[UnitRecord], found: Mapping[str, list[Finding]]) -> None:
    by_title: dict[str, list[UnitRecord]] = defaultdict(list)
    for record in records:
        if record.title:
            by_title[record.title].append(record)
    for same in by_title.values():
        for record in same if len(same) > 1 else ():
            others = "、".join(r.workbook for r in same if r is not record)
            found[record.workbook].append(
                Finding("GX702", f"“{record.agency}”交了不止一份：另有 {others}。")
            )


def _strangers(
    records: Sequence[UnitRecord], county: County, found: Mapping[str, list[Finding]]
) -> None:
    names = {agency.name for agency in county.roster} | {county.government}
    for record in records:
        if record.edition is not None and record.agency not in names:
            near = get_close_matches(record.agency, [n for n in names if n], n=1, cutoff=0.7)
            asked = f"是不是“{near[0]}”？" if near else ""
            found[record.workbook].append(
                Finding("GX703", f"“{record.agency}”不在{county.name}的名册里。{asked}")
            )


def _diagnosed(record: UnitRecord, findings: Iterable[Finding]) -> Iterable[Diagnostic]:
    return (
        diagnose(f, agency=record.agency, year=record.year, file=record.workbook) for f in findings
    )
