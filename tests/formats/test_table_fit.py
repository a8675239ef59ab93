"""Long figures in narrow columns: width is shared first, one size a column, none is broken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gxgen.document.table_fit import LEAST_AIR, SMALLEST, fit
from gxgen.document.table_looks import LAYOUTS, POINTS_PER_MM, TEXT_POINTS
from gxgen.editions.declared import EDITIONS
from gxgen.editions.grid import Grid

USUAL = round(2 * TEXT_POINTS)
GRIDS = [grid for edition in EDITIONS.values() for grid in edition.grids.values()]


def columns(grid: Grid) -> list[int]:
    return sorted({cell.column for cell in grid.figures.values()})


@st.composite
def filled(draw: st.DrawFn) -> tuple[Grid, dict[str, str]]:
    """A table and figures of one to nine digits, column by column."""
    grid = draw(st.sampled_from(GRIDS))
    most = {column: draw(st.integers(1, 9)) for column in columns(grid)}
    values = {
        key: "9" * draw(st.integers(1, most[cell.column])) for key, cell in grid.figures.items()
    }
    return grid, values


@given(filled())
def test_every_figure_fits_in_one_size_a_column(given: tuple[Grid, dict[str, str]]) -> None:
    grid, values = given
    layout = LAYOUTS[grid.table]
    found = fit(grid, layout, values)
    assert abs(sum(found.layout.widths) - sum(layout.widths)) < 1e-6
    sizes: dict[int, set[int]] = {}
    for key, cell in grid.figures.items():
        size = found.sizes.get(key, USUAL)
        room = (found.layout.width(cell) - 2 * layout.padding) * POINTS_PER_MM
        assert len(values[key]) * size / 4 <= room - LEAST_AIR + 1e-6
        if cell.column_span == 1:
            sizes.setdefault(cell.column, set()).add(size)
    assert all(len(of_column) == 1 for of_column in sizes.values())


@given(filled())
def test_type_shrinks_below_the_smallest_only_where_all_width_is_used(
    given: tuple[Grid, dict[str, str]],
) -> None:
    grid, values = given
    layout = LAYOUTS[grid.table]
    found = fit(grid, layout, values)
    if min(found.sizes.values(), default=USUAL) < SMALLEST:
        longest = {
            column: max(len(values[k]) for k, cell in grid.figures.items() if cell.column == column)
            for column in columns(grid)
        }
        needed = sum(n * SMALLEST / 4 for n in longest.values())
        heads = sum(24 for n in longest.values() if n <= 4)
        assert needed + heads > 0.75 * sum(layout.widths[c] for c in longest) * POINTS_PER_MM


def test_one_long_column_takes_its_width_from_the_others() -> None:
    """Seven digits of natural persons and in total: nothing is set smaller."""
    for grid in GRIDS:
        if grid.table == "requests":
            long = {columns(grid)[0], columns(grid)[-1]}
            values = {
                key: "9876543" if cell.column in long else "12"
                for key, cell in grid.figures.items()
            }
            found = fit(grid, LAYOUTS[grid.table], values)
            assert found.sizes == {}
            assert found.layout.widths[columns(grid)[0]] > LAYOUTS[grid.table].widths[3]


def test_usual_figures_leave_the_table_as_it_is() -> None:
    for grid in GRIDS:
        values = dict.fromkeys(grid.figures, "1234")
        found = fit(grid, LAYOUTS[grid.table], values)
        assert found.layout is LAYOUTS[grid.table]
        assert found.sizes == {}
