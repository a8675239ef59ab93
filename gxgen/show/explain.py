"""The page of a code, as the terminal shows it."""

from __future__ import annotations

from difflib import get_close_matches

from gxgen.checks import registry
from gxgen.errors import UsageError


def explain_text(code: str) -> str:
    """Code, name, severity, and the rule's page: what, why, an example, how to mend, basis.

    ``all`` lists every code.

    Raises:
        UsageError: no such code; the message offers the nearest ones.
    """
    wanted = code.strip().upper()
    if wanted == "ALL":
        return _all()
    named = {rule.name: rule.code for rule in registry.rules()}
    wanted = named.get(code.strip().lower(), f"GX{wanted}" if wanted.isdigit() else wanted)
    if wanted not in registry.modules():
        raise UsageError(_unknown(code.strip(), wanted))
    rule = registry.rule(wanted)
    title, _, body = registry.page(wanted).partition("\n")
    head = f"{rule.code} {rule.name}（{rule.severity.label}）{title}"
    return f"{head}\n{body.rstrip()}\n\n提示：{rule.hint}\n自 {rule.since} 版起。\n"


def _all() -> str:
    """Every code with its weight and the title of its page."""
    rows = ((rule, registry.page(rule.code).partition("\n")[0]) for rule in registry.rules())
    return "\n".join(f"{rule.code}  {rule.severity.label}  {title}" for rule, title in rows)


def _unknown(code: str, wanted: str) -> str:
    codes = list(registry.modules())
    near = get_close_matches(wanted, codes, n=3) or codes[:3]
    return f"没有编号“{code}”。编号形如 GX101；相近的有 {'、'.join(near)}。"
