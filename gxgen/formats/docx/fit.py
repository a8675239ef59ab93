"""Long figures in narrow cells: made to fit, so that no number breaks over two lines.

Few reports have such figures, so a template for them is made when they come; widths and sizes
follow from those of the template's own cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree
from lxml.etree import _Element

from gxgen.document.blocks import Document, TableBlock
from gxgen.document.page import DRAFT_COLOUR
from gxgen.document.table_fit import digits_in, fit
from gxgen.document.table_looks import AIR, LAYOUTS
from gxgen.editions.grid import Grid
from gxgen.editions.schema import Edition, FieldKey
from gxgen.formats.docx.looks import Looks, look_of, style_looks
from gxgen.formats.docx.wordml import W, child_of, number, parse_xml
from gxgen.opc.package import DOCUMENT, Members

FIGURE = re.compile(r"\s*\{\{\s*([a-z_0-9]+(?:\.[a-z_0-9]+)+)\s*\}\}\s*")
TWIPS_PER_MM = 1440 / 25.4
USUAL_SIZE, USUAL_PADDING = 20, 108
"""Half points and twips where a document says nothing."""
_BEFORE_COLOUR = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline",
    "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden",
)  # fmt: skip
"""What the schema puts before ``w:color`` in a run's properties."""
_BEFORE_SIZE = re.compile(
    "rStyle|rFonts|bCs|b|iCs|i|caps|smallCaps|strike|dstrike|outline|shadow|emboss|imprint|noProof|"
    "snapToGrid|vanish|webHidden|color|spacing|w|kern|position"
)
"""What the schema puts before ``w:sz`` in a run's properties."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """A cell with one figure: the run, the room in points, the text's size in half points."""

    key: FieldKey
    run: _Element
    room: float
    size: int

    @property
    def digits(self) -> int:
        """How many digits fit as they are."""
        return digits_in(self.room, self.size)


def figure_rooms(members: Members) -> dict[FieldKey, int]:
    """How many digits each figure's cell holds on a line."""
    root = parse_xml(members[DOCUMENT], DOCUMENT)
    return {figure.key: figure.digits for figure in _figures(root, style_looks(members))}


def must_change(document: Document, rooms: Mapping[FieldKey, int]) -> bool:
    """Whether a template serves a document as it is: not with long figures nor with marked ones."""
    tables = (block for block in document.blocks if isinstance(block, TableBlock))
    return any(table.marked or too_long(table.values, rooms) for table in tables)


def too_long(values: Mapping[FieldKey, str], rooms: Mapping[FieldKey, int]) -> bool:
    """Whether a figure is longer than its cell."""
    return any(len(text) > rooms[key] for key, text in values.items() if key in rooms)


def fit_figures(members: Members, edition: Edition, document: Document) -> Members:
    """The same template for these figures: the columns of long ones share what width there is, and
    where it is not enough, all figures of a column are set smaller. Marked ones are red.
    """
    values = document.figures
    marked = {
        key for block in document.blocks if isinstance(block, TableBlock) for key in block.marked
    }
    root = parse_xml(members[DOCUMENT], DOCUMENT)
    looks = style_looks(members)
    for table in list(root.iter(W + "tbl")):
        figures = list(_figures(table, looks))
        grid = next((g for g in edition.grids.values() if _shows(g, table, figures)), None)
        for figure in figures:
            if figure.key in marked:
                _redden(figure.run)
        if grid is None:
            _shrink(figures, values)
        else:
            _fit_columns(table, grid, figures, values)
    part = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return {**members, DOCUMENT: part}


def _shows(grid: Grid, table: _Element, figures: list[_Figure]) -> bool:
    """Whether a table is the form's own, column by column."""
    keys = {figure.key for figure in figures}
    return (
        keys == set(grid.figures) and len(table.findall(f"{W}tblGrid/{W}gridCol")) == grid.columns
    )


def _shrink(figures: Iterable[_Figure], values: Mapping[FieldKey, str]) -> None:
    """In a table that a designer made: each figure by itself."""
    for figure in figures:
        if (digits := len(values[figure.key])) > figure.digits:
            _set_size(figure.run, min(figure.size, int(figure.room * 4 / digits)))


def _fit_columns(
    table: _Element, grid: Grid, figures: list[_Figure], values: Mapping[FieldKey, str]
) -> None:
    columns = table.findall(f"{W}tblGrid/{W}gridCol")
    usual = LAYOUTS[grid.table]
    widths = tuple(number(column, "w") / TWIPS_PER_MM for column in columns)
    found = fit(grid, replace(usual, widths=widths), values, min(f.size for f in figures))
    for figure in figures:
        if figure.key in found.sizes:
            _set_size(figure.run, found.sizes[figure.key])
    _set_widths(table, [round(width * TWIPS_PER_MM) for width in found.layout.widths])


def _set_widths(table: _Element, widths: Sequence[int]) -> None:
    """Give a table's columns, and the cells in them, new widths in twips."""
    columns = table.findall(f"{W}tblGrid/{W}gridCol")
    for column, width in zip(columns, widths, strict=True):
        column.set(W + "w", str(width))
    for row in table.iterfind(W + "tr"):
        at = 0
        for cell in row.iterfind(W + "tc"):
            spanned = cell.find(f"{W}tcPr/{W}gridSpan")
            span = 1 if spanned is None else number(spanned, "val", 1)
            given = cell.find(f"{W}tcPr/{W}tcW")
            if given is not None and given.get(W + "type") == "dxa":
                given.set(W + "w", str(sum(widths[at : at + span])))
            at += span


def _figures(root: _Element, looks: Looks) -> Iterator[_Figure]:
    for cell in root.iter(W + "tc"):
        texts = list(cell.iter(W + "t"))
        found = FIGURE.fullmatch(texts[0].text or "") if len(texts) == 1 else None
        run = texts[0].getparent() if found else None
        room = _room(cell)
        paragraph = None if run is None else next(run.iterancestors(W + "p"), None)
        if found is None or run is None or room is None or paragraph is None:
            continue
        size = look_of(run, paragraph, "sz", looks)
        half_points = 0 if size is None else number(size, "val")
        yield _Figure(found.group(1), run, room, half_points or USUAL_SIZE)


def _room(cell: _Element) -> float | None:
    """Points that a figure may take of a cell; None where its width is not fixed."""
    width = inner_width(cell)
    room = 0 if width is None else width / 20 - AIR
    return room if room > 0 else None


def inner_width(cell: _Element) -> int | None:
    """Twips between a cell's paddings; None where its width is not fixed."""
    width = cell.find(f"{W}tcPr/{W}tcW")
    if width is None or width.get(W + "type") != "dxa":
        return None
    room = number(width, "w") - _padding(cell, "left") - _padding(cell, "right")
    return room if room > 0 else None


def _padding(cell: _Element, side: str) -> int:
    """Twips that a cell keeps free at its left or right."""
    table = next(cell.iterancestors(W + "tbl"))
    margins = (
        cell.find(f"{W}tcPr/{W}tcMar/{W}{side}"),
        table.find(f"{W}tblPr/{W}tblCellMar/{W}{side}"),
    )
    found = (number(m, "w", USUAL_PADDING) for m in margins if m is not None)
    return next(found, USUAL_PADDING)


def _redden(run: _Element) -> None:
    properties = child_of(run, "rPr", ())
    child_of(properties, "color", _BEFORE_COLOUR).set(W + "val", DRAFT_COLOUR)
    child_of(properties, "b", ("rStyle", "rFonts")).set(W + "val", "1")


def _set_size(run: _Element, value: int) -> None:
    properties = child_of(run, "rPr", ())
    size = properties.find(W + "sz")
    if size is None:
        size = properties.makeelement(W + "sz")
        names = (str(node.tag).removeprefix(W) for node in properties)
        properties.insert(sum(bool(_BEFORE_SIZE.fullmatch(name)) for name in names), size)
    size.set(W + "val", str(value))
