"""One folder of outputs (a county's one year) while it is being built."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.county.conversion import Asked, Converted, asked_before, converted, wanted_for
from gxgen.county.county_year import CountyFiles, CountyYear
from gxgen.county.dispatch import Hands
from gxgen.county.fate import Fate, UnitResult, Written, fate
from gxgen.county.fingerprint import causes, digest, intact
from gxgen.county.kept import files_of, record_of
from gxgen.county.ledger import Ledger
from gxgen.county.outputs import Outputs
from gxgen.county.plan import Job, workbooks
from gxgen.county.project import County
from gxgen.county.record import Fingerprint, UnitRecord, line_of
from gxgen.county.source import Source
from gxgen.county.standing import (
    Standings,
    blocks,
    county_findings,
    manifest,
    missing,
)
from gxgen.county.tasks import Outcome, StyleBytes
from gxgen.diagnostics import Diagnostic, from_json
from gxgen.errors import EnvironmentProblemError
from gxgen.formats.wanted import ONLY_DOCX, Wanted

if TYPE_CHECKING:
    from gxgen.formats.office.pool import OfficePool
    from gxgen.model.agency import Agency
    from gxgen.model.report import Report

MANIFEST = "build.json"


_UNCHANGED = Fate("unchanged")


@dataclass(slots=True)
class Home:
    """The jobs of one output folder, what the ledger knows, and what has been done so far.

    Without ``outputs`` nothing is ever written: the units are only checked.
    """

    folder: Path
    county: County | None
    jobs: Sequence[Job]
    ledger: Ledger
    outputs: Outputs | None = None
    style: StyleBytes = ()
    wanted: Wanted = ONLY_DOCX
    """What the units' reports are written as."""
    of_county: Wanted = ONLY_DOCX
    """What the county's own report is written as."""
    asked: Asked = ((), None)
    """What was asked for when ``wanted`` was decided."""
    office: OfficePool | None = None
    own: Source | None = None
    own_unread: bool = False
    """Whether the county government's own workbook is there but cannot be read."""
    overdue: bool = False
    """Whether the day for filing is past."""
    fates: dict[str, Fate] = field(default_factory=dict)
    standing: Standings | None = None
    """Every unit beside the others, once :meth:`judge` has seen them all."""
    absent: tuple[Agency, ...] = ()
    found: tuple[Diagnostic, ...] = ()
    """What the roll-up found."""
    made: tuple[Path, ...] = ()
    """The county's own files."""
    removed: tuple[Path, ...] = ()
    faults: list[str] = field(default_factory=list)

    @classmethod
    def open(
        cls, folder: Path, jobs: Sequence[Job], style: StyleBytes, asked: Asked, *, rollup: bool
    ) -> Home:
        """Read the folder's ledger and journal.

        For a ``rollup`` the units are left in the formats that the last build was asked for, and
        so is the county's own report unless it is asked for in others.
        """
        ledger = Ledger(folder)
        county = jobs[0].county
        of_units = asked_before(ledger.county) if rollup else asked
        wanted = wanted_for(county, style, *of_units)
        of_county = wanted_for(county, style, *asked) if any(asked) else wanted

        def recorded() -> Iterator[tuple[str, str]]:
            yield from ledger.county.get("outputs", {}).items()
            for unit in ledger.saved():
                yield from unit.outputs.items()

        outputs = Outputs(folder, recorded)
        return cls(folder, county, jobs, ledger, outputs, style, wanted, of_county, asked=of_units)

    @property
    def made_something(self) -> bool:
        """Whether this run made any unit's report."""
        return any(fate.outcome == "built" for fate in self.fates.values())

    @property
    def late(self) -> bool:
        """Whether somebody is missing and the day is past: only then does the day tell."""
        return self.overdue and bool(self.absent)

    def take_own(self, own: Source | str | None) -> None:
        """Take the county government's own workbook, or hear why it cannot be read."""
        if isinstance(own, str):
            self.faults.append(own)
        self.own_unread = isinstance(own, str)
        self.own = None if isinstance(own, str) else own

    def causes(self, job: Job, now: Fingerprint, *, force: bool) -> tuple[str, ...]:
        """Why a unit must be built; when nothing has changed, its old result is taken over."""
        why = causes(now, self.ledger.get(job.name), self.folder, force=force)
        if not why:
            self.fates[job.name] = _UNCHANGED
        return why

    def write(self, job: Job, outcome: Outcome) -> Written:
        """Write a unit's files. For any thread."""
        done = Written(faults=[outcome.fault] if outcome.fault else [])
        if self.outputs is None:
            return done
        if outcome.report is not None and "docx" in outcome.documents:
            docx = outcome.documents["docx"]
            made = converted(docx, outcome.report, self.wanted, self.office)
            done.faults.extend(made.faults)
            outcome = replace(outcome, documents={**outcome.documents, **made.documents})
        for name, data in files_of(job, outcome, self.wanted.formats).items():
            try:
                done.files[name] = self.outputs.put(name, data)
            except EnvironmentProblemError as error:
                done.faults.append(str(error))
                if (there := self.outputs.own(name)) is not None:
                    done.stale[name] = there
        return done

    def convert(self, docx: bytes, report: Report) -> Converted:
        """What LibreOffice is wanted for of the county's own report."""
        return converted(docx, report, self.of_county, self.office)

    def finish(
        self, job: Job, now: Fingerprint, why: tuple[str, ...], outcome: Outcome, done: Written
    ) -> None:
        """Keep what came of a unit whose files have been written."""
        before = self.ledger.get(job.name)
        if outcome.fault and not outcome.documents and before is not None:
            # What was made of it earlier stands.
            done.stale.update(before.outputs)
        # A unit that could not be written whole must be tried again: no fingerprint matches none.
        record = record_of(job, {} if done.faults else now, outcome)
        known = replace(before, fingerprint={}) if before and outcome.unseen else record
        self.ledger.put(replace(known, outputs={**done.files, **done.stale}))
        self.fates[job.name] = fate(
            record.outcome if self.outputs else "checked",
            tuple(done.faults),
            why,
            tuple(done.stale),
            outcome.crashed,
        )

    def judge(self) -> None:
        """See the units beside each other; what only the county forbids is withheld."""
        names = self._names()
        found = county_findings(self.ledger.view(names), self.county)
        self.standing = Standings(self.ledger.view(names), found)
        if self.outputs is None:
            return
        for name in found:
            record = self.ledger.get(name)
            if record is not None and blocks(found[name]):
                # It has no outputs, and is built anew when the county's findings are gone.
                self.ledger.put(replace(record, outputs={}, outcome="refused", fingerprint={}))
                if name in self.fates:
                    self.fates[name] = replace(self.fates[name], outcome="refused")
        # Nobody is late for a year that is not in work.
        if self.county is not None and self.county.year == self.jobs[0].year:
            self.absent = tuple(missing(self.ledger.view(names), self.county))

    def close(self, county_files: CountyFiles | None, hands: Hands) -> None:
        """Judge the units beside each other, write what the county needs, and the ledger."""
        self.judge()
        try:
            self._write_county(county_files, hands)
        except EnvironmentProblemError as error:
            self.faults.append(str(error))
        finally:
            if self.outputs is not None:
                self.outputs.close()

    def result(self, job: Job) -> UnitResult:
        """What became of a job's workbook."""
        record, fate = self.ledger.get(job.name), self.fates[job.name]
        assert record is not None and self.standing is not None  # noqa: S101 - all are done
        return UnitResult(
            job,
            record,
            fate.outcome or record.outcome,
            tuple(self.folder / name for name in record.outputs if name not in fate.stale),
            fate.faults,
            fate.causes,
            self.standing.found.get(job.name, ()),
            fate.crashed,
        )

    def _names(self) -> list[str]:
        """Every unit of the folder, those of this run and those of the ledger that still exist."""
        folders = {job.folder for job in self.jobs}
        there = {name for folder in folders for name in workbooks(folder)}
        there -= {f"{self.county.government}.xlsx"} if self.county else set()
        return sorted(name for name in self.ledger if name in there or name in self.fates)

    def _write_county(self, county_files: CountyFiles | None, hands: Hands) -> None:
        assert self.standing is not None and self.outputs is not None  # noqa: S101 - judged
        before = self.ledger.county
        now = self._county_fingerprint(self.standing)
        if before.get("fingerprint") == now and intact(self.folder, before["outputs"]):
            made = dict(before["outputs"])
            self.found = tuple(from_json(one) for one in before["findings"])
        else:
            words = None if self.own_unread else county_files
            made = self._make_county(self.standing, words, hands)
        if self.own_unread:
            # Nobody could read its words: the county's files of the last build stand.
            made = {**before.get("outputs", {}), **made}
            self.found = tuple(from_json(one) for one in before.get("findings", ()))
        self.made = tuple(self.folder / name for name in made)
        kept = (name for one in self.standing for name in one.record.outputs)
        self.removed = tuple(
            self.folder / name for name in self.outputs.keep_only(chain(made, kept))
        )
        self.ledger.save(
            self.standing.names,
            {
                "fingerprint": "" if self.faults else now,
                "outputs": made,
                "findings": [one.as_json() for one in self.found],
                "asked": self.asked,
            },
        )
        self.outputs.forget()

    def _make_county(
        self, standings: Standings, county_files: CountyFiles | None, hands: Hands
    ) -> dict[str, str]:
        assert self.outputs is not None  # noqa: S101 - something is written
        made = {MANIFEST: self.outputs.put(MANIFEST, manifest(standings, self.absent))}
        year = self.jobs[0].year
        if county_files is not None and self.county is not None and year is not None:
            county = county_files(
                CountyYear(
                    self.county,
                    year,
                    standings,
                    self.absent,
                    self.own,
                    self.style,
                    self.of_county,
                    self.convert,
                    self.late,
                ),
                hands,
            )
            self.found = county.diagnostics
            self.faults.extend(county.faults)
            for name, content in county.files.items():
                made[name] = self.outputs.put(name, content)
        return made

    def _county_fingerprint(self, standings: Standings) -> str:
        from gxgen import __version__

        said = chain(
            (
                __version__,
                self.county.digest if self.county else "",
                repr((self.absent, self.late)),
                "" if self.own is None else digest(*self.own.pieces),
                digest(*(data for _, data in self.style)),
                repr(self.of_county),
            ),
            (repr((_essence(one.record), one.found)) for one in standings),
        )
        return digest(*(part.encode("utf-8", "replace") for part in said))


def _essence(record: UnitRecord) -> object:
    """What tells a unit's record from another; all the rest follows from its fingerprint."""
    if not record.fingerprint:
        return line_of(record)
    return (record.workbook, record.fingerprint, dict(record.outputs))
