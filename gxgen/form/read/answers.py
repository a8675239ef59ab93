"""Sheet 说明: the agency's answers to what was asked (核实)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.diagnostics import Finding
from gxgen.form.layout import ANSWERS_COLUMNS, ANSWERS_SHEET, ANSWERS_TOP
from gxgen.form.read.book import Book
from gxgen.form.read.cells import SheetCells
from gxgen.form.read.text import TextReader, folded
from gxgen.model.report import Answer

_CODE = re.compile(r"GX\d{3}")
MAX_ANSWERS = 1_000


def read_answers(book: Book) -> tuple[tuple[Answer, ...], list[Finding]]:
    """The answers, and those that are not complete."""
    findings: list[Finding] = []
    cells = book.sheet(ANSWERS_SHEET)
    return (tuple(_answers(cells, findings)) if cells is not None else ()), findings


def _answers(cells: SheetCells, findings: list[Finding]) -> Iterator[Answer]:
    reader = TextReader(cells, findings)
    top = _top(cells)
    filled = {row for row, _ in cells.values}
    for row in sorted(filled.intersection(range(top, top + MAX_ANSWERS))):
        code, cell, reason, figures = (
            reader.text(row, column) for column in range(len(ANSWERS_COLUMNS))
        )
        code = folded(code).upper()
        if not any((code, cell, reason, figures)):
            continue
        place = cells.place(row, 0)
        if not _CODE.fullmatch(code) or not reason:
            lacks = "理由" if _CODE.fullmatch(code) else "编号（GX加三位数字）"
            message = f"{place}这一行说明缺少{lacks}，未采用。"
            findings.append(Finding("GX037", message, place))
            continue
        yield Answer(code, folded(cell), reason, place, figures)


def _top(cells: SheetCells) -> int:
    """The row under the heads, which move down when rows are inserted above."""
    heads = tuple(map(folded, ANSWERS_COLUMNS))
    for row in range(min(cells.height, 50)):
        line = (cells.at(row, column) for column in range(len(heads)))
        if tuple(folded(str(value)) for value in line) == heads:
            return row + 1
    return ANSWERS_TOP
