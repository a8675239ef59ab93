"""Sheet 错误清单 written into an agency's own workbook, and recognised there again.

Two hidden columns beside the list pair each mark with the style beneath it, see
:mod:`gxgen.form.mark.styles`; their first cell is the sign that the sheet is ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree
from lxml.etree import _Element

from gxgen.a1 import cell_name, cell_position
from gxgen.form.mark.elements import SPACE, new_root, q
from gxgen.form.mark.findings import (
    HEAD,
    HEAD_HEIGHT,
    HEADS,
    SUMMARY_HEIGHT,
    TAB_COLOUR,
    TITLE,
    TITLE_HEIGHT,
    TOP,
    WIDTHS,
    Line,
    Listing,
    escaped,
    look,
)
from gxgen.form.mark.sheet_tree import SheetTree
from gxgen.form.mark.styles import Styles
from gxgen.form.write.canvas import BODY_FONT
from gxgen.opc.xml import whole

_MARKS = len(HEADS) + 1
_LAST = cell_name(0, len(HEADS) - 1)[0]


def list_sheet(found: Listing, styles: Styles) -> _Element:
    """The worksheet's root element. It is not protected, so that it can be sorted and copied."""
    root = new_root("worksheet")
    properties = etree.SubElement(root, q("sheetPr"))
    etree.SubElement(properties, q("tabColor"), {"rgb": _argb(TAB_COLOUR)})
    etree.SubElement(properties, q("pageSetUpPr"), {"fitToPage": "1"})
    _view(root)
    etree.SubElement(root, q("sheetFormatPr"), {"defaultRowHeight": "15"})
    _columns(root)
    data = etree.SubElement(root, q("sheetData"))
    _fill_rows(data, found, styles)
    merges = etree.SubElement(root, q("mergeCells"), {"count": "1"})
    etree.SubElement(merges, q("mergeCell"), {"ref": f"A2:{_LAST}2"})
    _links(root, found)
    margins = dict.fromkeys(("left", "right", "top", "bottom"), "0.5")
    etree.SubElement(root, q("pageMargins"), margins | {"header": "0.3", "footer": "0.3"})
    page = {"paperSize": "9", "fitToHeight": "0", "orientation": "landscape"}
    etree.SubElement(root, q("pageSetup"), page)
    return root


def _view(root: _Element) -> None:
    views = etree.SubElement(root, q("sheetViews"))
    chosen = {"showGridLines": "0", "tabSelected": "1", "workbookViewId": "0"}
    view = etree.SubElement(views, q("sheetView"), chosen)
    below = f"A{TOP + 1}"
    frozen = {"ySplit": str(TOP), "topLeftCell": below, "activePane": "bottomLeft"}
    etree.SubElement(view, q("pane"), frozen | {"state": "frozen"})
    at = {"pane": "bottomLeft", "activeCell": below, "sqref": below}
    etree.SubElement(view, q("selection"), at)


def _columns(root: _Element) -> None:
    columns = etree.SubElement(root, q("cols"))
    for column, width in enumerate(WIDTHS, 1):
        span = {"min": str(column), "max": str(column)}
        etree.SubElement(
            columns, q("col"), span | {"width": f"{width}.7109375", "customWidth": "1"}
        )
    span = {"min": str(_MARKS + 1), "max": str(_MARKS + 2), "width": "2"}
    etree.SubElement(columns, q("col"), span | {"hidden": "1", "customWidth": "1"})


def _fill_rows(data: _Element, found: Listing, styles: Styles) -> None:
    looks = _Looks(styles)
    title, head = looks.style(TITLE), looks.style(HEAD)
    rows: list[tuple[float | None, list[tuple[Any, int]]]] = [
        (TITLE_HEIGHT, [(found.title, title)]),
        (SUMMARY_HEIGHT, [(found.summary, looks.style({"text_wrap": True}))]),
        (HEAD_HEIGHT, [(text, head) for text in HEADS]),
    ]
    rows += [(line.height, _line_cells(line, looks)) for line in found.lines]
    pairs = [(styles.signature(), 0), *((mark, style) for style, mark in styles.laid.items())]
    rows += [(None, [])] * (len(pairs) - len(rows))
    for at, (height, cells) in enumerate(rows):
        row = _row(data, at, height)
        for column, (value, style) in enumerate(cells):
            _cell(row, at, column, value, style)
        for column, style in enumerate(pairs[at] if at < len(pairs) else (), _MARKS):
            _cell(row, at, column, None, style)


def _line_cells(line: Line, looks: _Looks) -> list[tuple[Any, int]]:
    return [(value, looks.style(look(line, i))) for i, value in enumerate(line.cells)]


def _row(data: _Element, at: int, height: float | None) -> _Element:
    attributes = {"r": str(at + 1)}
    if height is not None:
        attributes["ht"] = format(height, "g")
        # A row of the list grows with its text where the program measures it otherwise.
        attributes |= {"customHeight": "1"} if at < TOP else {}
    return etree.SubElement(data, q("row"), attributes)


def _cell(row: _Element, at: int, column: int, value: str | int | None, style: int) -> None:
    cell = etree.SubElement(row, q("c"), {"r": cell_name(at, column), "s": str(style)})
    if isinstance(value, int):
        etree.SubElement(cell, q("v")).text = str(value)
    elif value:
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, q("is")), q("t"), {SPACE: "preserve"})
        text.text = escaped(value)


def _links(root: _Element, found: Listing) -> None:
    targets = {
        cell_name(row, HEADS.index("位置")): line.target
        for row, line in enumerate(found.lines, TOP)
        if line.target
    }
    if targets:
        links = etree.SubElement(root, q("hyperlinks"))
        for cell, target in targets.items():
            etree.SubElement(links, q("hyperlink"), {"ref": cell, "location": target})


class _Looks:
    """Cell styles by XlsxWriter's words for them, as far as the list uses them."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._made: dict[tuple[tuple[str, Any], ...], int] = {}

    def style(self, spec: Mapping[str, Any]) -> int:
        key = tuple(spec.items())
        if key not in self._made:
            self._made[key] = self._styles.add("cellXfs", self._xf(spec))
        return self._made[key]

    def _xf(self, spec: Mapping[str, Any]) -> _Element:
        styles, paper = self._styles, spec.get("bg_color")
        xf = etree.Element(q("xf"), {"numFmtId": "49" if spec.get("num_format") == "@" else "0"})
        xf.set("fontId", str(styles.add("fonts", _font(spec))))
        xf.set("fillId", str(styles.fill(_argb(paper)) if paper else 0))
        xf.set("borderId", str(styles.add("borders", _border(spec)) if "border" in spec else 0))
        xf.set("xfId", "0")
        for aspect in ("NumberFormat", "Font", "Fill", "Border", "Alignment"):
            xf.set(f"apply{aspect}", "1")
        alignment = {"horizontal": str(spec.get("align", "left")), "vertical": "center"}
        if spec.get("text_wrap"):
            alignment["wrapText"] = "1"
        etree.SubElement(xf, q("alignment"), alignment)
        return xf


def _font(spec: Mapping[str, Any]) -> _Element:
    font = etree.Element(q("font"))
    if spec.get("underline"):
        etree.SubElement(font, q("u"))
    etree.SubElement(font, q("sz"), {"val": str(spec.get("font_size", 10.5))})
    etree.SubElement(font, q("color"), {"rgb": _argb(spec.get("font_color", "#000000"))})
    etree.SubElement(font, q("name"), {"val": str(spec.get("font_name", BODY_FONT))})
    return font


def _border(spec: Mapping[str, Any]) -> _Element:
    border = etree.Element(q("border"))
    for side in ("left", "right", "top", "bottom"):
        edge = etree.SubElement(border, q(side), {"style": "thin"})
        etree.SubElement(edge, q("color"), {"rgb": _argb(spec["border_color"])})
    etree.SubElement(border, q("diagonal"))
    return border


def _argb(colour: str) -> str:
    return f"FF{colour[1:]}"


def beneath(sheet: SheetTree, styles: Styles) -> dict[int, int] | None:
    """Which style each numbered mark was laid over; None if the sheet is not our list."""
    pairs: dict[int, dict[int, int]] = {}
    for cell in sheet.cells():
        at = cell_position(cell.get("r", ""))
        if at is not None and at[1] in (_MARKS, _MARKS + 1):
            pairs.setdefault(at[0], {})[at[1]] = style_of(cell)
    found = {
        mark: pair.get(_MARKS + 1, 0)
        for pair in pairs.values()
        if (mark := styles.mark_of(pair.get(_MARKS, 0))) is not None
    }
    return found or None


def style_of(cell: _Element) -> int:
    """The index of a cell's style."""
    return whole(cell.get("s"))
