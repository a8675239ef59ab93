"""A report in the form of its year, whatever form it was printed in.

What both forms have is carried over. A figure that the other form has for a whole block belongs to
none of the block's rows: they stay blank, and the form asks for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gxgen.diagnostics import Finding, Side
from gxgen.editions.bridge import counterparts
from gxgen.editions.schema import Edition, FieldKey
from gxgen.model.report import Entry, EntryState, Report
from gxgen.places import FilePart

_BLANK = Entry(None, None, None, EntryState.BLANK)


def carried_into(form: Edition, report: Report) -> tuple[Report, list[Finding]]:
    """The report in another form, and what of it found no place there."""
    if report.edition.id == form.id:
        return report, []
    same = {key for key in form.fields if _means_the_same(key, report.edition, form)}
    entries = {key: report.entries[key] if key in same else _BLANK for key in form.fields}
    return replace(report, edition=form, entries=entries), [*_left(report, form, same)]


def _means_the_same(key: FieldKey, here: Edition, there: Edition) -> bool:
    """Whether a key means in one form what it means in the other."""
    if key not in here.fields:
        return False
    table = here.fields[key].table
    return here.table(table) == there.table(table) or counterparts(key, there, here) == (key,)


def _left(report: Report, form: Edition, same: set[FieldKey]) -> Iterator[Finding]:
    """The figures that were not carried over, a row at a time, and the cells that stay blank."""
    rows: dict[tuple[str, str], list[FieldKey]] = {}
    for key in report.values:
        if key not in same:
            field = report.edition.fields[key]
            rows.setdefault((field.table, field.row), []).append(key)
    for (table, _), keys in rows.items():
        numbers = "、".join(str(report.values[key]) for key in keys)
        label = report.edition.fields[keys[0]].row_label
        section = report.edition.section(report.edition.table(table).section).title
        parts = {k for key in keys for k in counterparts(key, report.edition, form) or ()}
        asked = f"；{form.id}版的 {len(parts)} 格留空" if parts else ""
        message = (
            f"“{section}”的“{label}”（{numbers}）是原报告那一版格式的，"
            f"{report.year}年度的填报表里没有这样的一行，没有填入{asked}。"
        )
        place = report.place(keys[0]) or FilePart(report.file or report.title)
        yield Finding("GX817", message, place, keys[0], side=Side.REPORT)
