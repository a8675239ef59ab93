"""The shipped templates are what the scaffold makes, and have no fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gxgen.editions.grid import Role
from gxgen.editions.schema import Edition
from gxgen.opc.package import DOCUMENT, read_package
from gxgen.templates.lint.check import check_template
from gxgen.templates.scaffold.illustrated import make_illustrated
from gxgen.templates.scaffold.official import make_template
from gxgen.templates.styles import own_template, shipped_templates

STYLES = pytest.mark.parametrize(
    ("style", "make"), [("official", make_template), ("illustrated", make_illustrated)]
)


@STYLES
def test_the_committed_templates_are_what_the_scaffold_makes(
    style: str, make: Callable[[Edition], bytes], edition: Edition
) -> None:
    path = own_template(shipped_templates() / style, edition.id)
    assert path is not None
    assert read_package(path.read_bytes()) == read_package(make(edition))


@STYLES
def test_the_shipped_templates_have_no_fault(
    style: str, make: Callable[[Edition], bytes], edition: Edition
) -> None:
    assert check_template(make(edition), f"{style}.docx", edition) == []


def test_table_two_of_the_illustrated_template_may_be_parted_before_its_last_bands_only(
    edition: Edition,
) -> None:
    document = read_package(make_illustrated(edition))[DOCUMENT]
    grid = edition.grids["disclosure"]
    (table,) = (one for one in document.split(b"<w:tbl>") if "第二十条".encode() in one)
    rows = table.partition(b"</w:tbl>")[0].split(b"<w:tr>")[1:]
    open_before = {n for n, row in enumerate(rows, 1) if b"<w:keepNext/>" not in row}
    bands = {cell.row for cell in grid.cells if cell.role is Role.BAND}
    assert len(rows) == grid.rows
    assert open_before == {n for n in bands if n >= 0.4 * grid.rows} | {grid.rows}
    assert 2 <= len(open_before) <= 5
