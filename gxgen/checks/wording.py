"""How messages name a figure and show the two sides of an identity."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gxgen.checks.locate import Broken, Fault
from gxgen.checks.suspects import Suspect
from gxgen.diagnostics import Finding, Related
from gxgen.editions.derive import IdentityKind
from gxgen.editions.schema import FieldKey
from gxgen.model.report import Report

MOST_TERMS = 6
"""A sum of more figures than this is told without its terms, a list without its members."""


def cell(report: Report, key: FieldKey) -> str:
    """Where a figure stands, as a clerk reads it: ``表三!D12``, or its labels without a place."""
    place = report.place(key)
    if place is not None:
        return str(place)
    field = report.edition.fields[key]
    line = label(report, key)
    return f"{report.edition.table(field.table).sheet}“{line}”"


def label(report: Report, key: FieldKey) -> str:
    """The labels of a figure: ``1.属于国家秘密·自然人``; with its line's where it has no row."""
    field = report.edition.fields[key]
    if field.row_label:
        return field.label
    line = next((i.line_label for i in report.edition.guards.get(key, ()) if i.along == "row"), "")
    own = field.column_label
    return own if not line or own.startswith(line) else f"{line}·{own}"


def named_cell(report: Report, key: FieldKey) -> str:
    """Cell and labels: ``表三!D12（1.属于国家秘密·自然人）``."""
    if report.place(key) is None:
        return cell(report, key)
    return f"{cell(report, key)}（{label(report, key)}）"


def figure(report: Report, key: FieldKey) -> str:
    """A figure as written, ``空`` for none."""
    value = report.values.get(key)
    return "空" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def related(report: Report, keys: Iterable[FieldKey]) -> tuple[Related, ...]:
    """Other cells of a finding."""
    return tuple(Related(key, report.place(key)) for key in dict.fromkeys(keys))


def at(
    report: Report,
    code: str,
    message: str,
    key: FieldKey,
    others: Iterable[FieldKey] = (),
    *,
    quote: str | None = None,
) -> Finding:
    """A finding at a figure's cell."""
    rest = related(report, (k for k in others if k != key))
    return Finding(code, message, report.place(key), key, rest, quote)


def fault_finding(report: Report, code: str, fault: Fault) -> Finding:
    """A fault told: the cell and what it should be where that is certain, and both sides."""
    sides = "；".join(_sides(report, item) for item in fault.broken)
    if fault.certain:
        suspect = fault.suspects[0]
        head = f"{named_cell(report, suspect.key)}填的是 {figure(report, suspect.key)}；"
        message = f"{head}{_advice(suspect, fault.others)}不平之处：{sides}。"
    else:
        message = f"{sides}。{_candidates(report, fault)}"
    return at(report, code, message, fault.key, _others(fault))


def _advice(suspect: Suspect, others: int) -> str:
    given = f"另外 {others} 处也有误；若改正它们、" if others else "若"
    return f"{given}其余数字无误，此格应为 {suspect.should_be}。"


def _sides(report: Report, item: Broken) -> str:
    identity = item.identity
    line = _line(report, item)
    if identity.kind is IdentityKind.TOTAL:
        terms = _terms(report, identity.right)
        total = f"总计（{cell(report, identity.left[0])}）为 {item.left}"
        return f"{line}{total}，各项之和为 {item.right}{terms}"
    left, right = (_sum(report, side) for side in (identity.left, identity.right))
    return f"{line}{left}＝{item.left}，{right}＝{item.right}，两边应当相等"


def _line(report: Report, item: Broken) -> str:
    identity = item.identity
    if identity.along == "column":
        return f"“{identity.line_label}”列"
    row = report.edition.fields[identity.left[0]].row_label
    return f"“{identity.line_label}”{'行' if row else '的'}"


def _terms(report: Report, keys: tuple[FieldKey, ...]) -> str:
    if len(keys) > MOST_TERMS:
        return ""
    return f"（{'＋'.join(figure(report, key) for key in keys)}）"


def _sum(report: Report, keys: tuple[FieldKey, ...]) -> str:
    rows = report.edition.fields
    return "＋".join(
        f"“{rows[key].row_label}”{figure(report, key)}（{cell(report, key)}）" for key in keys
    )


def _candidates(report: Report, fault: Fault) -> str:
    tail = "".join(f"“{b.identity.line_label}”列的不平由此而来。" for b in fault.consequences)
    if fault.suspects and len(fault.suspects) <= MOST_TERMS:
        cells = "，或 ".join(_candidate(report, suspect) for suspect in fault.suspects)
        return f"若只有一格有误，可能是 {cells}。{tail}"
    return f"有误的是{_where(report, fault)}的某个数，无法断定是哪一格。{tail}"


def _candidate(report: Report, suspect: Suspect) -> str:
    name = named_cell(report, suspect.key)
    return name if suspect.should_be is None else f"{name}应为 {suspect.should_be}"


def _where(report: Report, fault: Fault) -> str:
    columns = {report.edition.fields[key].column_label for key in fault.cells}
    return f"“{columns.pop()}”列" if len(columns) == 1 else "这一行"


def _others(fault: Fault) -> tuple[FieldKey, ...]:
    if not fault.certain:
        if len(fault.cells) <= MOST_TERMS:
            return fault.cells
        few = fault.suspects if len(fault.suspects) <= MOST_TERMS else ()
        return (*(suspect.key for suspect in few), *fault.broken[0].identity.keys)
    totals = (b.identity for b in fault.broken)
    return tuple(
        key for i in totals for key in (i.left if i.kind is IdentityKind.TOTAL else i.keys)
    )
