"""Reads a written DOCX back and compares it with the report that it was made from."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from gxgen.diagnostics import Finding
from gxgen.errors import TemplateError
from gxgen.model import Report
from gxgen.places import DocumentCell, DocumentParagraph, FilePart
from gxgen.render.document import (
    Block,
    Document,
    HeadingBlock,
    SignOffBlock,
    TableBlock,
    TextBlock,
    TitleBlock,
    compose,
)
from gxgen.render.package import DOCUMENT
from gxgen.render.prepare import W, parse_xml
from gxgen.render.readback import (
    CELL_END,
    Cell,
    Shape,
    body_items,
    outline_levels,
    quick_items,
    squash,
    style_of,
    table_cells,
    text_of,
)

UNREADABLE, TEXT_DIFFERS, TABLE_DIFFERS = "GX621", "GX622", "GX623"

MAX_HEADING = 4

Wanted = tuple[str, int | None] | TableBlock
"""A paragraph's text and heading level, or a table."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A paragraph or table as found, with its number among its kind."""

    number: int
    text: str = ""
    level: int | None = None
    table: tuple[int, int, list[Cell]] | None = None


def verify_docx(
    data: bytes,
    report: Report,
    furniture: tuple[re.Pattern[str], ...] = (),
    document: Document | None = None,
) -> list[Finding]:
    """What differs between the document and the report; empty if nothing was lost or added.

    ``furniture``: text of the template's own that may stand between the report's. ``document``:
    the report's blocks, where they have been composed already.
    """
    file = f"{report.title}.docx"
    wanted = list(_expected(list((document or compose(report)).blocks)))
    try:
        xml, levels = _parts(data)
        if _agrees(wanted, xml, levels, furniture):
            return []
        written = _read(xml, levels)
    except TemplateError as error:
        return [Finding(UNREADABLE, f"写好的文档读不回来：{error}", FilePart(file))]
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, IndexError):
        return [Finding(UNREADABLE, "写好的文档读不回来：文件不完整。", FilePart(file))]
    return list(_compare(wanted, written, file, furniture))


def _parts(data: bytes) -> tuple[bytes, dict[str, int]]:
    """The document part, and the heading level of each style."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(DOCUMENT), outline_levels(archive.read("word/styles.xml"))


def _agrees(
    wanted: list[Wanted],
    document: bytes,
    levels: dict[str, int],
    furniture: tuple[re.Pattern[str], ...],
) -> bool:
    """Whether the document surely is as wanted. If not, it is read in full to say where not.

    The same comparison as :func:`_compare`, as far as it goes without a finding.
    """
    items = quick_items(document)
    if items is None:
        return False
    left = iter(one for one in wanted if isinstance(one, TableBlock) or one[0].strip())
    following = next(left, None)
    for shape, text in items:
        if shape.cells is not None:
            if not (isinstance(following, TableBlock) and _same_table(following, shape, text)):
                return False
        elif not text.strip():
            continue
        else:
            found = _Written(0, text, levels.get(shape.style or ""))
            if following is None or not _same(following, found):
                if any(pattern.fullmatch(text) for pattern in furniture):
                    continue
                return False
            if any(_details(following, found, "")):
                return False
        following = next(left, None)
    return following is None


def _same_table(wanted: TableBlock, shape: Shape, text: str) -> bool:
    grid = wanted.grid
    places = tuple((c.row, c.column, c.row_span, c.column_span) for c in grid.cells)
    if (shape.rows, shape.columns, shape.cells) != (grid.rows, grid.columns, places):
        return False
    texts = [c.text if c.key is None else wanted.values[c.key] for c in grid.cells]
    return text == CELL_END.join(texts) or all(
        squash(have) == squash(want) if cell.key is None else have == want
        for cell, have, want in zip(grid.cells, text.split(CELL_END), texts, strict=True)
    )


def _read(document: bytes, levels: dict[str, int]) -> list[_Written]:
    out, paragraphs, tables = [], 0, 0
    for item in body_items(parse_xml(document, DOCUMENT)[0]):
        if item.tag == W + "tbl":
            tables += 1
            out.append(_Written(tables, table=table_cells(item)))
        else:
            paragraphs += 1
            text = text_of(item)
            if text.strip():
                out.append(_Written(paragraphs, text, levels.get(style_of(item) or "")))
    return out


def _expected(blocks: list[Block]) -> Iterator[Wanted]:
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
                for line in block.lines:
                    yield line, None


def _compare(
    blocks: list[Wanted], written: list[_Written], file: str, furniture: tuple[re.Pattern[str], ...]
) -> Iterator[Finding]:
    at = 0
    for wanted in blocks:
        if not isinstance(wanted, TableBlock) and not wanted[0].strip():
            continue
        found = next((n for n in range(at, len(written)) if _same(wanted, written[n])), None)
        if found is None:
            yield _missing(wanted, written[at] if at < len(written) else None, file)
            continue
        for extra in written[at:found]:
            yield from _unwanted(extra, file, furniture)
        yield from _details(wanted, written[found], file)
        at = found + 1
    for extra in written[at:]:
        yield from _unwanted(extra, file, furniture)


def _same(wanted: Wanted, found: _Written) -> bool:
    if isinstance(wanted, TableBlock):
        return found.table is not None
    if found.table is not None:
        return False
    return wanted[0] == found.text or (wanted[1] == 1 and squash(wanted[0]) == squash(found.text))


def _missing(wanted: Wanted, near: _Written | None, file: str) -> Finding:
    place = FilePart(file) if near is None else DocumentParagraph(file, near.number)
    if isinstance(wanted, TableBlock):
        return Finding(TABLE_DIFFERS, "写好的文档缺少一个表格。", place)
    there = f"，这里是“{_short(near.text)}”" if near is not None and near.text else ""
    message = f"写好的文档缺少“{_short(wanted[0])}”{there}。"
    return Finding(TEXT_DIFFERS, message, place, quote=wanted[0])


def _unwanted(
    found: _Written, file: str, furniture: tuple[re.Pattern[str], ...]
) -> Iterator[Finding]:
    if found.table is not None:
        message = "写好的文档多出一个表格。"
        yield Finding(TABLE_DIFFERS, message, DocumentCell(file, found.number, 1, 1))
    elif not any(pattern.fullmatch(found.text) for pattern in furniture):
        message = f"写好的文档多出“{_short(found.text)}”，报告中没有这段文字。"
        place = DocumentParagraph(file, found.number)
        yield Finding(TEXT_DIFFERS, message, place, quote=found.text)


def _details(wanted: Wanted, found: _Written, file: str) -> Iterator[Finding]:
    if isinstance(wanted, TableBlock):
        if found.table is not None:
            yield from _table(wanted, found.table, found.number, file)
    elif wanted[1] != found.level:
        levels = tuple("正文" if n is None else f"{n}级标题" for n in (wanted[1], found.level))
        message = f"“{_short(wanted[0])}”应为{levels[0]}，写成了{levels[1]}。"
        yield Finding(TEXT_DIFFERS, message, DocumentParagraph(file, found.number))


def _table(
    wanted: TableBlock, table: tuple[int, int, list[Cell]], number: int, file: str
) -> Iterator[Finding]:
    grid, (rows, columns, cells) = wanted.grid, table
    if (rows, columns) != (grid.rows, grid.columns):
        message = f"表格应为{grid.rows}行{grid.columns}列，写成了{rows}行{columns}列。"
        yield Finding(TABLE_DIFFERS, message, DocumentCell(file, number, 1, 1))
        return
    found = {(cell.row, cell.column): cell for cell in cells}
    for want in grid.cells:
        cell = found.pop((want.row, want.column), None)
        text = want.text if want.key is None else wanted.values[want.key]
        if cell is None:
            place = DocumentCell(file, number, want.row + 1, want.column + 1)
            yield Finding(TABLE_DIFFERS, f"表格缺少“{text}”一格。", place, want.key)
            continue
        place = DocumentCell(file, number, want.row + 1, cell.number)
        if (cell.row_span, cell.column_span) != (want.row_span, want.column_span):
            message = f"“{text}”一格的合并范围与规定格式不同。"
            yield Finding(TABLE_DIFFERS, message, place, want.key)
        if (squash(cell.text) if want.key is None else cell.text) != (
            squash(text) if want.key is None else text
        ):
            message = f"这一格应为“{text}”，写成了“{_short(cell.text)}”。"
            yield Finding(TABLE_DIFFERS, message, place, want.key)
    for cell in found.values():
        place = DocumentCell(file, number, cell.row + 1, cell.number)
        yield Finding(TABLE_DIFFERS, f"表格多出一格“{_short(cell.text)}”。", place)


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"
