"""The structure elements of a tagged PDF, from one of two readers.

The built-in engine writes its elements in plain sight: they are read by pattern
(:mod:`gxgen.render.pdf.plain`), since a county has a hundred reports of four hundred cells. Any
other PDF goes through pypdf.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

BROKEN = (KeyError, IndexError, TypeError, AttributeError, ValueError, RecursionError)
"""What comes up where a file is not as it should be."""


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element; ``kids`` are marked content, as (page, MCID), or keys of elements."""

    kind: str
    kids: tuple[tuple[int, int] | int, ...]
    row_span: int = 1
    column_span: int = 1


class Elements(Protocol):
    """A file's elements, pages and fonts, each by a key of the reader's own."""

    root: tuple[int, ...]
    """The outermost elements."""
    roles: Mapping[str, str]
    """What kinds of the file's own stand for."""

    def element(self, key: int) -> Element:
        """An element."""

    def page(self, key: int) -> tuple[bytes, Mapping[str, int]]:
        """A page's content stream, and its fonts by name."""

    def character_map(self, font: int) -> bytes | None:
        """A font's ToUnicode stream."""


class ParsedElements:
    """Elements of any PDF; an object's key is its place in the order of being met."""

    def __init__(self, data: bytes) -> None:
        """Raises what pypdf raises, or one of :data:`BROKEN`."""
        from pypdf import PdfReader

        self._objects: list[Any] = []
        self._keys: dict[int, int] = {}
        root = _object(PdfReader(io.BytesIO(data)).trailer["/Root"])
        tree = _object(root["/StructTreeRoot"])
        roles = _object(tree.get("/RoleMap", {}))
        self.roles: Mapping[str, str] = {str(own)[1:]: str(kind)[1:] for own, kind in roles.items()}
        self.root = tuple(map(self._key, _listed(tree["/K"])))

    def element(self, key: int) -> Element:
        """An element; kids that are neither content nor elements are left out."""
        element = self._objects[key]
        rows = columns = 1
        for one in _listed(element.get("/A", [])):
            if isinstance(one, dict):
                rows, columns = int(one.get("/RowSpan", rows)), int(one.get("/ColSpan", columns))
        return Element(str(element["/S"])[1:], tuple(self._kids(element)), rows, columns)

    def _kids(self, element: Any) -> Iterator[tuple[int, int] | int]:
        page = element.get("/Pg")
        for kid in _listed(element.get("/K", [])):
            if isinstance(kid, int):
                yield self._key(_object(page)), kid
            elif kid.get("/Type") == "/MCR":
                yield self._key(_object(kid.get("/Pg", page))), int(kid["/MCID"])
            elif "/S" in kid:
                yield self._key(kid)

    def page(self, key: int) -> tuple[bytes, Mapping[str, int]]:
        """A page's content stream, and its fonts by name."""
        page = self._objects[key]
        fonts = _object(_object(page["/Resources"]).get("/Font", {}))
        content = b"\n".join(part.get_data() for part in _listed(page.get("/Contents", [])))
        return content, {str(name): self._key(_object(font)) for name, font in fonts.items()}

    def character_map(self, font: int) -> bytes | None:
        """A font's ToUnicode stream."""
        found = self._objects[font].get("/ToUnicode")
        return None if found is None else bytes(_object(found).get_data())

    def _key(self, value: Any) -> int:
        """pypdf hands out one object for one number, so identity tells them apart."""
        if id(value) not in self._keys:
            self._keys[id(value)] = len(self._objects)
            self._objects.append(value)
        return self._keys[id(value)]


def _object(value: Any) -> Any:
    return value.get_object()


def _listed(value: Any) -> list[Any]:
    value = _object(value) if hasattr(value, "get_object") else value
    return [_object(one) for one in value] if isinstance(value, list) else [value]
