"""What stays of a unit's outcome: its files by name, and its line in the ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from gxgen.county.county_year import DRAFT
from gxgen.county.files import safe_name
from gxgen.county.outputs import RETURNS
from gxgen.county.plan import Job
from gxgen.county.record import Fingerprint, UnitRecord
from gxgen.county.tasks import Outcome
from gxgen.formats.registry import FORMATS


def files_of(job: Job, outcome: Outcome, formats: Collection[str]) -> dict[str, bytes]:
    """The files of a unit by name, relative to the year's folder."""
    files = documents_of(
        outcome.title, outcome.documents, formats, draft=not record_of(job, {}, outcome).passed
    )
    if outcome.returned is not None:
        files[f"{RETURNS}/{safe_name(job.stem)}.xlsx"] = outcome.returned
    return files


def documents_of(
    title: str, documents: Mapping[str, bytes], formats: Collection[str], *, draft: bool
) -> dict[str, bytes]:
    """Those of a report's documents that are asked for, by file name."""
    name = safe_name(title + (DRAFT if draft else ""))
    return {name + FORMATS[one].ending: data for one, data in documents.items() if one in formats}


def record_of(job: Job, now: Fingerprint, outcome: Outcome) -> UnitRecord:
    """What the ledger keeps of a unit."""
    return UnitRecord(
        workbook=job.name,
        fingerprint=now,
        outcome="built" if outcome.documents else "refused",
        agency=outcome.agency or job.stem,
        year=outcome.year,
        edition=outcome.edition,
        title=outcome.title,
        figures=outcome.figures,
        last_figures=outcome.last_figures,
        findings=outcome.findings,
    )
