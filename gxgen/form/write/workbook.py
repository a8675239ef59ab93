"""The Excel form: empty, prefilled from last year's report, or filled with a report.

Sheets, figures and names stand where :mod:`gxgen.form.layout` and the edition's grids say.
The same arguments give the same bytes.
"""

from __future__ import annotations

from gxgen.editions.schema import Edition
from gxgen.form.layout import FORM_VERSION, PROGRAM
from gxgen.form.write.board import Board
from gxgen.form.write.canvas import Book, Content, loud
from gxgen.form.write.formula import Figures, Formula, figures_of
from gxgen.form.write.guide import write_guide
from gxgen.form.write.indicators import write_indicators
from gxgen.form.write.info import (
    info_cell,
    info_values,
    write_answers,
    write_info,
    write_meta,
)
from gxgen.form.write.narrative import plan_narrative, write_narrative
from gxgen.form.write.previous import carried_figures, previous_figures
from gxgen.form.write.table import TableSheet
from gxgen.form.write.table_layout import TableLayout
from gxgen.model.agency import Agency
from gxgen.model.report import Report, SignOff

_LATEST_YEAR = 2099


def blank_workbook(
    edition: Edition,
    year: int,
    *,
    agency: Agency | None = None,
    previous: Report | None = None,
    fill: Report | None = None,
) -> bytes:
    """The form of ``edition`` for report year ``year`` as an .xlsx file.

    Args:
        edition: which form.
        year: the report's year.
        agency: who files; else that of ``fill`` or ``previous``.
        previous: last year's report: its figures stand beside this year's cells, and what is
            carried over from it is entered.
        fill: a report whose figures, fields and text are entered.

    Raises:
        UsageError: a text that no cell can hold (control characters, over 32,767 characters).
    """
    with loud():
        return _write(edition, year, agency, previous, fill)


def _write(
    edition: Edition,
    year: int,
    agency: Agency | None,
    previous: Report | None,
    fill: Report | None,
) -> bytes:
    agency = agency or next((r.agency for r in (fill, previous) if r), None)
    info = info_values(year, agency, fill.sign_off if fill else SignOff())
    figures = figures_of(edition, fill, carried_figures(edition, previous))
    plan = plan_narrative(edition, agency.name if agency else "", year, fill)
    board = Board(edition, figures, info, plan)
    book = Book(f"政府信息公开工作年度报告填报表（{year}年度）")
    write_guide(book, edition, year, board)
    write_info(book, info, edition.first_year, edition.last_year or _LATEST_YEAR)
    for layout in board.tables.values():
        _write_table(book, layout, figures, board=board, info=info, previous=previous)
    write_indicators(book, previous, fill)
    write_narrative(book, plan)
    write_answers(book, fill)
    write_meta(book, _meta(edition, year, agency))
    return book.finish()


def _write_table(
    book: Book,
    layout: TableLayout,
    figures: Figures,
    *,
    board: Board,
    info: dict[str, Content],
    previous: Report | None,
) -> None:
    last = previous_figures(layout.edition, previous)
    mine = {key: value for key, value in last.items() if key in layout.fields}
    sheet = TableSheet(book, layout, figures)
    last_year = previous.year if previous else 0
    sheet.write(_heading(layout, info), board.status(layout.form.key), mine, last_year)


def _heading(layout: TableLayout, info: dict[str, Content]) -> Formula:
    name, year = "agency.name", "report.year"
    rest = f"年度　　单位：{layout.unit}"
    return Formula(
        f'={info_cell(name)}&"　　"&{info_cell(year)}&"{rest}"',
        f"{info.get(name) or ''}　　{info[year]}{rest}",
    )


def _meta(edition: Edition, year: int, agency: Agency | None) -> dict[str, Content]:
    return {
        "program": PROGRAM,
        "form_version": FORM_VERSION,
        "edition": edition.id,
        "year": year,
        "agency": agency.name if agency else None,
    }
