"""Makes the official templates from the form's declaration; afterwards they are edited in Word.

Usage: ``python -m gxgen.templates.scaffold.official templates/official``. Run it again after a
change to an edition or to the layout; a test compares its output with the files.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from gxgen.document import page
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition, Section
from gxgen.formats.docx.context import slot
from gxgen.formats.docx.template import template_name
from gxgen.model.narrative import PREAMBLE
from gxgen.model.numbering import section_heading
from gxgen.opc.package import CONTENT_TYPES, CORE, DOCUMENT, MAIN_TYPE, FixedZip
from gxgen.opc.xml import escaped
from gxgen.templates.scaffold import styles as look
from gxgen.templates.scaffold.tables import run, table_xml, twips

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."

Parts = dict[str, tuple[str, str]]
"""What the document relates to: by the relation's id its kind and its target."""
PARTS: Parts = {
    "rId1": ("styles", "styles.xml"),
    "rId2": ("settings", "settings.xml"),
    "rId3": ("fontTable", "fontTable.xml"),
    "rId4": ("theme", "theme/theme1.xml"),
    "rId5": ("header", "header1.xml"),
    "rId6": ("header", "header2.xml"),
    "rId7": ("footer", "footer1.xml"),
    "rId8": ("footer", "footer2.xml"),
}
_REFERENCES = (
    '<w:headerReference w:type="default" r:id="rId5"/>'
    '<w:headerReference w:type="even" r:id="rId6"/>'
    '<w:footerReference w:type="default" r:id="rId7"/>'
    '<w:footerReference w:type="even" r:id="rId8"/>'
)
_PACKAGE_PARTS: Parts = {
    "rId1": (f"{_OFFICE}/officeDocument", DOCUMENT),
    "rId2": (f"{_PACKAGE}/relationships/metadata/core-properties", CORE),
    "rId3": (f"{_OFFICE}/extended-properties", "docProps/app.xml"),
}


def paragraph(style: str, *runs: str, extra: str = "") -> str:
    """A paragraph of a style with these runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{"".join(runs)}</w:p>'


def tag(text: str) -> str:
    """A control tag in a paragraph of its own, which vanishes from the report."""
    return paragraph(look.TAG, run(f"{{%p {text} %}}"))


def page_settings(references: str, left: float, right: float, rest: str = "") -> str:
    """``w:sectPr``: the official sheet with these margins at the sides, in millimetres."""
    width, height = map(twips, page.SHEET)
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar '
        f'w:top="{twips(page.TOP)}" w:right="{twips(right)}" '
        f'w:bottom="{twips(page.BOTTOM)}" w:left="{twips(left)}" '
        f'w:header="{twips(page.HEADER)}" w:footer="{twips(page.FOOTER)}" w:gutter="0"/>'
        f"{rest}</w:sectPr>"
    )


@dataclass(frozen=True)
class Official:
    """The official template of an edition; another look overrides what it does otherwise."""

    edition: Edition
    parts: ClassVar[Parts] = PARTS
    styles: ClassVar[tuple[look.Style, ...]] = look.STYLES
    last_settings: ClassVar[str] = f'<w:docGrid w:type="lines" w:linePitch="{page.LINE}"/>'
    """What of the page settings stands behind the margins."""

    def members(self) -> dict[str, str]:
        """Every part of the package."""
        return {
            CONTENT_TYPES: _content_types(self.parts),
            "_rels/.rels": _relationships(_PACKAGE_PARTS),
            CORE: self.core(),
            "docProps/app.xml": _app(),
            DOCUMENT: self.document(),
            "word/_rels/document.xml.rels": _relationships(
                {i: (f"{_OFFICE}/{kind}", target) for i, (kind, target) in self.parts.items()}
            ),
            "word/styles.xml": look.style_sheet(self.styles),
            "word/settings.xml": look.settings(),
            "word/fontTable.xml": look.font_table(),
            "word/theme/theme1.xml": look.theme(),
            "word/header1.xml": self.header(),
            "word/header2.xml": self.header(),
            "word/footer1.xml": _footer("right"),
            "word/footer2.xml": _footer("left"),
        }

    def core(self) -> str:
        """``docProps/core.xml``."""
        title = f"政府信息公开工作年度报告模板（{self.edition.notice.number}）"
        return core_part(title, self.edition.first_year)

    def document(self) -> str:
        """``word/document.xml``."""
        settings = page_settings(_REFERENCES, page.LEFT, page.RIGHT, self.last_settings)
        return (
            f"{look.DECLARATION}<w:document {look.NAMESPACES}><w:body>{''.join(self.body())}"
            f"{settings}</w:body></w:document>"
        )

    def body(self) -> Iterator[str]:
        """Title, sections, sign-off."""
        yield self.title()
        previous: Section | None = None
        for section in self.edition.sections:
            if section.mark != PREAMBLE:
                yield _section_heading(section, after_table=bool(previous and previous.table))
            yield self.before_text(section)
            yield from self.text(section)
            previous = section
        yield from _sign_off()

    def title(self) -> str:
        """The report's title."""
        return paragraph(look.TITLE, run("{{ title }}"))

    def before_text(self, section: Section) -> str:
        """What stands between a section's heading and its text."""
        grids = self.edition.grids
        return table_xml(grids[section.table], section.title) if section.table else ""

    def text(self, section: Section) -> Iterator[str]:
        """A section's own words: each block a heading, a run-in heading with text, or text."""
        text, keep = run("{{ block.text }}"), run("{# keep-next: block.keep #}")
        last = section is self.edition.sections[-1]
        laid_out = run("{# align-left: block.ragged #}") + (keep if last else "")
        yield tag(f"for block in {slot(section.mark)}")
        for level in (2, 3, 4):
            yield tag(f"{'if' if level == 2 else 'elif'} block.heading{level}")
            yield paragraph(look.HEADINGS[level], keep, self.numbered(level))
        for level in (2, 3):
            lead = run("{{ block.lead }}", style=look.LEADS[level])
            yield tag(f"elif block.runin{level}")
            yield paragraph(look.BODY, laid_out, lead, text)
        yield tag("else")
        yield paragraph(look.BODY, laid_out, text)
        yield tag("endif")
        yield tag("endfor")

    def numbered(self, level: int) -> str:
        """A heading's number and words."""
        return run("{{ block.number }}{{ block.text }}")

    def header(self) -> str:
        """What stands on top of each page."""
        return header_part(paragraph(look.HEADER, run("{{ draft_mark }}")))


def make_template(edition: Edition) -> bytes:
    """The template of an edition, as a DOCX; always the same bytes."""
    members = Official(edition).members()
    return FixedZip({name: text.encode() for name, text in members.items()}).build({})


def header_part(content: str, namespaces: str = look.NAMESPACES) -> str:
    """``w:hdr``."""
    return f"{look.DECLARATION}<w:hdr {namespaces}>{content}</w:hdr>"


def _section_heading(section: Section, *, after_table: bool) -> str:
    before = 'w:before="200" ' if after_table else ""
    after = 'w:after="100" ' if section.table else ""
    spacing = f"<w:spacing {before}{after}/>" if before or after else ""
    return paragraph(look.HEADINGS[1], run(section_heading(section)), extra=spacing)


def _sign_off() -> Iterator[str]:
    styles = {"agency": look.SIGN_OFF_AGENCY, "date": look.SIGN_OFF_DATE}
    for name, style in styles.items():
        indent = run(f"{{# left-indent: sign_off.{name}_indent #}}")
        yield tag(f"if sign_off.{name}")
        yield paragraph(style, indent, run(f"{{{{ sign_off.{name} }}}}"))
        yield tag("endif")


def _footer(side: str) -> str:
    """The page number — 1 —, one character in from the outer side."""
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    field = "".join(
        f"<w:r>{hint}{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    place = f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
    inner = paragraph(look.FOOTER, run("— "), field, run(" —"), extra=place)
    return f"{look.DECLARATION}<w:ftr {look.NAMESPACES}>{inner}</w:ftr>"


def _content_types(parts: Parts) -> str:
    overrides = {
        f"/{DOCUMENT}": MAIN_TYPE.decode(),
        f"/{CORE}": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument"
        ".extended-properties+xml",
        **{
            f"/word/{target}": "application/vnd.openxmlformats-officedocument.theme+xml"
            if kind == "theme"
            else f"{_WORD}{kind}+xml"
            for kind, target in parts.values()
        },
    }
    return (
        f'{look.DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="{part}" ContentType="{kind}"/>'
            for part, kind in overrides.items()
        )
        + "</Types>"
    )


def _relationships(parts: Parts) -> str:
    inner = "".join(
        f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>'
        for i, (kind, target) in parts.items()
    )
    return (
        f'{look.DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
    )


def core_part(title: str, year: int) -> str:
    """``docProps/core.xml``, dated by the first day of a year: equal input gives equal bytes."""
    moment = f"{year}-01-01T00:00:00Z"
    return (
        f'{look.DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title)}</dc:title>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _app() -> str:
    return (
        f'{look.DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/'
        '2006/extended-properties"><Application>gxgen</Application></Properties>'
    )


def write(folder: str, make: Callable[[Edition], bytes]) -> None:
    """Write the template of every edition into a style's folder."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for edition in EDITIONS.values():
        Path(folder, template_name(edition)).write_bytes(make(edition))


if __name__ == "__main__":
    write(sys.argv[1], make_template)
