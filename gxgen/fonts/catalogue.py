"""The faces that are there: which one each official name gets, and what no face can show."""

from __future__ import annotations

import os
import unicodedata
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from gxgen.cache import recalled
from gxgen.fonts.faces import (
    Role,
    folders,
    official,
    present,
    stack,
    stand_in_weight,
    stand_ins,
)

ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
_MOST_FILES = 20_000
_REGULAR = 400
_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}
_PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


class Likeness(StrEnum):
    """How near the face that is there comes to the one that the standard names."""

    OFFICIAL = "official"
    STAND_IN = "stand-in"
    BORROWED = "borrowed"
    """It only keeps the text legible: another style of the same kind."""
    NONE = "none"


@dataclass(frozen=True)
class Face:
    """A face of a font file, with all names of its family."""

    path: Path
    index: int
    families: tuple[str, ...]
    weight: int
    bounds: bytes = field(repr=False)
    """Where runs of characters that it holds begin and end: see :class:`~.sfnt.FaceData`."""

    @property
    def name(self) -> str:
        """The name that a reader of Chinese knows best."""
        return next((name for name in self.families if not name.isascii()), self.families[0])

    def __contains__(self, character: str) -> bool:
        """Whether there is a glyph for a character."""
        return bisect_right(self._bounds, ord(character)) % 2 == 1

    @cached_property
    def _bounds(self) -> array[int]:
        return array("I", self.bounds)


@dataclass(frozen=True)
class Choice:
    """The face that an official name gets on this machine; None if there is none of its kind."""

    role: Role
    face: Face | None
    likeness: Likeness


@dataclass(frozen=True)
class Catalogue:
    """All upright faces that a stack names, in the order of the folders they lie in."""

    faces: tuple[Face, ...]

    def choice(self, role: Role) -> Choice:
        """What an official name gets."""
        chain = self.chain(role)
        if not chain:
            return Choice(role, None, Likeness.NONE)
        names = {name.casefold() for name in chain[0].families}
        for likeness, known in (
            (Likeness.OFFICIAL, official(role)),
            (Likeness.STAND_IN, stand_ins(role)),
        ):
            if names & {name.casefold() for name in known}:
                return Choice(role, chain[0], likeness)
        return Choice(role, chain[0], Likeness.BORROWED)

    def chain(self, role: Role) -> tuple[Face, ...]:
        """The faces of a stack that are there, in its order."""
        return self._chains[role]

    @cached_property
    def _chains(self) -> dict[Role, tuple[Face, ...]]:
        return {role: tuple(dict.fromkeys(self._found(role))) for role in Role}

    def _found(self, role: Role) -> Iterator[Face]:
        for name in present(role, lambda name: name.casefold() in self._by_family):
            wanted = _REGULAR if name in official(role) else stand_in_weight(role)
            faces = self._by_family[name.casefold()]
            yield min(faces, key=lambda face: abs(face.weight - wanted))

    @cached_property
    def _by_family(self) -> dict[str, list[Face]]:
        found: dict[str, list[Face]] = {}
        for face in self.faces:
            for name in {name.casefold() for name in face.families}:
                found.setdefault(name, []).append(face)
        return found

    def face_of(self, character: str, role: Role) -> Face | None:
        """The face that shows a character in a text of that role; None if none can.

        Digits and Latin letters are set in the Latin face, which helps out with its own signs. A
        code of private use is trusted to the official face alone: elsewhere it is another sign.
        """
        faces = (*self.chain(role), *self.chain(Role.LATIN))
        if is_private(character):
            faces = faces[:1] if self.choice(role).likeness is Likeness.OFFICIAL else ()
        return next((face for face in faces if character in face), None)

    def rare(self, texts: Iterable[str], role: Role) -> dict[str, Face | None]:
        """The characters that the role's own face lacks, in order of code, with who shows them."""
        own = (*self.chain(role)[:1], *self.chain(Role.LATIN)[:1])
        seen = sorted(filter(visible, set().union(*texts)))
        found = {character: self.face_of(character, role) for character in seen}
        return {character: face for character, face in found.items() if face not in own}

    def missing(self, texts: Iterable[str], role: Role) -> dict[str, int]:
        """The characters that no face of the role's stack holds, in order of code, with counts."""
        texts = list(texts)
        lost = {character for character, face in self.rare(texts, role).items() if face is None}
        if not lost:
            return {}
        counts = Counter(character for text in texts for character in text if character in lost)
        return dict(sorted(counts.items()))


@cache
def visible(character: str) -> bool:
    """Whether a character needs a glyph: spaces, controls and selectors of variants do not."""
    if unicodedata.category(character) in _UNSEEN:
        return False
    return not any(ord(character) in selectors for selectors in _SELECTORS)


def is_private(character: str) -> bool:
    """Whether a character's code is of private use: what it shows differs between machines."""
    return any(ord(character) in codes for codes in _PRIVATE)


@cache
def own_faces() -> Catalogue:
    """The catalogue of this machine's folders, read once a process."""
    return faces(folders())


def faces(where: Sequence[Path]) -> Catalogue:
    """The faces in these folders and all below them that any stack names.

    What was read is kept until a file changes. Broken files, and those that may not be read, hold
    no face.
    """
    files = [entry for folder in where for entry in _files(folder)]
    known = recalled("fonts", (repr(files).encode(),), lambda: [*_read(path for path, *_ in files)])
    return Catalogue(
        tuple(Face(Path(path), index, tuple(names), *rest) for path, index, names, *rest in known)
    )


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of each font file, in order of name; a folder is seen once."""
    seen: set[str] = set()
    found: list[str] = []
    for here, below, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(here)
        if real in seen or len(found) > _MOST_FILES:
            below.clear()
            continue
        seen.add(real)
        below.sort()
        fonts = sorted(filter(_is_font, names))
        found += [os.path.join(here, name) for name in fonts]  # noqa: PTH118 - thousands of files
    for path in found[:_MOST_FILES]:
        try:
            about = os.stat(path)  # noqa: PTH116 - thousands of files
        except OSError:
            continue
        yield path, about.st_size, about.st_mtime_ns


def _is_font(name: str) -> bool:
    return name.lower().endswith(ENDINGS)


def _read(paths: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    from gxgen.fonts.sfnt import faces_of  # 35 ms, where the cache knows nothing yet

    wanted = {name.casefold() for role in Role for name in stack(role)}
    return ((path, *astuple(face)) for path in paths for face in faces_of(Path(path), wanted))
