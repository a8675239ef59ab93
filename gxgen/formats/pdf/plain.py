"""PDFs as the built-in engine lays them out: objects in order, none packed inside another.

They can be read by pattern, and changed object by object.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from itertools import pairwise

from gxgen.formats.pdf.elements import Element

_END = re.compile(
    rb"xref\n0 \d+\n(?P<entries>(?:\d{10} \d{5} [fn][ \r]\n)+)"
    rb"(?P<trailer>trailer\n.*?)startxref\n\d+\n%%EOF\Z",
    re.DOTALL,
)
_ENTRY = 20
"""Bytes of a line of the cross-reference table."""

_TREE = re.compile(rb"\d+ 0 obj\n<</Type/StructTreeRoot/RoleMap<<(.*?)>>/K\[([\d R]+)\]")
_ELEMENT = re.compile(
    rb"\d+ 0 obj\n<</Type/StructElem/S/(?P<kind>\w+)/.*?"
    rb"/K\[(?P<kids>[^\]]*)\](?:/Pg (?P<page>\d+))?"
)
_KID = re.compile(rb"<</Type/MCR/MCID (\d+)/Pg (\d+) 0 R>>|(\d+) 0 R|(\d+)")
_SPAN = re.compile(rb"/(Row|Col)Span (\d+)")
_STRING = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.DOTALL)
_PAGE = re.compile(rb"\d+ 0 obj\n<</Type/Page/Resources (\d+) 0 R.*?/Contents (\d+) 0 R>>")
_FONTS = re.compile(rb"/Font<<(.*?)>>")
_FONT = re.compile(rb"(/\w+) (\d+) 0 R")
_TO_UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
_STREAM = re.compile(rb"/Length (\d+).*?>>\s*stream\r?\n", re.DOTALL)
_MOST_BYTES = 64 * 2**20
"""Of one stream, unpacked: no page of a report comes near it."""


def taken_apart(pdf: bytes) -> tuple[list[bytes], bytes] | None:
    """The objects by number (the file's head as number 0) and the trailer; None if not plain."""
    found = _END.search(pdf)
    if found is None:
        return None
    entries = found["entries"]
    offsets = [int(entries[at : at + 10]) for at in range(_ENTRY, len(entries), _ENTRY)]
    bounds = [0, *offsets, found.start()]
    return [pdf[start:end] for start, end in pairwise(bounds)], found["trailer"]


def put_together(objects: Sequence[bytes], trailer: bytes) -> bytes:
    """The file of these objects."""
    offset, lines = 0, [b"0000000000 65535 f\r\n"]
    for one in objects[:-1]:
        offset += len(one)
        lines.append(b"%010d 00000 n\r\n" % offset)
    table = b"xref\n0 %d\n" % len(lines) + b"".join(lines)
    start = b"startxref\n%d\n%%%%EOF" % sum(map(len, objects))
    return b"".join((*objects, table, trailer, start))


class PlainElements:
    """Elements of a plain PDF; a key is the number of an object."""

    def __init__(self, objects: Sequence[bytes]) -> None:
        """Raises ValueError if there is no structure that can be read by pattern."""
        self._objects = objects
        found = next(filter(None, map(_TREE.match, reversed(objects))), None)
        if found is None:
            raise ValueError("no structure in plain sight")
        names = found[1].decode().strip("/").split("/")
        self.roles: Mapping[str, str] = dict(zip(names[::2], names[1::2], strict=True))
        self.root = tuple(map(int, re.findall(rb"(\d+) 0 R", found[2])))

    def element(self, key: int) -> Element:
        """An element. Its strings are set aside first: words must not pass for structure."""
        source = self._objects[key]
        if b"(" in source:
            source = _STRING.sub(b"()", source)
        found = _ELEMENT.match(source)
        if found is None:
            raise ValueError("an element that cannot be read by pattern")
        spans = {which: int(number) for which, number in _SPAN.findall(found[0])}
        own = int(found["page"] or 0)
        kids = tuple(
            int(element) if element else (int(page or own), int(mcid or plain))
            for mcid, page, element, plain in _KID.findall(found["kids"])
        )
        return Element(found["kind"].decode(), kids, spans.get(b"Row", 1), spans.get(b"Col", 1))

    def page(self, key: int) -> tuple[bytes, Mapping[str, int]]:
        """A page's content stream, and its fonts by name."""
        found = _PAGE.match(self._objects[key])
        if found is None:
            raise ValueError("a page that cannot be read by pattern")
        listed = _FONTS.search(self._objects[int(found[1])])
        fonts = _FONT.findall(listed[1]) if listed else []
        return self._stream(int(found[2])), {name.decode(): int(font) for name, font in fonts}

    def character_map(self, font: int) -> bytes | None:
        """A font's ToUnicode stream."""
        found = _TO_UNICODE.search(self._objects[font])
        return None if found is None else self._stream(int(found[1]))

    def _stream(self, number: int) -> bytes:
        source = self._objects[number]
        found = _STREAM.search(source)
        if found is None:
            raise ValueError("a stream that cannot be read by pattern")
        packed = source[found.end() : found.end() + int(found[1])]
        if b"/FlateDecode" not in found[0]:
            return packed
        return zlib.decompressobj().decompress(packed, _MOST_BYTES)
