"""Against last year's report, within an edition and across two: GX301 carry-over, GX302 jumps."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gxgen.checks.rules.gx302_yearly_jump import check as check_jumps
from gxgen.checks.runner import run
from gxgen.diagnostics import from_json
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition, Kind
from gxgen.model.indicators import Indicator
from gxgen.model.report import Entry, Report, Value
from gxgen.places import SheetCell
from tests.factory import make_report


def _last_year(edition: Edition, report: Report, changed: dict[str, int]) -> Report:
    last = make_report(edition, year=report.year - 1)
    entries = {
        k.replace("carried_in", "carried_out"): e
        for k, e in report.entries.items()
        if k.startswith("requests.carried_in.")
    }
    entries |= {k: Entry(v, str(v)) for k, v in _in_force(report).items()}
    entries |= {k: Entry(v, str(v)) for k, v in changed.items()}
    return replace(last, entries={**last.entries, **entries})


def _in_force(report: Report) -> dict[str, Value]:
    """Last year's documents in force, as this year's figures have it."""
    keys = [key for key in report.values if key.endswith(".in_force")]
    return {
        key: report.values[key]
        - report.values[key.replace("in_force", "issued")]
        + report.values[key.replace("in_force", "repealed")]
        for key in keys
    }


@pytest.mark.parametrize("before", sorted(EDITIONS))
@pytest.mark.parametrize("now", sorted(EDITIONS))
def test_only_the_column_that_differs_is_told(now: str, before: str) -> None:
    report = make_report(EDITIONS[now])
    clean = replace(report, previous=_last_year(EDITIONS[before], report, {}))
    assert run(clean, strict=True) == []
    differs = _last_year(EDITIONS[before], report, {"requests.carried_out.charity": 9})
    found = run(replace(report, previous=differs), strict=True)
    assert [(d.code, d.key) for d in found] == [("GX301", "requests.carried_in.charity")]
    assert "9" in found[0].message


def test_a_blank_of_last_year_says_nothing() -> None:
    edition = EDITIONS["2021"]
    report = make_report(edition)
    last = _last_year(edition, report, {})
    blank = {**last.entries, "requests.carried_out.charity": Entry(None, None)}
    report = replace(report, previous=replace(last, entries=blank))
    assert run(report, strict=True) == []


def _unguarded(edition: Edition) -> dict[str, Kind]:
    return {
        key: field.kind
        for key, field in edition.fields.items()
        if key not in edition.guards and field.kind is not Kind.SIGNED
    }


def _two_years(key: str, edition: Edition, then: Value, now: Value, before: Edition) -> Report:
    """Two years that differ in one cell, as far as both editions have it."""

    def put(report: Report, value: Value) -> Report:
        entry = replace(report.entries[key], value=value, raw=str(value))
        return replace(report, entries={**report.entries, key: entry})

    report = make_report(edition)
    last = _last_year(before, report, {})
    blank = {k: Entry(None, None) for k in last.entries if k.startswith("disclosure.")}
    last = replace(last, entries={**last.entries, **blank})
    if key in before.fields:
        last = put(last, then)
    return replace(put(report, now), previous=last)


@pytest.mark.parametrize("before", EDITIONS.values(), ids=EDITIONS)
@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_each_cell_outside_all_identities_is_asked_about_once(
    edition: Edition, before: Edition
) -> None:
    for key, kind in _unguarded(edition).items():
        small, large = (Decimal("1.99"), Decimal(10)) if kind is Kind.MONEY else (19, 100)
        asked = edition is before and not key.startswith("disclosure.procurement.")
        for then, now in ((small, large), (large, small), (0, large), (large, 0)):
            report = _two_years(key, edition, then, now, before)
            assert [f.key for f in check_jumps(report)] == [key] * asked, key
        for then, now in ((small, large - 1), (large, large * 5), (large * 5, large), (0, 0)):
            assert not [*check_jumps(_two_years(key, edition, then, now, before))], key


def test_a_jump_names_both_figures_and_where_last_year_s_stands() -> None:
    edition = EDITIONS["2021"]
    key = "disclosure.licensing.decisions"
    found = run(_two_years(key, edition, 550, 9487, edition), strict=True)
    [jump] = [d for d in found if d.code == "GX302"]
    last = make_report(edition).year - 1
    assert f"9487，上年（{last}年填报表 " in jump.message
    assert "）是 550，超过上年的 5 倍。" in jump.message
    [related] = jump.as_json()["related"]
    assert related["key"] == key
    assert related["cell"] is None
    assert related["place"].startswith(f"{last}年填报表 的 表二")
    assert from_json(jump.as_json()).as_json() == jump.as_json()


def test_an_indicator_stated_anew_points_at_the_cell_of_last_year() -> None:
    edition, name = EDITIONS["2021"], "培训场次"
    then = Indicator(name, "场", 10, place=SheetCell("指标", 13, 2))
    report = make_report(edition, year=2024, indicators={name: Indicator(name, "场", 12, 8)})
    last = replace(report, year=2023, indicators={name: then})
    (found,) = [f for f in run(replace(report, previous=last)) if f.code == "GX309"]
    assert [str(one.place) for one in found.related] == ["2023年填报表 的 指标!C14"]
