"""A package under correction: parts that nobody touches keep their very bytes.

Untouched members are copied packed as they are; changed and new ones are written with one fixed
date, so the same input gives the same file.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace
from functools import cached_property
from typing import Any

from lxml import etree
from lxml.etree import _Element

from gxgen.opc.package import (
    CONTENT_TYPES,
    Fault,
    Package,
    PackageError,
    ZipWriter,
    deflater,
    zip_date,
)
from gxgen.opc.relations import (
    OFFICE,
    Relation,
    folded,
    relations,
    relations_part,
    spellings,
)
from gxgen.opc.xml import parse

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_deflate = deflater(6)
_DEFAULT: dict[Any, str] = {None: _RELATIONSHIPS[1:-1]}
"""The default namespace; lxml's types know named ones only."""


class Editing:
    """The parts by name, as trees where they are XML, and their relationships and types."""

    def __init__(self, package: Package) -> None:
        """Nothing is unpacked yet."""
        self._package = package
        self._order = dict.fromkeys(package.parts)
        self._trees: dict[str, _Element] = {}
        self._changed: set[str] = set()
        self._bytes: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        """Whether there is such a part."""
        return self.spelled(name) in self._order

    def spelled(self, name: str) -> str:
        """A part's name as the package spells it: case does not count. As it is, if unknown."""
        return name if name in self._order else self._spellings.get(folded(name), name)

    @cached_property
    def _spellings(self) -> dict[str, str]:
        return spellings(self._order)

    def names(self) -> tuple[str, ...]:
        """All part names, in the order of the file."""
        return tuple(self._order)

    def content(self, name: str) -> bytes:
        """A part's bytes as they are before this correction, or as they were put.

        Raises:
            PackageError: see :meth:`Package.read`.
        """
        name = self.spelled(name)
        return self._bytes[name] if name in self._bytes else self._package.read(name)

    def tree(self, name: str) -> _Element:
        """A part's root element, to look at.

        Raises:
            PackageError: see :meth:`Package.read`.
            XmlError: it is not well-formed, or declares a document type.
        """
        name = self.spelled(name)
        if name not in self._trees:
            self._trees[name] = parse(self.content(name), cdata=True)
        return self._trees[name]

    def edit(self, name: str) -> _Element:
        """A part's root element, to change."""
        self._changed.add(self.spelled(name))
        return self.tree(name)

    def put(self, name: str, content: bytes | _Element) -> None:
        """Add a part at the end, or replace one where it stands."""
        name = self.spelled(name)
        if name not in self._order:
            self._order[name] = None
            self._spellings[folded(name)] = name
        if isinstance(content, bytes):
            self._bytes[name] = content
            self._trees.pop(name, None)
            self._changed.discard(name)
        else:
            self._trees[name] = content
            self._changed.add(name)

    def drop(self, name: str) -> None:
        """Take a part away, with its relationships and its declared type."""
        for part in map(self.spelled, (name, relations_part(name))):
            if part in self._order:
                del self._order[part]
                self._spellings = spellings(self._order)
            self._trees.pop(part, None)
            self._bytes.pop(part, None)
            self._changed.discard(part)
        for override in self.tree(CONTENT_TYPES).findall(_TYPES + "Override"):
            if override.get("PartName", "").lower() == f"/{name}".lower():
                self.edit(CONTENT_TYPES).remove(override)

    def unused(self, pattern: str) -> str:
        """The first free part name of a pattern such as ``xl/comments{}.xml``."""
        taken = {name.lower() for name in self._order}
        numbers = range(1, len(taken) + 2)
        return next(n for i in numbers if (n := pattern.format(i)).lower() not in taken)

    def declare(self, name: str, content_type: str) -> None:
        """Say a part's content type."""
        root = self.edit(CONTENT_TYPES)
        attributes = {"PartName": f"/{name}", "ContentType": content_type}
        etree.SubElement(root, _TYPES + "Override", attributes)

    def declare_ending(self, ending: str, content_type: str) -> None:
        """Say the content type of all parts whose names end so, unless it is said already."""
        default = _TYPES + "Default"
        known = self.tree(CONTENT_TYPES).iter(default)
        if not any(one.get("Extension", "").lower() == ending for one in known):
            new = etree.Element(default, {"Extension": ending, "ContentType": content_type})
            self.edit(CONTENT_TYPES).insert(0, new)

    def relations(self, part: str) -> list[Relation]:
        """The internal relations of a part.

        Raises:
            PackageError: they are more than the package may have parts.
        """
        return [relation for relation, _ in self._relations(part)]

    def _relations(self, part: str) -> list[tuple[Relation, _Element]]:
        listed, most = relations_part(part), self._package.limits.parts
        if listed not in self:
            return []
        if len(self.tree(listed)) > most:
            raise PackageError(Fault.TOO_MANY_PARTS, listed, most)
        found = relations(self.tree(listed), part)
        return [
            (replace(one, target=self.spelled(one.target)), entry)
            for one, entry in found
            if not one.outside
        ]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship from one part to another; its id."""
        rels = relations_part(part)
        if rels not in self:
            self.put(rels, etree.Element(_RELATIONSHIPS + "Relationships", nsmap=_DEFAULT))
        root = self.edit(rels)
        taken = {entry.get("Id") for entry in root}
        new = next(i for n in range(1, len(taken) + 2) if (i := f"rId{n}") not in taken)
        path = posixpath.relpath(target, posixpath.dirname(part))
        attributes = {"Id": new, "Type": f"{OFFICE}/{kind}", "Target": path}
        etree.SubElement(root, _RELATIONSHIPS + "Relationship", attributes)
        return new

    def unrelate(self, part: str, target: str) -> None:
        """Take away the relationships between two parts."""
        for relation, entry in self._relations(part):
            if relation.target == target:
                self.edit(relations_part(part)).remove(entry)
        if relations_part(part) in self and not len(self.tree(relations_part(part))):
            self.drop(relations_part(part))

    def build(self) -> bytes:
        """The whole file."""
        file = ZipWriter(zip_date(1980))
        for name in self._order:
            if name in self._changed or name in self._bytes:
                file.add(name, self._written(name), _deflate)
            else:
                info, packed = self._package.parts[name], self._package.packed(name)
                file.add_packed(name, packed, info.compress_type, info.CRC, info.file_size)
        return file.finish()

    def _written(self, name: str) -> bytes:
        if name not in self._changed:
            return self._bytes[name]
        return _DECLARATION + etree.tostring(self._trees[name], encoding="UTF-8")
