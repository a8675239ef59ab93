"""Sheet 说明: the agency's answers to what was asked (核实)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gxgen.diagnostics import Finding
from gxgen.form.layout import (
    ANSWERS_COLUMNS,
    ANSWERS_SHEET,
    ANSWERS_TOP,
    INFO_SHEET,
    META_SHEET,
    NARRATIVE_SHEET,
)
from gxgen.form.read.book import Book
from gxgen.form.read.cells import SheetCells
from gxgen.form.read.text import TextReader, folded
from gxgen.model.report import Answer
from gxgen.places import Sheet

_CODE = re.compile(r"GX\d{3}")
MAX_ANSWERS = 1_000


def read_answers(book: Book) -> tuple[tuple[Answer, ...], list[Finding]]:
    """The answers, and those that are not complete."""
    findings: list[Finding] = []
    cells = book.sheet(ANSWERS_SHEET)
    if cells is None or heads_row(cells) is None:
        cells = _elsewhere(book, findings) or cells
    return (tuple(_answers(cells, findings)) if cells is not None else ()), findings


def _elsewhere(book: Book, findings: list[Finding]) -> SheetCells | None:
    """The one other sheet with the heads; sheets that only look like answers are told."""
    found = []
    for name in book.names.sheets:
        cells = None if name in _NOT_ANSWERS else book.sheet(name)
        if cells is not None and heads_row(cells) is not None:
            found.append(cells)
        elif cells is not None and any(_CODE.fullmatch(text) for *_, text in cells.texts()):
            findings.append(_unread(name, "写着核实的编号，却没有“编号、单元格、理由”的表头"))
    if len(found) == 1:
        return found[0]
    findings += [_unread(cells.name, "和另一张表都有说明的表头") for cells in found]
    return None


_NOT_ANSWERS = (INFO_SHEET, NARRATIVE_SHEET, META_SHEET, ANSWERS_SHEET)


def _unread(name: str, why: str) -> Finding:
    message = f"工作表“{name}”{why}，不能确定是不是“{ANSWERS_SHEET}”，里面的说明未采用。"
    return Finding("GX037", message, Sheet(name), hint=f"把这张工作表的名字改回“{ANSWERS_SHEET}”。")


def _answers(cells: SheetCells, findings: list[Finding]) -> Iterator[Answer]:
    reader = TextReader(cells, findings)
    heads = heads_row(cells)
    top = ANSWERS_TOP if heads is None else heads + 1
    filled = {row for row, _ in cells.values}
    for row in sorted(filled.intersection(range(top, top + MAX_ANSWERS))):
        code, cell, reason, figures = (
            reader.text(row, column) for column in range(len(ANSWERS_COLUMNS))
        )
        code = folded(code).upper()
        if not any((code, cell, reason, figures)) or is_open(code, cell, reason, figures):
            continue
        place = cells.place(row, 0)
        if not _CODE.fullmatch(code) or not reason:
            lacks = "理由" if _CODE.fullmatch(code) else "编号（GX加三位数字）"
            message = f"{place}这一行说明缺少{lacks}，未采用。"
            findings.append(Finding("GX037", message, place))
            continue
        yield Answer(code, folded(cell), reason, place, figures)


def is_open(code: str, cell: str, reason: str, figures: str) -> bool:
    """Whether a row is as a return copy has it, all there but the reason: the question is asked
    anyhow as long as it is not answered, so nothing is to be said of the row."""
    return bool(_CODE.fullmatch(folded(code).upper()) and cell and figures and not reason)


def heads_row(cells: SheetCells) -> int | None:
    """The row of the heads, which moves down when rows are inserted above."""
    heads = tuple(map(folded, ANSWERS_COLUMNS))
    for row in range(min(cells.height, 50)):
        line = (cells.at(row, column) for column in range(len(heads)))
        if tuple(folded(str(value)) for value in line) == heads:
            return row
    return None
