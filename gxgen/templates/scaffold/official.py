"""Makes the official templates from the form's declaration; afterwards they are edited in Word.

Usage: ``python -m gxgen.templates.scaffold.official templates/official``. Run it again after a
change to an edition or to the layout; a test compares its output with the files.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from gxgen.document import page
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition, Section
from gxgen.formats.docx.context import slot
from gxgen.formats.docx.template import template_name
from gxgen.model.narrative import PREAMBLE
from gxgen.model.numbering import section_heading
from gxgen.opc.package import CONTENT_TYPES, CORE, DOCUMENT, MAIN_TYPE, FixedZip
from gxgen.templates.scaffold import styles as look
from gxgen.templates.scaffold.tables import run, table_xml, twips

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."

_PARTS = {
    "styles": "styles.xml",
    "settings": "settings.xml",
    "fontTable": "fontTable.xml",
    "theme": "theme/theme1.xml",
    "header": "header1.xml",
    "header ": "header2.xml",
    "footer": "footer1.xml",
    "footer ": "footer2.xml",
}
"""What the document relates to, in the order of rId1, rId2 …"""


def make_template(edition: Edition) -> bytes:
    """The template of an edition, as a DOCX; always the same bytes."""
    members = {
        CONTENT_TYPES: _content_types(),
        "_rels/.rels": _relationships(
            (f"{_OFFICE}/officeDocument", DOCUMENT),
            (f"{_PACKAGE}/relationships/metadata/core-properties", CORE),
            (f"{_OFFICE}/extended-properties", "docProps/app.xml"),
        ),
        CORE: _core(edition),
        "docProps/app.xml": _app(),
        DOCUMENT: _document(edition),
        "word/_rels/document.xml.rels": _relationships(
            *((f"{_OFFICE}/{kind.strip()}", target) for kind, target in _PARTS.items())
        ),
        "word/styles.xml": look.style_sheet(look.STYLES),
        "word/settings.xml": look.settings(),
        "word/fontTable.xml": look.font_table(),
        "word/theme/theme1.xml": look.theme(),
        "word/header1.xml": _header(),
        "word/header2.xml": _header(),
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
    }
    return FixedZip({name: text.encode() for name, text in members.items()}).build({})


def paragraph(style: str, *runs: str, extra: str = "") -> str:
    """A paragraph of a style with these runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{"".join(runs)}</w:p>'


def tag(text: str) -> str:
    """A control tag in a paragraph of its own, which vanishes from the report."""
    return paragraph(look.TAG, run(f"{{%p {text} %}}"))


def _document(edition: Edition) -> str:
    body = "".join(_body(edition))
    return (
        f"{look.DECLARATION}<w:document {look.NAMESPACES}><w:body>{body}{_page()}</w:body>"
        "</w:document>"
    )


def _body(edition: Edition) -> Iterator[str]:
    yield paragraph(look.TITLE, run("{{ title }}"))
    previous: Section | None = None
    for section in edition.sections:
        if section.mark != PREAMBLE:
            yield _section_heading(section, after_table=bool(previous and previous.table))
        if section.table:
            yield table_xml(edition.grids[section.table], section.title)
        yield from _loop(slot(section.mark), last=section is edition.sections[-1])
        previous = section
    yield from _sign_off()


def _section_heading(section: Section, *, after_table: bool) -> str:
    before = 'w:before="200" ' if after_table else ""
    after = 'w:after="100" ' if section.table else ""
    spacing = f"<w:spacing {before}{after}/>" if before or after else ""
    return paragraph(look.HEADINGS[1], run(section_heading(section)), extra=spacing)


def _loop(name: str, *, last: bool) -> Iterator[str]:
    """A section's own words: each block as a heading, a run-in heading with text, or text."""
    text, keep = run("{{ block.text }}"), run("{# keep-next: block.keep #}")
    laid_out = run("{# align-left: block.ragged #}") + (keep if last else "")
    yield tag(f"for block in {name}")
    for level in (2, 3, 4):
        yield tag(f"{'if' if level == 2 else 'elif'} block.heading{level}")
        yield paragraph(look.HEADINGS[level], keep, run("{{ block.number }}{{ block.text }}"))
    for level in (2, 3):
        yield tag(f"elif block.runin{level}")
        yield paragraph(look.BODY, laid_out, run("{{ block.lead }}", style=look.LEADS[level]), text)
    yield tag("else")
    yield paragraph(look.BODY, laid_out, text)
    yield tag("endif")
    yield tag("endfor")


def _sign_off() -> Iterator[str]:
    styles = {"agency": look.SIGN_OFF_AGENCY, "date": look.SIGN_OFF_DATE}
    for name, style in styles.items():
        indent = run(f"{{# left-indent: sign_off.{name}_indent #}}")
        yield tag(f"if sign_off.{name}")
        yield paragraph(style, indent, run(f"{{{{ sign_off.{name} }}}}"))
        yield tag("endif")


def _page() -> str:
    ids = {target: f"rId{n}" for n, target in enumerate(_PARTS.values(), 1)}
    references = "".join(
        f'<w:{kind}Reference w:type="{pages}" r:id="{ids[f"{kind}{n}.xml"]}"/>'
        for kind in ("header", "footer")
        for n, pages in ((1, "default"), (2, "even"))
    )
    width, height = map(twips, page.SHEET)
    return (
        f'<w:sectPr>{references}<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar '
        f'w:top="{twips(page.TOP)}" w:right="{twips(page.RIGHT)}" '
        f'w:bottom="{twips(page.BOTTOM)}" w:left="{twips(page.LEFT)}" '
        f'w:header="{twips(page.HEADER)}" w:footer="{twips(page.FOOTER)}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{page.LINE}"/></w:sectPr>'
    )


def _header() -> str:
    inner = paragraph(look.HEADER, run("{{ draft_mark }}"))
    return f"{look.DECLARATION}<w:hdr {look.NAMESPACES}>{inner}</w:hdr>"


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


def _content_types() -> str:
    overrides = {
        f"/{DOCUMENT}": MAIN_TYPE.decode(),
        f"/{CORE}": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument"
        ".extended-properties+xml",
        **{
            f"/word/{target}": "application/vnd.openxmlformats-officedocument.theme+xml"
            if kind == "theme"
            else f"{_WORD}{kind.strip()}+xml"
            for kind, target in _PARTS.items()
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


def _relationships(*items: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(items, 1)
    )
    return (
        f'{look.DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
    )


def _core(edition: Edition) -> str:
    moment = f"{edition.first_year}-01-01T00:00:00Z"
    return (
        f'{look.DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>政府信息公开工作年度报告模板（{edition.notice.number}）</dc:title>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _app() -> str:
    return (
        f'{look.DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/'
        '2006/extended-properties"><Application>gxgen</Application></Properties>'
    )


def main(folder: str) -> None:
    """Write the template of every edition into a style's folder."""
    for edition in EDITIONS.values():
        Path(folder, template_name(edition)).write_bytes(make_template(edition))


if __name__ == "__main__":
    main(sys.argv[1])
