"""All rules over one report: findings of its reader and of every check, worst first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from gxgen.checks import registry
from gxgen.checks.answers import settle
from gxgen.checks.rule import Rule
from gxgen.checks.unasked import without_lawful
from gxgen.diagnostics import Diagnostic, Finding, worst_first
from gxgen.model.report import Report

CRASHED = "GX901"


def run(
    report: Report, findings: Iterable[Finding] = (), *, strict: bool = False
) -> list[Diagnostic]:
    """Check a report; ``findings`` are its reader's.

    A rule that crashes becomes a finding of its own and the others still run, unless
    ``strict``, which lets it raise.
    """
    diagnose = partial(
        registry.diagnose, agency=report.agency.name, year=report.year, file=report.file
    )
    found = [*findings, *rule_findings(report, strict=strict)]
    settled, idle = settle(report, without_lawful(report, map(diagnose, found)))
    return worst_first(dict.fromkeys([*settled, *map(diagnose, idle)]))


def rule_findings(report: Report, *, strict: bool = False) -> Iterator[Finding]:
    """What every rule finds in a report; no answer settles any of it."""
    for rule in registry.checks():
        yield from _apply(rule, report, strict=strict)


def _apply(rule: Rule, report: Report, *, strict: bool) -> list[Finding]:
    try:
        return [*rule.check(report)] if rule.check else []
    except Exception as error:
        if strict:
            raise
        what = f"{type(error).__name__}：{error}"
        return [Finding(CRASHED, f"检查规则 {rule.code}（{rule.name}）自身出错，没有查完：{what}")]
