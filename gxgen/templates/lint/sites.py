"""Where text stands in a template: every paragraph with its place, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gxgen.formats.docx.read import body_items
from gxgen.formats.docx.wordml import R, W, parse_xml, part_names
from gxgen.opc.package import DOCUMENT, Members
from gxgen.places import DocumentCell, DocumentParagraph

if TYPE_CHECKING:
    from lxml.etree import _Element

RELATIONS = "word/_rels/document.xml.rels"
PAGES = {"default": "", "even": "偶数页", "first": "首页"}
_LOOKS_ALIKE = ("lang", "noProof", "rFonts", "kern", "proofErr")
"""Run properties that editing programs sprinkle about and nobody sees."""


@dataclass(frozen=True, slots=True)
class Site:
    """A paragraph, its place and its text, tags included."""

    paragraph: _Element
    place: DocumentParagraph | DocumentCell
    text: str

    def run_looks(self, start: int, end: int) -> set[bytes]:
        """The distinct formattings of the runs that hold that stretch of the text."""
        looks, at = set(), 0
        for node in self.paragraph.iter(W + "t"):
            length = len(node.text or "")
            if length and at < end and at + length > start:
                looks.add(_look(node.getparent()))
            at += length
        return looks


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the package that holds text: ``document``, ``header`` or ``footer``."""

    name: str
    kind: str
    label: str
    root: _Element


def parts(members: Members) -> list[Part]:
    """The document, then its headers and footers."""
    root = parse_xml(members[DOCUMENT], DOCUMENT)
    labels = _labels(members, root)
    out = [Part(DOCUMENT, "document", "正文", root)]
    for name in part_names(members):
        part = parse_xml(members[name], name)
        kind = "header" if part.tag == W + "hdr" else "footer"
        default = "页眉" if kind == "header" else "页脚"
        out.append(Part(name, kind, labels.get(name, default), part))
    return out


def as_bytes(root: _Element) -> bytes:
    """A part as it stands in a package."""
    from lxml import etree

    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _labels(members: Members, root: _Element) -> dict[str, str]:
    """``word/header2.xml`` → 偶数页页眉; in a document of several sections 第2节偶数页页眉."""
    targets = relation_targets(members)
    sections = list(root.iter(W + "sectPr"))
    labels: dict[str, str] = {}
    for number, section in enumerate(sections, 1):
        which = f"第{number}节" if len(sections) > 1 else ""
        for kind, word in (("header", "页眉"), ("footer", "页脚")):
            for node in section.iterchildren(f"{W}{kind}Reference"):
                label = which + PAGES.get(node.get(W + "type", ""), "") + word
                labels.setdefault(targets.get(node.get(R + "id") or "", ""), label)
    return labels


def relation_targets(members: Members) -> dict[str, str]:
    """The member that each relation of the document points to, by the relation's id."""
    relations = members.get(RELATIONS)
    if relations is None:
        return {}
    return {
        entry.get("Id", ""): "word/" + re.sub("^/word/", "", entry.get("Target", ""))
        for entry in parse_xml(relations, RELATIONS)
    }


def sites(part: Part, file: str) -> Iterator[Site]:
    """Every paragraph of a part, with its place."""
    container = part.root[0] if part.kind == "document" else part.root
    paragraphs = tables = 0
    for item in body_items(container):
        if item.tag == W + "tbl":
            tables += 1
            yield from _table_sites(item, tables, file)
        else:
            paragraphs += 1
            yield _site(item, DocumentParagraph(file, paragraphs, part.label))


def _table_sites(table: _Element, number: int, file: str) -> Iterator[Site]:
    for row, tr in enumerate(table.iterchildren(W + "tr"), 1):
        for cell, tc in enumerate(tr.iterchildren(W + "tc"), 1):
            for paragraph in tc.iter(W + "p"):
                yield _site(paragraph, DocumentCell(file, number, row, cell))


def _site(paragraph: _Element, place: DocumentParagraph | DocumentCell) -> Site:
    text = "".join(node.text or "" for node in paragraph.iter(W + "t"))
    return Site(paragraph, place, text)


def _look(run: _Element | None) -> bytes:
    from lxml import etree

    properties = None if run is None else run.find(W + "rPr")
    if properties is None:
        return b""
    visible = (n for n in properties if etree.QName(n).localname not in _LOOKS_ALIKE)
    return b"".join(sorted(etree.tostring(node) for node in visible))
