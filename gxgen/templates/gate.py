"""The gate that a style passes before anything is printed with it: ``build`` and ``preview`` ask
here what ``template check`` tells in full.

A template with errors prints nothing. The officer is told once, with the file and where to look;
what is only to be looked at again is told as it is.
"""

from __future__ import annotations

from gxgen.cache import recalled
from gxgen.checks.registry import rule
from gxgen.diagnostics import Finding, Severity
from gxgen.editions.declared import EDITIONS
from gxgen.places import FilePart
from gxgen.templates.styles import lacks

LACKING, HELD = "GX642", "GX643"
STOPS = frozenset({LACKING, HELD})
"""What a style must be free of to print with it."""
_CRASHED = "GX901"
_MOST_QUOTED = 3
"""So many errors of a template are quoted; the others are counted."""


def verdict(
    style: str, file: str, data: bytes | None, edition: str, unread: str | None = None
) -> list[Finding]:
    """What the officer is told of an edition's template; ``data`` is None where there is none, or
    it is ``unread`` for the reason given."""
    if unread is not None:
        message = f"样式“{style}”的{file}读不了，没有用它生成报告。{unread}"
        return [Finding(HELD, message, FilePart(file))]
    if data is None:
        return [lacking(style, edition)]
    found = judged(data, file, edition)
    wrong = [one for one in found if rule(one.code).severity is Severity.ERROR]
    return [_held(style, file, wrong)] if wrong else found


def judged(data: bytes, file: str, edition: str) -> list[Finding]:
    """What ``template check`` finds in a template, its places as text; kept from run to run."""
    known = recalled(
        "verdict", (data, file.encode(), edition.encode()), lambda: _judged(data, file, edition)
    )
    return [Finding(code, said, FilePart(place), quote=quote) for code, said, place, quote in known]


def lacking(style: str, edition: str) -> Finding:
    """That a style has no template for an edition."""
    return Finding(LACKING, lacks(style, edition), FilePart(style))


def _judged(data: bytes, file: str, edition: str) -> list[tuple[str, str, str, str | None]]:
    from gxgen.templates.lint.check import check_template

    try:
        found = check_template(data, file, EDITIONS[edition])
    except Exception as error:  # a stranger's file must not stop what has nothing to do with it
        what = f"检查模板{file}时程序自身出错（{type(error).__name__}），没有用它生成报告。"
        found = [Finding(_CRASHED, what, FilePart(file))]
    return [(one.code, one.message, str(one.place or file), one.quote) for one in found]


def _held(style: str, file: str, wrong: list[Finding]) -> Finding:
    quoted = "；".join(
        f"{_where(one, file)}{one.code} {one.message}".rstrip("。") for one in wrong[:_MOST_QUOTED]
    )
    rest = len(wrong) - _MOST_QUOTED
    more = f"；另有{rest}处" if rest > 0 else ""
    message = f"样式“{style}”的{file}有{len(wrong)}处错误，没有用它生成报告：{quoted}{more}。"
    hint = (
        f"请做模板的人改好（gxgen template check {style} 列出全部），再运行一次；"
        "各单位的填报表不用退，已照常核对、汇总。"
    )
    return Finding(HELD, message, wrong[0].place, hint=hint)


def _where(one: Finding, file: str) -> str:
    """The place without the file, which has been named."""
    place = str(one.place or "").removeprefix(file).strip()
    return f"{place} " if place else ""
