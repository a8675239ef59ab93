"""A report that was read, in the form of its year: what an import writes and others compare."""

from __future__ import annotations

from dataclasses import replace

from gxgen.diagnostics import Finding
from gxgen.editions.declared import edition_for_year
from gxgen.model.report import Entry, EntryState, Report
from gxgen.published.blocks import RefusedError
from gxgen.published.carried import carried_into
from gxgen.published.foreign import unwrapped
from gxgen.published.reader import Asked, read_published
from gxgen.published.readings import Figures, ReadReport


def read_file(data: bytes, file: str, asked: Asked = Asked()) -> ReadReport:  # noqa: B008 - frozen
    """Read whatever may hold a report and needs no other program; a web archive is opened first."""
    try:
        return read_published(unwrapped(data, file), file, asked)
    except RefusedError as refused:
        return ReadReport(file, None, findings=(refused.finding,))


def formed(read: ReadReport) -> tuple[Report | None, list[Finding]]:
    """The report with what was found, all of it, or None with what keeps it from being read.

    A figure that was refused has no value and is unreadable, which is not blank and never 0.
    """
    form = None if read.report is None else edition_for_year(read.report.year)
    if read.report is None or form is None:  # the reader refuses years that have no form
        return None, [*read.findings]
    report, left = carried_into(form, _with_refused(read.report, read.figures))
    return report, [*read.findings, *left]


def _with_refused(report: Report, figures: Figures | None) -> Report:
    refused = {
        key: Entry(None, one.said, one.place, EntryState.UNREADABLE)
        for one in (figures.refusals if figures else ())
        for key in one.keys
    }
    return replace(report, entries={**report.entries, **refused})
