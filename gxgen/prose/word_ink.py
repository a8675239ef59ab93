"""What colour a Word file's letters have, and what stands behind them."""

from __future__ import annotations

import re

from lxml.etree import _Element

from gxgen.form.read.styles import BLACK, WHITE, same
from gxgen.opc.xml import whole
from gxgen.prose.word_package import attribute, child, local

PAPER = WHITE
AUTO = ""
"""The colour that Word chooses itself, so that it is seen on any ground; behind letters: none."""
UNKNOWN = "?"
"""A pattern, a gradient, or an effect that draws the letters' edges."""
NO_INK = "none"
_RGB = re.compile(r"[0-9A-Fa-f]{6}")
_PAPER = frozenset(("background1", "light1", "bg1", "lt1"))
"""The theme's names for the colour of paper."""
_CLEAR = 97_000
"""Transparency, in thousandths of a per cent, of letters that leave no trace."""
_EDGES = frozenset(("textOutline", "glow", "shadow", "reflection"))
_HIGHLIGHTS = {
    "black": BLACK, "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF",
    "red": "FF0000", "yellow": "FFFF00", "white": PAPER, "darkBlue": "000080",
    "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip


def colour(element: _Element) -> str:
    """What ``w:color`` says."""
    if attribute(element, "themeColor") in _PAPER and attribute(element, "themeShade") is None:
        return PAPER
    return _rgb(attribute(element, "val"))


def ground(shade: _Element) -> str:
    """The colour that ``w:shd`` lays behind letters."""
    kind = attribute(shade, "val") or "clear"
    if kind in ("clear", "nil"):
        return _rgb(attribute(shade, "fill")) if kind == "clear" else AUTO
    return (_rgb(attribute(shade, "color")) or BLACK) if kind == "solid" else UNKNOWN


def highlight(element: _Element) -> str:
    """The colour of a highlighter."""
    return _HIGHLIGHTS.get(attribute(element, "val") or "", AUTO)


def filled(fill: _Element) -> str:
    """What ``w14:textFill`` makes of letters: it outdoes their colour."""
    parent = fill.getparent()
    beside = () if parent is None else parent
    if any(local(one) in _EDGES and child(one, "noFill") is None for one in beside):
        return UNKNOWN
    inner = next((local(one) for one in fill), "")
    if inner == "noFill":
        return NO_INK
    return _solid(next(iter(fill[0]), None)) if inner == "solidFill" else UNKNOWN


def _solid(found: _Element | None) -> str:
    changes = () if found is None else [one for one in found if local(one) != "alpha"]
    if whole(attribute(child(found, "alpha"), "val"), 0) >= _CLEAR:
        return NO_INK
    if changes or found is None:
        return UNKNOWN
    named = attribute(found, "val")
    if local(found) == "schemeClr":
        return PAPER if named in _PAPER else UNKNOWN
    return _rgb(named) or UNKNOWN


def _rgb(text: str | None) -> str:
    return text.upper() if text and _RGB.fullmatch(text) else AUTO


def is_unseen(ink: str, paper: str) -> bool:
    """Whether letters of that colour leave nothing to see on that ground."""
    return ink == NO_INK or (ink not in (AUTO, UNKNOWN) and same(ink, paper))
