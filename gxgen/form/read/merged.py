"""Merged areas of a sheet, and what lies unseen under them: a format painter, LibreOffice and
files of other programs keep what stood in the cells that a merged one covers."""

from __future__ import annotations

from collections.abc import Set
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml.etree import _Element

from gxgen.a1 import Position, cell_position
from gxgen.opc.xml import namespace

Area = tuple[Position, Position]
"""The first cell and the last."""

_MOST = 1_000
"""Merged areas of a sheet; a form has 60."""
_MOST_BENEATH = 5_000
"""Cells under the areas of a sheet that are known one by one; under a form's there are 300."""
_MOST_LOOKED = 1_000_000
"""Cells that are looked at for the areas beyond these."""
_SHEETS = 32


class _Merges(NamedTuple):
    """A sheet's areas; the sheets of a county's forms have the same."""

    areas: tuple[Area, ...]
    beneath: frozenset[Position]
    """The cells that they cover."""
    beyond: tuple[Area, ...]
    """Those too large for that."""


def merged_areas(root: _Element) -> tuple[Area, ...]:
    """The areas as far as a sheet has them in order."""
    return _merges(root).areas


def size(area: Area) -> int:
    """How many cells an area has."""
    (top, left), (bottom, right) = area
    return (bottom - top + 1) * (right - left + 1)


def covered(root: _Element, filled: Set[Position]) -> set[Position]:
    """Those of the filled cells that a merged cell covers."""
    merges = _merges(root)
    found = {*(filled & merges.beneath)}
    for (top, left), (bottom, right) in merges.beyond[: _MOST_LOOKED // (len(filled) + 1)]:
        inside = (at for at in filled if top <= at[0] <= bottom and left <= at[1] <= right)
        found.update(at for at in inside if at != (top, left))
    return found


def _merges(root: _Element) -> _Merges:
    areas = root.iterfind("{0}mergeCells/{0}mergeCell".format(namespace(root)))
    return _read(tuple(area.get("ref", "") for area in islice(areas, _MOST)))


@lru_cache(maxsize=_SHEETS)
def _read(references: tuple[str, ...]) -> _Merges:
    areas, beneath, beyond = [], set[Position](), []
    for reference in references:
        first, _, last = reference.partition(":")
        start, end = cell_position(first), cell_position(last)
        if not (start and end and start != end and start[0] <= end[0] and start[1] <= end[1]):
            continue
        areas.append((start, end))
        if len(beneath) + size((start, end)) > _MOST_BENEATH:
            beyond.append((start, end))
        else:
            (top, left), (bottom, right) = start, end
            rows, columns = range(top, bottom + 1), range(left, right + 1)
            beneath |= {(row, column) for row in rows for column in columns} - {start}
    return _Merges(tuple(areas), frozenset(beneath), tuple(beyond))
