"""The official form of a report's year, as far as a published file shows whether it was kept."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.audit.headings import heading_findings, numbering_findings
from gxgen.audit.tables import table_findings
from gxgen.diagnostics import Finding, Severity, Side
from gxgen.editions.declared import edition_for_year
from gxgen.model.numbering import fold
from gxgen.model.report import Report
from gxgen.places import FilePart
from gxgen.published.readings import Figures, Layout, ReadReport


def official_findings(read: ReadReport) -> Iterator[Finding]:
    """Headings, tables, edition and notice against what the form of the year has."""
    report, layout, figures = read.report, read.layout, read.figures
    if report is None or layout is None or figures is None:
        return
    yield from heading_findings(layout, report.edition, read.file)
    yield from numbering_findings(read.outline, layout, report.narrative)
    yield from table_findings(layout, figures)
    yield from _edition(report, layout, figures)
    yield from _notice(report)


def _edition(report: Report, layout: Layout, figures: Figures) -> Iterator[Finding]:
    """Tables of a form that is not that year's."""
    due = edition_for_year(report.year)
    if due is None or due.id == report.edition.id or not figures.readings:
        return
    place = next((one.place for one in figures.readings.values()), FilePart(report.file or ""))
    message = (
        f"报告是{report.year}年度的，表格却是{report.edition.id}版格式的；"
        f"这一年度应当用{due.id}版（{due.notice.number}）。"
    )
    severity = Severity.WARNING if report.edition.covers(report.year) else None
    yield Finding("GX827", message, place, severity=severity, side=Side.REPORT)


def _notice(report: Report) -> Iterator[Finding]:
    """A text that names the notice of no form."""
    number = report.edition.notice.number
    bare = fold(number)[-8:]
    if any(bare in fold(p.text) for one in report.narrative for p in one.paragraphs):
        return
    words = any("国办公开办" in p.text for one in report.narrative for p in one.paragraphs)
    if not words:  # another notice, or this one misquoted, is GX504's
        message = f"全文没有写明所依据的格式通知（{number}）。"
        yield Finding("GX828", message, FilePart(report.file or report.title), side=Side.REPORT)
