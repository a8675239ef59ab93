"""One folder of outputs (a county's one year) while it is being built."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from gxgen.county import ledger as ledgers
from gxgen.county.files import safe_name
from gxgen.county.fingerprint import causes, digest, intact
from gxgen.county.ledger import Fingerprint, Ledger, UnitRecord
from gxgen.county.outputs import RETURNS, Outputs
from gxgen.county.plan import Job, workbooks
from gxgen.county.project import County
from gxgen.county.source import Source
from gxgen.county.standing import Standing, manifest, missing, standings
from gxgen.county.tasks import Outcome, StyleBytes
from gxgen.diagnostics import Diagnostic, from_json
from gxgen.errors import EnvironmentProblemError
from gxgen.model import Agency

MANIFEST = "build.json"
DRAFT = "（草稿）"
"""Ends the file name of a draft, so that it never stands where the report belongs."""


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
class CountyYear:
    """What a county's year adds up to: its units by workbook name, and who is missing."""

    county: County
    year: int
    standings: tuple[Standing, ...]
    missing: tuple[Agency, ...]
    own: Source | None
    """The county government's own workbook, where it is there."""
    style: StyleBytes


@dataclass(frozen=True, slots=True)
class Made:
    """Files for a whole county's year by name, and what was found on the way."""

    files: Mapping[str, bytes]
    diagnostics: tuple[Diagnostic, ...] = ()


CountyFiles = Callable[[CountyYear], Made]
"""Makes a county's page and its roll-up."""


@dataclass(slots=True)
class Home:
    """The jobs of one output folder, what the ledger knows, and what has been done so far."""

    folder: Path
    county: County | None
    jobs: Sequence[Job]
    before: Ledger
    outputs: Outputs
    results: dict[str, UnitResult] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    absent: tuple[Agency, ...] = ()
    removed: tuple[Path, ...] = ()
    own: Source | None = None
    style: StyleBytes = ()
    found: tuple[Diagnostic, ...] = ()
    """What the roll-up found."""
    made: tuple[Path, ...] = ()
    """The county's own files."""

    @classmethod
    def open(cls, folder: Path, jobs: Sequence[Job], style: StyleBytes) -> Home:
        """Read the folder's ledger and journal."""
        before = ledgers.load(folder)
        recorded: dict[str, str] = dict(before.county.get("outputs", {}))
        for unit in before.units.values():
            recorded |= unit.outputs
        outputs = Outputs(folder, recorded)
        return cls(folder, jobs[0].county, jobs, before, outputs, style=style)

    def causes(self, job: Job, now: Fingerprint, *, force: bool) -> tuple[str, ...]:
        """Why a unit must be built; when nothing has changed, its old result is taken over."""
        before = self.before.units.get(job.workbook.name)
        why = causes(now, before, self.folder, force=force)
        if not why and before is not None:
            paths = tuple(self.folder / name for name in before.outputs)
            self.results[job.workbook.name] = UnitResult(job, before, "unchanged", paths)
        return why

    def finish(self, job: Job, now: Fingerprint, why: tuple[str, ...], outcome: Outcome) -> None:
        """Write what came of a unit."""
        record = record_of(job, now, outcome)
        title = safe_name(outcome.title + ("" if record.passed else DRAFT))
        files = {f"{title}.{suffix}": data for suffix, data in outcome.documents.items()}
        if outcome.returned is not None:
            files[f"{RETURNS}/{safe_name(job.workbook.stem)}.xlsx"] = outcome.returned
        written, faults = {}, [outcome.fault] if outcome.fault else []
        for name, data in files.items():
            try:
                written[name] = self.outputs.put(name, data)
            except EnvironmentProblemError as error:
                faults.append(str(error))
        # A unit that could not be written whole must be tried again: no fingerprint matches none.
        record = replace(record, outputs=written, fingerprint={} if faults else now)
        paths = tuple(self.folder / name for name in written)
        self.results[job.workbook.name] = UnitResult(
            job, record, record.outcome, paths, tuple(faults), why, crashed=outcome.crashed
        )

    def close(self, county_files: CountyFiles | None) -> None:
        """Judge the units beside each other, write what the county needs, and the ledger."""
        records = self._records()
        seen = [self._withheld(one) for one in standings(records, self.county)]
        # Nobody is late for a year that is not in work.
        if self.county is not None and self.county.year == self.jobs[0].year:
            self.absent = tuple(missing(records, self.county))
        for one in seen:
            result = self.results.get(one.record.workbook)
            if result is not None:
                result = replace(result, record=one.record, found=one.found)
                if one.blocked:
                    result = replace(result, outcome="refused", outputs=())
                self.results[one.record.workbook] = result
        try:
            self._write_county(seen, county_files)
        except EnvironmentProblemError as error:
            self.faults.append(str(error))

    def _records(self) -> list[UnitRecord]:
        """Every unit of the folder, those of this run and those of the ledger that still exist."""
        sources = {job.workbook.parent for job in self.jobs}
        there = {path.name for folder in sources for path in workbooks(folder)}
        there -= {f"{self.county.government}.xlsx"} if self.county else set()
        old = {name: unit for name, unit in self.before.units.items() if name in there}
        new = {name: result.record for name, result in self.results.items()}
        return [unit for _, unit in sorted({**old, **new}.items())]

    def _withheld(self, one: Standing) -> Standing:
        """A unit that only the county's findings block has no outputs; it is built anew later."""
        if not one.blocked:
            return one
        record = replace(one.record, outputs={}, outcome="refused", fingerprint={})
        return Standing(record, one.found)

    def _write_county(self, seen: Sequence[Standing], county_files: CountyFiles | None) -> None:
        now = self._county_fingerprint(seen)
        before = self.before.county
        if before.get("fingerprint") == now and intact(self.folder, before["outputs"]):
            made = dict(before["outputs"])
            self.found = tuple(from_json(one) for one in before["findings"])
        else:
            made = self._make_county(seen, county_files)
        self.made = tuple(self.folder / name for name in made)
        keep = set(made).union(*(one.record.outputs for one in seen))
        self.removed = tuple(self.folder / name for name in self.outputs.keep_only(keep))
        ledger = Ledger(
            {one.record.workbook: one.record for one in seen},
            {
                "fingerprint": now,
                "outputs": made,
                "findings": [one.as_json() for one in self.found],
            },
        )
        if ledger != self.before:
            ledgers.save(self.folder, ledger)
        self.outputs.close()

    def _make_county(
        self, seen: Sequence[Standing], county_files: CountyFiles | None
    ) -> dict[str, str]:
        data = json.dumps(manifest(seen, self.absent), ensure_ascii=False, indent=1)
        made = {MANIFEST: self.outputs.put(MANIFEST, data.encode() + b"\n")}
        year = self.jobs[0].year
        if county_files is not None and self.county is not None and year is not None:
            county = county_files(
                CountyYear(self.county, year, tuple(seen), self.absent, self.own, self.style)
            )
            self.found = county.diagnostics
            for name, content in county.files.items():
                made[name] = self.outputs.put(name, content)
        return made

    def _county_fingerprint(self, seen: Sequence[Standing]) -> str:
        from gxgen import __version__

        said = [
            __version__,
            repr(self.county),
            repr(self.absent),
            "" if self.own is None else digest(*self.own.pieces),
            digest(*(data for _, data in self.style)),
            *(repr((_essence(one.record), one.found)) for one in seen),
        ]
        return digest(*(part.encode("utf-8", "replace") for part in said))


def _essence(record: UnitRecord) -> object:
    """What tells a unit's record from another; all the rest follows from its fingerprint."""
    return (record.workbook, record.fingerprint, record.outputs) if record.fingerprint else record


def record_of(job: Job, now: Fingerprint, outcome: Outcome) -> UnitRecord:
    """What the ledger keeps of a unit."""
    return UnitRecord(
        workbook=job.workbook.name,
        fingerprint=now,
        outcome="built" if outcome.documents else "refused",
        agency=outcome.agency or job.workbook.stem,
        year=outcome.year,
        edition=outcome.edition,
        title=outcome.title,
        figures=outcome.figures,
        last_figures=outcome.last_figures,
        findings=outcome.findings,
    )
