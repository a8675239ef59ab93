"""WordprocessingML as elements: namespaces, parts parsed, children found or made.

Source: ECMA-376 part 1, whose schema orders a paragraph's properties.
"""

from __future__ import annotations

from lxml.etree import _Element

from gxgen.errors import TemplateError
from gxgen.opc.package import CONTENT_TYPES, Members
from gxgen.opc.xml import XmlError, parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
HEADER_TYPES = tuple(
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    for kind in ("header", "footer")
)

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


_MOST_DIGITS = 9
"""Of a number in an attribute: a longer one measures nothing."""


def parse_xml(data: bytes, name: str) -> _Element:
    """The root of an XML part; no network, no entities, no document type.

    Raises:
        TemplateError: it is not well formed.
    """
    try:
        return parse(data)
    except XmlError as error:
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


def paragraph_text(paragraph: _Element) -> str:
    """The text of a paragraph's runs, tags included."""
    return "".join(node.text or "" for node in paragraph.iter(W + "t"))


def child_of(properties: _Element, name: str, before: tuple[str, ...]) -> _Element:
    """The child of that name; a new one stands behind those that the schema puts ``before``."""
    found = properties.find(W + name)
    if found is None:
        found = properties.makeelement(W + name)
        earlier = [n for n in properties if n.tag in {W + b for b in before}]
        properties.insert(len(earlier), found)
    return found


def number(node: _Element, name: str, otherwise: int = 0) -> int:
    """The number that an attribute holds, ``otherwise`` where it holds none."""
    text = node.get(W + name, "")
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else otherwise
