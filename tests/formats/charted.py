"""A template as a county may have it: the official one with native charts and a table of tiles."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.document import page
from gxgen.document.charts import CHANNELS, CHART_IDS, CHARTED, DARK, PALE
from gxgen.document.illustrated.totals import OVERVIEW
from gxgen.editions.schema import Edition, Section
from gxgen.opc.package import FixedZip
from gxgen.templates.scaffold.official import Official, paragraph, tag
from gxgen.templates.scaffold.styles import BODY, TABLE_HEAD, TABLE_TEXT
from gxgen.templates.scaffold.tables import run, twips


class Charted(Official):
    """The official template, charts under table three, tiles and channels in section one."""

    def before_text(self, section: Section) -> str:
        tiles = _tiles() if section.mark == OVERVIEW else ""
        shown = [one for one in CHART_IDS if one != CHANNELS and section.table == CHARTED]
        return super().before_text(section) + tiles + "".join(map(_chart, shown))

    def text(self, section: Section) -> Iterator[str]:
        yield from super().text(section)
        yield _chart(CHANNELS) if section.mark == OVERVIEW else ""


def make_charted(edition: Edition) -> bytes:
    members = Charted(edition).members()
    return FixedZip({name: text.encode() for name, text in members.items()}).build({})


def _chart(chart_id: str) -> str:
    return paragraph(BODY, run(f"{{{{ charts.{chart_id} }}}}"))


def _tiles() -> str:
    """One tile between the marks of its loop; a report has as many as section one has parts."""
    width = twips(page.SHEET[0] - page.LEFT - page.RIGHT) // 3
    head = _tile_row(TABLE_HEAD, paragraph(TABLE_HEAD, run("{{ tile.title }}")), DARK)
    figure = paragraph(TABLE_TEXT, run("{{ tile.figure }}"))
    text = paragraph(TABLE_TEXT, run("{{ tile.text }}"))
    words = tag("if tile.figure") + figure + tag("endif") + text
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="36" w:space="0" w:color="FFFFFF"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
        if edge != "insideH"
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{3 * width}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0400" w:firstRow="0" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>'
        + f'<w:gridCol w:w="{width}"/>' * 3
        + f"</w:tblGrid>{head}{_tile_row(TABLE_TEXT, words, PALE)}</w:tbl>"
    )


def _tile_row(style: str, content: str, fill: str) -> str:
    def cell(inner: str, properties: str = "") -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>{properties}</w:tcPr>{inner}</w:tc>'

    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/><w:vAlign w:val="center"/>'
    return (
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + cell(paragraph(style, run("{%tc for tile in tiles %}")))
        + cell(content, shade)
        + cell(paragraph(style, run("{%tc endfor %}")))
        + "</w:tr>"
    )
