"""Rows of table two made lower or higher, so that the table, or its greater part, stands on the
page of the text before it, and no page is left half empty."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import pairwise

from gxgen.document.blocks import Document, TableBlock
from gxgen.document.illustrated.by_office import BY_OFFICE
from gxgen.document.illustrated.fitting import fitted_rows
from gxgen.document.illustrated.heights import DIVIDED
from gxgen.document.page import TWIPS
from gxgen.document.table_rows import Rows, filling, fitted
from gxgen.editions.grid import Grid
from gxgen.opc.package import DOCUMENT, Members

_KEPT = b"<w:keepNext/>"
_HEIGHT = re.compile(rb'(?<=<w:trHeight w:val=")([0-9]+)(?=")')
_LOOSE = re.compile(rb"(<w:pStyle [^<>]*/>)(?!<w:keepNext/>)")
"""The style of a paragraph that may end a page."""


def rows_setter(members: Members, document: Document) -> Callable[[bytes], bytes] | None:
    """What sets the rows of this report in a written document; None where they stay as they are, or
    where the template has not the rows of the form: a designer has drawn those tables."""
    tables = [block for block in document.blocks if isinstance(block, TableBlock)]
    for table, following in pairwise(tables):
        usual = filling(table.grid)
        count, heights = _drawn_rows(members[DOCUMENT], _said(usual), following.grid.rows)
        if count == table.grid.rows:
            rows = fitted(document, table, sum(heights) / TWIPS if heights else math.inf)
            if rows is not None:
                grids = table.grid, following.grid
                return partial(_set, grids=grids, usual=usual, rows=rows)
    return None


def pictured_rows_setter(members: Members, shown: Document) -> Callable[[bytes], bytes] | None:
    """The same for the illustrated edition; ``shown``: the report with its pictures."""
    tables = [block for block in shown.blocks if isinstance(block, TableBlock)]
    for table, following in pairwise(tables):
        if table.table == DIVIDED:
            usual = BY_OFFICE.tables[DIVIDED].row
            drawn = _drawn_rows(members[DOCUMENT], _said(usual), following.grid.rows)
            if drawn[0] == table.grid.rows and drawn[1]:
                _, *blocks = shown.blocks
                rows = fitted_rows(blocks, BY_OFFICE)
                if rows is not None:
                    grids = table.grid, following.grid
                    return partial(_set, grids=grids, usual=usual, rows=rows)
    return None


@lru_cache(maxsize=16)
def _drawn_rows(template: bytes, usual: bytes, following: int) -> tuple[int, tuple[int, ...]]:
    """How many rows have that height, and the heights in the next table of so many rows."""
    *pieces, last = template.split(usual)
    return len(pieces), tuple(map(int, _HEIGHT.findall(last, *_table_of(last, following))))


def _set(written: bytes, grids: tuple[Grid, Grid], usual: float, rows: Rows) -> bytes:
    """The document with these rows; itself where a template's own conditions left some out."""
    grid, following = grids
    first, *pieces = written.split(_said(usual))
    if len(pieces) != grid.rows:
        return written
    stays = grid.rows - rows.moved
    heights = [rows.height] * stays + [rows.below] * rows.moved
    pieces[:-1] = [_LOOSE.sub(rb"\1" + _KEPT, piece) for piece in pieces[:-1]]
    if rows.moved:
        pieces[stays - 1] = pieces[stays - 1].replace(_KEPT, b"")
    if rows.part < 1:
        pieces[-1] = _tightened(pieces[-1], rows.part, following.rows)
    set_rows = (_said(height) + piece for height, piece in zip(heights, pieces, strict=True))
    return b"".join((first, *set_rows))


def _tightened(text: bytes, part: float, rows: int) -> bytes:
    """The rows of the next table of so many with this part of their height."""
    start, end = _table_of(text, rows)
    table = _HEIGHT.sub(lambda found: b"%d" % (int(found[1]) * part), text[start:end])
    return text[:start] + table + text[end:]


def _table_of(text: bytes, rows: int) -> tuple[int, int]:
    """Where the first table of so many rows begins and ends; nowhere where there is none."""
    end = 0
    while (start := text.find(b"<w:tbl>", end)) >= 0:
        end = text.find(b"</w:tbl>", start)
        if len(_HEIGHT.findall(text, start, end)) == rows:
            return start, end
    return 0, 0


def _said(height: float) -> bytes:
    return b'<w:trHeight w:val="%d"' % round(height * TWIPS)
