"""How a browser prints table two: rows as high as its page asks for, and where it is divided."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from gxgen.document.blocks import Document, TableBlock
from gxgen.document.illustrated.by_browser import BY_BROWSER
from gxgen.document.illustrated.fitting import fitted_rows
from gxgen.document.illustrated.heights import DIVIDED
from gxgen.document.illustrated.tables import LINE, SIZES, movable
from gxgen.document.page import BEFORE_HEADING
from gxgen.document.table_looks import LAYOUTS, LINE_POINTS, row_height
from gxgen.document.table_rows import Rows, filling, fitted, last_bands
from gxgen.document.torn import BROWSER
from gxgen.editions.grid import Grid

_RULE = 0.75
"""Points between rows: half a point is drawn as a whole pixel."""


def print_rules(document: Document) -> str:
    """What the style sheet of a report's page says of its rows on paper."""
    tables = [block for block in document.blocks if isinstance(block, TableBlock)]
    rules = "".join(
        rule
        for table, following in pairwise(tables)
        if LAYOUTS[table.table].fitting is not None
        for rule in _rules(document, table, following.grid)
    )
    return f"@media print{{{rules}}}\n"


def _rules(document: Document, table: TableBlock, following: Grid) -> Iterator[str]:
    grid, name, layout = table.grid, f".{table.table}", LAYOUTS[following.table]
    height = sum(row_height(following, layout, row) for row in range(following.rows))
    rows = fitted(document, table, height, BROWSER, BEFORE_HEADING)
    yield _padded(name, rows.height if rows else filling(grid))
    if rows and rows.moved:
        count = last_bands(grid).index(rows.moved) + 1
        yield f".scroll:has({name}){{break-inside:auto}}"
        yield f"{name} tbody:nth-last-of-type({count}){{break-before:page}}"
        yield _padded(f"{name} tbody:nth-last-of-type(-n+{count})", rows.below)
        yield _tightened(following, height, rows)


def pictured_rules(document: Document) -> str:
    """The same of the illustrated edition's page, whose table two may be divided in any case."""
    tables = [block for block in document.blocks if isinstance(block, TableBlock)]
    rules = "".join(
        rule
        for table, following in pairwise(tables)
        if table.table == DIVIDED
        for rule in _pictured_rules(document, table.grid, following.grid)
    )
    return f"@media print{{{rules}}}"


def _pictured_rules(document: Document, grid: Grid, following: Grid) -> Iterator[str]:
    _, *blocks = document.blocks
    rows, name = fitted_rows(blocks, BY_BROWSER), f".{grid.table}"
    parted = movable(grid) if rows is None else [rows.moved]
    ends = {last_bands(grid).index(moved) + 2 for moved in parted if moved} | {1}
    # Said of rows: Chromium takes no note of it where it is said of their groups.
    yield f".scroll:has({name}){{break-inside:auto}}{name} tr{{break-after:avoid}}"
    # Else the rule over the table may stay alone at the foot of the page before.
    yield f"{name} tbody:first-of-type{{break-before:avoid}}"
    free = ",".join(f":nth-last-of-type({end})" for end in sorted(ends))
    yield f"{name} tbody:is({free}) tr:last-child{{break-after:auto}}"
    if rows is None:
        return
    line = LINE * SIZES[grid.table]
    yield _padded(name, rows.height, line)
    if rows.moved:
        count = last_bands(grid).index(rows.moved) + 1
        yield _padded(f"{name} tbody:nth-last-of-type(-n+{count})", rows.below, line)
    if rows.part < 1:
        yield _tightened(following, sum(BY_BROWSER.tables[following.table].rows(following)), rows)


def _tightened(grid: Grid, height: float, rows: Rows) -> str:
    """The next table's rows, which usually take this height."""
    less = (1 - rows.part) * height / grid.rows / 2
    return f".{grid.table}{{--less:{less:.2f}pt}}"


def _padded(rows: str, height: float, line: float = LINE_POINTS) -> str:
    """Rows of one line each, in points."""
    air = (height - line - _RULE) / 2
    return f"{rows} :is(th,td){{padding-block:{air:.2f}pt}}"
