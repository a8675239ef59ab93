"""The units of a county's year beside each other: filed twice, unknown, missing."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, overload

from gxgen.county.ledger import Records
from gxgen.county.project import County
from gxgen.county.record import UnitRecord
from gxgen.diagnostics import Diagnostic, Finding, Severity, worst_first

if TYPE_CHECKING:
    from gxgen.model.agency import Agency


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
        return self.record.passed and not blocks(self.found)


class Standings(Sequence[Standing]):
    """The units of a county's year by workbook name, each made when it is asked for."""

    def __init__(self, records: Records, found: Mapping[str, tuple[Diagnostic, ...]]) -> None:
        """``found`` is what only the county can find, by workbook name."""
        self.records, self.found = records, found

    @property
    def names(self) -> Sequence[str]:
        """The workbooks."""
        return self.records.names

    def __len__(self) -> int:
        """How many there are."""
        return len(self.records)

    @overload
    def __getitem__(self, at: int) -> Standing: ...
    @overload
    def __getitem__(self, at: slice) -> Standings: ...
    def __getitem__(self, at: int | slice) -> Standing | Standings:
        """A unit, or some of them."""
        if isinstance(at, slice):
            return Standings(self.records[at], self.found)
        record = self.records[at]
        return Standing(record, self.found.get(record.workbook, ()))


def blocks(found: Iterable[Diagnostic]) -> bool:
    """Whether the county's own findings forbid a report that is sound by itself."""
    return any(d.severity is Severity.ERROR for d in found)


def county_findings(
    records: Sequence[UnitRecord], county: County | None
) -> dict[str, tuple[Diagnostic, ...]]:
    """What needs the whole county to be seen, by workbook name: filed twice, not in the roster."""
    found: dict[str, list[Finding]] = defaultdict(list)
    _twice(records, found)
    if county is not None and county.roster:
        _strangers(records, county, found)
    return {
        record.workbook: _diagnosed(record, found[record.workbook])
        for record in records
        if record.workbook in found
    }


def missing(records: Iterable[UnitRecord], county: County) -> list[Agency]:
    """The agencies of the roster that filed nothing, in its order."""
    filed = {record.agency for record in records}
    return [agency for agency in county.roster if agency.name not in filed]


def manifest(seen: Iterable[Standing], absent: Iterable[Agency]) -> Iterator[bytes]:
    """``build.json`` piece by piece: an entry a unit by workbook name, then the missing ones."""
    units = (
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
    )
    others: Iterable[dict[str, Any]] = (
        {"agency": a.name, "input": None, "outcome": "missing", "outputs": [], "findings": []}
        for a in absent
    )
    before = b'{"units": ['
    for entry in chain(units, others):
        text = json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace")
        yield before + b"\n " + text
        before = b","
    yield b"\n]}\n" if before == b"," else before + b"]}\n"


def _twice(records: Sequence[UnitRecord], found: Mapping[str, list[Finding]]) -> None:
    times = Counter(hash(record.title) for record in records if record.title)
    if times.total() == len(times):
        return
    by_title: dict[str, list[UnitRecord]] = defaultdict(list)
    for record in records:
        if times[hash(record.title)] > 1:
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
            from difflib import get_close_matches

            near = get_close_matches(record.agency, [n for n in names if n], n=1, cutoff=0.7)
            asked = f"是不是“{near[0]}”？" if near else ""
            found[record.workbook].append(
                Finding("GX703", f"“{record.agency}”不在{county.name}的名册里。{asked}")
            )


def _diagnosed(record: UnitRecord, findings: Iterable[Finding]) -> tuple[Diagnostic, ...]:
    from gxgen.checks.registry import diagnose

    return tuple(
        diagnose(f, agency=record.agency, year=record.year, file=record.workbook) for f in findings
    )
