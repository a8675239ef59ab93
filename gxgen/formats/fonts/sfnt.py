"""What a font file says of itself: names and weight of its faces, and the characters they hold.

Only the tables ``name``, ``OS/2``, ``head`` and ``cmap`` of TrueType and OpenType files and
collections are read; glyphs never are. A file that contradicts itself holds no face.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_COLLECTION = b"ttcf"
_KINDS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_MOST_FACES = 64
_MOST_TABLES = 128
_LARGEST_TABLE = 16 << 20
_LAST_CODE = 0x10FFFF
_FAMILY_NAMES = (1, 16)
_BOLD, _ITALIC = 1, 2
_DEFAULT_WEIGHT, _BOLD_WEIGHT = 400, 700

_CHARACTER_TABLES = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of the tables that are keyed by Unicode, the fullest first."""

Tables = dict[bytes, tuple[int, int]]
"""Offset and length of each table, by tag."""

Span = tuple[int, int]
"""First and last code point of a run."""


@dataclass(frozen=True, slots=True)
class FaceData:
    """A face of a file; ``families`` has every name that its family goes by."""

    index: int
    families: tuple[str, ...]
    weight: int
    italic: bool


class Coverage:
    """The code points that a face has a glyph for."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[Span]) -> None:
        """``spans`` may overlap and come in any order."""
        self._starts, self._ends = array("I"), array("I")
        for first, last in sorted(spans):
            if self._ends and first <= self._ends[-1] + 1:
                self._ends[-1] = max(self._ends[-1], last)
            else:
                self._starts.append(first)
                self._ends.append(last)

    @classmethod
    def from_bytes(cls, data: bytes) -> Coverage:
        """The inverse of :meth:`to_bytes`, on the machine that wrote them."""
        flat, coverage = array("I", data), cls(())
        coverage._starts, coverage._ends = flat[::2], flat[1::2]
        return coverage

    def to_bytes(self) -> bytes:
        """All spans, as plain data."""
        both = zip(self._starts, self._ends, strict=True)
        return array("I", (code for span in both for code in span)).tobytes()

    def __contains__(self, character: str) -> bool:
        """Whether there is a glyph for one character."""
        code = ord(character)
        at = bisect_right(self._starts, code) - 1
        return at >= 0 and code <= self._ends[at]

    def __len__(self) -> int:
        """How many code points there are."""
        return sum(self._ends) - sum(self._starts) + len(self._starts)


def faces_of(path: Path) -> tuple[FaceData, ...]:
    """The faces of a file; none if it is no font or cannot be read."""
    try:
        with path.open("rb") as file:
            return tuple(_faces(file))
    except (OSError, struct.error, ValueError):
        return ()


def coverage_of(path: Path, index: int) -> Coverage:
    """What one face of a file holds; nothing if the file is broken or gone."""
    try:
        with path.open("rb") as file:
            table = _table(file, _tables(file, _starts(file)[index]), b"cmap")
        return Coverage(_spans(table))
    except (OSError, struct.error, ValueError, IndexError):
        return Coverage(())


def _faces(file: BinaryIO) -> Iterator[FaceData]:
    for index, start in enumerate(_starts(file)):
        tables = _tables(file, start)
        names = _names(_table(file, tables, b"name"))
        about = _table(file, tables, b"OS/2")
        style = _table(file, tables, b"head")
        if names and b"cmap" in tables:
            weight = struct.unpack_from(">H", about, 4)[0] if about else _DEFAULT_WEIGHT
            flags = struct.unpack_from(">H", style, 44)[0] if style else 0
            heavy = max(weight, _BOLD_WEIGHT) if flags & _BOLD else weight
            yield FaceData(index, names, heavy, bool(flags & _ITALIC))


def _starts(file: BinaryIO) -> tuple[int, ...]:
    """Where each face begins: one place in a plain file, several in a collection."""
    file.seek(0)
    head = file.read(12)
    if head[:4] in _KINDS:
        return (0,)
    if head[:4] != _COLLECTION:
        return ()
    (count,) = struct.unpack_from(">L", head, 8)
    if count > _MOST_FACES:
        raise ValueError("too many faces")
    starts: tuple[int, ...] = struct.unpack(f">{count}L", file.read(4 * count))
    return starts


def _tables(file: BinaryIO, start: int) -> Tables:
    file.seek(start)
    kind, count = struct.unpack(">4sH6x", file.read(12))
    if kind not in _KINDS or count > _MOST_TABLES:
        raise ValueError("no table directory")
    directory = file.read(16 * count)
    return {
        tag: (offset, length) for tag, offset, length in struct.iter_unpack(">4s4xLL", directory)
    }


def _table(file: BinaryIO, tables: Tables, tag: bytes) -> bytes:
    """The bytes of a table; empty if the face has none."""
    offset, length = tables.get(tag, (0, 0))
    if length > _LARGEST_TABLE:
        raise ValueError("table too large")
    file.seek(offset)
    return file.read(length)


def _names(table: bytes) -> tuple[str, ...]:
    if not table:
        return ()
    _, count, storage = struct.unpack_from(">HHH", table)
    found: dict[str, None] = {}
    for platform, encoding, _, name, length, offset in struct.iter_unpack(
        ">6H", table[6 : 6 + 12 * count]
    ):
        if name in _FAMILY_NAMES:
            raw = table[storage + offset :][:length]
            found[_decoded(raw, platform, encoding)] = None
    return tuple(name for name in found if name)


def _decoded(raw: bytes, platform: int, encoding: int) -> str:
    """A name's text. Old Chinese fonts write GBK in two bytes a character, ASCII after a zero."""
    match platform, encoding:
        case 3, 3:
            text = raw.replace(b"\0", b"").decode("gb18030", "ignore")
        case ((0 | 3), _):
            text = raw.decode("utf-16-be", "ignore")
        case 1, 25:
            text = raw.decode("gb18030", "ignore")
        case 1, 0:
            text = raw.decode("mac-roman", "ignore")
        case _:
            text = ""
    return text.strip().strip("\0")


def _spans(table: bytes) -> Iterator[Span]:
    (count,) = struct.unpack_from(">H", table, 2)
    listed = struct.iter_unpack(">HHL", table[4 : 4 + 8 * count])
    offsets = {(platform, encoding): offset for platform, encoding, offset in listed}
    for kind in _CHARACTER_TABLES:
        if kind in offsets:
            part = table[offsets[kind] :]
            (number,) = struct.unpack_from(">H", part)
            if number in _READERS:
                yield from _READERS[number](part)
                return


def _segments(part: bytes) -> Iterator[Span]:
    """Format 4: runs of the first 65,536 code points; one with an offset lists its glyphs."""
    (doubled,) = struct.unpack_from(">H", part, 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", part, 14)
    starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", part, 16 + doubled * column) for column in (1, 2, 3)
    )
    wide = [
        last - first for first, last, offset in zip(starts, ends, offsets, strict=True) if offset
    ]
    if sum(wide) > 2 * 0x10000:
        raise ValueError("runs that overlap")
    for at, (first, last) in enumerate(zip(starts, ends, strict=True)):
        if offsets[at]:
            place = 16 + doubled * 3 + 2 * at + offsets[at]
            yield from _listed(part[place:][: 2 * (last - first + 1)], first)
        else:
            yield from _without(-deltas[at] & 0xFFFF, first, last)


def _without(code: int, first: int, last: int) -> Iterator[Span]:
    """A run less the one code whose glyph comes out as 0, the empty box."""
    for start, end in ((first, min(last, code - 1)), (max(first, code + 1), last)):
        if start <= end:
            yield start, end


def _listed(glyphs: bytes, first: int) -> Iterator[Span]:
    """The codes from ``first`` on whose glyph in a list is not 0."""
    for at in range(len(glyphs) // 2):
        if glyphs[2 * at : 2 * at + 2] != b"\0\0" and first + at != 0xFFFF:
            yield first + at, first + at


def _groups(part: bytes) -> Iterator[Span]:
    """Format 12: runs with glyphs that count up; glyph 0 is the empty box."""
    (count,) = struct.unpack_from(">L", part, 12)
    for first, last, glyph in struct.iter_unpack(">LLL", part[16 : 16 + 12 * count]):
        start = first if glyph else first + 1
        if start <= last <= _LAST_CODE:
            yield start, last


def _single(part: bytes) -> Iterator[Span]:
    """Format 6: one run with a list of glyphs."""
    first, count = struct.unpack_from(">HH", part, 6)
    yield from _listed(part[10 : 10 + 2 * count], first)


_READERS: dict[int, Callable[[bytes], Iterator[Span]]] = {4: _segments, 6: _single, 12: _groups}
