"""Where in a template an element is, for people: the paragraph or cell around it, else its part."""

from __future__ import annotations

from collections.abc import Iterable

from lxml.etree import _Element

from gxgen.formats.docx.wordml import W
from gxgen.places import FilePart, Place
from gxgen.templates.lint.parts import Part
from gxgen.templates.lint.sites import Site

_TABLE = (W + "tc", W + "tr", W + "tbl")


class Whereabouts:
    """The places of one part's elements."""

    def __init__(self, part: Part, sites: Iterable[Site], file: str) -> None:
        """``sites``: the paragraphs of that part."""
        self.part, self.file = part, file
        self._known: dict[_Element, Place] = {}
        for site in sites:
            self._known[site.paragraph] = site.place
            for around in site.paragraph.iterancestors(*_TABLE):
                self._known.setdefault(around, site.place)

    def of(self, node: _Element) -> Place:
        """The nearest place around an element; of a control around paragraphs, its first one."""
        for around in (node, *node.iterancestors()):
            if around in self._known:
                return self._known[around]
            if around.tag == W + "sdt":
                inside = (p for p in around.iter(W + "p") if p in self._known)
                if (first := next(inside, None)) is not None:
                    return self._known[first]
        return FilePart(self.file, self.part.name)
