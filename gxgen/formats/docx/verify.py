"""Reads a written DOCX back and compares it with the report that it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from gxgen.diagnostics import Finding
from gxgen.document.blocks import NUMBERED, Document, TableBlock, compose
from gxgen.document.cell import Cell
from gxgen.document.comparison import (
    Furniture,
    Medium,
    Written,
    compare,
    expected,
)
from gxgen.document.illustrated.readback import CHART_DIFFERS, Asked, Met, miscounted
from gxgen.errors import TemplateError
from gxgen.formats.docx.chart_parts import charts_of
from gxgen.formats.docx.chart_verify import chart_faults
from gxgen.formats.docx.moulds import document_items
from gxgen.formats.docx.picture_verify import picture_faults
from gxgen.formats.docx.read import outline_levels
from gxgen.model.report import Report
from gxgen.opc.limits import TEXT
from gxgen.opc.package import DOCUMENT, Package, PackageError
from gxgen.places import FilePart

UNREADABLE, TEXT_DIFFERS, TABLE_DIFFERS = "GX621", "GX622", "GX623"

_CHARTS = b'"rIdChart_'


@dataclass(slots=True)
class _Added:
    """What an illustration puts between a report's blocks.

    ``found``: how often each chart's sentence, and the tiles, were met; ``faults``: what is wrong
    with tiles and pictures; ``texts``: paragraphs that are the template's own.
    """

    document: Document
    asked: Asked | None
    met: Met
    texts: list[str] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def has(self, one: Written) -> bool:
        """Whether it is a chart's sentence, a picture, or the tiles' table."""
        shown = self.document.illustration
        if one.table is None:
            named = [chart.id for chart in shown.charts if one.text == shown.remark(chart)]
            self.texts += [] if named else [one.text]
            self.found.update(named)
            return bool(named)
        name, fault = self.met.table_fault([cell.text for cell in one.table[2]], self.asked)
        self.faults.extend(filter(None, [fault]))
        self.found.update(filter(None, [name]))
        return fault is not None


def verify_docx(
    data: bytes,
    report: Report,
    furniture: Furniture = (),
    document: Document | None = None,
    asked: Asked | None = None,
    *,
    with_charts: bool = True,
) -> list[Finding]:
    """What differs between the document and the report; empty if nothing was lost or added.

    ``furniture``: text of the template's own that may stand between the report's. ``document``:
    the report's blocks, where they have been composed already. ``asked``: the charts and tiles that
    the template shows; None: nobody knows, and none is missed. ``with_charts``: the charts' own
    parts must be there too.
    """
    file = f"{report.title}.docx"
    document = document or compose(report)
    try:
        package = Package(data, TEXT)
        found, xml, added = _read_back(package, document, furniture, file, asked)
    except TemplateError as error:
        return [Finding(UNREADABLE, f"写好的文档读不回来：{error}", FilePart(file))]
    except (PackageError, KeyError, ValueError, IndexError):
        return [Finding(UNREADABLE, "写好的文档读不回来：文件不完整。", FilePart(file))]
    if asked or added.found or added.met.found or _CHARTS in xml:
        faults = [*_illustration_faults(xml, added, asked)]
        if with_charts:
            faults = [*_chart_faults(package, xml, document), *faults]
        found += [Finding(CHART_DIFFERS, f"写好的文档里，{one}", FilePart(file)) for one in faults]
    return found


class Shown(NamedTuple):
    """What a sound document shows beside the report: what is made of it must show the same.

    ``asked``: pictures, charts and tiles; ``texts``: paragraphs of the template's own.
    """

    asked: Asked
    texts: tuple[str, ...]


def shown_in(data: bytes, document: Document) -> Shown:
    """What a sound document shows beside the report."""
    _, xml, added = _read_back(Package(data, TEXT), document, (), "")
    asked = {**(added.found + Counter(charts_of(xml))), **added.met.as_asked}
    return Shown(asked, tuple(added.texts))


def _read_back(
    package: Package,
    document: Document,
    furniture: Furniture,
    file: str,
    asked: Asked | None = None,
) -> tuple[list[Finding], bytes, _Added]:
    """What differs in text and tables, the document part, and what else was met in it."""
    wanted = list(expected(document.blocks))
    xml, levels = _parts(package)
    added = _Added(document, asked, Met(document))
    own = {one[0] for one in wanted if not isinstance(one, TableBlock)}
    grids = [one.grid for one in wanted if isinstance(one, TableBlock)]
    sizes = {(grid.rows, grid.columns, len(grid.cells)) for grid in grids}
    rest = [
        one
        for one in _named(_read(xml, levels), document)
        if (one.text in own if one.table is None else _size(*one.table) in sizes)
        or not added.has(one)
    ]
    medium = Medium(file, "文档", TEXT_DIFFERS, TABLE_DIFFERS)
    return list(compare(wanted, rest, medium, furniture)), xml, added


def _chart_faults(package: Package, xml: bytes, document: Document) -> Iterator[str]:
    yield from chart_faults(package, xml, document.illustration.drawn)


def _illustration_faults(xml: bytes, added: _Added, asked: Asked | None) -> Iterator[str]:
    """Tiles that are wrong, charts and tiles that are too few or too many."""
    yield from added.faults
    if asked is not None:
        yield from added.met.missing(asked)
        yield from picture_faults(xml, added.met.pictures)
        found = added.found + Counter(charts_of(xml))
        yield from miscounted(asked, found, added.document.illustration)


def _named(items: Iterable[Written], document: Document) -> Iterator[Written]:
    """Headings that are shown as 01 under the names that the report has for them."""
    for one in items:
        if one.level == NUMBERED and "\t" in one.text:
            names = document.headings_shown
            yield replace(one, text=names.get(one.text, one.text))
        else:
            yield one


def _parts(package: Package) -> tuple[bytes, dict[str, int]]:
    """The document part, and the heading level of each style."""
    return package.read(DOCUMENT), outline_levels(package.read("word/styles.xml"))


def _size(rows: int, columns: int, cells: Sequence[Cell]) -> tuple[int, int, int]:
    return rows, columns, len(cells)


def _read(document: bytes, levels: dict[str, int]) -> Iterator[Written]:
    """The paragraphs that say something, and the tables."""
    paragraphs = tables = 0
    for text, style, table in document_items(document):
        if table is not None:
            tables += 1
            yield Written(tables, table=table)
        else:
            paragraphs += 1
            if text.strip():
                yield Written(paragraphs, text, levels.get(style or ""))
