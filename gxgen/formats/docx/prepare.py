"""A template's XML made ready: editing residue removed, layout directives carried out.

A directive is a Jinja comment, so other programs pass over it. In a paragraph
``{# left-indent: sign_off.date_indent #}`` sets its left indent in twips from that slot, and
``{# keep-next: block.keep #}`` keeps it with the next paragraph where the slot is true, and
``{# align-left: block.ragged #}`` sets it flush left there, and justified elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree
from lxml.etree import _Element

from gxgen.formats.docx.place import COUNTS, place
from gxgen.formats.docx.slivers import close_slivers
from gxgen.formats.docx.wordml import (
    BEFORE_ALIGNMENT,
    BEFORE_INDENT,
    W,
    child_of,
    paragraph_text,
    parse_xml,
    part_names,
)
from gxgen.opc.package import DOCUMENT, Members

DIRECTIVE = re.compile(r"\{#\s*(left-indent|keep-next|align-left)\s*:\s*([a-z_][\w.]*)\s*#\}")

_RESIDUE = ("proofErr", "lastRenderedPageBreak", "noProof", "bookmarkStart", "bookmarkEnd")


def prepare(members: Members, tiles: Sequence[int] = COUNTS) -> Members:
    """The same members, their document, headers and footers cleaned and laid out.

    ``tiles``: the numbers of tiles that it must be ready for; by default all that there can be.
    """
    out = dict(members)
    for name in (DOCUMENT, *part_names(members)):
        root = parse_xml(members[name], name)
        _strip_residue(root)
        for paragraph in root.iter(W + "p"):
            _obey(paragraph)
        if name == DOCUMENT:
            for table in root.iter(W + "tbl"):
                close_slivers(table)
            place(root, tiles)
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


def _obey(paragraph: _Element) -> None:
    if "{#" not in paragraph_text(paragraph):
        return
    for node in paragraph.iter(W + "t"):
        for name, slot in DIRECTIVE.findall(node.text or ""):
            _lay_out(paragraph, name, slot)
        node.text = DIRECTIVE.sub("", node.text or "")


def _lay_out(paragraph: _Element, name: str, slot: str) -> None:
    properties = child_of(paragraph, "pPr", ())
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
