"""What a font file says of itself: names and weight of its faces, and the characters they hold."""

from __future__ import annotations

import logging
from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]

_COLLECTION = b"ttcf"
_FAMILY_NAMES = (1, 16)
_BOLD, _ITALIC = 1, 2
_DEFAULT_WEIGHT, _BOLD_WEIGHT = 400, 700
_EMPTY_BOX = ".notdef"

logging.getLogger("fontTools").addHandler(logging.NullHandler())
"""What the library has to say of a broken file is not for the screen."""


@dataclass(frozen=True, slots=True)
class FaceData:
    """An upright face of a file; ``families`` has every name that its family goes by.

    ``bounds``: the code points at which runs that it has glyphs for begin, and those just behind
    their ends, in order; 32 bits each, as this machine writes them.
    """

    index: int
    families: tuple[str, ...]
    weight: int
    bounds: bytes


def faces_of(path: Path, wanted: Collection[str]) -> list[FaceData]:
    """The upright faces of a file that go by one of these names, given in lower case.

    None if it is no font, cannot be read or contradicts itself.
    """
    try:
        with path.open("rb") as file:
            return list(_faces(file, set(wanted)))
    except Exception:  # a broken file brings up all kinds
        return []


def _faces(file: BinaryIO, wanted: set[str]) -> Iterator[FaceData]:
    several = file.read(len(_COLLECTION)) == _COLLECTION
    file.seek(0)
    fonts = TTCollection(file, lazy=True).fonts if several else [TTFont(file, lazy=True)]
    for index, font in enumerate(fonts):
        style = font["head"].macStyle if "head" in font else 0
        names = _families(font)
        if not style & _ITALIC and wanted & {name.casefold() for name in names}:
            weight = font["OS/2"].usWeightClass if "OS/2" in font else _DEFAULT_WEIGHT
            heavy = max(weight, _BOLD_WEIGHT) if style & _BOLD else weight
            yield FaceData(index, names, heavy, _bounds(font))


def _families(font: Any) -> tuple[str, ...]:
    """Old Chinese fonts write GBK in two bytes a character, and ASCII after a zero."""
    records = [record for record in font["name"].names if record.nameID in _FAMILY_NAMES]
    texts = [record.toUnicode(errors="ignore").replace("\0", "").strip() for record in records]
    return tuple(dict.fromkeys(filter(None, texts)))


def _bounds(font: Any) -> bytes:
    font.setGlyphOrder([_EMPTY_BOX])  # real names take a second of a large font, and tell nothing
    glyphs = font.getBestCmap() or {}
    codes = {code for code, glyph in glyphs.items() if glyph != _EMPTY_BOX}
    return array("I", sorted(codes ^ {code + 1 for code in codes})).tobytes()
