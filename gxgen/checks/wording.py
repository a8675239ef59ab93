"""How messages name a figure and show the two sides of an identity."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gxgen.checks.locate import Broken, Fault
from gxgen.diagnostics import Finding, Related
from gxgen.editions.derive import Identity, IdentityKind
from gxgen.editions.schema import FieldKey
from gxgen.model.report import EntryState, Report
from gxgen.places import FilePart

MOST_TERMS = 6
"""A sum of more figures than this is told without its terms, a list without its members."""


def cell(report: Report, key: FieldKey) -> str:
    """Where a figure stands, as a clerk reads it: ``表三!D12``, or its labels without a place."""
    place = report.place(key)
    if place is not None:
        return str(place)
    sheet = report.edition.table(report.edition.fields[key].table).sheet
    return f"{sheet}“{label(report, key)}”"


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
    where = cell(report, key)
    return where if report.place(key) is None else f"{where}（{label(report, key)}）"


def figure(report: Report, key: FieldKey) -> str:
    """A figure or an indicator as written, ``空`` for none."""
    value = report.known(key)
    return "空" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def last_years(last: Report, key: FieldKey) -> Related:
    """A figure of last year's form, as a cell that has a part in a finding of this year's."""
    return Related(key, FilePart(f"{last.year}年填报表", cell(last, key)))


def finding_at(
    report: Report,
    code: str,
    message: str,
    key: FieldKey,
    others: Iterable[FieldKey] = (),
    *,
    quote: str | None = None,
) -> Finding:
    """A finding at a figure's cell, with the other cells that have a part in it."""
    related = tuple(Related(k, report.place(k)) for k in dict.fromkeys(others) if k != key)
    return Finding(code, message, report.place(key), key, related, quote)


def fault_finding(report: Report, code: str, fault: Fault) -> Finding:
    """A fault told: the cell and what it should be where that is certain, and both sides."""
    sides = "；".join(_sides(report, item) for item in fault.broken)
    if fault.certain:
        given = f"另外 {fault.others} 处也有误；若改正它们、" if fault.others else "若"
        message = (
            f"{named_cell(report, fault.key)}填的是 {figure(report, fault.key)}；"
            f"{given}其余数字无误，此格应为 {fault.suspects[fault.key]}。不平之处：{sides}。"
        )
    else:
        message = f"{sides}。{_candidates(report, fault)}"
    return finding_at(report, code, message, fault.key, _others(fault))


def _sides(report: Report, item: Broken) -> str:
    identity = item.identity
    line = _line(report, identity)
    if identity.kind is IdentityKind.TOTAL:
        terms = "＋".join(figure(report, key) for key in identity.right)
        total = f"总计（{_seen(report, identity.left[0])}）为 {item.left}"
        few = len(identity.right) <= MOST_TERMS
        return f"{line}{total}，各项之和为 {item.right}{f'（{terms}）' if few else ''}"
    left, right = (_sum(report, side) for side in (identity.left, identity.right))
    return f"{line}{left}＝{item.left}，{right}＝{item.right}，两边应当相等"


def _line(report: Report, identity: Identity) -> str:
    if identity.along == "column":
        return f"“{identity.line_label}”列"
    row = report.edition.fields[identity.left[0]].row_label
    return f"“{identity.line_label}”{'行' if row else '的'}"


def _sum(report: Report, keys: tuple[FieldKey, ...]) -> str:
    fields = report.edition.fields
    return "＋".join(
        f"“{fields[key].row_label}”{figure(report, key)}（{_seen(report, key)}）" for key in keys
    )


def _seen(report: Report, key: FieldKey) -> str:
    """Where a figure stands, and what its cell shows where that is another number: a formula that
    was not calculated since its parts were changed."""
    entry = report.entries[key]
    shown = entry.raw if entry.state is EntryState.COMPUTED else None
    where = cell(report, key)
    return where if shown in (None, figure(report, key)) else f"{where}，格里显示的是{shown}"


def _candidates(report: Report, fault: Fault) -> str:
    tail = "".join(f"“{b.identity.line_label}”列的不平由此而来。" for b in fault.consequences)
    if 0 < len(fault.suspects) <= MOST_TERMS:
        cells = "，或 ".join(
            named_cell(report, key) + ("" if number is None else f"应为 {number}")
            for key, number in fault.suspects.items()
        )
        return f"若只有一格有误，可能是 {cells}。{tail}"
    columns = {report.edition.fields[key].column_label for key in fault.cells}
    where = f"“{columns.pop()}”列" if len(columns) == 1 else "这一行"
    return f"有误的是{where}的某个数，无法断定是哪一格。{tail}"


def _others(fault: Fault) -> tuple[FieldKey, ...]:
    """The cells to show beside the one that a fault is told at."""
    identities = [item.identity for item in fault.broken]
    if fault.certain:
        totals = (i.left if i.kind is IdentityKind.TOTAL else i.keys for i in identities)
        return tuple(key for keys in totals for key in keys)
    if len(fault.cells) <= MOST_TERMS:
        return fault.cells
    few = fault.suspects if len(fault.suspects) <= MOST_TERMS else ()
    return (*few, *identities[0].keys)
