"""Makes the illustrated templates; afterwards they are edited in Word.

Usage: ``python -m gxgen.templates.scaffold.illustrated templates/illustrated``. Loops and tags are
the official template's; what is added: a cover, marks of headings, and the places of pictures. A
test compares its output with the files.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from gxgen.document.illustrated.edition import FLOW_TABLE
from gxgen.document.illustrated.icons import SECTIONS
from gxgen.document.illustrated.totals import OVERVIEW
from gxgen.document.page import PICTURED_BOTTOM, PICTURED_SIDES, PICTURED_TOP
from gxgen.editions.schema import Edition, Section
from gxgen.formats.docx.context import slot
from gxgen.formats.docx.wordml import parse_xml
from gxgen.formats.drawings.marks import band_drawing, plate
from gxgen.formats.drawings.shapes import numbers
from gxgen.model.narrative import PREAMBLE
from gxgen.model.numbering import number_text
from gxgen.opc.package import CONTENT_TYPES, DOCUMENT, FixedZip
from gxgen.opc.xml import written
from gxgen.templates.scaffold import illustrated_styles as look
from gxgen.templates.scaffold.illustrated_tables import table_xml
from gxgen.templates.scaffold.official import PARTS, Official, header_part, paragraph, tag, write
from gxgen.templates.scaffold.styles import (
    BODY,
    DECLARATION,
    HEADER,
    HEADINGS,
    LEADS,
    NAMESPACES,
    SIGN_OFF_AGENCY,
    SIGN_OFF_DATE,
    TITLE,
)
from gxgen.templates.scaffold.tables import run, twips

_HEADERS = ("word/header1.xml", "word/header2.xml")
_FOOTER, _OFFICIAL_FOOTER = "word/footer1.xml", "word/footer2.xml"
_COVER_HEADER = "word/header3.xml"
_TIDIED = (
    CONTENT_TYPES,
    DOCUMENT,
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    *_HEADERS,
    _COVER_HEADER,
    _FOOTER,
)
"""Parts that stand in the file as lxml writes them."""
_COVER_TOP = 20.0
"""Millimetres above a cover's text."""
_HEAD, _FOOT = 11.0, 9.0
_COVER_NAME, _EDITION_NAME = "政府信息公开工作年度报告", "　图文版"


class Illustrated(Official):
    """The illustrated template: a cover, marks, pictures, tables without black."""

    parts = {
        **{i: part for i, part in PARTS.items() if i != "rId8"},
        "rIdCover": ("header", "header3.xml"),
    }
    styles = look.STYLES

    def __init__(self, edition: Edition) -> None:
        """The template of an edition."""
        super().__init__(edition)
        object.__setattr__(self, "_ids", numbers(1))

    def members(self) -> dict[str, str]:
        """The official parts, one foot for all pages, and the cover's header."""
        made = super().members() | {_FOOTER: _footer(), _COVER_HEADER: _cover_header()}
        del made[_OFFICIAL_FOOTER]
        return made

    def document(self) -> str:
        """``word/document.xml``."""
        references = "".join(
            f'<w:{part}Reference w:type="{pages}" r:id="{relation}"/>'
            for relation, part, pages in (
                ("rId5", "header", "default"),
                ("rId6", "header", "even"),
                ("rId7", "footer", "default"),
                ("rId7", "footer", "even"),
            )
        )
        last = _page(references, PICTURED_TOP, '<w:pgNumType w:start="1"/>')
        return (
            f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(self.body())}{last}"
            "</w:body></w:document>"
        )

    def body(self) -> Iterator[str]:
        """Cover, sections, sign-off."""
        yield self.title()
        for section in self.edition.sections:
            if section.mark != PREAMBLE:
                yield paragraph(look.SPACER, extra="<w:keepNext/>")
                yield self._heading(section)
            yield self.before_text(section)
            yield from self.text(section)
        for name, style in (("agency", SIGN_OFF_AGENCY), ("date", SIGN_OFF_DATE)):
            yield tag(f"if sign_off.{name}")
            yield paragraph(style, run(f"{{{{ sign_off.{name} }}}}"))
            yield tag("endif")

    def title(self) -> str:
        """The title, which ends a section of its own, whose header is the rest of the cover."""
        header = '<w:headerReference w:type="default" r:id="rIdCover"/>'
        return paragraph(TITLE, run("{{ title }}"), extra=_page(header, _COVER_TOP))

    def _heading(self, section: Section) -> str:
        mark = plate(self._ids, SECTIONS.get(section.mark, "doc"), look.COLOURS)  # type: ignore[attr-defined]
        number = run(number_text(section.mark), style=look.SECTION_NUMBER)
        return paragraph(HEADINGS[1], mark, number, run(section.title))

    def before_text(self, section: Section) -> str:
        """The pictures over a table, and the table."""
        if not section.table:
            return ""
        pictures = paragraph(BODY, run(f"{{{{ pictures.{section.table} }}}}"))
        table = table_xml(self.edition.grids[section.table], section.title)
        flow = paragraph(BODY, run("{{ pictures.flow }}")) if section.table == FLOW_TABLE else ""
        return pictures + table + flow + paragraph(look.LOW_SPACER)

    def text(self, section: Section) -> Iterator[str]:
        """A section's own words, each block as what it is; pictures over and under blocks."""
        body = look.PREAMBLE_TEXT if section.mark == PREAMBLE else BODY
        last = section is self.edition.sections[-1]
        keep = run("{# keep-next: block.keep #}")
        laid_out = run("{# align-left: block.ragged #}") + (keep if last else "")
        if body == BODY:
            laid_out += run("{# paragraph-style: block.style #}")
        drawn = section.mark == OVERVIEW
        yield tag(f"for block in {slot(section.mark)}")
        yield paragraph(body, run("{{ block.above }}")) if drawn else ""
        for level in (2, 3, 4):
            yield tag(f"{'if' if level == 2 else 'elif'} block.heading{level}")
            if level == 2:
                yield paragraph(look.LOW_SPACER, extra="<w:keepNext/>")
            yield paragraph(HEADINGS[level], keep, *_numbered(level))
        for level in (2, 3):
            lead = run("{{ block.lead }}", style=LEADS[level])
            yield tag(f"elif block.runin{level}")
            yield paragraph(body, laid_out, lead, run("{{ block.text }}"))
        yield tag("else")
        yield paragraph(body, laid_out, run("{{ block.text }}"))
        yield tag("endif")
        yield paragraph(body, run("{{ block.below }}")) if drawn else ""
        yield tag("endfor")

    def header(self) -> str:
        """The band, the draft mark, and the report's title."""
        band = band_drawing(self._ids, look.COLOURS)  # type: ignore[attr-defined]
        return header_part(
            paragraph(HEADER, band, run("{{ draft_mark }}"))
            + paragraph(look.RUNNING_HEAD, run("{{ document_title }}"))
        )


def make_illustrated(edition: Edition) -> bytes:
    """The illustrated template of an edition, as a DOCX; always the same bytes."""
    members = Illustrated(edition).members()
    tidied = {name: written(parse_xml(members[name].encode(), name)) for name in _TIDIED}
    return FixedZip({n: text.encode() for n, text in members.items()} | tidied).build({})


def _cover_header() -> str:
    """The hills, the draft mark, what the document is, and the year."""
    return header_part(
        paragraph(HEADER, run("{{ pictures.cover }}"), run("{{ draft_mark }}"))
        + paragraph(
            look.COVER_LINE,
            run(_COVER_NAME),
            run(_EDITION_NAME, style=look.COVER_EDITION),
        )
        + paragraph(look.COVER_YEAR, run("{{ year }}"))
    )


def _numbered(level: int) -> Iterator[str]:
    """A heading's mark, number and words."""
    if level == 2:
        yield run("{{ block.icon }}")
        yield run("{# run-style: block.look #}") + run("{{ block.number }}{{ block.text }}")
    elif level == 3:
        yield run("{{ block.numeral }}", style=look.BLOCK_NUMBER)
        yield "<w:r><w:tab/></w:r>" + run("{{ block.text }}")
    else:
        yield run("{{ block.number }}{{ block.text }}")


def _page(references: str, top: float, rest: str = "") -> str:
    width, height = 11906, 16838
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar '
        f'w:top="{twips(top)}" w:right="{twips(PICTURED_SIDES)}" '
        f'w:bottom="{twips(PICTURED_BOTTOM)}" w:left="{twips(PICTURED_SIDES)}" '
        f'w:header="{twips(_HEAD)}" w:footer="{twips(_FOOT)}" '
        f'w:gutter="0"/>{rest}</w:sectPr>'
    )


def _footer() -> str:
    """The county's hills, pale, behind the page number."""
    look_of_number = '<w:rPr><w:rFonts w:hint="eastAsia"/><w:b/><w:bCs/></w:rPr>'
    field = "".join(
        f"<w:r>{look_of_number}{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    inner = paragraph(look.PAGE_NUMBER, run("{{ pictures.foot }}"), run("— "), field, run(" —"))
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{inner}</w:ftr>"


if __name__ == "__main__":
    write(sys.argv[1], make_illustrated)
