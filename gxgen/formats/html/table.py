"""The form's tables as HTML: each figure belongs to the labels that stand over and beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gxgen.document.blocks import TableBlock
from gxgen.document.table_fit import fit
from gxgen.document.table_looks import LAYOUTS, CellLook, cell_look, is_shaded, label_lines
from gxgen.editions.grid import Grid, GridCell, Role
from gxgen.formats.html.looks import USUAL_SIZE, column_shares
from gxgen.markup import Html, el, joined

Looks = Callable[[str], dict[str, object]]
"""The attributes that give an element of some kind its look: a class, or a style of its own."""

_SCOPES = {Role.BAND: "rowgroup", Role.HEAD: "col", Role.STUB: "row"}
"""A band heads its block; a label over several columns or rows heads them all."""


def html_table(block: TableBlock, title: str, looks: Looks, *, ids: bool) -> Html:
    """The table in a box of its own, which scrolls where the screen is narrower than it.

    With ``ids``, it bears a caption, and each figure names its labels one by one, as ids. Without,
    it bears neither: for places where an id may occur twice, and whose editors know no captions.
    """
    drawn = _Drawn(block, looks, ids=ids)
    table = el(
        "table",
        el("caption", title) if ids else None,
        el("colgroup", *drawn.columns()),
        "\n",
        drawn.head(),
        joined(drawn.bodies(), "\n"),
        "\n",
        **looks(f"table {block.table}"),
        aria_label=None if ids else title,
    )
    name = f"表格：{title}"
    return el("div", table, **looks("scroll"), role="group", aria_label=name, tabindex="0")


def row_groups(grid: Grid) -> Iterator[range]:
    """The rows below the heads in groups: a block with its band, a label with all that it spans."""
    first = {cell.row: cell for cell in grid.cells if cell.column == 0}
    start = previous = grid.head_rows
    for row in sorted(row for row in first if row >= grid.head_rows):
        new = first[row].role is Role.BAND or first[row].row_span != 1
        if row > start and (new or first[previous].row_span > 1):
            yield range(start, row)
            start = row
        previous = row
    yield range(start, grid.rows)


def labels_of(grid: Grid, figure: GridCell) -> list[GridCell]:
    """The labels that say what a figure is: those over it from the outermost, then those beside."""
    above: list[GridCell] = []
    for row in range(figure.row - 1, -1, -1):
        cell = grid.owners[row, figure.column]
        if cell.role in (Role.HEAD, Role.BAND):
            if cell not in above:
                above.append(cell)
        elif above:
            break
        if cell.role is Role.BAND:
            break
    beside = (grid.owners[figure.row, column] for column in range(figure.column))
    stubs = dict.fromkeys(cell for cell in beside if cell.role is Role.STUB)
    return [*reversed(above), *stubs]


class _Drawn:
    """A table while it is drawn."""

    def __init__(self, block: TableBlock, looks: Looks, *, ids: bool) -> None:
        self._block, self._grid, self._looks, self._ids = block, block.grid, looks, ids
        self._fit = fit(block.grid, LAYOUTS[block.table], block.values)

    def columns(self) -> Iterator[Html]:
        """Their widths: by the style sheet, or where each element has its own style, here."""
        for share in column_shares(self._fit.layout.widths):
            look = self._looks("column")
            yield el("col", **({"style": f"width:{share}"} if "style" in look else look))

    def head(self) -> Html | None:
        rows = range(self._grid.head_rows)
        return joined((el("thead", *self._rows(rows), "\n"), Html("\n"))) if rows else None

    def bodies(self) -> Iterator[Html]:
        for rows in row_groups(self._grid):
            yield el("tbody", *self._rows(rows), "\n")

    def _rows(self, rows: range) -> Iterator[Html]:
        for row in rows:
            cells = (cell for cell in self._grid.cells if cell.row == row)
            yield Html("\n")
            yield el("tr", *map(self._cell, cells))

    def _cell(self, cell: GridCell) -> Html:
        spans = {
            "colspan": cell.column_span if cell.column_span > 1 else None,
            "rowspan": cell.row_span if cell.row_span > 1 else None,
        }
        if cell.key is not None:
            text = self._block.values[cell.key]
            mark = " marked" if cell.key in self._block.marked else ""
            zero = " zero" if text == "0" else ""
            look = self._looks(
                f"figure{mark}{zero} size-{self._fit.sizes.get(cell.key, USUAL_SIZE)}"
            )
            labels = labels_of(self._grid, cell) if self._ids else ()
            headers = " ".join(map(self._id, labels))
            return el("td", text, **look, headers=headers, **spans)
        scope = _SCOPES.get(cell.role)
        look = self._looks(_kind(self._grid, cell))
        named = self._id(cell) if self._ids and scope else None
        tag = "th" if scope else "td"
        return el(tag, *self._words(cell), id=named, scope=scope, **look, **spans)

    def _words(self, cell: GridCell) -> tuple[object, ...]:
        """The label; where a narrow cell would cut it badly, in parts that stay whole."""
        parts = label_lines(cell, LAYOUTS[self._grid.table])
        if len(parts) == 1:
            return (cell.text,)
        return tuple(el("span", part, **self._looks("part")) for part in parts)

    def _id(self, cell: GridCell) -> str:
        return f"{self._grid.table}-{cell.row + 1}-{cell.column + 1}"


def _kind(grid: Grid, cell: GridCell) -> str:
    """What a label is: ``head`` (``shaded``, ``narrow`` where it is), ``label``, or ``group``."""
    look = cell_look(grid, LAYOUTS[grid.table], cell)
    if look in (CellLook.HEAD, CellLook.NARROW_HEAD):
        shaded = " shaded" if is_shaded(grid, cell) else ""
        return f"head{shaded}{' narrow' if look is CellLook.NARROW_HEAD else ''}"
    return "label" if look is CellLook.LABEL else "group"
