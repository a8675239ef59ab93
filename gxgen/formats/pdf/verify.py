"""Reads a written PDF back by its structure and compares it with the report that it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gxgen.diagnostics import Finding
from gxgen.document.blocks import (
    Block,
    Document,
    HeadingBlock,
    SignOffBlock,
    TableBlock,
    TextBlock,
    TitleBlock,
    compose,
)
from gxgen.document.cell import squash
from gxgen.document.illustrated.readback import CHART_DIFFERS, Asked, miscounted
from gxgen.formats.pdf.illustrated import Added
from gxgen.formats.pdf.structure import (
    PdfCell,
    PdfItem,
    UnreadablePdfError,
    nested_levels,
    read_items,
)
from gxgen.model.report import Report
from gxgen.places import DocumentCell, DocumentParagraph, FilePart

UNREADABLE, TEXT_DIFFERS, TABLE_DIFFERS = "GX624", "GX625", "GX626"
LOOK_AHEAD = 3
"""Paragraphs that may have been put in before one is taken for missing."""

Wanted = PdfItem | TableBlock


@dataclass(frozen=True, slots=True)
class _Place:
    """Counts paragraphs and tables while they are compared, for the places of findings."""

    file: str
    paragraph: int = 0
    table: int = 0

    def after(self, item: PdfItem) -> _Place:
        if item.rows is None:
            return _Place(self.file, self.paragraph + 1, self.table)
        return _Place(self.file, self.paragraph, self.table + 1)


def verify_pdf(
    data: bytes, report: Report, document: Document | None = None, asked: Asked | None = None
) -> list[Finding]:
    """What differs between the PDF and the report; empty if nothing was lost or added.

    Text is compared without white space, which a PDF does not keep; figures and labels cell by
    cell. ``document``: the report's blocks, where they have been composed already. ``asked``: the
    charts and tiles that must be there; None: nobody knows, and none is missed.
    """
    file = f"{report.title}.pdf"
    document = document or compose(report)
    wanted = _nested(_expected(document.blocks))
    try:
        found = [i for i in _nested(read_items(data)) if isinstance(i, PdfItem)]
    except UnreadablePdfError as error:
        return [Finding(UNREADABLE, f"写好的 PDF 读不回来：{error}", FilePart(file))]
    differing = list(_compare(wanted, found, _Place(file)))
    if not differing and not asked:
        return []
    added = Added(document.illustration)
    own = [item for item in found if not added.has(item)]
    faults = added.faults
    if asked is not None:
        faults += miscounted(asked, added.found, added.shown)
    told = [Finding(CHART_DIFFERS, f"写好的 PDF 里，{one}", FilePart(file)) for one in faults]
    return [*_compare(wanted, own, _Place(file)), *told]


def _nested(items: Iterable[Wanted]) -> list[Wanted]:
    """Those that say something, the levels of headings as they can be tagged."""
    telling = [item for item in items if _says(item)]
    levels = nested_levels(getattr(item, "level", None) for item in telling)
    return [
        replace(item, level=level) if isinstance(item, PdfItem) else item
        for item, level in zip(telling, levels, strict=True)
    ]


def _says(item: Wanted) -> bool:
    return isinstance(item, TableBlock) or item.rows is not None or bool(squash(item.text))


def _expected(blocks: Iterator[Block]) -> Iterator[Wanted]:
    for block in blocks:
        match block:
            case TableBlock():
                yield block
            case TitleBlock():
                yield PdfItem("".join(block.lines))
            case HeadingBlock():
                yield PdfItem(block.number + block.text, block.level)
            case TextBlock():
                yield PdfItem(block.lead + block.text)
            case SignOffBlock():
                yield from (PdfItem(line) for line in block.lines)


def _compare(wanted: list[Wanted], found: list[PdfItem], place: _Place) -> Iterator[Finding]:
    at = 0
    for want in wanted:
        near = range(at, min(at + 1 + LOOK_AHEAD, len(found)))
        match = next((n for n in near if _same(want, found[n])), None)
        for item in found[at:match] if match is not None else ():
            place = place.after(item)
            yield _unwanted(item, place)
        if match is None:
            yield _missing(want, found[at] if at < len(found) else None, place)
            continue
        place = place.after(found[match])
        yield from _details(want, found[match], place)
        at = match + 1
    for item in found[at:]:
        place = place.after(item)
        yield _unwanted(item, place)


def _same(want: Wanted, item: PdfItem) -> bool:
    if isinstance(want, TableBlock) or item.rows is not None:
        return isinstance(want, TableBlock) and item.rows is not None
    return squash(want.text) == squash(item.text)


def _missing(want: Wanted, near: PdfItem | None, place: _Place) -> Finding:
    where = DocumentParagraph(place.file, place.paragraph + 1)
    if isinstance(want, TableBlock):
        return Finding(TABLE_DIFFERS, "写好的 PDF 缺少一个表格。", where)
    there = f"，这里是“{_short(near.text)}”" if near is not None and near.text else ""
    message = f"写好的 PDF 缺少“{_short(want.text)}”{there}。"
    return Finding(TEXT_DIFFERS, message, where, quote=want.text)


def _unwanted(item: PdfItem, place: _Place) -> Finding:
    if item.rows is not None:
        where = DocumentCell(place.file, place.table, 1, 1)
        return Finding(TABLE_DIFFERS, "写好的 PDF 多出一个表格。", where)
    message = f"写好的 PDF 多出“{_short(item.text)}”，报告中没有这段文字。"
    return Finding(
        TEXT_DIFFERS, message, DocumentParagraph(place.file, place.paragraph), quote=item.text
    )


def _details(want: Wanted, item: PdfItem, place: _Place) -> Iterator[Finding]:
    if isinstance(want, TableBlock):
        yield from _table(want, item.rows or (), place)
    elif want.level != item.level:
        levels = tuple("正文" if n is None else f"{n}级标题" for n in (want.level, item.level))
        message = f"“{_short(want.text)}”应为{levels[0]}，写成了{levels[1]}。"
        yield Finding(TEXT_DIFFERS, message, DocumentParagraph(place.file, place.paragraph))


def _table(
    want: TableBlock, rows: tuple[tuple[PdfCell, ...], ...], place: _Place
) -> Iterator[Finding]:
    grid = want.grid
    found = [(row, number, cell) for row, cells in enumerate(rows) for number, cell in
             enumerate(cells, 1)]  # fmt: skip
    if len(rows) != grid.rows or len(found) != len(grid.cells):
        message = f"表格应为{grid.rows}行{len(grid.cells)}格，写成了{len(rows)}行{len(found)}格。"
        yield Finding(TABLE_DIFFERS, message, DocumentCell(place.file, place.table, 1, 1))
        return
    for cell, (row, number, have) in zip(grid.cells, found, strict=True):
        where = DocumentCell(place.file, place.table, row + 1, number)
        text = cell.text if cell.key is None else want.values[cell.key]
        if (row, have.row_span, have.column_span) != (cell.row, cell.row_span, cell.column_span):
            message = f"“{text}”一格的位置或合并范围与规定格式不同。"
            yield Finding(TABLE_DIFFERS, message, where, cell.key)
        if squash(have.text) != squash(text):
            message = f"这一格应为“{text}”，写成了“{_short(have.text)}”。"
            yield Finding(TABLE_DIFFERS, message, where, cell.key)


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"
