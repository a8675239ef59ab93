"""How text of a template looks: run properties, a style's own and those that it is based on."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache

from lxml import etree
from lxml.etree import _Element

from gxgen.formats.docx.read import MOST_BASES, style_of
from gxgen.formats.docx.wordml import W, parse_xml
from gxgen.opc.package import Members

STYLES = "word/styles.xml"
_MOST_PROPERTIES = 40
"""Of a style's runs: the schema has so many kinds, and each stands once."""
Looks = dict[str, _Element]
"""Run properties of each style by its id; those of every text have none."""


def style_looks(members: Members) -> Looks:
    """Each style's run properties, its own before those that it is based on."""
    return _looks(members[STYLES]) if STYLES in members else {}


def look_of(run: _Element, paragraph: _Element, name: str, looks: Looks) -> _Element | None:
    """A run property as it applies: the run's own, else its style's, else the paragraph's."""
    named = run.find(f"{W}rPr/{W}rStyle")
    character = None if named is None else named.get(W + "val")
    styles = (looks.get(s) for s in (character, style_of(paragraph), "") if s is not None)
    layers = (run.find(W + "rPr"), *styles)
    found = (layer.find(W + name) for layer in layers if layer is not None)
    return next((node for node in found if node is not None), None)


@lru_cache(maxsize=4)
def _looks(data: bytes) -> Looks:
    root = parse_xml(data, STYLES)
    styles = {style.get(W + "styleId", ""): style for style in root.iterchildren(W + "style")}
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    general = {} if defaults is None else {"": defaults}
    return {name: _joined(name, styles) for name in styles} | general


def _joined(name: str, styles: dict[str, _Element]) -> _Element:
    """One list of properties, in which the first of a kind is the one that applies."""
    joined, seen = etree.Element(W + "rPr"), set[str]()
    while name in styles and name not in seen and len(seen) < MOST_BASES:
        seen.add(name)
        own, base = styles[name].find(W + "rPr"), styles[name].find(W + "basedOn")
        joined.extend(map(deepcopy, list(own)[:_MOST_PROPERTIES]) if own is not None else ())
        name = "" if base is None else base.get(W + "val", "")
    return joined
