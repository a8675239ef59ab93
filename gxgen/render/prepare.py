"""A template's XML made ready: editing residue removed, layout directives carried out.

A directive is a Jinja comment, so other programs pass over it. In a paragraph
``{# left-indent: sign_off.date_indent #}`` sets its left indent in twips from that slot, and
``{# keep-next: block.keep #}`` keeps it with the next paragraph where the slot is true, and
``{# align-left: block.ragged #}`` sets it flush left there, and justified elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gxgen.errors import TemplateError
from gxgen.render.package import CONTENT_TYPES, DOCUMENT, Members
from gxgen.render.slivers import close_slivers

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
HEADER_TYPES = tuple(
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    for kind in ("header", "footer")
)
DIRECTIVE = re.compile(r"\{#\s*(left-indent|keep-next|align-left)\s*:\s*([a-z_][\w.]*)\s*#\}")

_RESIDUE = ("proofErr", "lastRenderedPageBreak", "noProof", "bookmarkStart", "bookmarkEnd")
BEFORE_INDENT = (
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
)
"""What the schema puts before ``w:ind`` in a paragraph's properties."""
BEFORE_ALIGNMENT = (*BEFORE_INDENT, "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap")
"""The same before ``w:jc``."""


def parse_xml(data: bytes, name: str) -> _Element:
    """The root of an XML part; no network, no entities, no oversized trees.

    Raises:
        TemplateError: it is not well formed.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TemplateError(f"{name}的内容已损坏，不是有效的XML。") from error


def part_names(members: Members, types: tuple[str, ...] = HEADER_TYPES) -> list[str]:
    """The parts of those content types, headers and footers unless told otherwise."""
    root = parse_xml(members[CONTENT_TYPES], CONTENT_TYPES)
    names = [
        entry.get("PartName", "").lstrip("/")
        for entry in root
        if entry.get("ContentType") in types and entry.get("PartName")
    ]
    return [name for name in names if name in members]


def prepare(members: Members) -> Members:
    """The same members, their document, headers and footers cleaned and laid out."""
    from lxml import etree

    from gxgen.render.illustrated_place import place

    out = dict(members)
    for name in (DOCUMENT, *part_names(members)):
        root = parse_xml(members[name], name)
        _strip_residue(root)
        for paragraph in root.iter(W + "p"):
            _obey(paragraph)
        if name == DOCUMENT:
            for table in root.iter(W + "tbl"):
                close_slivers(table)
            place(root)
        out[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return out


def _strip_residue(root: _Element) -> None:
    for node in list(root.iter(*(W + name for name in _RESIDUE))):
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    for node in root.iter("*"):
        for attribute in [a for a in node.attrib if str(a).startswith(W + "rsid")]:
            del node.attrib[attribute]


def paragraph_text(paragraph: _Element) -> str:
    """The text of a paragraph's runs, tags included."""
    return "".join(node.text or "" for node in paragraph.iter(W + "t"))


def _obey(paragraph: _Element) -> None:
    if "{#" not in paragraph_text(paragraph):
        return
    for node in paragraph.iter(W + "t"):
        for name, slot in DIRECTIVE.findall(node.text or ""):
            _lay_out(paragraph, name, slot)
        node.text = DIRECTIVE.sub("", node.text or "")


def _lay_out(paragraph: _Element, name: str, slot: str) -> None:
    properties = paragraph.find(W + "pPr")
    if properties is None:
        properties = paragraph.makeelement(W + "pPr")
        paragraph.insert(0, properties)
    if name == "keep-next":
        keep = child_of(properties, "keepNext", ("pStyle",))
        keep.set(W + "val", f"{{{{ 1 if {slot} else 0 }}}}")
    elif name == "align-left":
        alignment = child_of(properties, "jc", BEFORE_ALIGNMENT)
        alignment.set(W + "val", f"{{{{ 'left' if {slot} else 'both' }}}}")
    else:
        indent = child_of(properties, "ind", BEFORE_INDENT)
        indent.attrib.clear()
        indent.set(W + "firstLine", "0")
        indent.set(W + "left", f"{{{{ {slot} }}}}")


def child_of(properties: _Element, name: str, before: tuple[str, ...]) -> _Element:
    """The child of that name; a new one stands behind those that the schema puts ``before``."""
    found = properties.find(W + name)
    if found is None:
        found = properties.makeelement(W + name)
        earlier = [n for n in properties if n.tag in {W + b for b in before}]
        properties.insert(len(earlier), found)
    return found
