"""Reads a written DOCX back and compares it with the report that it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gxgen.diagnostics import Finding
from gxgen.document.blocks import Document, TableBlock, compose
from gxgen.document.cell import squash
from gxgen.document.comparison import (
    Furniture,
    Medium,
    Wanted,
    Written,
    compare,
    details,
    expected,
    same,
)
from gxgen.document.illustrated.edition import TILES
from gxgen.document.illustrated.readback import CHART_DIFFERS, Asked, miscounted, tiles_fault
from gxgen.errors import TemplateError
from gxgen.formats.docx.chart_parts import charts_of
from gxgen.formats.docx.read import (
    CELL_END,
    Shape,
    body_items,
    outline_levels,
    quick_items,
    style_of,
    table_cells,
    text_of,
)
from gxgen.formats.docx.wordml import W, parse_xml
from gxgen.model.report import Report
from gxgen.opc.package import DOCUMENT, TEXT, Package, PackageError
from gxgen.places import FilePart

UNREADABLE, TEXT_DIFFERS, TABLE_DIFFERS = "GX621", "GX622", "GX623"

_CHARTS = b'"rIdChart_'


@dataclass(slots=True)
class _Added:
    """What may stand between a report's blocks: text of the template's, and an illustration's.

    ``found``: how often each chart's sentence, and the tiles, were met; ``faults``: what is wrong
    with the tiles.
    """

    furniture: Furniture
    document: Document
    found: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def has_text(self, text: str) -> bool:
        """Whether it is such a paragraph."""
        if any(pattern.fullmatch(text) for pattern in self.furniture):
            return True
        shown = self.document.illustration
        named = [chart.id for chart in shown.charts if text and text == shown.remark(chart)]
        self.found.update(named)
        return bool(named)

    def has_table(self, texts: Sequence[str]) -> bool:
        """Whether it is the tiles' table."""
        fault = tiles_fault(texts, self.document.illustration)
        if fault is None:
            return False
        self.found[TILES] += 1
        self.faults.extend(filter(None, [fault]))
        return True

    def has(self, found: Written) -> bool:
        """Whether it is either."""
        if found.table is None:
            return self.has_text(found.text)
        return self.has_table([cell.text for cell in found.table[2]])


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
        found, xml, added = _read_back(package, document, furniture, file)
    except TemplateError as error:
        return [Finding(UNREADABLE, f"写好的文档读不回来：{error}", FilePart(file))]
    except (PackageError, KeyError, ValueError, IndexError):
        return [Finding(UNREADABLE, "写好的文档读不回来：文件不完整。", FilePart(file))]
    if asked or added.found or _CHARTS in xml:
        faults = [*_illustration_faults(xml, added, asked)]
        if with_charts:
            faults = [*_chart_faults(package, xml, document), *faults]
        found += [Finding(CHART_DIFFERS, f"写好的文档里，{one}", FilePart(file)) for one in faults]
    return found


def shown_in(data: bytes, document: Document) -> Asked:
    """The charts and tiles that a sound document shows: what is made of it must show the same."""
    _, xml, added = _read_back(Package(data, TEXT), document, (), "")
    return added.found + Counter(charts_of(xml))


def _read_back(
    package: Package, document: Document, furniture: Furniture, file: str
) -> tuple[list[Finding], bytes, _Added]:
    """What differs in text and tables, the document part, and what else was met in it."""
    medium = Medium(file, "文档", TEXT_DIFFERS, TABLE_DIFFERS)
    wanted = list(expected(document.blocks))
    xml, levels = _parts(package)
    added = _Added(furniture, document)
    if _agrees(wanted, xml, levels, medium, added):
        return [], xml, added
    added = _Added(furniture, document)
    written = list(_read(xml, levels))
    own = {one[0] for one in wanted if not isinstance(one, TableBlock)}
    rest = [one for one in written if one.text in own or not added.has(one)]
    return list(compare(wanted, rest, medium)), xml, added


def _chart_faults(package: Package, xml: bytes, document: Document) -> Iterator[str]:
    from gxgen.formats.docx.chart_verify import chart_faults

    yield from chart_faults(package, xml, document.illustration.drawn)


def _illustration_faults(xml: bytes, added: _Added, asked: Asked | None) -> Iterator[str]:
    """Tiles that are wrong, charts and tiles that are too few or too many."""
    yield from added.faults
    if asked is not None:
        found = added.found + Counter(charts_of(xml))
        yield from miscounted(asked, found, added.document.illustration)


def _parts(package: Package) -> tuple[bytes, dict[str, int]]:
    """The document part, and the heading level of each style."""
    return package.read(DOCUMENT), outline_levels(package.read("word/styles.xml"))


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
                if added.has_table(text.split(CELL_END)) and not added.faults:
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
