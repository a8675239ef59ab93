"""The page of a code, as the terminal shows it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from gxgen.checks import registry
from gxgen.checks.rule import Rule
from gxgen.diagnostics import FORMAT
from gxgen.errors import UsageError


def explain_text(code: str) -> str:
    """Code, name, severity, the rule's page (what, why, an example, how to mend, basis), who acts.

    ``all`` lists every code.

    Raises:
        UsageError: no such code; the message offers the nearest ones.
    """
    if _is_all(code):
        return _all()
    rule = _rule(code)
    title, _, body = registry.page(rule.code).partition("\n")
    head = f"{rule.code} {rule.name}（{rule.severity.label}）{title}"
    foot = f"提示：{rule.hint}\n由{rule.addressee.label}处理。自 {rule.since} 版起。"
    return f"{head}\n{body.rstrip()}\n\n{foot}\n"


def explain_record(code: str) -> dict[str, Any]:
    """The same for programs: a code's rule and page, or with ``all`` every one.

    Raises:
        UsageError: no such code; the message offers the nearest ones.
    """
    rules = registry.rules() if _is_all(code) else [_rule(code)]
    return {"format": FORMAT, "rules": [_record(rule) for rule in rules]}


def _record(rule: Rule) -> dict[str, str]:
    title, _, page = registry.page(rule.code).partition("\n")
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "addressee": rule.addressee.value,
        "since": rule.since,
        "title": title,
        "hint": rule.hint,
        "page": page.strip(),
    }


def _is_all(code: str) -> bool:
    return code.strip().upper() == "ALL"


def _rule(code: str) -> Rule:
    """The rule of a code, with or without its letters, or of a name."""
    wanted = code.strip().upper()
    wanted = f"GX{wanted}" if wanted.isdigit() else wanted
    return registry.rule(wanted) if wanted in registry.homes() else _named(code.strip(), wanted)


def _all() -> str:
    """Every code with its weight and the title of its page."""
    rows = ((rule, registry.page(rule.code).partition("\n")[0]) for rule in registry.rules())
    return "\n".join(f"{rule.code}  {rule.severity.label}  {title}" for rule, title in rows)


def _named(name: str, code: str) -> Rule:
    """The rule of this name; where there is none, codes near to ``code`` are offered."""
    for rule in registry.rules():
        if rule.name == name.lower():
            return rule
    codes = list(registry.homes())
    near = get_close_matches(code, codes, n=3) or codes[:3]
    raise UsageError(f"没有编号“{name}”。编号形如 GX101；相近的有 {'、'.join(near)}。")
