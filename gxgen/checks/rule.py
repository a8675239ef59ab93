"""What a code is: its name, its weight, who can mend what it finds, advice, perhaps a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gxgen.diagnostics import Addressee, Finding, Severity
from gxgen.model.report import Report

Check = Callable[[Report], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One code.

    One with a ``check`` is a module of :mod:`gxgen.checks.rules`, which binds it to ``RULE``. One
    without is found by a reader or writer, which yields the :class:`Finding` itself; it is a page
    in ``codes/``. ``name`` says the defect (``total-mismatch``), ``hint`` what to do; ``since`` is
    the version that brought it.
    """

    code: str
    name: str
    severity: Severity
    addressee: Addressee
    since: str
    hint: str
    check: Check | None = None
