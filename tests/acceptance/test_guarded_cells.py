"""Each guarded cell changed by one, one at a time, in real workbook files: every one is found."""

import pytest

from gxgen.diagnostics import Diagnostic
from gxgen.editions.schema import Edition
from gxgen.form.layout import figure_position
from gxgen.places import SheetCell
from tests.acceptance.conftest import Edit
from tests.factory import checked


def _about_figures(diagnostics: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    return [d for d in diagnostics if d.code.startswith("GX1")]


def test_the_clean_books_have_no_finding(filled: bytes, typed: Edit, live: Edit) -> None:
    for data in (filled, typed({}), live({})):
        assert [(d.code, str(d.place), d.message) for d in checked(data).diagnostics] == []


def test_typed_totals_every_guarded_cell_is_found(edition: Edition, typed: Edit) -> None:
    start = checked(typed({})).report
    assert start is not None
    guarded = list(edition.guards)
    assert len(guarded) == {"2019": 176, "2021": 190}[edition.id]
    for key in guarded:
        found = _about_figures(checked(typed({key: start.values[key] + 1})).diagnostics)
        sheet, row, column = figure_position(edition, key)
        place = SheetCell(sheet, row, column)
        assert len(found) == 1, (key, [d.message for d in found])
        if edition.fields[key].table == "requests":
            assert (found[0].key, found[0].place) == (key, place)
        else:
            candidates = {found[0].key, *(r.key for r in found[0].related)}
            assert key in candidates
            assert place.cell in found[0].message


def test_live_formulas_a_broken_balance_is_found_and_its_column_named(
    edition: Edition, live: Edit
) -> None:
    start = checked(live({})).report
    assert start is not None
    leaves = [k for k in edition.guards if k.startswith("requests.") and k not in edition.totals]
    for key in leaves:
        found = _about_figures(checked(live({key: start.values[key] + 1})).diagnostics)
        assert [d.code for d in found] == ["GX102"], (key, [d.message for d in found])
        assert edition.fields[key].column_label in found[0].message
        assert found[0].place is not None
        assert found[0].key is not None
        assert edition.fields[found[0].key].column == edition.fields[key].column


@pytest.mark.parametrize("table", ["remedies"])
def test_live_formulas_of_table_four_cannot_break(edition: Edition, live: Edit, table: str) -> None:
    """Totals follow their parts there, so a changed part is a changed figure, not a fault."""
    key = f"{table}.reconsideration.upheld"
    start = checked(live({})).report
    assert start is not None
    after = checked(live({key: start.values[key] + 1})).report
    assert after is not None
    total = f"{table}.reconsideration.total"
    assert after.values[total] == start.values[total] + 1
