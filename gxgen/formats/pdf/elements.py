"""The structure elements of a tagged PDF, from one of two readers.

The built-in engine writes its elements in plain sight: they are read by pattern
(:mod:`gxgen.formats.pdf.plain`), since a county has a hundred reports of four hundred cells. Any
other PDF is opened as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pikepdf import Pdf

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


class OpenedElements:
    """Elements of any PDF; a key is the number of an object, or one given to what has none."""

    def __init__(self, document: Pdf) -> None:
        """Raises one of :data:`BROKEN` if there is no structure."""
        self._objects: dict[int, Any] = {}
        tree = document.Root.StructTreeRoot
        self.roles: Mapping[str, str] = {
            str(own)[1:]: str(kind)[1:] for own, kind in tree.get("/RoleMap", {}).items()
        }
        self.root = tuple(self._key(one) for one in _listed(tree.K))

    def element(self, key: int) -> Element:
        """An element; kids that are neither content nor elements are left out."""
        element = self._objects[key]
        rows = columns = 1
        for one in _listed(element.get("/A", ())):
            if "/RowSpan" in one:
                rows = int(one["/RowSpan"])
            if "/ColSpan" in one:
                columns = int(one["/ColSpan"])
        return Element(str(element["/S"])[1:], tuple(self._kids(element)), rows, columns)

    def _kids(self, element: Any) -> Iterator[tuple[int, int] | int]:
        for kid in _listed(element.get("/K", ())):
            if isinstance(kid, int):
                yield self._key(element["/Pg"]), kid
            elif kid.get("/Type") == "/MCR":
                page = kid.get("/Pg")
                yield self._key(element["/Pg"] if page is None else page), int(kid["/MCID"])
            elif "/S" in kid:
                yield self._key(kid)

    def page(self, key: int) -> tuple[bytes, Mapping[str, int]]:
        """A page's content stream, and its fonts by name."""
        page = self._objects[key]
        return content_of(page), {name: self._key(font) for name, font in fonts_of(page).items()}

    def character_map(self, font: int) -> bytes | None:
        """A font's ToUnicode stream."""
        return character_map_of(self._objects[font])

    def _key(self, value: Any) -> int:
        number = value.objgen[0] if value.is_indirect else -1 - len(self._objects)
        self._objects.setdefault(number, value)
        return int(number)


def content_of(page: Any) -> bytes:
    """A page's content stream; empty if it has none."""
    return b"\n".join(part.read_bytes() for part in _listed(page.get("/Contents", ())))


def fonts_of(page: Any) -> dict[str, Any]:
    """A page's fonts by name."""
    fonts = page.get("/Resources", {}).get("/Font", {})
    return {str(name): font for name, font in fonts.items()}


def character_map_of(font: Any) -> bytes | None:
    """A font's ToUnicode stream."""
    found = font.get("/ToUnicode")
    return None if found is None else bytes(found.read_bytes())


def _listed(value: Any) -> Iterable[Any]:
    from pikepdf import Array

    return value if isinstance(value, Array | tuple) else (value,)
