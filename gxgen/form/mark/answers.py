"""Sheet 说明 of a return copy: a row for each question, of which only the reason is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree
from lxml.etree import _Element

from gxgen.diagnostics import Diagnostic, Severity
from gxgen.form.invitation import invited
from gxgen.form.layout import ANSWERS_COLUMNS, ANSWERS_ROWS, ANSWERS_SHEET
from gxgen.form.mark.elements import SPACE, q
from gxgen.form.mark.findings import escaped, printable
from gxgen.form.mark.sheet_tree import SheetTree
from gxgen.form.read.answers import heads_row, is_open
from gxgen.form.read.book import Book
from gxgen.form.read.cells import SheetCells
from gxgen.form.read.file import FormFile, PartError
from gxgen.opc.editing import Editing

Row = tuple[str, str, str, str]


def prefill(
    package: Editing, file: FormFile, parts: Mapping[str, str], found: Iterable[Diagnostic]
) -> None:
    """Write the rows into the sheet's free ones; rows of an earlier copy that nobody has answered
    are taken out first. What the agency wrote is left alone."""
    part = parts.get(ANSWERS_SHEET, "")
    cells = _cells(file)
    top = None if cells is None else heads_row(cells)
    if cells is None or top is None or part not in package:
        return
    rows = {row: _row(cells, row) for row in range(top + 1, top + 1 + ANSWERS_ROWS)}
    ours = [row for row, texts in rows.items() if is_open(*texts)]
    free = [row for row, texts in rows.items() if row in ours or not any(texts)]
    answered = {texts[:2] + texts[3:] for texts in rows.values() if texts[2]}
    wanted = [one for one in dict.fromkeys(_questions(found)) if one not in answered]
    if not wanted and not ours:
        return
    sheet = SheetTree(package.edit(part))
    for row in ours:
        _write(sheet, row, ("",) * len(ANSWERS_COLUMNS))
    for row, (code, cell, figures) in zip(free, wanted, strict=False):
        _write(sheet, row, (code, cell, "", figures))


def _cells(file: FormFile) -> SheetCells | None:
    try:
        return Book(file).sheet(ANSWERS_SHEET)
    except PartError:
        return None


def _row(cells: SheetCells, row: int) -> Row:
    code, cell, reason, figures = (
        str(cells.at(row, at) or "") for at in range(len(ANSWERS_COLUMNS))
    )
    return code, cell, reason, figures


def _questions(found: Iterable[Diagnostic]) -> Iterator[tuple[str, str, str]]:
    for one in found:
        line = invited(one.hint) if one.severity is Severity.WARNING else None
        if line is not None:
            yield line


def _write(sheet: SheetTree, row: int, texts: Iterable[str]) -> None:
    for column, text in enumerate(texts):
        cell = sheet.cell((row, column))
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", "")
        if text:
            _put_text(cell, text)


def _put_text(cell: _Element, text: str) -> None:
    cell.set("t", "inlineStr")
    inner = etree.SubElement(etree.SubElement(cell, q("is")), q("t"), {SPACE: "preserve"})
    inner.text = escaped(printable(text))
