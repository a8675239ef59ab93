"""A table's sheet: the official grid to fill, its checks, and last year's figures."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gxgen.editions.grid import GridCell, Role
from gxgen.editions.schema import FieldKey, Kind
from gxgen.form.layout import GRID_LEFT, GRID_TOP, NAME_PREFIX, section_marker
from gxgen.form.write.canvas import (
    HEAD_FILL,
    HEAD_FONT,
    INPUT_FILL,
    LEAST_HEIGHT,
    MEDIUM,
    PREFILLED,
    THIN,
    TOTAL_FILL,
    Book,
    Content,
    Sheet,
    label_heights,
    text_width,
)
from gxgen.form.write.formula import (
    Figures,
    Formula,
    Number,
    Rectangle,
    Written,
)
from gxgen.form.write.previous import write_previous
from gxgen.form.write.shade import shade_table, validate_table
from gxgen.form.write.table_layout import Check, CheckLine, TableLayout

CHECK_HEAD = "填报检查"

_ROOMY, _ROOMY_ROWS, _FILLING = 28.0, 20, 30.0
"""The row height of a table with fewer rows than that, and of one that fills its printed page."""
_NARROW, _TALL, _WIDEST_LABEL, _CHECK_WIDTH = 5.5, 9, 30.0, 10.0
_FIGURE_WIDTHS = ((4, 18.0), (10, 7.6), (1000, 8.8))
"""(up to so many columns of figures, width of each)."""
_FIGURE_FORMAT = {Kind.COUNT: "0", Kind.SIGNED: "0", Kind.MONEY: "0.####"}


class TableSheet:
    """Writes one table's sheet."""

    def __init__(self, book: Book, layout: TableLayout, figures: Figures) -> None:
        """Start the sheet of ``layout``'s table."""
        self.book = book
        self.layout = layout
        self.figures = figures
        self.sheet: Sheet = book.sheet(layout.sheet)
        self.widths = _column_widths(layout)

    def write(
        self,
        heading: Formula,
        status: Formula,
        previous: Mapping[FieldKey, Number | None],
        previous_year: int,
    ) -> None:
        """Everything on the sheet. ``previous`` is empty where nothing can be compared."""
        self._columns(bool(previous))
        self._head(heading, status)
        for cell in self.layout.grid.cells:
            self._cell(cell)
        self._row_checks()
        for line in self.layout.check_lines:
            self._check_line(line)
        if previous:
            write_previous(self.sheet, self.layout, previous, previous_year)
        shade_table(self.sheet, self.layout, self.figures)
        validate_table(self.sheet, self.layout, self.figures)
        self._page(bool(previous))

    def _columns(self, previous: bool) -> None:
        for column, width in enumerate(self.widths):
            self.sheet.raw.set_column(column, column, width)
        down, across = self.layout.previous_shift
        if previous and not down:
            self.sheet.raw.set_column(self.layout.right + 1, self.layout.right + 1, 2)
            for column in range(self.layout.stub_columns, self.layout.grid.columns):
                self.sheet.raw.set_column(column + across, column + across, self.widths[column])

    def _head(self, heading: Formula, status: Formula) -> None:
        style = self.book.style
        section = self.layout.edition.section(self.layout.form.section)
        wide = self.layout.width
        title = style(font_name=HEAD_FONT, font_size=16, align="center")
        self.sheet.put_over(
            Rectangle(0, 0, 1, wide), section_marker(section.mark, section.title), title
        )
        self.sheet.put_over(Rectangle(1, 0, 1, wide), heading, style(align="center"))
        self.sheet.put_over(Rectangle(2, 0, 1, wide), status, style(align="left", bold=True))
        for row, height in enumerate((30, 20, 20, 18 if not self.layout.grid.head_rows else 8)):
            self.sheet.raw.set_row(row, height)
        self._row_heights()

    def _row_heights(self) -> None:
        grid = self.layout.grid
        least = _ROOMY if grid.rows < _ROOMY_ROWS else _FILLING

        def width(cell: GridCell) -> float:
            return sum(self.widths[cell.column : cell.column + cell.column_span])

        for row, height in enumerate(label_heights(grid, width, least), GRID_TOP):
            self.sheet.raw.set_row(row, height)

    def _cell(self, cell: GridCell) -> None:
        area = self.layout.area(cell)
        edges = self._edges(cell)
        if cell.key is None:
            self.sheet.put_over(area, cell.text, self._label_style(cell, edges))
            return
        content, style = self._figure(cell.key, edges)
        self.sheet.put_over(area, content, style)
        name = NAME_PREFIX + cell.key
        self.book.name(name, self.sheet.name, area.row, area.column)

    def _edges(self, cell: GridCell) -> dict[str, int]:
        grid = self.layout.grid
        return {
            "top": MEDIUM if cell.row == 0 else THIN,
            "left": MEDIUM if cell.column == 0 else THIN,
            "bottom": MEDIUM if cell.row + cell.row_span == grid.rows else THIN,
            "right": MEDIUM if cell.column + cell.column_span == grid.columns else THIN,
        }

    def _label_style(self, cell: GridCell, edges: dict[str, int]) -> Any:
        look: dict[str, Any] = {"text_wrap": True, "align": "center", "bg_color": HEAD_FILL}
        if cell.role in (Role.HEAD, Role.BAND):
            look["font_name"] = HEAD_FONT
        if cell.role is Role.STUB and cell.row_span == 1:
            look |= {"align": "left", "indent": 1 if cell.column_span > 1 or not cell.column else 0}
        if cell.role is Role.CORNER:
            look["font_size"] = 9
        return self.book.style(**look, **edges)

    def _figure(self, key: FieldKey, edges: dict[str, int]) -> tuple[Content, Any]:
        look: dict[str, Any] = {"align": "center", "num_format": "0", **edges}
        if key in self.figures.live:
            return self.figures.total(key), self.book.style(bg_color=TOTAL_FILL, bold=True, **look)
        look["num_format"] = _FIGURE_FORMAT[self.layout.fields[key].kind]
        given = key in self.figures.prefilled
        look |= PREFILLED if given else {"bg_color": INPUT_FILL}
        style = self.book.style(locked=False, **look)
        return _as_cell(self.figures.written.get(key)), style

    def _row_checks(self) -> None:
        if self.layout.flat:
            return
        heads = self.layout.grid.head_rows
        head = self.book.style(font_name=HEAD_FONT, align="center", border=THIN)
        top = GRID_TOP if heads else GRID_TOP - 1
        self.sheet.put_over(Rectangle(top, self.layout.right, heads or 1), CHECK_HEAD, head)
        for check in self.layout.row_checks:
            self._check(check)

    def _check(self, check: Check) -> None:
        figures = self.figures
        found = figures.identity(check.identity) if check.identity else figures.complete(check.keys)
        style = self.book.style(align="center", font_size=9, border=THIN)
        self.sheet.put_over(check.area, found, style)

    def _check_line(self, line: CheckLine) -> None:
        first = line.checks[0].area.column
        style = self.book.style(font_name=HEAD_FONT, font_size=9, border=THIN, align="center")
        self.sheet.raw.set_row(line.row, LEAST_HEIGHT)
        if first > GRID_LEFT:
            label = Rectangle(line.row, GRID_LEFT, 1, first - GRID_LEFT)
            self.sheet.put_over(label, f"{CHECK_HEAD}：{line.label}", style)
        else:
            label = Rectangle(line.row - 1, GRID_LEFT, 1, self.layout.grid.columns)
            self.sheet.put_over(label, f"{CHECK_HEAD}：{line.label}", style)
        for check in line.checks:
            self._check(check)

    def _page(self, previous: bool) -> None:
        layout = self.layout
        self.sheet.raw.freeze_panes(GRID_TOP + layout.grid.head_rows, layout.stub_columns)
        self.sheet.page(
            layout.printed(previous=previous),
            landscape=layout.flat,
            repeat=GRID_TOP + layout.grid.head_rows - 1,
        )
        self.sheet.protect()


def _as_cell(value: Written) -> Content:
    """A number that a spreadsheet would not give back as it was filed is kept as text."""
    if isinstance(value, str) or value is None:
        return value
    read_back = Decimal(format(float(value), ".15g"))
    return value if format(read_back, "f") == format(Decimal(value), "f") else str(value)


def _column_widths(layout: TableLayout) -> list[float]:
    grid, widths = layout.grid, []
    for column in range(layout.stub_columns):
        stubs = [c for c in grid.cells if c.role is Role.STUB and c.column == column]
        needs = [
            _NARROW if c.row_span > _TALL else text_width(c.text) + 2
            for c in stubs
            if c.column_span == 1
        ]
        widths.append(min(_WIDEST_LABEL, max(needs, default=_NARROW)))
    figures = grid.columns - layout.stub_columns
    each = next(width for most, width in _FIGURE_WIDTHS if figures <= most)
    widths += [each] * figures
    return widths if layout.flat else [*widths, _CHECK_WIDTH]
