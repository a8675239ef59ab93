"""The parts of a DOCX that hold its charts: each chart's own, its workbook, and who knows whom."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

from gxgen.document.charts import Chart, series_of
from gxgen.formats.docx.chart_drawing import RELATION, SHEET, chart_xml
from gxgen.formats.docx.wordml import parse_xml
from gxgen.opc.package import CONTENT_TYPES, DOCUMENT, Members
from gxgen.opc.relations import OFFICE, relations_part

FOLDER = "word/charts/"
DOCUMENT_RELATIONS = relations_part(DOCUMENT)
CHART_RELATION = re.compile('r:id="rIdChart_([a-z]+)"')
"""Where a document wants a chart, see :func:`relation_id`."""

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MADE = dt.datetime(2000, 1, 1)
"""A fixed moment: a workbook's bytes must not tell when it was made."""


def part_name(chart_id: str) -> str:
    """The member that holds a chart."""
    return f"{FOLDER}chart_{chart_id}.xml"


def workbook_name(chart_id: str) -> str:
    """The member that holds a chart's workbook."""
    return f"word/embeddings/chart_{chart_id}.xlsx"


def relation_id(chart_id: str) -> str:
    """How the document names its relation to a chart."""
    return f"rIdChart_{chart_id}"


def charts_of(document: bytes) -> list[str]:
    """The charts that a document part shows, by id, each as often as it does."""
    return CHART_RELATION.findall(document.decode())


def chart_members(charts: Iterable[Chart]) -> Members:
    """The parts of these charts."""
    out: Members = {}
    for chart in charts:
        out |= _members(chart)
    return out


@lru_cache(maxsize=64)
def _members(chart: Chart) -> Members:
    name = part_name(chart.id)
    relations = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
        f'xmlns="{_PACKAGE}/relationships"><Relationship Id="{RELATION}" Type="{OFFICE}/package" '
        f'Target="../embeddings/chart_{chart.id}.xlsx"/></Relationships>'
    )
    return {
        name: chart_xml(chart).encode(),
        relations_part(name): relations.encode(),
        workbook_name(chart.id): workbook(chart),
    }


def workbook(chart: Chart) -> bytes:
    """The figures of a chart as an Excel file; always the same bytes."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(0, 0, 24)
        for row, bar in enumerate(chart.bars, 1):
            sheet.write_string(row, 0, bar.label)
        for column, one in enumerate(series_of(chart), 1):
            sheet.write_string(0, column, one.name)
            for row, value in enumerate(one.values, 1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return out.getvalue()


def related(members: Members, chart_ids: Iterable[str]) -> Members:
    """The members that must change for a document to hold these charts."""
    types = parse_xml(members[CONTENT_TYPES], CONTENT_TYPES)
    relations = parse_xml(members[DOCUMENT_RELATIONS], DOCUMENT_RELATIONS)
    ids = list(chart_ids)
    if ids and not any(node.get("Extension", "").lower() == "xlsx" for node in types):
        default = f"{{{_PACKAGE}/content-types}}Default"
        node = types.makeelement(default, Extension="xlsx", ContentType=_WORKBOOK_TYPE)
        types.insert(0, node)
    for chart_id in ids:
        override = f"{{{_PACKAGE}/content-types}}Override"
        etree.SubElement(
            types, override, PartName=f"/{part_name(chart_id)}", ContentType=_CHART_TYPE
        )
        etree.SubElement(
            relations,
            f"{{{_PACKAGE}/relationships}}Relationship",
            Id=relation_id(chart_id),
            Type=f"{OFFICE}/chart",
            Target=part_name(chart_id).removeprefix("word/"),
        )
    return {
        name: etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
        for name, root in ((CONTENT_TYPES, types), (DOCUMENT_RELATIONS, relations))
    }
