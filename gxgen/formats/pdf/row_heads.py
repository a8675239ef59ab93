"""Names the rows of tagged tables: the engine marks heads of columns, and has no word for rows.

A label at the left becomes a head of its row (TH, scope Row), each figure lists it beside its
heads of columns, and each table gets its summary: PDF/UA-1, 7.5. The file is edited as the engine
lays it out, object by object; only structure elements change, and the cross-reference table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gxgen.document.table_looks import LAYOUTS
from gxgen.editions.grid import Grid, GridCell, Role
from gxgen.errors import InternalError
from gxgen.formats.pdf.plain import put_together, taken_apart

_CELL = re.compile(rb"\d+ 0 obj\n<</Type/StructElem/S/T[HD]/")
_TABLE = re.compile(rb"\d+ 0 obj\n<</Type/StructElem/S/Table/")
_ROOT = re.compile(rb"\d+ 0 obj\n<</Type/StructTreeRoot/")
_HEADERS = re.compile(rb"/Headers\[(.*?)\]")
_NAMES = re.compile(rb"/IDTree<</Names\[(.*?)\]")
_NAME = re.compile(rb"\((.*?)\)(\d+) 0 R")


def with_row_heads(pdf: bytes, grids: Sequence[Grid]) -> bytes:
    """The same PDF, where the labels of the rows of its tables, in order, are heads."""
    apart = taken_apart(pdf)
    if apart is None:
        raise InternalError("PDF 的结构与预期不同，无法标明各行的栏目。")
    objects, trailer = apart
    cells = [n for n, one in enumerate(objects) if _CELL.match(one)]
    tables = [n for n, one in enumerate(objects) if _TABLE.match(one)]
    beside = {at: _beside(grid) for at, grid in enumerate(grids, 1)}
    wanted = [(at, cell) for at, grid in enumerate(grids, 1) for cell in grid.cells]
    if (len(cells), len(tables)) != (len(wanted), len(grids)):
        raise InternalError("PDF 的表格标记与规定格式不符，无法标明各行的栏目。")
    names = []
    for number, (at, cell) in zip(cells, wanted, strict=True):
        if cell.role is Role.STUB:
            names.append((_name(at, cell), number))
            objects[number] = _as_head(objects[number], _name(at, cell))
        elif cell.role is Role.FIGURE:
            heads = b"".join(b"(%s)" % _name(at, stub) for stub in beside[at][cell.row])
            objects[number] = _HEADERS.sub(rb"/Headers[\g<1>%s]" % heads, objects[number], 1)
    for number, grid in zip(tables, grids, strict=True):
        objects[number] = _summarised(objects[number], LAYOUTS[grid.table].description)
    root = next(n for n, one in enumerate(objects) if _ROOT.match(one))
    objects[root] = _NAMES.sub(lambda m: _listed(m[1], names), objects[root], 1)
    return put_together(objects, trailer)


def _name(table: int, cell: GridCell) -> bytes:
    """The engine's own manner of naming heads: table, column, row."""
    return b"U%dx%dy%d" % (table, cell.column, cell.row)


def _beside(grid: Grid) -> list[list[GridCell]]:
    """The labels of each row, the widest group first."""
    stubs = [cell for cell in grid.cells if cell.role is Role.STUB]
    return [
        [stub for stub in stubs if stub.row <= row < stub.row + stub.row_span]
        for row in range(grid.rows)
    ]


def _as_head(cell: bytes, name: bytes) -> bytes:
    cell = cell.replace(b"/S/TD/", b"/S/TH/ID(%s)/" % name, 1)
    return cell.replace(b"<</O/Table", b"<</O/Table/Scope/Row", 1)


def _summarised(table: bytes, text: str) -> bytes:
    said = (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode()
    return table.replace(b"/A[", b"/A[<</O/Table/Summary<%s>>>" % said, 1)


def _listed(names: bytes, more: list[tuple[bytes, int]]) -> bytes:
    """The tree of names is searched by halves, so it is kept in order."""
    known = [(name, int(number)) for name, number in _NAME.findall(names)]
    entries = b"".join(b"(%s)%d 0 R" % one for one in sorted((*known, *more)))
    return b"/IDTree<</Names[%s]" % entries
