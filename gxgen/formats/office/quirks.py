"""What LibreOffice must be told otherwise than Word, so that its PDF shows the same words.

LibreOffice (seen in 7.4) takes ``w:overflowPunct`` for its opposite: where Word's default lets a
comma hang over the margin, it hangs punctuation too, and now and then loses the sign at the end
of a line. Saying the opposite keeps every sign, and inside the margin. Between the digits of a 文号
and its 号, where a Latin word ends, it ends a line in spite of its lists (``warm``) unless a word
joiner stands there, which leaves no mark in the PDF.
"""

from __future__ import annotations

import re

from lxml import etree

from gxgen.formats.docx.wordml import W, parse_xml
from gxgen.opc.package import DOCUMENT, FixedZip, read_package

STYLES = "word/styles.xml"
_NUMBER = re.compile("(〔[12][0-9]{3}〕第?[0-9]{1,6})(?=号)")
_HANGS = W + "overflowPunct"


def for_libreoffice(docx: bytes) -> bytes:
    """The same document, to be laid out by LibreOffice.

    Raises:
        TemplateError: it is no DOCX.
    """
    members = read_package(docx, "文档")
    for name in (STYLES, DOCUMENT):
        if name not in members:
            continue
        root = parse_xml(members[name], name)
        for element in list(root.iter(_HANGS)):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
        for text in root.iter(W + "t"):
            text.text = _NUMBER.sub("\\1\u2060", text.text or "")
        if name == STYLES:
            _say_for_all(root)
        members[name] = etree.tostring(
            root, encoding="UTF-8", xml_declaration=True, standalone=True
        )
    return FixedZip({}).build(members)


def _say_for_all(styles: etree._Element) -> None:
    """In the defaults that every style stands on; made where they are wanting."""
    place = styles
    for step, first in (("docDefaults", True), ("pPrDefault", False), ("pPr", False)):
        found = place.find(W + step)
        if found is None:
            found = place.makeelement(W + step)
            place.insert(0 if first else len(place), found)
        place = found
    hangs = place.makeelement(_HANGS)
    hangs.set(W + "val", "1")
    place.append(hangs)
