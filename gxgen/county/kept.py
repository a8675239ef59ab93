"""What stays of a unit's outcome: its files by name, and its line in the ledger."""

from __future__ import annotations

from gxgen.county.county_year import DRAFT
from gxgen.county.files import safe_name
from gxgen.county.outputs import RETURNS
from gxgen.county.plan import Job
from gxgen.county.record import Fingerprint, UnitRecord
from gxgen.county.tasks import Outcome


def files_of(job: Job, outcome: Outcome) -> dict[str, bytes]:
    """The files of a unit by name, relative to the year's folder."""
    draft = "" if record_of(job, {}, outcome).passed else DRAFT
    title = safe_name(outcome.title + draft)
    files = {f"{title}.{suffix}": data for suffix, data in outcome.documents.items()}
    if outcome.returned is not None:
        files[f"{RETURNS}/{safe_name(job.stem)}.xlsx"] = outcome.returned
    return files


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
