"""All codes, by walking the package: a new rule is one module, any other new code one page."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

from gxgen.checks.page import read_page
from gxgen.checks.rule import Rule
from gxgen.diagnostics import Diagnostic, Finding
from gxgen.letters import shown

_HERE = Path(__file__).parent


@cache
def homes() -> dict[str, Path]:
    """Code → its file: ``rules/gxNNN_the_name.py`` or ``codes/GXNNN.md``."""
    found = {path.stem[:5].upper(): path for path in _HERE.glob("rules/gx*.py")}
    found |= {path.stem: path for path in _HERE.glob("codes/*.md")}
    return dict(sorted(found.items()))


def rule(code: str) -> Rule:
    """What a code is; only its own file is read.

    Raises:
        KeyError: no such code.
    """
    return _read(code)[0]


def page(code: str) -> str:
    """The text for ``gxgen explain``: of the page, or the docstring of the rule's module."""
    return _read(code)[1]


@cache
def rules() -> tuple[Rule, ...]:
    """Every code, in order."""
    return tuple(map(rule, homes()))


@cache
def checks() -> tuple[Rule, ...]:
    """The codes with a check of their own, in order."""
    return tuple(rule(code) for code, home in homes().items() if home.suffix == ".py")


def diagnose(
    finding: Finding, *, agency: str | None, year: int | None, file: str | None
) -> Diagnostic:
    """A finding with its code's name, severity, advice and addressee, as people and programs see
    it, whatever it quotes."""
    known = rule(finding.code)
    return Diagnostic(
        code=known.code,
        name=known.name,
        severity=finding.severity or known.severity,
        message=shown(finding.message, lines=True),
        hint=finding.hint or known.hint,
        agency=agency,
        year=year,
        file=file,
        place=finding.place,
        key=finding.key,
        related=finding.related,
        cells=finding.cells,
        quote=finding.quote,
        addressee=known.addressee,
        words=finding.words,
        others=finding.others,
        side=finding.side,
    )


@cache
def _read(code: str) -> tuple[Rule, str]:
    home = homes()[code]
    if home.suffix == ".md":
        return read_page(home)
    module = importlib.import_module(f"gxgen.checks.rules.{home.stem}")
    return module.RULE, (module.__doc__ or "").strip()
