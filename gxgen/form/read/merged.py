"""Merged areas of a sheet, and what lies unseen under them: a format painter, LibreOffice and
files of other programs keep what stood in the cells that a merged one covers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from lxml.etree import _Element

from gxgen.a1 import Position, cell_position
from gxgen.opc.xml import namespace

Area = tuple[Position, Position]
"""The first cell and the last."""

_MOST = 1_000
"""Merged areas of a sheet; a form has 60."""
_MOST_LOOKED = 1_000_000
"""Cells that are looked at, in all areas of a sheet."""


def merged_areas(root: _Element) -> Iterator[Area]:
    """The areas as far as a sheet has them in order."""
    areas = root.iterfind("{0}mergeCells/{0}mergeCell".format(namespace(root)))
    for area in islice(areas, _MOST):
        first, _, last = area.get("ref", "").partition(":")
        start, end = cell_position(first), cell_position(last)
        if start and end and start != end and start[0] <= end[0] and start[1] <= end[1]:
            yield start, end


def size(area: Area) -> int:
    """How many cells an area has."""
    (top, left), (bottom, right) = area
    return (bottom - top + 1) * (right - left + 1)


def covered(root: _Element, filled: Collection[Position]) -> set[Position]:
    """Those of the filled cells that a merged cell covers."""
    found: set[Position] = set()
    looked = 0
    for area in merged_areas(root):
        looked += min(size(area), len(filled))
        if looked > _MOST_LOOKED:
            break
        found.update(at for at in _within(area, filled) if at != area[0])
    return found


def _within(area: Area, filled: Collection[Position]) -> Iterator[Position]:
    (top, left), (bottom, right) = area
    if size(area) > len(filled):
        return (at for at in filled if top <= at[0] <= bottom and left <= at[1] <= right)
    every = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    return (at for at in every if at in filled)
