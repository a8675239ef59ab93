"""Rows of table two made lower, so that the table stands on the page of the text before it."""

from __future__ import annotations

from gxgen.document.blocks import Document, TableBlock
from gxgen.document.page import TWIPS
from gxgen.document.table_rows import filling, fitting_height
from gxgen.editions.grid import Grid
from gxgen.opc.package import DOCUMENT, Members


def row_heights(document: Document) -> tuple[Grid, int] | None:
    """The table whose rows must be lower than usual in this report, and how high they are then."""
    tables = (block for block in document.blocks if isinstance(block, TableBlock))
    found = ((block.grid, fitting_height(document, block)) for block in tables)
    return next(((grid, height) for grid, height in found if height is not None), None)


def lowered(members: Members, grid: Grid, height: int) -> tuple[bytes, bytes] | None:
    """What in a written document says the usual height of the rows, and what says this one, in
    points; None where the template has not as many such rows as the form: a designer has drawn that
    table."""
    usual = b'<w:trHeight w:val="%d"' % round(filling(grid) * TWIPS)
    if members[DOCUMENT].count(usual) != grid.rows:
        return None
    return usual, b'<w:trHeight w:val="%d"' % (height * TWIPS)
