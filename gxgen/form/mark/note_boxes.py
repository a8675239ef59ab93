"""The boxes of a sheet's comments: a VML drawing, changed as text.

VML is not always well-formed XML, so boxes are found and taken out by pattern, and added at the
end; all else in the drawing (buttons, pictures, the agency's own boxes) stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import count

from gxgen.a1 import Position
from gxgen.form.mark.sheet_tree import SheetTree
from gxgen.form.write.canvas import lines_needed
from gxgen.opc.editing import Editing

_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BLOCK = 1024
_WIDTH, _LINE, _MARGIN, _HIGHEST = 300, 16, 14, 480
_CHARACTERS = 46
"""Half-width characters in a line of a box, at 9 points."""

_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_EMPTY = (
    "<xml {spaces}>"
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout></xml>'
)
_SHAPE_TYPE = (
    '<v:shapetype {spaces} id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape {spaces} id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;'
    "margin-left:80pt;margin-top:5pt;width:{width}pt;height:{height}pt;z-index:{order};"
    'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPE_TAG = re.compile(rb"<(?:(/)(\w{1,20}:)?shape>\s*|(\w{1,20}:)?shape\s)")
_ANY_DRAWN = re.compile(rb"<(?:\w+:)?(?:shape|group|rect|oval|line|roundrect|image)[\s>]")
_ROW = re.compile(rb"<(?:\w+:)?Row>\s*(\d{1,7})\s*<")
_COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*(\d{1,5})\s*<")
_IDS = re.compile(rb"_x0000_s(\d{1,9})\b")
_BLOCKS = re.compile(rb'idmap\b[^>]{0,500}?\bdata="([\d,]{0,500})"')
_END = re.compile(rb"</(?:\w+:)?xml>\s*\Z")

Box = tuple[str, int, int]
"""(anchor as VML says it, width and height in points)."""


class Shapes:
    """The VML drawing of one worksheet part."""

    def __init__(self, package: Editing, part: str, name: str) -> None:
        """Wrap the drawing that the worksheet refers to."""
        self._package = package
        self._part = part
        self._name = name

    @classmethod
    def of(cls, package: Editing, part: str) -> Shapes | None:
        """The worksheet's drawing, if it has one that can be added to."""
        wanted = SheetTree(package.tree(part)).shapes
        for relation in package.relations(part):
            at, name = relation.id, relation.target
            if at == wanted and name in package and _END.search(package.content(name)):
                return cls(package, part, name)
        return None

    @classmethod
    def new(cls, package: Editing, part: str) -> Shapes:
        """A new, empty drawing for the worksheet."""
        name = package.unused("xl/drawings/vmlDrawing{}.vml")
        taken = _taken_blocks(package)
        block = next(n for n in count(1) if n not in taken)
        package.put(name, _EMPTY.format(spaces=_SPACES, block=block).encode())
        sheet = SheetTree(package.edit(part))
        sheet.shapes = package.relate(part, "vmlDrawing", name)
        package.declare_ending("vml", _TYPE)
        return cls(package, part, name)

    def add(self, boxes: Sequence[tuple[Position, Box]]) -> None:
        """Add a hidden box for each of these cells."""
        old = self._package.content(self._name)
        first = max((int(n) for n in _IDS.findall(old)), default=self._base(old)) + 1
        spaces = "" if all(s.encode() in old for s in _SPACES.split()) else _SPACES
        made = [] if b'id="_x0000_t202"' in old else [_SHAPE_TYPE.format(spaces=spaces)]
        for number, ((row, column), (anchor, width, height)) in enumerate(boxes):
            made.append(
                _SHAPE.format(
                    spaces=spaces,
                    id=first + number,
                    order=number + 1,
                    anchor=anchor,
                    width=width,
                    height=height,
                    row=row,
                    column=column,
                )
            )
        end = _END.search(old)
        at = end.start() if end else len(old)
        new = "".join(made).replace("  ", " ")
        self._package.put(self._name, old[:at] + new.encode() + old[at:])

    def _base(self, old: bytes) -> int:
        blocks = _BLOCKS.search(old)
        first = blocks[1].split(b",")[0] if blocks else b""
        return int(first or 1) * _BLOCK

    def remove(self, cells: set[Position]) -> None:
        """Take the boxes of these cells away, and the drawing if nothing is left in it."""
        package, name = self._package, self._name

        content = _without(package.content(name), cells)
        if _ANY_DRAWN.search(content):
            package.put(name, content)
            return
        SheetTree(package.edit(self._part)).shapes = None
        package.unrelate(self._part, name)
        package.drop(name)


def _without(content: bytes, cells: set[Position]) -> bytes:
    """The drawing without the boxes of these cells: in one pass, whatever does not end."""
    kept, at, begun = [], 0, None
    for tag in _SHAPE_TAG.finditer(content):
        if not tag[1]:
            begun = tag
        elif begun is not None and begun[3] == tag[2]:
            if _at(content[begun.start() : tag.end()]) in cells:
                kept.append(content[at : begun.start()])
                at = tag.end()
            begun = None
    return b"".join(kept) + content[at:]


def _at(shape: bytes) -> Position | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if row is None or column is None or b'ObjectType="Note"' not in shape:
        return None
    return int(row[1]), int(column[1])


def _taken_blocks(package: Editing) -> set[int]:
    taken: set[int] = set()
    for name in package.names():
        if name.lower().endswith(".vml"):
            for blocks in _BLOCKS.findall(package.content(name)):
                taken.update(int(n) for n in blocks.split(b",") if n)
    return taken


def box(sheet: SheetTree, at: Position, text: str) -> Box:
    """A box to the right of a cell, large enough for a text."""
    lines = 1 + lines_needed(text, _CHARACTERS)
    height = min(_HIGHEST, _MARGIN + _LINE * lines)
    left, top = sheet.behind(at), max(0, at[0] - 1)
    right, over_right = _reach(sheet.column_pixels, left, 12 + _WIDTH)
    bottom, over_bottom = _reach(sheet.row_pixels, top, 4 + height)
    anchor = f"{left}, 12, {top}, 4, {right}, {over_right}, {bottom}, {over_bottom}"
    return anchor, _WIDTH * 3 // 4, height * 3 // 4


def _reach(size: Callable[[int], int], first: int, length: int) -> tuple[int, int]:
    """Which row or column lies ``length`` pixels on, and how far into it that is."""
    number = first
    while length > (here := size(number)) and number < first + 500:
        length -= here
        number += 1
    return number, max(0, min(length, here))
