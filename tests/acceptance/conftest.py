"""Real workbook files for the acceptance checks: forms filled by the project, edited by openpyxl
as a person's program would, then read and checked as files."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest

from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.form.layout import figure_position
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.report import Report
from tests.factory import make_report


@pytest.fixture(params=sorted(EDITIONS), scope="session")
def edition(request: pytest.FixtureRequest) -> Edition:
    return EDITIONS[request.param]


@pytest.fixture(scope="session")
def report(edition: Edition) -> Report:
    return make_report(edition)


@pytest.fixture(scope="session")
def filled(edition: Edition, report: Report) -> bytes:
    """The form filled with the report, totals as live formulas."""
    return blank_workbook(edition, report.year, agency=report.agency, fill=report)


Edit = Callable[[dict[str, object]], bytes]


@pytest.fixture(scope="session")
def typed(edition: Edition, report: Report, filled: bytes) -> Edit:
    """Makes a workbook whose totals are typed numbers, some cells set to other values."""
    return _editor(edition, report, filled, typed=True)


@pytest.fixture(scope="session")
def live(edition: Edition, report: Report, filled: bytes) -> Edit:
    """Makes a workbook with its formulas (not calculated anew), some cells set to others."""
    return _editor(edition, report, filled, typed=False)


def _editor(edition: Edition, report: Report, filled: bytes, *, typed: bool) -> Edit:
    book = openpyxl.load_workbook(io.BytesIO(filled))
    cells = {}
    for key in edition.fields:
        sheet, row, column = figure_position(edition, key)
        cells[key] = book[sheet].cell(row + 1, column + 1)
        if typed:
            cells[key].value = report.values[key]

    def edit(changes: dict[str, object]) -> bytes:
        before = {key: cells[key].value for key in changes}
        for key, value in changes.items():
            cells[key].value = value
        out = io.BytesIO()
        book.save(out)
        for key, value in before.items():
            cells[key].value = value
        return out.getvalue()

    return edit
