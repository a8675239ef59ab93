"""A published report with all that is to be said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gxgen.audit.against import Against, against
from gxgen.audit.headings import has_headings_below
from gxgen.audit.official import official_findings
from gxgen.checks import registry
from gxgen.checks.runner import CRASHED, rule_findings
from gxgen.diagnostics import Diagnostic, Finding, Severity, Side, has_errors, worst_first
from gxgen.model.report import Report
from gxgen.published.readings import Certainty, Figures, ReadReport

_SAID_BY_RULES = frozenset({"GX815", "GX047"})
"""Of the reader's findings those that rules or the form's checks tell more exactly."""
_MERGED = "GX824"
_MISSING = frozenset({"GX040"})
"""Rules about what was not found: a heading may be there in words that nobody knows."""
_HINTS = {
    Side.REPORT: "核对以后改正原稿，按规定重新公布。",
    Side.DAMAGE: "对照报告的原稿；原稿没有问题的，重新上传或另存一份完整的文件。",
    Side.READING: "对照文件看一遍；这不是报告的错，是没有把握读准。",
}
ALTERED = frozenset({"GX820", "GX821", "GX822", "GX823", "GX824", "GX825", "GX829"})
"""What no file of ours has when it is built."""
_OWN_HINTS = range(820, 840)


@dataclass(frozen=True)
class Audit:
    """A file as it was read, its findings (worst first), and what a workbook says otherwise."""

    read: ReadReport
    found: tuple[Diagnostic, ...]
    against: Against | None = None

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.read.file

    @property
    def by_side(self) -> dict[Side, list[Diagnostic]]:
        """The author's, then the site's damage, then our reading; each worst first."""
        sides = {side: [one for one in self.found if one.side is side] for side in Side}
        return {side: found for side, found in sides.items() if found}

    @property
    def faulty(self) -> bool:
        """Whether there is an error, or anything is otherwise than in the workbook."""
        return has_errors(self.found) or (self.against is not None and not self.against.equal)


def audited(
    read: ReadReport, built_from: Report | None = None, *, converted: bool = False
) -> Audit:
    """Judge a published report; ``built_from``: what it should say to the letter; ``converted``:
    another program has made what was read, and may have merged the tables' cells otherwise."""
    if read.report is None or read.figures is None:
        return Audit(read, _diagnosed(map(_owned, read.findings), read))
    form = [one for one in official_findings(read) if not (converted and one.code == _MERGED)]
    rules = (one for one in rule_findings(read.report) if not _is_about_depth(one, read))
    own = (_owned(one) for one in read.findings if one.code not in _SAID_BY_RULES)
    findings = [*dict.fromkeys([*own, *form, *(_sided(one, read.figures) for one in rules)])]
    if built_from is None:
        return Audit(read, _diagnosed(findings, read))
    altered = sum(one.code in ALTERED for one in form)
    compared = replace(against(built_from, read), form=altered)
    return Audit(read, _diagnosed([*findings, *compared.findings], read), compared)


def _diagnosed(findings: Iterable[Finding], read: ReadReport) -> tuple[Diagnostic, ...]:
    agency = read.report.agency.name if read.report else None
    year = read.report.year if read.report else None
    found = (
        _advised(registry.diagnose(one, agency=agency, year=year, file=read.file))
        for one in findings
    )
    return tuple(worst_first(found))


def _advised(one: Diagnostic) -> Diagnostic:
    """With advice for somebody who has the published file and no form."""
    if one.side is None or int(one.code[2:]) in _OWN_HINTS:
        return one
    return replace(one, hint=_HINTS[one.side])


def _owned(finding: Finding) -> Finding:
    """A reader's finding with its side: what it says of the order of lines is the author's."""
    if finding.side is not None:
        return finding
    own = finding.code.startswith("GX0")
    return replace(finding, side=Side.REPORT if own else Side.READING)


def _is_about_depth(finding: Finding, read: ReadReport) -> bool:
    """Whether a heading only seems empty: what stands below it bears a number of its own level."""
    if finding.code != "GX042" or read.layout is None or read.report is None:
        return False
    return has_headings_below(read.layout, read.report.narrative, finding.place)


def _sided(finding: Finding, figures: Figures) -> Finding:
    """A rule's finding: the author's, and certain only where every figure behind it is."""
    if finding.code == CRASHED:
        return replace(finding, side=Side.READING)
    finding = replace(finding, side=Side.REPORT)
    doubtful = [one for one in _figures_of(finding, figures) if one is not Certainty.EXACT]
    if doubtful and _weight(finding) is Severity.ERROR:
        message = (
            f"{finding.message.rstrip('。')}；其中有的数不是按原位逐格读出的，请先对照文件核对。"
        )
        return replace(finding, message=message, severity=Severity.WARNING)
    if finding.code in _MISSING:
        return replace(finding, severity=Severity.WARNING, side=Side.DAMAGE)
    return finding


def _weight(finding: Finding) -> Severity:
    return finding.severity or registry.rule(finding.code).severity


def _figures_of(finding: Finding, figures: Figures) -> Iterator[Certainty]:
    for key in (finding.key, *(one.key for one in finding.related)):
        if key is not None and key in figures.readings:
            yield figures.readings[key].certainty
