"""A written document as it was read back, beside the report that it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gxgen.diagnostics import Finding
from gxgen.document.blocks import (
    Block,
    HeadingBlock,
    SignOffBlock,
    TableBlock,
    TextBlock,
    TitleBlock,
)
from gxgen.document.cell import Cell, squash
from gxgen.document.quoting import apart, short
from gxgen.places import DocumentCell, DocumentParagraph, FilePart

MAX_HEADING = 4

Wanted = tuple[str, int | None] | TableBlock
"""A paragraph's text and heading level, or a table."""

Furniture = tuple[re.Pattern[str], ...]
"""Text that may stand between the report's."""


@dataclass(frozen=True, slots=True)
class Written:
    """A paragraph or table (rows, columns, cells) as found, with its number among its kind."""

    number: int
    text: str = ""
    level: int | None = None
    table: tuple[int, int, Sequence[Cell]] | None = None


@dataclass(frozen=True, slots=True)
class Medium:
    """What was written: its file, what messages call it, its codes of differing text and tables."""

    file: str
    noun: str
    text_code: str
    table_code: str

    def paragraph(self, number: int) -> DocumentParagraph:
        """The place of a paragraph."""
        return DocumentParagraph(self.file, number)

    def cell(self, table: int, row: int = 1, cell: int = 1) -> DocumentCell:
        """The place of a table's cell."""
        return DocumentCell(self.file, table, row, cell)


def expected(blocks: Iterable[Block]) -> Iterator[Wanted]:
    """(text, heading level) of each paragraph, or a table."""
    for block in blocks:
        match block:
            case TableBlock():
                yield block
            case TitleBlock():
                yield "\n".join(block.lines), None
            case HeadingBlock():
                yield block.number + block.text, min(block.level, MAX_HEADING)
            case TextBlock():
                yield block.lead + block.text, None
            case SignOffBlock():
                for line in block.broken:
                    yield line, None


def compare(
    blocks: Iterable[Wanted],
    written: Sequence[Written],
    medium: Medium,
    furniture: Furniture = (),
) -> Iterator[Finding]:
    """Everything that is missing, added or otherwise than wanted, in the order of reading."""
    at = 0
    for wanted in blocks:
        if not isinstance(wanted, TableBlock) and not wanted[0].strip():
            continue
        found = at
        while found < len(written) and not same(wanted, written[found]):
            found += 1
        if found == len(written):
            yield _missing(wanted, written[at] if at < len(written) else None, medium)
            continue
        for extra in written[at:found]:
            yield from _unwanted(extra, medium, furniture)
        yield from details(wanted, written[found], medium)
        at = found + 1
    for extra in written[at:]:
        yield from _unwanted(extra, medium, furniture)


def same(wanted: Wanted, found: Written) -> bool:
    """Whether what was found is that paragraph, or a table where one is wanted."""
    if isinstance(wanted, TableBlock):
        return found.table is not None
    if found.table is not None:
        return False
    return wanted[0] == found.text or (wanted[1] == 1 and squash(wanted[0]) == squash(found.text))


def _missing(wanted: Wanted, near: Written | None, medium: Medium) -> Finding:
    place = FilePart(medium.file) if near is None else medium.paragraph(near.number)
    if isinstance(wanted, TableBlock):
        return Finding(medium.table_code, f"写好的{medium.noun}缺少一个表格。", place)
    lacking, instead = apart(wanted[0], near.text if near is not None else "")
    there = f"，这里是“{instead}”" if instead else ""
    message = f"写好的{medium.noun}缺少“{lacking if instead else short(wanted[0])}”{there}。"
    return Finding(medium.text_code, message, place, quote=wanted[0])


def _unwanted(found: Written, medium: Medium, furniture: Furniture) -> Iterator[Finding]:
    if found.table is not None:
        message = f"写好的{medium.noun}多出一个表格。"
        yield Finding(medium.table_code, message, medium.cell(found.number))
    elif not any(pattern.fullmatch(found.text) for pattern in furniture):
        message = f"写好的{medium.noun}多出“{short(found.text)}”，报告中没有这段文字。"
        place = medium.paragraph(found.number)
        yield Finding(medium.text_code, message, place, quote=found.text)


def details(wanted: Wanted, found: Written, medium: Medium) -> Iterator[Finding]:
    """What differs between two that are the same: a heading's level, a table's cells."""
    if isinstance(wanted, TableBlock):
        if found.table is not None:
            yield from _table(wanted, found.table, found.number, medium)
    elif wanted[1] != found.level:
        levels = tuple("正文" if n is None else f"{n}级标题" for n in (wanted[1], found.level))
        message = f"“{short(wanted[0])}”应为{levels[0]}，写成了{levels[1]}。"
        yield Finding(medium.text_code, message, medium.paragraph(found.number))


def _table(
    wanted: TableBlock,
    table: tuple[int, int, Sequence[Cell]],
    number: int,
    medium: Medium,
) -> Iterator[Finding]:
    code, grid, (rows, columns, cells) = medium.table_code, wanted.grid, table
    if (rows, columns) != (grid.rows, grid.columns):
        message = f"表格应为{grid.rows}行{grid.columns}列，写成了{rows}行{columns}列。"
        yield Finding(code, message, medium.cell(number))
        return
    left = {cell[:2]: cell for cell in cells}
    for want in grid.cells:
        cell, key = left.pop((want.row, want.column), None), want.key
        text = want.text if key is None else wanted.values[key]
        if cell is None:
            place = medium.cell(number, want.row + 1, want.column + 1)
            yield Finding(code, f"表格缺少“{text}”一格。", place, key)
            continue
        if cell.row_span != want.row_span or cell.column_span != want.column_span:
            message = f"“{text}”一格的合并范围与规定格式不同。"
            yield Finding(code, message, medium.cell(number, want.row + 1, cell.number), key)
        if cell.text != text and (key is not None or squash(cell.text) != squash(text)):
            right, now = apart(text, cell.text)
            message = f"这一格应为“{right}”，写成了“{now}”。"
            yield Finding(code, message, medium.cell(number, want.row + 1, cell.number), key)
    for cell in left.values():
        place = medium.cell(number, cell.row + 1, cell.number)
        yield Finding(code, f"表格多出一格“{short(cell.text)}”。", place)
