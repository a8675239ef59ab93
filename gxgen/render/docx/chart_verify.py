"""Reads the charts of a written DOCX back: what is drawn, and the workbook behind it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from gxgen.errors import TemplateError
from gxgen.render.charts.chart import Chart, number
from gxgen.render.charts.drawing import series_of
from gxgen.render.docx.chart_parts import CHART_RELATION, part_name, workbook_name
from gxgen.render.ooxml.package import DOCUMENT
from gxgen.render.ooxml.xml import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

Rows = list[list[str]]
"""Cells as text: a head, then a line a bar; what is not known is empty."""

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEET, _STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def chart_faults(archive: zipfile.ZipFile, charts: Iterable[Chart]) -> Iterator[str]:
    """A sentence on each chart of the document that is not as it should be."""
    expected = {chart.id: chart for chart in charts}
    for chart_id in dict.fromkeys(CHART_RELATION.findall(archive.read(DOCUMENT).decode())):
        chart = expected.get(chart_id)
        if chart is None:
            yield f"多出一张图（{chart_id}），报告中没有它的数。"
            continue
        try:
            drawn = _drawn(parse_xml(archive.read(part_name(chart_id)), part_name(chart_id)))
            behind = _workbook(archive.read(workbook_name(chart_id)))
        except (KeyError, IndexError, ValueError, zipfile.BadZipFile, zlib.error, TemplateError):
            yield f"图“{chart.title}”或它的数据表读不出来。"
            continue
        wanted = rows_of(chart)
        for found, what in ((drawn, ""), (behind, "所附数据表")):
            if found != wanted:
                yield f"图“{chart.title}”{what}的数与报告不同：{_difference(wanted, found)}。"


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
    with zipfile.ZipFile(io.BytesIO(data)) as book:
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
        column = ord(cell.get("r", "A")[0]) - ord("A")
        text = cell.findtext(_S + "v", "")
        out += [""] * (column - len(out))
        out.append(shared[int(text)] if cell.get("t") == "s" else text)
    return out
