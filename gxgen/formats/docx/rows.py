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


def with_rows(members: Members, grid: Grid, height: int) -> Members:
    """The parts of a template with rows so many points high; the parts themselves where they have
    not as many rows of the usual height as the form: a designer has drawn that table."""
    usual = b'<w:trHeight w:val="%d"' % round(filling(grid) * TWIPS)
    document = members[DOCUMENT]
    if document.count(usual) != grid.rows:
        return members
    lower = b'<w:trHeight w:val="%d"' % (height * TWIPS)
    return {**members, DOCUMENT: document.replace(usual, lower)}
