"""Every sum of the form guards its cells, and one wrong cell is named where that is certain.

The properties hold for each edition: figures that keep the identities raise nothing; any guarded
cell changed by any amount is found.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.checks.locate import broken_identities, faults
from gxgen.checks.runner import run
from gxgen.diagnostics import Diagnostic
from gxgen.editions.declared import EDITIONS
from gxgen.editions.derive import IdentityKind
from gxgen.editions.schema import Edition
from gxgen.model.report import Report
from tests.checks.check_support import baseline, report_of, with_totals
from tests.factory import make_report

GUARDED = {"2019": 176, "2021": 190}
"""Counted once in the notices; of a further edition the figures of its two tables are."""
EACH = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: e.id)


@cache
def _leaves(edition_id: str) -> tuple[str, ...]:
    edition = EDITIONS[edition_id]
    return tuple(key for key in edition.guards if key not in edition.totals)


def balanced(edition: Edition, figures: dict[str, int]) -> dict[str, object]:
    """All figures, what is carried over bent so that each column balances."""
    values = dict(figures)
    for identity in edition.identities:
        if identity.kind is IdentityKind.BALANCE and identity.left[0] not in edition.totals:
            received, carried_in = identity.left
            processed, carried_out = identity.right
            done = sum(values.get(part, 0) for part in edition.totals[processed].right)
            came = values.get(received, 0) + values.get(carried_in, 0)
            values[carried_out] = max(0, came - done)
            values[received] = values.get(received, 0) + max(0, done - came)
    return with_totals(edition, values)


def sums(edition: Edition) -> st.SearchStrategy[dict[str, object]]:
    """Figures of tables three and four that keep every identity."""
    counts = st.one_of(st.just(0), st.integers(0, 5), st.integers(0, 10**6))
    some = st.dictionaries(st.sampled_from(_leaves(edition.id)), counts, max_size=40)
    return some.map(lambda figures: balanced(edition, figures))


def identity_findings(report: Report) -> list[Diagnostic]:
    return [d for d in run(report, strict=True) if d.code in ("GX101", "GX102")]


CHANGES = st.integers(-(10**6), 10**6).filter(bool)


@EACH
@settings(max_examples=60)
@given(data=st.data(), live=st.booleans())
def test_sums_that_hold_raise_nothing(edition: Edition, data: st.DataObject, live: bool) -> None:
    values = data.draw(sums(edition))
    assert identity_findings(report_of(edition, values, live=live)) == []


@EACH
@settings(max_examples=200)
@given(data=st.data(), delta=CHANGES)
def test_any_guarded_cell_changed_is_found(
    edition: Edition, data: st.DataObject, delta: int
) -> None:
    values = data.draw(sums(edition))
    key = data.draw(st.sampled_from(tuple(edition.guards)))
    found = identity_findings(report_of(edition, values | {key: values[key] + delta}))
    check_names(edition, key, values[key], found)


@EACH
@pytest.mark.parametrize("delta", [1, -1])
def test_each_guarded_cell_changed_by_one(edition: Edition, delta: int) -> None:
    values = with_totals(edition, baseline(edition))
    fields = [f for f in edition.fields.values() if f.table in ("requests", "remedies")]
    assert len(edition.guards) == len(fields) == GUARDED.get(edition.id, len(fields))
    for key in edition.guards:
        found = identity_findings(report_of(edition, values | {key: values[key] + delta}))
        check_names(edition, key, values[key], found)


def check_names(edition: Edition, key: str, right: object, found: list[Diagnostic]) -> None:
    assert len(found) == 1
    only = found[0]
    place = str(report_of(edition, with_totals(edition, {})).place(key))
    assert f"{place}（" in only.message
    assert f"应为 {right}" in only.message
    if edition.fields[key].table == "requests":
        assert (only.key, str(only.place)) == (key, place)
        assert "若其余数字无误" in only.message
    else:
        cells = {only.key, *(r.key for r in only.related)}
        assert only.key in edition.totals
        assert cells == set(edition.guards[key][0].keys)


@EACH
@settings(max_examples=100)
@given(data=st.data(), delta=st.integers(1, 10**6))
def test_live_totals_leave_one_finding_that_names_the_column(
    edition: Edition, data: st.DataObject, delta: int
) -> None:
    values = data.draw(sums(edition))
    leaves = [k for k in _leaves(edition.id) if edition.fields[k].table == "requests"]
    key = data.draw(st.sampled_from(leaves))
    changed = with_totals(edition, values | {key: values[key] + delta})
    found = identity_findings(report_of(edition, changed, live=True))
    assert [d.code for d in found] == ["GX102"]
    column = edition.fields[key].column_label
    assert found[0].message.startswith(f"“{column}”列")
    assert edition.fields[found[0].key].column == edition.fields[key].column
    assert "“总计”列的不平由此而来" in found[0].message
    (fault,) = faults(report_of(edition, changed, live=True))
    assert key in fault.cells
    assert edition.totals.keys().isdisjoint(fault.cells)


@EACH
@settings(max_examples=150)
@given(data=st.data(), live=st.booleans())
def test_several_wrong_cells_leave_no_broken_identity_unsaid(
    edition: Edition, data: st.DataObject, live: bool
) -> None:
    values = data.draw(sums(edition))
    cells = _leaves(edition.id) if live else tuple(edition.guards)
    changes = data.draw(
        st.dictionaries(st.sampled_from(cells), st.integers(0, 50), min_size=1, max_size=8)
    )
    changed = values | changes
    if live:
        changed = with_totals(edition, changed)
    report = report_of(edition, changed, live=live)
    broken = {b.identity for b in broken_identities(report).values()}
    told = {b.identity for f in faults(report) for b in (*f.broken, *f.consequences)}
    assert told == broken
    for fault in faults(report):
        assert not (live and fault.suspects.keys() & edition.totals.keys())


@EACH
def test_named_cells_mend_the_report(edition: Edition) -> None:
    values = with_totals(edition, baseline(edition))
    wrong = {"requests.granted.individual": 90, "requests.carried_out.company": 7}
    found = faults(report_of(edition, values | wrong))
    assert all(f.certain for f in found)
    mended = {key: number for f in found for key, number in f.suspects.items()}
    assert mended == {key: values[key] for key in wrong}


@EACH
def test_absent_figure_silences_its_sums_only(edition: Edition) -> None:
    values = with_totals(edition, baseline(edition))
    for key in edition.guards:
        assert identity_findings(report_of(edition, values | {key: None})) == []


def test_without_places_labels_are_told() -> None:
    edition = EDITIONS["2021"]
    values = with_totals(edition, baseline(edition)) | {"requests.granted.individual": 9}
    report = report_of(edition, values)
    entries = {key: replace(entry, place=None) for key, entry in report.entries.items()}
    found = identity_findings(replace(report, entries=entries))
    assert found[0].message.startswith("表三“（一）予以公开·自然人”填的是 9")


@EACH
def test_a_table_of_nonsense_is_told(edition: Edition) -> None:
    values = {key: at * 7 % 31 for at, key in enumerate(edition.fields)}
    assert identity_findings(report_of(edition, values))


@EACH
def test_where_too_many_cells_may_be_wrong_their_column_is_named(edition: Edition) -> None:
    report = make_report(edition)
    more = {
        key: replace(report.entries[key], value=int(report.entries[key].value or 0) + 1)
        for key in ("requests.received.individual", "requests.received.total")
    }
    (found,) = identity_findings(replace(report, entries={**report.entries, **more}))
    assert "有误的是“自然人”列的某个数，无法断定是哪一格。" in found.message
