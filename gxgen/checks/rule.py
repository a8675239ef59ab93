"""What a code is: its name, its weight, its advice and, for most, the check behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gxgen.diagnostics import Diagnostic, Finding, Severity
from gxgen.model.report import Report

Check = Callable[[Report], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One code. A module of ``gxgen.checks`` binds it to ``RULE``; its docstring is its page.

    ``name`` says the defect (``total-mismatch``); ``hint`` says what to do; ``since`` is the
    version that brought it. Codes without ``check`` are found by a reader or writer, which
    yields the :class:`Finding` itself.
    """

    code: str
    name: str
    severity: Severity
    since: str
    hint: str
    check: Check | None = None

    def diagnose(
        self, finding: Finding, *, agency: str | None, year: int | None, file: str | None
    ) -> Diagnostic:
        """The finding as people and programs see it."""
        return Diagnostic(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=finding.message,
            hint=finding.hint or self.hint,
            agency=agency,
            year=year,
            file=file,
            place=finding.place,
            key=finding.key,
            related=finding.related,
            cells=finding.cells,
            quote=finding.quote,
        )
