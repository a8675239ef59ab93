"""The form's tables as Word tables, each drawn from its Grid."""

from __future__ import annotations

from gxgen.document.table_looks import (
    INNER_RULE,
    LAYOUTS,
    OUTER_RULE,
    SHADE,
    CellLook,
    Layout,
    cell_look,
    is_label,
    is_shaded,
    label_lines,
    row_height,
)
from gxgen.document.table_rows import filling
from gxgen.editions.grid import Grid, GridCell
from gxgen.opc.xml import escaped, quoted
from gxgen.templates.scaffold.styles import TABLE_HEAD, TABLE_LABEL, TABLE_NARROW_HEAD, TABLE_TEXT

TWIPS_PER_MM = 1440 / 25.4
STYLES = {
    CellLook.TEXT: TABLE_TEXT,
    CellLook.LABEL: TABLE_LABEL,
    CellLook.HEAD: TABLE_HEAD,
    CellLook.NARROW_HEAD: TABLE_NARROW_HEAD,
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
        f'<w:{edge} w:val="single" w:sz="{round(8 * rule)}" w:space="0" w:color="000000"/>'
        for edge, rule in (
            *((outer, OUTER_RULE) for outer in ("top", "left", "bottom", "right")),
            *((inner, INNER_RULE) for inner in ("insideH", "insideV")),
        )
    )
    return (
        f'<w:tblPr><w:tblW w:w="{sum(map(twips, layout.widths))}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_sides(layout.padding)}</w:tblCellMar>'
        f'<w:tblLook w:val="0420" w:firstRow="{int(grid.head_rows > 0)}" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoted(caption)}/>"
        f"<w:tblDescription w:val={quoted(layout.description)}/></w:tblPr>"
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
    """A row's height in points; where it may be higher, it fills a page well enough."""
    return row_height(grid, layout, row) if layout.fitting is None else filling(grid)


def _cell(grid: Grid, layout: Layout, cell: GridCell, row: int) -> str:
    width = sum(twips(w) for w in layout.widths[cell.column : cell.column + cell.column_span])
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.column_span > 1:
        properties += f'<w:gridSpan w:val="{cell.column_span}"/>'
    if cell.row_span > 1:
        properties += '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    if is_shaded(grid, cell):
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>'
    if is_label(grid, cell):
        properties += f"<w:tcMar>{_sides(layout.label_padding)}</w:tcMar>"
    keep = "<w:keepNext/>" if row < grid.rows - 1 else ""
    style = STYLES[cell_look(grid, layout, cell)]
    return (
        f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>'
        f"{_words(cell, layout) if row == cell.row else ''}</w:p></w:tc>"
    )


def _words(cell: GridCell, layout: Layout) -> str:
    if cell.key is not None:
        return f"<w:r><w:t>{{{{ {cell.key} }}}}</w:t></w:r>"
    return "".join(run(line, first=not at) for at, line in enumerate(label_lines(cell, layout)))


def run(text: str, *, style: str = "", first: bool = True) -> str:
    """A run of text; a run that is not the first of its paragraph starts a new line."""
    look = f'<w:rStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:r><w:rPr>{look}<w:rFonts w:hint="eastAsia"/></w:rPr>'
        f'{"" if first else "<w:br/>"}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'
    )
