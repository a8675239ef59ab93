"""Where text stands in a template: every paragraph with its place, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from gxgen.formats.docx.read import body_items
from gxgen.formats.docx.wordml import W, paragraph_text
from gxgen.places import DocumentCell, DocumentParagraph
from gxgen.templates.lint.parts import Part

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
            place = DocumentParagraph(file, paragraphs, part.label)
            yield Site(item, place, paragraph_text(item))


def _table_sites(table: _Element, number: int, file: str) -> Iterator[Site]:
    for row, tr in enumerate(table.iterchildren(W + "tr"), 1):
        for cell, tc in enumerate(tr.iterchildren(W + "tc"), 1):
            for paragraph in tc.iter(W + "p"):
                place = DocumentCell(file, number, row, cell)
                yield Site(paragraph, place, paragraph_text(paragraph))


def _look(run: _Element | None) -> bytes:
    properties = None if run is None else run.find(W + "rPr")
    if properties is None:
        return b""
    visible = (n for n in properties if etree.QName(n).localname not in _LOOKS_ALIKE)
    return b"".join(sorted(etree.tostring(node) for node in visible))
