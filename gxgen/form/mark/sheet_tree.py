"""The XML of one worksheet as marks need it: cells by position, sizes of rows and columns."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterator

from lxml import etree
from lxml.etree import _Element

from gxgen.a1 import Position, cell_name, cell_position
from gxgen.form.mark.elements import RELATION, UnmarkableError, q
from gxgen.opc.relations import OFFICE
from gxgen.opc.xml import whole

_AFTER_NOTES = frozenset(
    map(
        q,
        (
            "legacyDrawingHF",
            "drawingHF",
            "picture",
            "oleObjects",
            "controls",
            "webPublishItems",
            "tableParts",
            "extLst",
        ),
    )
)
"""What the schema puts behind the reference to the shapes of comments."""
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"

_COLUMN_PIXELS, _ROW_PIXELS = 64, 20
_MOST_SPANS = 3_000
"""Merged cells, and declared columns; a form's largest sheet has sixty."""


class SheetTree:
    """A worksheet's root element, with its rows and cells indexed when they are asked for."""

    def __init__(self, root: _Element) -> None:
        """Wrap the root.

        Raises:
            UnmarkableError: it is no worksheet of the usual namespace, or far from a form's.
        """
        data = root.find(q("sheetData"))
        if root.tag != q("worksheet") or data is None:
            raise UnmarkableError("no sheetData")
        self.root = root
        self._data = data
        self._rows = dict(_numbered(data, q("row"), _row_number))
        self._row_order = sorted(self._rows)
        self._cells: dict[int, dict[int, _Element]] = {}
        self._merged = list(_merged(root))
        self._columns: dict[int, dict[str, str]] = {}
        spans = len(self._merged), len(root.findall(f"{q('cols')}/{q('col')}"))
        if max(spans) > _MOST_SPANS:
            raise UnmarkableError("too many merged cells or columns")

    def anchor(self, at: Position) -> Position:
        """The cell that shows this one: another only where cells are merged."""
        for top, left, bottom, right in self._merged:
            if top <= at[0] <= bottom and left <= at[1] <= right:
                return top, left
        return at

    def behind(self, at: Position) -> int:
        """The first column to the right of a cell, and of all that it is merged with."""
        merged = (m for m in self._merged if m[:2] == at)
        return next(merged, (*at, *at))[3] + 1

    def cells(self) -> Iterator[_Element]:
        """All cells."""
        return self._data.iter(q("c"))

    def cell(self, at: Position) -> _Element:
        """The cell at a position; made, blank, in the style of its row or column, if missing."""
        row = self._row(at[0])
        if at[0] not in self._cells:
            self._cells[at[0]] = dict(_numbered(row, q("c"), _column_number))
        cells = self._cells[at[0]]
        if at[1] not in cells:
            order = sorted(cells)
            place = bisect(order, at[1])
            cells[at[1]] = self._new_cell(row, at)
            _put(row, cells[at[1]], cells[order[place]] if place < len(order) else None)
        return cells[at[1]]

    def _new_cell(self, row: _Element, at: Position) -> _Element:
        row.attrib.pop("spans", "")
        style = row.get("s") or self._column(at[1]).get("style", "0")
        attributes = {"r": cell_name(*at)} | ({} if style == "0" else {"s": style})
        return etree.Element(q("c"), attributes)

    def _row(self, at: int) -> _Element:
        if at not in self._rows:
            place = bisect(self._row_order, at)
            later = self._row_order[place : place + 1]
            self._rows[at] = etree.Element(q("row"), {"r": str(at + 1)})
            _put(self._data, self._rows[at], self._rows[later[0]] if later else None)
            self._row_order.insert(place, at)
        return self._rows[at]

    def _column(self, at: int) -> dict[str, str]:
        if at not in self._columns:
            self._columns[at] = self._declared(at)
        return self._columns[at]

    def _declared(self, at: int) -> dict[str, str]:
        for column in self.root.iterfind(f"{q('cols')}/{q('col')}"):
            if whole(column.get("min"), 1) <= at + 1 <= whole(column.get("max"), 1):
                return {str(key): str(value) for key, value in column.attrib.items()}
        return {}

    def column_pixels(self, at: int) -> int:
        """How wide a column is shown."""
        column = self._column(at)
        if column.get("hidden") in ("1", "true"):
            return 0
        width = _decimal(column.get("width"))
        return int(width * 7) if width else _COLUMN_PIXELS

    def row_pixels(self, at: int) -> int:
        """How high a row is shown."""
        row = self._rows.get(at)
        if row is None:
            return _ROW_PIXELS
        if row.get("hidden") in ("1", "true"):
            return 0
        return int(_decimal(row.get("ht")) * 4 / 3) or _ROW_PIXELS

    @property
    def shapes(self) -> str | None:
        """The relationship to the part that draws the boxes of comments."""
        found = self.root.find(q("legacyDrawing"))
        return None if found is None else found.get(RELATION)

    @shapes.setter
    def shapes(self, relation: str | None) -> None:
        found = self.root.find(q("legacyDrawing"))
        if found is not None:
            self.root.remove(found)
        if relation is not None:
            new = etree.Element(q("legacyDrawing"), {RELATION: relation}, nsmap={"r": OFFICE})
            _put(self.root, new, self._behind_notes())

    def _behind_notes(self) -> _Element | None:
        for element in self._data.itersiblings():
            if element.tag in _AFTER_NOTES:
                return element
            if element.tag == _ALTERNATE and any(True for _ in element.iter(*_AFTER_NOTES)):
                return element
        return None

    def deselect(self) -> None:
        """Not among the chosen tabs: of two chosen sheets, what is typed lands in both."""
        for view in self.root.iterfind(f"{q('sheetViews')}/{q('sheetView')}"):
            view.attrib.pop("tabSelected", "")


def _put(parent: _Element, child: _Element, before: _Element | None) -> None:
    if before is None:
        parent.append(child)
    else:
        before.addprevious(child)


def _numbered(
    parent: _Element, tag: str, place: Callable[[str, int], int]
) -> Iterator[tuple[int, _Element]]:
    """Children by their 0-based number, which may be left out where it follows the last one."""
    last = -1
    for child in parent.iterchildren(tag):
        last = place(child.get("r", ""), last + 1)
        yield last, child


def _row_number(name: str, following: int) -> int:
    return whole(name, following + 1) - 1


def _column_number(name: str, following: int) -> int:
    at = cell_position(name)
    return at[1] if at else following


def _merged(root: _Element) -> Iterator[tuple[int, int, int, int]]:
    for merge in root.iterfind(f"{q('mergeCells')}/{q('mergeCell')}"):
        first, _, last = merge.get("ref", "").partition(":")
        corner, end = cell_position(first), cell_position(last)
        if corner and end:
            yield *corner, *end


def _decimal(text: str | None) -> float:
    return float(text) if text and re.fullmatch(r"\d{1,4}(\.\d{1,20})?", text) else 0.0
