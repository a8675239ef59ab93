"""Makes the illustrated templates out of the official ones; afterwards they are edited in Word.

Usage: ``python -m gxgen.templates.scaffold.illustrated templates/illustrated``. Tables, headings,
loops and sign-off stay the official template's; what is added: a cover, tiles under section one,
charts under table three, and another look. A test compares its output with the files.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gxgen.document import page
from gxgen.document.charts import CHANNELS, CHART_IDS, CHARTED, DARK, PALE
from gxgen.document.illustrated.tiles import OVERVIEW
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.formats.docx.read import style_of
from gxgen.formats.docx.template import template_name
from gxgen.formats.docx.wordml import W, paragraph_text, parse_xml
from gxgen.model.outline import number_text
from gxgen.opc.package import CONTENT_TYPES, DOCUMENT, FixedZip, Members, read_package
from gxgen.templates.scaffold import illustrated_styles as look
from gxgen.templates.scaffold.official import make_template as official_template
from gxgen.templates.scaffold.official import paragraph, tag
from gxgen.templates.scaffold.styles import DECLARATION, HEADER, HEADINGS, NAMESPACES, TITLE
from gxgen.templates.scaffold.tables import run, twips

if TYPE_CHECKING:
    from lxml.etree import _Element

_COVER_HEADER, _COVER_RELATION = "word/header3.xml", "rIdCover"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
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


def make_illustrated(edition: Edition) -> bytes:
    """The illustrated template of an edition, as a DOCX; always the same bytes."""
    members = dict(read_package(official_template(edition)))
    members["word/styles.xml"] = look.restyled(members["word/styles.xml"])
    members[DOCUMENT] = _document(members[DOCUMENT], edition)
    members[_COVER_HEADER] = _cover_header().encode()
    members |= _running_heads(members) | _related(members)
    return FixedZip(members).build({})


def _document(data: bytes, edition: Edition) -> bytes:
    root = parse_xml(data, DOCUMENT)
    body = root[0]
    _make_cover(body)
    _number_blocks(body)
    for section in edition.sections:
        heading = _heading(body, number_text(section.mark) + section.title)
        if section.mark == OVERVIEW:
            _insert(heading, _tiles())
            _insert(_end_of_loop(heading), _chart(CHANNELS))
        if section.table == CHARTED:
            table = next(heading.itersiblings(W + "tbl"))
            _insert(table, "".join(_chart(one) for one in CHART_IDS if one != CHANNELS))
    _page(body)
    return _bytes(root)


def _bytes(root: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _heading(body: _Element, text: str) -> _Element:
    found = (p for p in body.iterchildren(W + "p") if paragraph_text(p) == text)
    return next(found, body)


def _end_of_loop(heading: _Element) -> _Element:
    """Where the loop over a section's own words ends."""
    return next(p for p in heading.itersiblings(W + "p") if "endfor" in paragraph_text(p))


def _insert(after: _Element, markup: str) -> None:
    for node in reversed(list(_parsed(markup))):
        after.addnext(node)


def _parsed(markup: str) -> _Element:
    return parse_xml(f"<x {NAMESPACES}>{markup}</x>".encode(), DOCUMENT)


def _make_cover(body: _Element) -> None:
    """The title ends a section of its own, whose header draws the cover."""
    title = next(p for p in body.iterchildren(W + "p") if style_of(p) == TITLE)
    margins = (
        f'w:top="{twips(page.TOP)}" w:right="{twips(_COVER_RIGHT)}" '
        f'w:bottom="{twips(page.BOTTOM)}" w:left="{twips(_COVER_LEFT)}" '
        f'w:header="{twips(page.HEADER)}" w:footer="{twips(page.FOOTER)}" w:gutter="0"'
    )
    section = _parsed(
        f'<w:sectPr><w:headerReference w:type="default" r:id="{_COVER_RELATION}"/>'
        f'<w:pgSz w:w="{twips(_WIDTH)}" w:h="{twips(_HEIGHT)}"/><w:pgMar {margins}/></w:sectPr>'
    )[0]
    properties = title.find(W + "pPr")
    if properties is not None:
        properties.append(section)


def _page(body: _Element) -> None:
    """Pages are numbered from the first after the cover; lines keep to no grid."""
    section = body.find(W + "sectPr")
    if section is None:
        return
    for grid in section.findall(W + "docGrid"):
        section.remove(grid)
    section.append(_parsed('<w:pgNumType w:start="1"/>')[0])


def _number_blocks(body: _Element) -> None:
    """The numbers of third headings stand out, as numbered blocks."""
    for p in body.iterchildren(W + "p"):
        if style_of(p) == HEADINGS[3]:
            last = p.findall(W + "r")[-1]
            number = run("{{ block.number }}", style=look.BLOCK_NUMBER)
            new = _parsed(number + run("{{ block.text }}"))
            for node in list(new):
                last.addprevious(node)
            p.remove(last)


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
    return (
        f"{DECLARATION}<w:hdr {NAMESPACES} {_DRAWING}>"
        + paragraph(HEADER, f"<w:r>{bars}</w:r>", run("{{ draft_mark }}"))
        + paragraph(look.COVER_YEAR, run("{{ year }}"))
        + paragraph(look.COVER_EDITION, run("图文版"))
        + "</w:hdr>"
    )


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


def _running_heads(members: Members) -> Members:
    """The report's title on top of each page behind the draft mark."""
    out: Members = {}
    for name in ("word/header1.xml", "word/header2.xml"):
        root = parse_xml(members[name], name)
        root.append(_parsed(paragraph(look.RUNNING_HEAD, run("{{ document_title }}")))[0])
        out[name] = _bytes(root)
    return out


def _related(members: Members) -> Members:
    types = parse_xml(members[CONTENT_TYPES], CONTENT_TYPES)
    name = "word/_rels/document.xml.rels"
    relations = parse_xml(members[name], name)
    override = {"PartName": f"/{_COVER_HEADER}", "ContentType": _HEADER_TYPE}
    types.append(types.makeelement(types[-1].tag, override))
    relation = {"Id": _COVER_RELATION, "Type": f"{_OFFICE}/header", "Target": "header3.xml"}
    relations.append(relations.makeelement(relations[-1].tag, relation))
    return {CONTENT_TYPES: _bytes(types), name: _bytes(relations)}


def main(folder: str) -> None:
    """Write the template of every edition into a style's folder."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for edition in EDITIONS.values():
        Path(folder, template_name(edition)).write_bytes(make_illustrated(edition))


if __name__ == "__main__":
    main(sys.argv[1])
