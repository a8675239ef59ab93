"""A1 names there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.a1 import cell_name, cell_position, column_letters, column_number


@given(st.integers(0, 999_999), st.integers(0, 18_277))
def test_names_and_positions_are_each_others_inverse(row: int, column: int) -> None:
    assert cell_position(cell_name(row, column)) == (row, column)
    assert column_number(column_letters(column)) == column


@pytest.mark.parametrize("name", ["$G$9", "G$9", "$G9"])
def test_an_absolute_name_means_the_same_cell(name: str) -> None:
    assert cell_position(name) == (8, 6)


@pytest.mark.parametrize("name", ["", "G", "9", "g9", "G９", "AAAA1", "G9:H9", "表三!G9"])
def test_what_is_no_cell_is_none(name: str) -> None:
    assert cell_position(name) is None
