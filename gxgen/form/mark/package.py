"""An .xlsx package under correction: parts that nobody touches keep their very bytes.

Untouched members are copied packed as they are; changed and new ones are written with one fixed
date, so the same input gives the same file.
"""

from __future__ import annotations

import posixpath
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gxgen.form.read.container import Container

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DATE = (1 << 5 | 1) << 16
"""1 January 1980, 00:00, as zip files write it."""


class UnmarkableError(Exception):
    """The package is of a kind that cannot be changed without risk."""


def q(name: str, space: str = MAIN) -> str:
    """A tag in lxml's notation: ``q("row")`` → ``{…/main}row``."""
    return f"{{{space}}}{name}"


def number(text: str | None, default: int = 0) -> int:
    """A count or an index in an attribute; the default where it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else default


def element(name: str, space: str = MAIN) -> _Element:
    """The root of a new part, its namespace the default one, relationship ids under ``r``."""
    from lxml import etree

    spaces: dict[Any, str] = {None: space}  # None is the default one; lxml's types know names only
    if space == MAIN:
        spaces["r"] = OFFICE
    return etree.Element(q(name, space), nsmap=spaces)


@dataclass(frozen=True, slots=True)
class Relation:
    """One internal relationship: its id, the last word of its type, the part it leads to."""

    id: str
    kind: str
    target: str


class Package:
    """The parts by name, as trees where they are XML, and their relationships and types."""

    def __init__(self, container: Container) -> None:
        """Nothing is unpacked yet.

        Raises:
            UnmarkableError: a member is encrypted.
        """
        if any(info.flag_bits & 1 for info in container.parts.values()):
            raise UnmarkableError("encrypted member")
        self._container = container
        self._order = [name for name in container.parts if not name.endswith("/")]
        self._trees: dict[str, _Element] = {}
        self._changed: set[str] = set()
        self._bytes: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._order

    def names(self) -> tuple[str, ...]:
        """All part names, in the order of the file."""
        return tuple(self._order)

    def content(self, name: str) -> bytes:
        """A part's bytes as they are before this correction, or as they were put.

        Raises:
            PartError: see :meth:`Container.read`.
        """
        return self._bytes[name] if name in self._bytes else self._container.read(name)

    def tree(self, name: str) -> _Element:
        """A part's root element, to look at.

        Raises:
            PartError: see :meth:`Container.read`.
            lxml.etree.XMLSyntaxError: it is not well-formed.
        """
        if name not in self._trees:
            from lxml import etree

            parser = etree.XMLParser(resolve_entities=False, no_network=True, strip_cdata=False)
            self._trees[name] = etree.fromstring(self.content(name), parser)
        return self._trees[name]

    def edit(self, name: str) -> _Element:
        """A part's root element, to change."""
        self._changed.add(name)
        return self.tree(name)

    def put(self, name: str, content: bytes | _Element) -> None:
        """Add a part at the end, or replace one where it stands."""
        if name not in self._order:
            self._order.append(name)
        if isinstance(content, bytes):
            self._bytes[name] = content
            self._trees.pop(name, None)
            self._changed.discard(name)
        else:
            self._trees[name] = content
            self._changed.add(name)

    def drop(self, name: str) -> None:
        """Take a part away, with its relationships and its declared type."""
        for part in (name, _rels(name)):
            if part in self._order:
                self._order.remove(part)
            self._trees.pop(part, None)
            self._bytes.pop(part, None)
            self._changed.discard(part)
        for override in self.tree(_CONTENT_TYPES).findall(q("Override", _TYPES)):
            if override.get("PartName", "").lower() == f"/{name}".lower():
                self.edit(_CONTENT_TYPES).remove(override)

    def unused(self, pattern: str) -> str:
        """The first free part name of a pattern such as ``xl/comments{}.xml``."""
        taken = {name.lower() for name in self._order}
        numbers = range(1, len(taken) + 2)
        return next(n for i in numbers if (n := pattern.format(i)).lower() not in taken)

    def declare(self, name: str, content_type: str) -> None:
        """Say a part's content type."""
        from lxml import etree

        root = self.edit(_CONTENT_TYPES)
        attributes = {"PartName": f"/{name}", "ContentType": content_type}
        etree.SubElement(root, q("Override", _TYPES), attributes)

    def relations(self, part: str) -> list[Relation]:
        """The internal relationships of a part."""
        return [relation for relation, _ in self._relations(part)]

    def _relations(self, part: str) -> Iterator[tuple[Relation, _Element]]:
        if _rels(part) not in self:
            return
        for entry in self.tree(_rels(part)):
            if entry.get("TargetMode") == "External" or not isinstance(entry.tag, str):
                continue
            target = posixpath.join("/", posixpath.dirname(part), entry.get("Target", ""))
            kind = entry.get("Type", "").rpartition("/")[2]
            name = posixpath.normpath(target).lstrip("/")
            yield Relation(entry.get("Id", ""), kind, name), entry

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship from one part to another; its id."""
        from lxml import etree

        rels = _rels(part)
        if rels not in self:
            self.put(rels, element("Relationships", _RELATIONSHIPS))
        root = self.edit(rels)
        taken = {entry.get("Id") for entry in root}
        new = next(i for n in range(1, len(taken) + 2) if (i := f"rId{n}") not in taken)
        path = posixpath.relpath(target, posixpath.dirname(part))
        attributes = {"Id": new, "Type": f"{OFFICE}/{kind}", "Target": path}
        etree.SubElement(root, q("Relationship", _RELATIONSHIPS), attributes)
        return new

    def unrelate(self, part: str, target: str) -> None:
        """Take away the relationships between two parts."""
        for relation, entry in list(self._relations(part)):
            if relation.target == target:
                self.edit(_rels(part)).remove(entry)
        if _rels(part) in self and not len(self.tree(_rels(part))):
            self.drop(_rels(part))

    def build(self) -> bytes:
        """The whole file."""
        body, directory, size = [], [], 0
        for name in self._order:
            head, packed = self._member(name)
            raw = name.encode()
            directory += [
                struct.pack("<IH", 0x02014B50, 20) + head,
                struct.pack("<HHHII", 0, 0, 0, 0, size),
                raw,
            ]
            body += [struct.pack("<I", 0x04034B50) + head, raw, packed]
            size += 4 + len(head) + len(raw) + len(packed)
        index, count = b"".join(directory), len(self._order)
        end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(index), size, 0)
        return b"".join((*body, index, end))

    def _member(self, name: str) -> tuple[bytes, bytes]:
        """(what both headers of a member say, its packed bytes)."""
        if name in self._changed or name in self._bytes:
            content = self._serialised(name)
            stream = zlib.compressobj(6, zlib.DEFLATED, -15)
            packed = stream.compress(content) + stream.flush()
            method, crc, size = zlib.DEFLATED, zlib.crc32(content), len(content)
        else:
            info = self._container.parts[name]
            packed = self._container.packed(name)
            method, crc, size = info.compress_type, info.CRC, info.file_size
        flags = 0 if name.isascii() else 0x800
        sizes = (crc, len(packed), size, len(name.encode()), 0)
        return struct.pack("<HHHIIIIHH", 20, flags, method, _DATE, *sizes), packed

    def _serialised(self, name: str) -> bytes:
        if name not in self._changed:
            return self._bytes[name]
        from lxml import etree

        return _DECLARATION + etree.tostring(self._trees[name], encoding="UTF-8")


def _rels(part: str) -> str:
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels"
