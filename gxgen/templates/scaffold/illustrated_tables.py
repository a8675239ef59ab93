"""The form's tables in the illustrated template's language: the same labels and spans, no black."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gxgen.document.illustrated.palettes import HAIRLINE
from gxgen.document.illustrated.tables import HEADS, LABEL_PADDING, ROWS, SIZES, WIDTHS, movable
from gxgen.document.table_looks import LAYOUTS, POINTS_PER_MM
from gxgen.editions.grid import Grid, GridCell, Role
from gxgen.opc.xml import quoted
from gxgen.templates.scaffold import illustrated_styles as look
from gxgen.templates.scaffold.styles import TABLE_TEXT
from gxgen.templates.scaffold.tables import run, twips

_PADDING = 0.25
_TOP, _BOTTOM, _HAIR = 14, 10, 4
"""Eighths of a point: the rule over the table, the one under it, and lines between cells."""
_WORDS = re.compile("[一二三四五六七八九十]、|本年度|办理|结果|.")
_NARROW, _VERTICAL = 14.0, 12.0
"""Millimetres: in such heads words are halved, and in such labels they stand word by word."""


@dataclass(frozen=True)
class Looks:
    """How the cells of one table look."""

    grid: Grid

    def table(self, caption: str) -> str:
        """``w:tbl``: labels as text, figures as tags."""
        widths = WIDTHS[self.grid.table]
        columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
        rows = "".join(map(self._row, range(self.grid.rows)))
        return f"<w:tbl>{self._properties(caption)}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"

    def _properties(self, caption: str) -> str:
        main, widths = look.COLOURS.main, WIDTHS[self.grid.table]
        lines = {
            "top": (_TOP, main),
            "bottom": (_BOTTOM, main),
            "insideH": (_HAIR, HAIRLINE),
            "insideV": (_HAIR, HAIRLINE),
        }
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="{colour}"/>'
            for side, (width, colour) in lines.items()
        )
        padding = "".join(
            f'<w:{side} w:w="{twips(_PADDING)}" w:type="dxa"/>' for side in ("left", "right")
        )
        described = LAYOUTS[self.grid.table].description
        return (
            f'<w:tblPr><w:tblW w:w="{sum(map(twips, widths))}" w:type="dxa"/>'
            f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{padding}</w:tblCellMar>'
            f'<w:tblLook w:val="0420" w:firstRow="{int(self.grid.head_rows > 0)}" w:lastRow="0" '
            'w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
            f"<w:tblCaption w:val={quoted(caption)}/>"
            f"<w:tblDescription w:val={quoted(described)}/></w:tblPr>"
        )

    def _row(self, row: int) -> str:
        grid, heads = self.grid, HEADS[self.grid.table]
        high = heads[row] if row < len(heads) else ROWS[grid.table]
        repeated = "<w:tblHeader/>" if row < grid.head_rows else ""
        cells, column = [], 0
        while column < grid.columns:
            cell = grid.owners[row, column]
            cells.append(self._cell(cell, row))
            column = cell.column + cell.column_span
        return (
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twips(high)}" w:hRule="atLeast"/>'
            f"{repeated}</w:trPr>{''.join(cells)}</w:tr>"
        )

    def _cell(self, cell: GridCell, row: int) -> str:
        widths = WIDTHS[self.grid.table][cell.column : cell.column + cell.column_span]
        parts = [f'<w:tcW w:w="{sum(map(twips, widths))}" w:type="dxa"/>']
        if cell.column_span > 1:
            parts.append(f'<w:gridSpan w:val="{cell.column_span}"/>')
        if cell.row_span > 1:
            parts.append('<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>")
        if fill := self._fill(cell):
            parts.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>')
        if cell.role is Role.STUB and self.grid.head_rows and cell.leaf:
            sides = ("left", "right")
            inner = "".join(f'<w:{s} w:w="{twips(LABEL_PADDING)}" w:type="dxa"/>' for s in sides)
            parts.append(f"<w:tcMar>{inner}</w:tcMar>")
        keep = "<w:keepNext/>" if self._stays(row) else ""
        style = look.of_table(self._style(cell), self.grid.table)
        words = self._words(cell) if row == cell.row else ""
        return (
            f'<w:tc><w:tcPr>{"".join(parts)}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
            f'<w:pStyle w:val="{style}"/>{keep}</w:pPr>{words}</w:p></w:tc>'
        )

    def _stays(self, row: int) -> bool:
        """Whether a row must stand on the page of the next one."""
        rest = self.grid.rows - row - 1
        return rest > 0 and rest not in movable(self.grid)

    def _fill(self, cell: GridCell) -> str:
        colours = look.COLOURS
        if cell.role is Role.BAND:
            return colours.mid
        if cell.role is Role.HEAD and self._is_top(cell):
            return colours.main
        crossed = self.grid.head_rows > 0
        if cell.role in (Role.HEAD, Role.CORNER) or (cell.role is Role.STUB and not cell.leaf):
            return colours.tint
        total = crossed and cell.key is not None and self._is_total(cell)
        return colours.tint if total else ""

    def _is_top(self, cell: GridCell) -> bool:
        """Whether it is a head over others in the first row."""
        return self.grid.head_rows > 0 and cell.row == 0 and cell.column_span > 1

    def _is_total(self, cell: GridCell) -> bool:
        """Whether a figure adds up others beside or over it."""
        above = self.grid.owners[self.grid.head_rows - 1, cell.column].text
        beside = (self.grid.owners[cell.row, column] for column in range(cell.column))
        labels = [one.text for one in beside if one.role is Role.STUB]
        return "总计" in above or any("总计" in label for label in labels)

    def _style(self, cell: GridCell) -> str:
        if cell.role is Role.BAND or (cell.role is Role.HEAD and self._is_top(cell)):
            return look.BAND
        if cell.role is Role.HEAD:
            return look.HEAD
        if cell.role is Role.CORNER:
            return look.NOTE
        if cell.role is Role.STUB and self.grid.head_rows:
            if not cell.leaf:
                return look.HEAD
            whole = cell.column == 0 or "总计" in cell.text
            return look.GROUP if whole else look.LABEL
        return TABLE_TEXT

    def _words(self, cell: GridCell) -> str:
        if cell.key is not None:
            return f"<w:r><w:t>{{{{ {cell.key} }}}}</w:t></w:r>"
        return "".join(run(line, first=not at) for at, line in enumerate(self._lines(cell)))

    def _lines(self, cell: GridCell) -> tuple[str, ...]:
        """The label, with breaks where a narrow cell would cut it badly."""
        text = cell.text
        width = sum(WIDTHS[self.grid.table][cell.column : cell.column + cell.column_span])
        room = int(width * POINTS_PER_MM / SIZES[self.grid.table])
        if cell.role is Role.STUB and width < _VERTICAL:
            return tuple(found.group() for found in _WORDS.finditer(text))
        if cell.role is Role.HEAD and width < _NARROW and len(text) > min(room, 3):
            half = (len(text) + 1) // 2
            return text[:half], text[half:]
        return (text,)


def table_xml(grid: Grid, caption: str) -> str:
    """``w:tbl`` of a grid."""
    return Looks(grid).table(caption)
