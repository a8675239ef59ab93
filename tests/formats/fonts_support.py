"""Font files made for tests: a family's names, its weight, and a box for each character."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

CHINESE, ENGLISH = 0x0804, 0x0409


def font(
    family: str,
    characters: Iterable[str],
    *,
    english: str | None = None,
    weight: int = 400,
    italic: bool = False,
) -> TTFont:
    """A face with these characters; ``english`` is its other name."""
    codes = sorted({ord(character) for character in characters})
    order = [".notdef", *(f"u{code:05X}" for code in codes)]
    ascii_name = (english or family).encode("ascii", "ignore").decode().replace(" ", "") or "Test"
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({code: f"u{code:05X}" for code in codes})
    builder.setupGlyf(dict.fromkeys(order, _box()))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (1000, 50)))
    builder.setupHorizontalHeader(ascent=850, descent=-150)
    builder.setupOS2(usWeightClass=weight, sTypoAscender=850, sTypoDescender=-150)
    builder.setupPost()
    builder.setupNameTable({"styleName": "Regular", "psName": ascii_name})
    names = builder.font["name"]
    names.setName(family, 1, 3, 1, CHINESE)
    names.setName(english or family, 1, 3, 1, ENGLISH)
    names.setName(english or family, 4, 3, 1, ENGLISH)
    if italic:
        builder.font["head"].macStyle = 2
    return builder.font


def _box():
    pen = TTGlyphPen(None)
    for corner, draw in (
        ((50, -100), pen.moveTo),
        ((50, 800), pen.lineTo),
        ((950, 800), pen.lineTo),
        ((950, -100), pen.lineTo),
    ):
        draw(corner)
    pen.closePath()
    return pen.glyph()


def save(folder: Path, name: str, *faces: TTFont) -> Path:
    """One face as a plain file, several as a collection."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    if len(faces) == 1:
        faces[0].save(path)
    else:
        collection = TTCollection()
        collection.fonts = list(faces)
        collection.save(path)
    return path
