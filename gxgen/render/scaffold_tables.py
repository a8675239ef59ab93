"""The form's tables as Word tables, each drawn from its Grid."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from gxgen.editions import Grid, GridCell, Role
from gxgen.render.scaffold_styles import TABLE_HEAD, TABLE_LABEL, TABLE_NARROW_HEAD, TABLE_TEXT
from gxgen.render.title import em_width

TWIPS_PER_MM = 1440 / 25.4
SHADE = "F2F2F2"
TEXT_POINTS = 10.5
NARROW_MM = 13
SLACK = 0.02
"""Of a line: a full stop after a numeral is narrower than half a character."""
NUMBERED = re.compile(r"^(（.+?）)(.+)$")


@dataclass(frozen=True, slots=True)
class Layout:
    """Measures of one table: column widths and cell padding in mm, row heights in points."""

    widths: tuple[float, ...]
    head_heights: tuple[float, ...]
    row_height: float
    padding: float
    description: str
    label_padding: float = 0.8
    sub_row_height: float | None = None
    """Rows under a group, where a table with many rows must still fit on one page."""

    def width(self, cell: GridCell) -> float:
        """The width of a cell in mm."""
        return sum(self.widths[cell.column : cell.column + cell.column_span])


LAYOUTS: dict[str, Layout] = {
    "disclosure": Layout((48, 36, 36, 36), (), 22, 0.35, "第二十条所列各项信息的本年数量"),
    "requests": Layout(
        (8.2, 16.2, 49.7, *[11.7] * 7),
        (19, 19, 30),
        20,
        0.25,
        "按申请人类别统计新收、结转和各类办理结果的申请数量",
        sub_row_height=17,
    ),
    "remedies": Layout((10.4,) * 15, (24, 24, 34), 24, 0.2, "行政复议与行政诉讼各类结果的件数"),
}


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm * TWIPS_PER_MM)


def table_xml(grid: Grid, caption: str) -> str:
    """``w:tbl`` of a grid: labels as text, figures as tags."""
    layout = LAYOUTS[grid.table]
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in layout.widths)
    rows = "".join(_row(grid, layout, row) for row in range(grid.rows))
    properties = _properties(grid, layout, caption)
    return f"<w:tbl>{properties}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _properties(grid: Grid, layout: Layout, caption: str) -> str:
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="{8 if edge[0] != "i" else 4}" w:space="0" '
        'w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tblPr><w:tblW w:w="{sum(map(twips, layout.widths))}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_sides(layout.padding)}</w:tblCellMar>'
        f'<w:tblLook w:val="0420" w:firstRow="{int(grid.head_rows > 0)}" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(caption)}/>"
        f"<w:tblDescription w:val={quoteattr(layout.description)}/></w:tblPr>"
    )


def _sides(mm: float) -> str:
    return "".join(f'<w:{side} w:w="{twips(mm)}" w:type="dxa"/>' for side in ("left", "right"))


def _row(grid: Grid, layout: Layout, row: int) -> str:
    head = "<w:tblHeader/>" if row < grid.head_rows else ""
    height = round(_height(grid, layout, row) * 20)
    cells, column = [], 0
    while column < grid.columns:
        cell = grid.owners[row, column]
        cells.append(_cell(grid, layout, cell, row))
        column = cell.column + cell.column_span
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{head}'
        f'<w:jc w:val="center"/></w:trPr>{"".join(cells)}</w:tr>'
    )


def _height(grid: Grid, layout: Layout, row: int) -> float:
    if row < len(layout.head_heights):
        return layout.head_heights[row]
    stub = next(
        (c for c in reversed(grid.cells) if c.row == row and c.role is Role.STUB and c.leaf), None
    )
    if stub is None:
        return layout.row_height
    lines = _lines(stub, layout)
    if lines > 1:
        return 2 + 12.5 * lines
    small = layout.sub_row_height
    return small if small is not None and stub.column_span == 1 else layout.row_height


def _lines(cell: GridCell, layout: Layout) -> int:
    room = (layout.width(cell) - 2 * layout.label_padding) * TWIPS_PER_MM / 20
    return math.ceil(em_width(cell.text) * TEXT_POINTS / room - SLACK)


def _cell(grid: Grid, layout: Layout, cell: GridCell, row: int) -> str:
    width = sum(twips(w) for w in layout.widths[cell.column : cell.column + cell.column_span])
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.column_span > 1:
        properties += f'<w:gridSpan w:val="{cell.column_span}"/>'
    if cell.row_span > 1:
        properties += '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    if _shaded(grid, cell):
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>'
    if _is_label(grid, cell):
        properties += f"<w:tcMar>{_sides(layout.label_padding)}</w:tcMar>"
    keep = "<w:keepNext/>" if row < grid.rows - 1 else ""
    style = _paragraph_style(grid, layout, cell)
    return (
        f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>'
        f"{_words(cell, layout) if row == cell.row else ''}</w:p></w:tc>"
    )


def _shaded(grid: Grid, cell: GridCell) -> bool:
    return cell.role in (Role.BAND, Role.CORNER) or (
        cell.role is Role.HEAD and cell.row < grid.head_rows
    )


def _is_label(grid: Grid, cell: GridCell) -> bool:
    """Whether it names one row of a table whose rows are crossed with columns."""
    return cell.role is Role.STUB and cell.leaf and grid.head_rows > 0


def _paragraph_style(grid: Grid, layout: Layout, cell: GridCell) -> str:
    if _is_label(grid, cell):
        return TABLE_LABEL
    if cell.role in (Role.FIGURE, Role.STUB):
        return TABLE_TEXT
    room = _room(cell, layout)
    narrow = layout.width(cell) < NARROW_MM and len(cell.text) > 2 and room >= 3
    return TABLE_NARROW_HEAD if narrow else TABLE_HEAD


def _room(cell: GridCell, layout: Layout) -> int:
    """Characters of table text that fit on a line of the cell."""
    points = (layout.width(cell) - 2 * layout.padding) * TWIPS_PER_MM / 20
    return int(points / 10)


def _words(cell: GridCell, layout: Layout) -> str:
    if cell.key is not None:
        return f"<w:r><w:t>{{{{ {cell.key} }}}}</w:t></w:r>"
    return "".join(run(line, first=not at) for at, line in enumerate(_broken(cell, layout)))


def _broken(cell: GridCell, layout: Layout) -> tuple[str, ...]:
    """The label with a break where a narrow cell would cut it badly: 商业|企业, （三）|不予公开."""
    text, room = cell.text, _room(cell, layout)
    numbered = NUMBERED.match(text)
    if numbered and not cell.leaf and em_width(text) > room:
        return numbered.groups()
    if cell.role is Role.HEAD and room < len(text) < 2 * room and len(text) % 2 == 0:
        return text[: len(text) // 2], text[len(text) // 2 :]
    return (text,)


def run(text: str, *, style: str = "", first: bool = True) -> str:
    """A run of text; a run that is not the first of its paragraph starts a new line."""
    look = f'<w:rStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:r><w:rPr>{look}<w:rFonts w:hint="eastAsia"/></w:rPr>'
        f'{"" if first else "<w:br/>"}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )
