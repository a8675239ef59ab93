"""Makes the illustrated templates out of the official ones; afterwards they are edited in Word.

Usage: ``python -m gxgen.templates.scaffold.illustrated templates/illustrated``. Tables, headings,
loops and sign-off stay the official template's; what is added: a cover, tiles under section one,
charts under table three, and another look. A test compares its output with the files.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from gxgen.document import page
from gxgen.document.charts import CHANNELS, CHART_IDS, CHARTED, DARK, PALE
from gxgen.document.illustrated.tiles import OVERVIEW
from gxgen.editions.schema import Edition, Section
from gxgen.formats.docx.wordml import parse_xml
from gxgen.opc.package import CONTENT_TYPES, DOCUMENT, FixedZip
from gxgen.opc.xml import written
from gxgen.templates.scaffold import illustrated_styles as look
from gxgen.templates.scaffold.official import (
    PARTS,
    Official,
    header_part,
    page_settings,
    paragraph,
    tag,
    write,
)
from gxgen.templates.scaffold.styles import HEADER, NAMESPACES, TITLE
from gxgen.templates.scaffold.tables import run, twips

_COVER_HEADER = "word/header3.xml"
_TIDIED = (
    CONTENT_TYPES,
    DOCUMENT,
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/header1.xml",
    "word/header2.xml",
)
"""Parts that stand in the file as lxml writes them."""
BLOCK_LEVEL = 3
_EMU_PER_MM = 36000
_DRAWING = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_WIDTH, _HEIGHT = page.SHEET
_COVER_LEFT, _COVER_RIGHT = 42.0, 15.0
"""Millimetres: the cover's text begins beside the bar, and holds the longest line of a title."""
_BAR = 24.0
_RECTANGLES = (
    ((0.0, 0.0, _BAR, _HEIGHT), DARK),
    ((_BAR, 0.0, 4.0, _HEIGHT), "9DB9D6"),
    ((_COVER_LEFT, 252.0, 60.0, 1.2), DARK),
)
"""Left, top, width, height in millimetres, and colour."""


class Illustrated(Official):
    """The illustrated template: a cover, tiles, charts, numbers that stand out."""

    parts = PARTS | {"rIdCover": ("header", "header3.xml")}
    styles = look.STYLES
    last_settings = '<w:pgNumType w:start="1"/>'
    """Pages are numbered from the first after the cover; lines keep to no grid."""

    def members(self) -> dict[str, str]:
        """The same parts and the cover's header."""
        return super().members() | {_COVER_HEADER: _cover_header()}

    def title(self) -> str:
        """The title ends a section of its own, whose header draws the cover."""
        header = '<w:headerReference w:type="default" r:id="rIdCover"/>'
        cover = page_settings(header, _COVER_LEFT, _COVER_RIGHT)
        return paragraph(TITLE, run("{{ title }}"), extra=cover)

    def before_text(self, section: Section) -> str:
        """Tiles over the overview; charts below the table that they show."""
        tiles = _tiles() if section.mark == OVERVIEW else ""
        shown = [one for one in CHART_IDS if one != CHANNELS and section.table == CHARTED]
        return super().before_text(section) + tiles + "".join(map(_chart, shown))

    def text(self, section: Section) -> Iterator[str]:
        """The overview ends with the chart of channels."""
        yield from super().text(section)
        yield _chart(CHANNELS) if section.mark == OVERVIEW else ""

    def numbered(self, level: int) -> str:
        """The numbers of third headings stand out, as numbered blocks."""
        if level != BLOCK_LEVEL:
            return super().numbered(level)
        return run("{{ block.number }}", style=look.BLOCK_NUMBER) + run("{{ block.text }}")

    def header(self) -> str:
        """The report's title behind the draft mark."""
        title = paragraph(look.RUNNING_HEAD, run("{{ document_title }}"))
        return header_part(paragraph(HEADER, run("{{ draft_mark }}")) + title)


def make_illustrated(edition: Edition) -> bytes:
    """The illustrated template of an edition, as a DOCX; always the same bytes."""
    members = Illustrated(edition).members()
    tidied = {name: written(parse_xml(members[name].encode(), name)) for name in _TIDIED}
    return FixedZip({n: text.encode() for n, text in members.items()} | tidied).build({})


def _chart(chart_id: str) -> str:
    return paragraph(look.CHART_PLACE, run(f"{{{{ charts.{chart_id} }}}}"))


def _tiles() -> str:
    """One tile between the marks of its loop; a report has as many as section one has parts."""
    width = twips(_WIDTH - page.LEFT - page.RIGHT) // 3
    head = _tile_row(look.TILE_TITLE, paragraph(look.TILE_TITLE, run("{{ tile.title }}")), DARK)
    figure = paragraph(look.TILE_FIGURE, run("{{ tile.figure }}"))
    text = paragraph(look.TILE_TEXT, run("{{ tile.text }}"))
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
        + f"</w:tblGrid>{head}{_tile_row(look.TILE_TEXT, words, PALE)}</w:tbl>"
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


def _cover_header() -> str:
    """Draft mark, year and edition in the flow; the bars behind them."""
    bars = "".join(_rectangle(n, *one) for n, one in enumerate(_RECTANGLES, 1))
    content = (
        paragraph(HEADER, f"<w:r>{bars}</w:r>", run("{{ draft_mark }}"))
        + paragraph(look.COVER_YEAR, run("{{ year }}"))
        + paragraph(look.COVER_EDITION, run("图文版"))
    )
    return header_part(content, f"{NAMESPACES} {_DRAWING}")


def _rectangle(number: int, sides: tuple[float, ...], fill: str) -> str:
    x, y, cx, cy = (round(mm * _EMU_PER_MM) for mm in sides)
    return (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="{number}" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page">'
        f'<wp:posOffset>{x}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page">'
        f'<wp:posOffset>{y}</wp:posOffset></wp:positionV><wp:extent cx="{cx}" cy="{cy}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="封面色块{number}"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
        "</wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        "</mc:Choice></mc:AlternateContent>"
    )


if __name__ == "__main__":
    write(sys.argv[1], make_illustrated)
