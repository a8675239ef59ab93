"""All codes, by walking the package: a new rule is one new module."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import gxgen.checks as package
from gxgen.checks.rule import Rule
from gxgen.diagnostics import Diagnostic, Finding


@cache
def modules() -> dict[str, str]:
    """Code → module name. A code's module is ``gxNxx/gxNNN_the_name``."""
    found = {}
    for group in pkgutil.iter_modules(package.__path__):
        if group.ispkg:
            home = f"{package.__name__}.{group.name}"
            spec = importlib.import_module(home)
            for module in pkgutil.iter_modules(spec.__path__):
                found[module.name[:5].upper()] = f"{home}.{module.name}"
    return dict(sorted(found.items()))


@cache
def rule(code: str) -> Rule:
    """The rule of a code.

    Raises:
        KeyError: no such code.
    """
    found: Rule = importlib.import_module(modules()[code]).RULE
    return found


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    return tuple(rule(code) for code in modules())


def page(code: str) -> str:
    """The rule's page for ``gxgen explain``: its module's docstring."""
    return (importlib.import_module(modules()[code]).__doc__ or "").strip()


def diagnose(
    finding: Finding, *, agency: str | None, year: int | None, file: str | None
) -> Diagnostic:
    """A finding with its code's name, severity and hint."""
    return rule(finding.code).diagnose(finding, agency=agency, year=year, file=file)
