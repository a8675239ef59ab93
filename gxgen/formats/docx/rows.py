"""Rows of table two made lower, so that the table, or its greater part, stands on the page of the
text before it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import pairwise

from gxgen.document.blocks import Document, TableBlock
from gxgen.document.page import TWIPS
from gxgen.document.table_rows import Rows, filling, fitted
from gxgen.editions.grid import Grid
from gxgen.opc.package import DOCUMENT, Members

_KEPT = b"<w:keepNext/>"
_HEIGHT = re.compile(rb'(?<=<w:trHeight w:val=")([0-9]+)(?=")')


def rows_setter(members: Members, document: Document) -> Callable[[bytes], bytes] | None:
    """What sets the rows of this report in a written document; None where they stay as they are, or
    where the template has not the rows of the form: a designer has drawn those tables."""
    tables = [block for block in document.blocks if isinstance(block, TableBlock)]
    for table, following in pairwise(tables):
        count, heights = _drawn_rows(members[DOCUMENT], _said(filling(table.grid)))
        if count == table.grid.rows:
            whole = len(heights) == following.grid.rows
            rows = fitted(document, table, sum(heights) / TWIPS if whole else math.inf)
            if rows is not None:
                return partial(_set, grid=table.grid, rows=rows)
    return None


@lru_cache(maxsize=16)
def _drawn_rows(template: bytes, usual: bytes) -> tuple[int, tuple[int, ...]]:
    """How many rows have that height, and the heights in the next table."""
    *pieces, last = template.split(usual)
    return len(pieces), tuple(map(int, _HEIGHT.findall(last, *_next_table(last))))


def _set(written: bytes, grid: Grid, rows: Rows) -> bytes:
    """The document with these rows; itself where a template's own conditions left some out."""
    first, *pieces = written.split(_said(filling(grid)))
    if len(pieces) != grid.rows:
        return written
    stays = grid.rows - rows.moved
    heights = [rows.height] * stays + [rows.below] * rows.moved
    if rows.moved:
        pieces[stays - 1] = pieces[stays - 1].replace(_KEPT, b"")
        pieces[-1] = _tightened(pieces[-1], rows.part)
    set_rows = (_said(height) + piece for height, piece in zip(heights, pieces, strict=True))
    return b"".join((first, *set_rows))


def _tightened(text: bytes, part: float) -> bytes:
    """The rows of the next table with this part of their height."""
    start, end = _next_table(text)
    table = _HEIGHT.sub(lambda found: b"%d" % (int(found[1]) * part), text[start:end])
    return text[:start] + table + text[end:]


def _next_table(text: bytes) -> tuple[int, int]:
    start = text.find(b"<w:tbl>")
    return start, text.find(b"</w:tbl>", start)


def _said(height: float) -> bytes:
    return b'<w:trHeight w:val="%d"' % round(height * TWIPS)
