"""What a county's agencies count beside the tables, and what it comes to where nobody is silent.

A row is voluntary: who leaves it blank says nothing, so a sum of those who do not is no figure of
the county. Only what every agency states, in one unit, is added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gxgen.diagnostics import Finding
from gxgen.model.indicators import PREFIX, STANDARD, Indicator, Indicators, in_order, letters
from gxgen.model.report import Report

Count = tuple[str, str, int | None, int | None]
"""An indicator's name and unit, this year's count and last year's."""
Counts = tuple[Count, ...]
_LISTED = 8
_Kind = tuple[str, str]
"""The letters of a name, and its unit: counts of one kind can be added."""


def counts_of(report: Report) -> Counts:
    """The indicators of a report that count anything."""
    return tuple(
        (one.name, one.unit, one.value, one.last)
        for one in report.indicators.values()
        if one.value is not None or one.last is not None
    )


def kinds(units: Iterable[Counts]) -> dict[_Kind, str]:
    """The name of each kind that somebody counts this year, the standard ones first."""
    found: dict[_Kind, str] = {}
    for counts in units:
        for name, unit, now, _ in counts:
            if now is not None:
                found.setdefault((letters(name), unit), name)
    standard = {(name, row.unit) for name, row in STANDARD.items()}
    order = [kind for kind in ((n, r.unit) for n, r in STANDARD.items()) if kind in found]
    return {kind: found[kind] for kind in (*order, *sorted(found.keys() - standard))}


def by_kind(counts: Counts) -> dict[_Kind, int]:
    """This year's counts of one agency."""
    return {(letters(name), unit): now for name, unit, now, _ in counts if now is not None}


def summed(own: Indicators, units: Sequence[Counts]) -> Indicators:
    """The county's indicators: what its government states itself, else the sum of its agencies'
    where each of them states it."""
    rows = [{(letters(name), unit): both for name, unit, *both in counts} for counts in units]
    known = {(letters(one.name), one.unit): one for one in own.values()}
    taken = {name for name, _ in known}
    for kind, name in kinds(units).items():
        if kind[0] not in taken:
            taken.add(kind[0])
            known[kind] = Indicator(name, kind[1])
    return in_order(_filled(one, [row.get(kind) for row in rows]) for kind, one in known.items())


def who_is_silent(
    finding: Finding, counted: Indicators, units: Sequence[tuple[str, Counts]]
) -> Finding:
    """A finding on a sentence, with the agencies that keep its indicator from being added up."""
    for related in finding.related:
        key = related.key or ""
        one = counted.get(key.removeprefix(PREFIX)) if key.startswith(PREFIX) else None
        if one is None or one.value is not None:
            continue
        kind = letters(one.name), one.unit
        silent = [agency for agency, counts in units if kind not in by_kind(counts)]
        more = f"等{len(silent)}个" if len(silent) > _LISTED else ""
        hint = (
            f"没有填“{one.name}”的单位：{'、'.join(silent[:_LISTED])}{more}；"
            "各单位都填了才相加，也可以直接填在本级填报表的“指标”表里。"
        )
        return replace(finding, hint=hint)
    return finding


def _filled(one: Indicator, rows: Sequence[Sequence[int | None] | None]) -> Indicator:
    """The indicator with the sums where it says nothing itself; no cell of its own holds them."""
    now, last = (_sum(None if row is None else row[at] for row in rows) for at in (0, 1))
    if one.value is None and now is not None:
        one = replace(one, value=now, place=None)
    if one.last is None and last is not None:
        one = replace(one, last=last, last_place=None)
    return one


def _sum(counts: Iterable[int | None]) -> int | None:
    """What all of them come to; None where one is not stated, or nobody is there."""
    found = list(counts)
    stated = [count for count in found if count is not None]
    return sum(stated) if stated and len(stated) == len(found) else None
