"""Long figures in narrow cells: printed smaller, so that no number breaks over two lines.

Few reports have such figures, so their template is made when the first one comes; the sizes
follow from the widths of the template's own cells and the size of its text there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from gxgen.document.table_looks import AIR, STEPS, digits_in, size_for
from gxgen.editions.schema import FieldKey
from gxgen.formats.docx.looks import Looks, look_of, style_looks
from gxgen.formats.docx.wordml import W, child_of, number, parse_xml
from gxgen.opc.package import DOCUMENT, Members

FIGURE = re.compile(r"\s*\{\{\s*([a-z_0-9]+(?:\.[a-z_0-9]+)+)\s*\}\}\s*")
USUAL_SIZE, USUAL_PADDING = 20, 108
"""Half points and twips where a document says nothing."""
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
        """How many digits fit as they are; a digit is half as wide as its size."""
        return digits_in(self.room, self.size)

    def size_for(self, digits: int) -> int:
        """The size in which that many digits fit."""
        return size_for(self.room, self.size, digits)


def figure_rooms(members: Members) -> dict[FieldKey, int]:
    """How many digits each figure's cell holds on a line."""
    root = parse_xml(members[DOCUMENT], DOCUMENT)
    return {figure.key: figure.digits for figure in _figures(root, style_looks(members))}


def too_long(values: Mapping[FieldKey, str], rooms: Mapping[FieldKey, int]) -> bool:
    """Whether a figure is longer than its cell."""
    return any(len(text) > rooms[key] for key, text in values.items() if key in rooms)


def fit_figures(members: Members) -> Members:
    """The same template, where a figure's size depends on its length."""
    root = parse_xml(members[DOCUMENT], DOCUMENT)
    for figure in list(_figures(root, style_looks(members))):
        sizes = [(digits, figure.size_for(digits)) for digits in STEPS if digits > figure.digits]
        steps = [(figure.digits, figure.size), *sizes]
        *others, (_, smallest) = steps
        cases = "".join(f"{size} if {figure.key}|length <= {n} else " for n, size in others)
        _set_size(figure.run, f"{{{{ {cases}{smallest} }}}}")
    document = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return {**members, DOCUMENT: document}


def _figures(root: _Element, looks: Looks) -> Iterator[_Figure]:
    for cell in root.iterfind(f".//{W}tbl//{W}tc"):
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


def _set_size(run: _Element, value: str) -> None:
    properties = child_of(run, "rPr", ())
    size = properties.find(W + "sz")
    if size is None:
        size = properties.makeelement(W + "sz")
        names = (str(node.tag).removeprefix(W) for node in properties)
        properties.insert(sum(bool(_BEFORE_SIZE.fullmatch(name)) for name in names), size)
    size.set(W + "val", value)
