"""Reads the charts of a written DOCX back: what is drawn, and the workbook behind it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping

from lxml.etree import _Element

from gxgen.a1 import cell_position
from gxgen.document.charts import Chart, number, series_of
from gxgen.errors import TemplateError
from gxgen.formats.docx.chart_drawing import RELATION
from gxgen.formats.docx.chart_parts import (
    CHART_RELATION,
    charts_of,
    part_name,
    relation_id,
    workbook_name,
)
from gxgen.formats.docx.wordml import parse_xml
from gxgen.opc.limits import TEXT
from gxgen.opc.package import DOCUMENT, Package, PackageError
from gxgen.opc.relations import relations, relations_part

Rows = list[list[str]]
"""Cells as text: a head, then a line a bar; what is not known is empty."""

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = re.compile(r"<wp:docPr\b")
_DESCRIBED = re.compile(r'[^>]*? descr="([^"]*)"')
"""What a document says in the place of a drawing, from behind the beginning of its tag."""
_SHEET, _STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def chart_faults(package: Package, document: bytes, charts: Iterable[Chart]) -> Iterator[str]:
    """A sentence on each chart that the document part shows and that is not as it should be."""
    expected = {chart.id: chart for chart in charts}
    for chart_id in dict.fromkeys(charts_of(document)):
        chart = expected.get(chart_id)
        if chart is None:
            yield f"多出一张图（{chart_id}），报告中没有它的数。"
            continue
        try:
            yield from _faults(package, chart)
        except (KeyError, IndexError, ValueError, PackageError, TemplateError):
            yield f"图“{chart.title}”或它的数据表读不出来。"
    yield from _said_otherwise(document, expected)


def _faults(package: Package, chart: Chart) -> Iterator[str]:
    """Raises one of many errors if a part is missing or broken."""
    name, behind = part_name(chart.id), workbook_name(chart.id)
    for part, relation, target in (
        (DOCUMENT, relation_id(chart.id), name),
        (name, RELATION, behind),
    ):
        if target not in _targets(package, part, relation):
            yield f"图“{chart.title}”与{'数据表' if target == behind else '文档'}的联系断了。"
    root = parse_xml(package.read(name), name)
    title = "".join(node.text or "" for node in root.iterfind(f".//{_C}title//{_A}t"))
    if title != chart.title:
        yield f"图“{chart.title}”的名称写成了“{title}”。"
    wanted = rows_of(chart)
    for found, what in ((_drawn(root), ""), (_workbook(package.read(behind)), "所附数据表")):
        if found != wanted:
            yield f"图“{chart.title}”{what}的数与报告不同：{_difference(wanted, found)}。"


def _targets(package: Package, part: str, relation: str) -> list[str]:
    """The members that a part's relation leads to; there should be one."""
    listed = relations_part(part)
    root = parse_xml(package.read(listed), listed)
    return [one.target for one, _ in relations(root, part) if one.id == relation]


def _said_otherwise(document: bytes, charts: Mapping[str, Chart]) -> Iterator[str]:
    """What is read out in the place of a chart must say its figures too."""
    for drawing in _DRAWING.split(document.decode())[1:]:
        described, shown = _DESCRIBED.match(drawing), CHART_RELATION.search(drawing)
        chart = charts.get(shown[1]) if described and shown else None
        if chart and described and html.unescape(described[1]) != chart.spoken:
            yield f"图“{chart.title}”的替代文字与报告不同。"


def rows_of(chart: Chart) -> Rows:
    """A chart as its workbook holds it."""
    columns = list(series_of(chart))
    head = ["", *(one.name for one in columns)]
    lines = (
        [bar.label, *("" if value is None else number(value) for value in bar.values)]
        for bar in chart.bars
    )
    return [head, *lines]


def _difference(wanted: Rows, found: Rows) -> str:
    for want, have in zip(wanted, found, strict=False):
        if want != have:
            return f"应为“{' '.join(want)}”，写成了“{' '.join(have)}”"
    return f"应有{len(wanted)}行，写成了{len(found)}行"


def _drawn(root: _Element) -> Rows:
    """The cached names, labels and values of a chart part."""
    series = list(root.iter(_C + "ser"))
    names = [_points(one.find(_C + "tx"))[0] for one in series]
    labels = _points(series[0].find(_C + "cat"))
    values = [_points(one.find(_C + "val")) for one in series]
    if any(_points(one.find(_C + "cat")) != labels for one in series):
        raise ValueError("the series have labels of their own")
    return [["", *names], *([label, *line] for label, *line in zip(labels, *values, strict=True))]


def _points(node: _Element | None) -> list[str]:
    if node is None:
        raise ValueError("a part of a series is missing")
    count = int(next(node.iter(_C + "ptCount")).get("val", ""))
    out = [""] * count
    for point in node.iter(_C + "pt"):
        out[int(point.get("idx", ""))] = point.findtext(_C + "v", "")
    return out


def _workbook(data: bytes) -> Rows:
    book = Package(data, TEXT)
    strings = parse_xml(book.read(_STRINGS), _STRINGS)
    shared = ["".join(map(str, node.itertext())) for node in strings.iterchildren(_S + "si")]
    sheet = parse_xml(book.read(_SHEET), _SHEET)
    rows = [_row(row, shared) for row in sheet.iter(_S + "row")]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _row(row: _Element, shared: list[str]) -> list[str]:
    out: list[str] = []
    for cell in row.iterchildren(_S + "c"):
        if cell.find(_S + "f") is not None:
            raise ValueError("a formula in place of a figure")
        _, column = cell_position(cell.get("r", "")) or (0, 0)
        text = cell.findtext(_S + "v", "")
        out += [""] * (column - len(out))
        out.append(shared[int(text)] if cell.get("t") == "s" else text)
    return out
