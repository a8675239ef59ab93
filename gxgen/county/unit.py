"""One agency, from bytes to bytes: read, check, render. No file, no clock, no other agency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gxgen.checks import runner
from gxgen.checks.registry import diagnose
from gxgen.county.source import Source
from gxgen.diagnostics import Diagnostic, Finding, has_errors, worst_first
from gxgen.form.read.workbook import read_workbook
from gxgen.formats.wanted import ONLY_DOCX, Wanted
from gxgen.model.report import Report

if TYPE_CHECKING:
    from gxgen.formats.docx.template import CompiledTemplate

OWN_FIGURES = frozenset(f"GX{number:03}" for number in (*range(12, 19), *range(20, 31), 86))
"""What a reader finds in the tables of a county government's own workbook (GX012–GX018 the tables'
shape, GX020–GX030 their figures, blank ones above all, GX086 hidden ones) is dropped: its figures
are not used."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read, and what is wrong with it. ``report`` is None when nothing was readable."""

    report: Report | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing blocks the report."""
        return self.report is not None and not has_errors(self.diagnostics)


@dataclass(frozen=True, slots=True)
class Built:
    """A checked report and its documents by format; no documents if something blocks it."""

    checked: Checked
    documents: Mapping[str, bytes] = field(default_factory=dict)
    fault: str | None = None
    """Why a document is wanting though nothing blocks it."""


def check_unit(source: Source) -> Checked:
    """Read one agency's form and judge it."""
    report, findings = read_unit(source)
    if report is None:
        return Checked(None, diagnosed(findings, None, source.name))
    return Checked(report, tuple(runner.run(report, findings)))


def read_unit(source: Source) -> tuple[Report | None, list[Finding]]:
    """What one agency handed in, with what its readers found; no rule has run yet."""
    reading = read_workbook(source.workbook, source.name)
    findings = list(about_words(reading.findings) if source.government else reading.findings)
    report = reading.report
    if report is None:
        return None, findings
    if source.year not in (None, report.year):
        findings.append(
            Finding(
                "GX701",
                f"填报表是{report.year}年度的，却放在{source.year}年度的文件夹里。",
            )
        )
    findings += _around(source)
    if source.neighbour is not None:
        report = _with_neighbour(report, source.neighbour, findings)
    if source.previous is not None:
        report = _with_previous(report, source.previous, findings)
    return report, findings


def about_words(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Of what the readers of a county government's workbook found, all that is not its figures."""
    return (finding for finding in findings if finding.code not in OWN_FIGURES)


def build_unit(
    source: Source,
    templates: Mapping[str, CompiledTemplate],
    *,
    draft: bool = False,
    wanted: Wanted = ONLY_DOCX,
) -> Built:
    """Check one agency and render it; ``templates`` holds a style's template by edition.

    With ``draft``, a report that something blocks is rendered all the same, marked as a draft.

    What was rendered is read back and compared before it is handed out.
    """
    checked = check_unit(source)
    report = checked.report
    if report is None or not (checked.passed or draft):
        return Built(checked)
    from gxgen.formats.writing import write

    written = write(report, templates[report.edition.id], wanted, draft=not checked.passed)
    if written.faults or written.remarks:
        found = diagnosed([*written.faults, *written.remarks], report, source.name)
        checked = Checked(report, tuple(worst_first((*checked.diagnostics, *found))))
    return Built(checked, {} if written.faults else written.files, written.trouble)


def _around(source: Source) -> Iterator[Finding]:
    """What is odd about the files around a workbook."""
    if source.other_texts and source.neighbour is not None:
        names = "、".join((source.neighbour[0], *source.other_texts))
        yield Finding("GX705", f"有几份同名的文字文件：{names}，不知以哪一份为准。")
    if source.last_year_unmatched:
        yield Finding("GX704", f"上年的文件夹里没有 {source.name}，没有核对上年结转。")


def _with_neighbour(
    report: Report, neighbour: tuple[str, bytes], findings: list[Finding]
) -> Report:
    from gxgen.prose.compare import compare
    from gxgen.prose.merge import merge
    from gxgen.prose.neighbour import read_neighbour

    name, data = neighbour
    reading = read_neighbour(data, name, report.edition)
    findings += reading.findings
    findings += compare(report, reading, name)
    narrative, merged = merge(report.edition, report.narrative, reading.narrative, name)
    findings += merged
    return replace(report, narrative=narrative)


def _with_previous(report: Report, previous: tuple[str, bytes], findings: list[Finding]) -> Report:
    name, data = previous
    last = read_workbook(data, name, words=False).report
    if last is None:
        findings.append(Finding("GX070", f"上年的填报表 {name} 读不出来，没有核对上年结转。"))
        return report
    if (last.agency.name, last.year) != (report.agency.name, report.year - 1):
        findings.append(
            Finding(
                "GX071",
                f"上年的填报表 {name} 是“{last.agency.name}”{last.year}年度的，"
                f"应是“{report.agency.name}”{report.year - 1}年度的，没有采用。",
            )
        )
        return report
    return replace(report, previous=last)


def diagnosed(findings: list[Finding], report: Report | None, file: str) -> tuple[Diagnostic, ...]:
    """Findings that no rule made, as people and programs see them."""
    agency = report.agency.name if report else None
    year = report.year if report else None
    return tuple(worst_first(diagnose(f, agency=agency, year=year, file=file) for f in findings))
