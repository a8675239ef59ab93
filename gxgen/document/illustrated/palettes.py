"""The colours of the illustrated edition: one accent in four strengths, one gold.

Contrast on white or tint is at least 4.9 for whatever carries text (WCAG 2 AA asks for 4.5); gold
itself is too pale for text and has a darker twin for it.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

INK, GREY, HAIRLINE, WHITE = "22262B", "636B75", "DADDE1", "FFFFFF"
"""Text, small captions and zeros, lines between cells, text on the accent."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as six hexadecimal digits.

    ``main`` carries figures and plates, ``deep`` titles, ``tint`` grounds, ``mid`` bands; ``gold``
    draws only, ``gold_text`` is for words; ``sky`` is the cover's ground.
    """

    main: str
    deep: str
    tint: str
    mid: str
    gold: str
    gold_text: str
    sky: str


PALETTES = {
    "红": Palette("A61B1F", "7A1216", "FBF1EE", "E9C9C3", "C8963E", "8A5A12", "FFF9F2"),
    "湖蓝": Palette("0F5C7A", "0A3F57", "EEF5F8", "BFD9E3", "D39B3A", "84590F", "F6FBFC"),
    "松绿": Palette("1E6350", "124337", "EFF6F2", "BFDACE", "C49A45", "7C5A12", "F8FBF6"),
}
"""By the word that ``accent`` in county.toml says."""
USUAL = "红"
"""What the shipped template is drawn in."""


def exchanged(before: Palette, after: Palette) -> dict[str, str]:
    """What becomes of each colour of a palette in another."""
    return dict(zip(astuple(before), astuple(after), strict=True))


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with a ``share`` of another in it."""
    parts = zip(bytes.fromhex(colour), bytes.fromhex(other), strict=True)
    return bytes(round(a + (b - a) * share) for a, b in parts).hex().upper()
