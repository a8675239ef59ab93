"""Reads a written DOCX back and compares it with the report that it was made from."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gxgen.diagnostics import Finding
from gxgen.errors import TemplateError
from gxgen.model import Report
from gxgen.places import FilePart
from gxgen.render.comparison import (
    Furniture,
    Medium,
    Wanted,
    Written,
    compare,
    details,
    expected,
    same,
)
from gxgen.render.document import Document, TableBlock, compose
from gxgen.render.ooxml.package import DOCUMENT
from gxgen.render.ooxml.readback import (
    CELL_END,
    Shape,
    body_items,
    outline_levels,
    quick_items,
    squash,
    style_of,
    table_cells,
    text_of,
)
from gxgen.render.ooxml.xml import W, parse_xml

UNREADABLE, TEXT_DIFFERS, TABLE_DIFFERS, CHART_DIFFERS = "GX621", "GX622", "GX623", "GX627"

_CHARTS = b'"rIdChart_'


@dataclass(frozen=True, slots=True)
class _Added:
    """What may stand between a report's blocks: text of the template's, and an illustration's."""

    furniture: Furniture
    document: Document

    def has_text(self, text: str) -> bool:
        """Whether it is such a paragraph."""
        known = any(pattern.fullmatch(text) for pattern in self.furniture)
        return known or text in self.document.illustration.remarks

    def has_table(self, texts: Iterable[str]) -> bool:
        """Whether the cells of a table are the tiles, all of them and nothing else."""
        shown = self.document.illustration.tile_texts
        return bool(shown) and set(texts) == shown


def _are_tiles(found: Written, document: Document) -> bool:
    texts = [] if found.table is None else [cell.text for cell in found.table[2]]
    return bool(texts) and _Added((), document).has_table(texts)


def verify_docx(
    data: bytes,
    report: Report,
    furniture: Furniture = (),
    document: Document | None = None,
) -> list[Finding]:
    """What differs between the document and the report; empty if nothing was lost or added.

    ``furniture``: text of the template's own that may stand between the report's. ``document``:
    the report's blocks, where they have been composed already.
    """
    file = f"{report.title}.docx"
    medium = Medium(file, "文档", TEXT_DIFFERS, TABLE_DIFFERS)
    document = document or compose(report)
    wanted = list(expected(document.blocks))
    try:
        xml, levels = _parts(data)
        if _agrees(wanted, xml, levels, medium, _Added(furniture, document)):
            return list(_charts(data, xml, document, file))
        furniture = (*furniture, *map(_exactly, document.illustration.remarks))
        written = [one for one in _read(xml, levels) if not _are_tiles(one, document)]
    except TemplateError as error:
        return [Finding(UNREADABLE, f"写好的文档读不回来：{error}", FilePart(file))]
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, IndexError):
        return [Finding(UNREADABLE, "写好的文档读不回来：文件不完整。", FilePart(file))]
    found = compare(wanted, written, medium, furniture)
    return [*found, *_charts(data, xml, document, file)]


def _charts(data: bytes, xml: bytes, document: Document, file: str) -> Iterator[Finding]:
    """What differs in the charts of an illustrated edition."""
    if _CHARTS in xml:
        from gxgen.render.docx.chart_verify import chart_faults

        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for fault in chart_faults(archive, document.illustration.drawn):
                yield Finding(CHART_DIFFERS, f"写好的文档里，{fault}", FilePart(file))


def _exactly(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text))


def _parts(data: bytes) -> tuple[bytes, dict[str, int]]:
    """The document part, and the heading level of each style."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(DOCUMENT), outline_levels(archive.read("word/styles.xml"))


def _agrees(
    wanted: list[Wanted],
    document: bytes,
    levels: dict[str, int],
    medium: Medium,
    added: _Added,
) -> bool:
    """Whether the document surely is as wanted. If not, it is read in full to say where not.

    The same comparison as :func:`compare`, as far as it goes without a finding.
    """
    items = quick_items(document)
    if items is None:
        return False
    left = iter(one for one in wanted if isinstance(one, TableBlock) or one[0].strip())
    following = next(left, None)
    for shape, text in items:
        if shape.cells is not None:
            if not (isinstance(following, TableBlock) and _same_table(following, shape, text)):
                if added.has_table(text.split(CELL_END)):
                    continue
                return False
        elif not text.strip():
            continue
        else:
            found = Written(0, text, levels.get(shape.style or ""))
            if following is None or not same(following, found):
                if added.has_text(text):
                    continue
                return False
            if any(details(following, found, medium)):
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


def _read(document: bytes, levels: dict[str, int]) -> list[Written]:
    out, paragraphs, tables = [], 0, 0
    for item in body_items(parse_xml(document, DOCUMENT)[0]):
        if item.tag == W + "tbl":
            tables += 1
            out.append(Written(tables, table=table_cells(item)))
        else:
            paragraphs += 1
            text = text_of(item)
            if text.strip():
                out.append(Written(paragraphs, text, levels.get(style_of(item) or "")))
    return out
