"""Cell styles of a marked copy: each mark is the cell's own style over another fill.

What a cell looked like before must be found again, even after Excel, WPS or LibreOffice has saved
the copy and numbered all styles anew. So the fill of a mark says two things by its colour: that
it is ours (no palette has a red of FE), and, in its last bits, which style it was laid over.
Which style that number means is told by a pair of cells in the list of findings: one in the
mark, one in the style beneath it. Colours and pairs of styled cells survive every program.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from lxml import etree
from lxml.etree import _Element

from gxgen.diagnostics import Severity
from gxgen.form.mark.elements import UnmarkableError, q
from gxgen.opc.xml import whole

MOST_STYLES = 1024
# Copies that are out bear these colours: to change them is to know those copies no more.
_BASE = {Severity.ERROR: (0xA0, 0x90), Severity.WARNING: (0xD0, 0x40)}
_MARK = re.compile(r"[0-9A-F]{2}FE(?:A([0-9A-F])([9A-C][0-9A-F])|D([0-9A-F])([4-7][0-9A-F]))", re.I)

Shape = tuple[object, tuple[tuple[object, object], ...], tuple[Any, ...]]
"""(tag, sorted attributes, children)."""


def mark_colour(severity: Severity, place: int) -> str:
    """The fill of a mark over style ``place`` (below :data:`MOST_STYLES`), as ``AARRGGBB``."""
    green, blue = _BASE[severity]
    return f"FFFE{green + place // 64:02X}{blue + place % 64:02X}"


class Styles:
    """The styles part: elements are added where none like them is there yet."""

    def __init__(self, root: _Element) -> None:
        """Read what is there.

        Raises:
            UnmarkableError: a collection that every styles part has is missing.
        """
        self.changed = False
        self._lists: dict[str, _Element] = {}
        self._members: dict[str, list[_Element]] = {}
        """The elements of each; to number them in the tree takes as long as there are many."""
        for name in ("fonts", "fills", "borders", "cellXfs"):
            found = root.find(q(name))
            if found is None or not len(found):
                raise UnmarkableError(f"no {name}")
            self._lists[name], self._members[name] = found, list(found)
        self._known = {
            name: {_shape(element): i for i, element in reversed([*enumerate(found)])}
            for name, found in self._members.items()
        }
        self._marks = [_mark_number(fill) for fill in self._members["fills"]]
        self._twins: dict[Shape, int] = {}
        self._compared = 0
        self.laid: dict[int, int] = {}
        """Each style that was marked, and its mark, in the order of their numbers."""

    @property
    def any_marks(self) -> bool:
        """Whether a fill of ours is among the fills."""
        return any(mark is not None for mark in self._marks)

    def _xf(self, index: int) -> _Element:
        xfs = self._members["cellXfs"]
        return xfs[index if 0 <= index < len(xfs) else 0]

    def add(self, name: str, element: _Element) -> int:
        """The index of such an element in its collection, appended if there is none."""
        known, shape = self._known[name], _shape(element)
        if shape not in known:
            found, members = self._lists[name], self._members[name]
            known[shape] = len(members)
            found.append(element)
            members.append(element)
            found.set("count", str(len(members)))
            self.changed = True
            if name == "fills":
                self._marks.append(_mark_number(element))
        return known[shape]

    def fill(self, colour: str) -> int:
        """A solid fill of colour ``AARRGGBB``."""
        fill = etree.Element(q("fill"))
        pattern = etree.SubElement(fill, q("patternFill"), {"patternType": "solid"})
        etree.SubElement(pattern, q("fgColor"), {"rgb": colour})
        etree.SubElement(pattern, q("bgColor"), {"indexed": "64"})
        return self.add("fills", fill)

    def marked(self, style: int, severity: Severity) -> int | None:
        """The same style over the fill of a mark; None when there are too many styles."""
        laid = list(self.laid)
        place = 1 + (laid.index(style) if style in self.laid else len(laid))
        if place >= MOST_STYLES:
            return None
        mark = self._over(style, self.fill(mark_colour(severity, place)), "1")
        self.laid.setdefault(style, mark)
        return mark

    def signature(self) -> int:
        """A style that none but the list of findings has: the mark over no style at all."""
        return self._over(0, self.fill(mark_colour(Severity.ERROR, 0)), "1")

    def _over(self, style: int, fill: int, applied: str | None) -> int:
        xf = deepcopy(self._xf(style))
        xf.set("fillId", str(fill))
        if applied is not None:
            xf.set("applyFill", applied)
        elif "applyFill" in xf.attrib:
            del xf.attrib["applyFill"]
        return self.add("cellXfs", xf)

    def mark_of(self, style: int) -> int | None:
        """The number that a style's mark bears; None if it is not marked."""
        index = whole(self._xf(style).get("fillId"))
        return self._marks[index] if index < len(self._marks) else None

    def unmarked(self, style: int, beneath: int | None) -> int:
        """The style without its mark; ``beneath`` is the style that the mark was laid over.

        If that is not known any more, the fill of a style that is otherwise the same, or none.
        """
        if beneath is None or self.mark_of(beneath) is not None:
            beneath = self._twin(style)
        if beneath is None:
            return self._over(style, 0, None)
        below = self._xf(beneath)
        if _bare(below) == _bare(self._xf(style)):
            return beneath
        return self._over(style, whole(below.get("fillId")), below.get("applyFill"))

    def _twin(self, style: int) -> int | None:
        xfs = self._members["cellXfs"]
        for index in range(self._compared, len(xfs)):
            if self.mark_of(index) is None:
                self._twins.setdefault(_bare(xfs[index]), index)
        self._compared = len(xfs)
        return self._twins.get(_bare(self._xf(style)))


def _mark_number(fill: _Element) -> int | None:
    """Which style the mark of this fill was laid over; None if the fill is not ours."""
    shown = fill.find(f"{q('patternFill')}/{q('fgColor')}")
    match = None if shown is None else _MARK.fullmatch(shown.get("rgb", ""))
    if match is None:
        return None
    base = _BASE[Severity.ERROR if match[1] else Severity.WARNING]
    return int(match[1] or match[3], 16) * 64 + int(match[2] or match[4], 16) - base[1]


def _shape(element: _Element) -> Shape:
    """What two elements have in common when they mean the same."""
    children = tuple(_shape(child) for child in element if isinstance(child.tag, str))
    return (element.tag, tuple(sorted(element.attrib.items())), children)


def _bare(xf: _Element) -> Shape:
    """The shape of a style, its fill aside."""
    tag, attributes, children = _shape(xf)
    return (tag, tuple(a for a in attributes if a[0] not in ("fillId", "applyFill")), children)
