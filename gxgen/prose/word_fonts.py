"""Which face a Word file's letters and digits are set in, the theme's own names among them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from gxgen.prose.word_package import UnreadableError, WordPackage, attribute, child

FONTS = {"ascii": "asciiFont", "cs": "csFont"}
"""Slot of ``w:rFonts`` → the name by which a look has it; the other slots set no digits."""
_THEMED = {"ascii": "asciiTheme", "cs": "cstheme"}
_SLOTS = {"latin": ("Ascii", "HAnsi"), "cs": ("Bidi",), "ea": ("EastAsia",)}


def fonts_of(fonts: _Element) -> dict[str, str]:
    """What ``w:rFonts`` says of letters and digits; in one element the theme's name goes first."""
    said = {look: attribute(fonts, _THEMED[s]) or attribute(fonts, s) for s, look in FONTS.items()}
    return {look: face for look, face in said.items() if face}


def theme_faces(package: WordPackage) -> dict[str, str]:
    """The faces of the document's theme; of one that cannot be read nothing is known."""
    try:
        theme = package.part("theme")
    except UnreadableError:
        return {}
    return dict(_faces(child(theme, "themeElements", "fontScheme")))


def _faces(scheme: _Element | None) -> Iterator[tuple[str, str]]:
    for size in ("major", "minor"):
        for script, slots in _SLOTS.items():
            face = attribute(child(scheme, f"{size}Font", script), "typeface")
            yield from ((f"{size}{slot}", face) for slot in slots if face)
