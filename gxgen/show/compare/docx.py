"""A comparison as a DOCX in the official look, out of the same blocks as the page.

It holds text and tables only: no field but the page number, no template tag, no link.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from gxgen.document import page
from gxgen.document.blocks import TITLE_WIDTH
from gxgen.document.lines import balanced
from gxgen.document.table_looks import INNER_RULE, OUTER_RULE, SHADE
from gxgen.editions.declared import EDITIONS
from gxgen.opc.package import FixedZip
from gxgen.show.compare.blocks import Cell, Heading, Remark, Row, Sheet, Table
from gxgen.templates.scaffold import styles as look
from gxgen.templates.scaffold.official import Official, core_part, header_part, paragraph
from gxgen.templates.scaffold.tables import run, twips

_WIDTH = page.SHEET[0] - page.LEFT - page.RIGHT
_PADDINGS = (("top", 0.7), ("left", 1.2), ("bottom", 0.7), ("right", 1.2))
"""Millimetres between a cell's edges and its text."""
_DIFFERS = "Differs"
_OWN_STYLES = (
    look.Style(_DIFFERS, "不同之处", "", f'{look.BOLD}<w:u w:val="single"/>', look.CHARACTER),
)


@dataclass(frozen=True)
class Paper(Official):
    """The official sheet, head and foot, with these blocks in it."""

    sheet: Sheet
    styles: ClassVar[tuple[look.Style, ...]] = (*look.STYLES, *_OWN_STYLES)

    def core(self) -> str:
        """The properties: the title, and the first day after the later year."""
        return core_part(self.sheet.title, self.sheet.year + 1)

    def header(self) -> str:
        """Nothing stands on top of a page."""
        return header_part(paragraph(look.HEADER))

    def body(self) -> Iterator[str]:
        """The title and the blocks."""
        lines = [line for part in _title(self.sheet) for line in part]
        title = "".join(run(line, first=not at) for at, line in enumerate(lines))
        yield paragraph(look.TITLE, title)
        for block in self.sheet.blocks:
            match block:
                case Heading():
                    yield paragraph(look.HEADINGS[block.level], run(block.text))
                case Remark():
                    style = _DIFFERS if block.warns else ""
                    yield paragraph(look.BODY, run(block.text, style=style))
                case Table():
                    yield from _table(block)
        yield paragraph(look.BODY)  # a table is never the last of a body


def sheet_docx(sheet: Sheet) -> bytes:
    """The document; equal sheets give equal bytes."""
    *_, newest = EDITIONS.values()  # the look is the same for all
    members = Paper(newest, sheet).members()
    return FixedZip({name: text.encode() for name, text in members.items()}).build({})


def _title(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    if sheet.name:
        yield balanced(sheet.name, TITLE_WIDTH)
    yield balanced(sheet.subject, TITLE_WIDTH)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield paragraph(look.TABLE_HEAD, run(table.caption), extra="<w:keepNext/>")
    widths = [round(twips(_WIDTH) * share / sum(table.widths)) for share in table.widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [_head(table, widths), *(_row(table, one, widths) for one in table.rows)]
    grid = f"<w:tblGrid>{columns}</w:tblGrid>"
    yield f"<w:tbl>{_properties(sum(widths))}{grid}{''.join(rows)}</w:tbl>"
    yield paragraph(look.TABLE_TEXT)


def _properties(width: int) -> str:
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="{round(8 * rule)}" w:space="0" w:color="000000"/>'
        for edge, rule in (
            *((outer, OUTER_RULE) for outer in ("top", "left", "bottom", "right")),
            *((inner, INNER_RULE) for inner in ("insideH", "insideV")),
        )
    )
    sides = "".join(
        f'<w:{side} w:w="{twips(padding)}" w:type="dxa"/>' for side, padding in _PADDINGS
    )
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{sides}</w:tblCellMar>"
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr>'
    )


def _head(table: Table, widths: list[int]) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>'
    cells = (
        _cell(run(head), look.TABLE_HEAD, width, shade)
        for head, width in zip(table.heads, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(table: Table, row: Row, widths: list[int]) -> str:
    styles = (
        look.TABLE_LABEL if table.is_label(at) else look.TABLE_TEXT for at in range(len(widths))
    )
    cells = (
        _cell(_runs(cell, whole=row.look == "bad"), style, width)
        for cell, style, width in zip(row.cells, styles, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(runs: str, style: str, width: int, more: str = "") -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}<w:vAlign w:val="center"/>'
        f"</w:tcPr>{paragraph(style, runs)}</w:tc>"
    )


def _runs(cell: Cell, *, whole: bool = False) -> str:
    """The pieces of a cell; what differs, or all of a row that does not agree, is set off."""
    return "".join(run(one.text, style=_DIFFERS if one.differs or whole else "") for one in cell)
