"""The form's tables in the illustrated edition's documents: measures, and where table two may be
divided. Lengths are millimetres, those of type points."""

from __future__ import annotations

from gxgen.document.table_rows import last_bands
from gxgen.editions.grid import Grid

WIDTHS = {
    "disclosure": (56.0, 38.0, 38.0, 38.0),
    "requests": (10.9, 23.8, 58.8, *[10.6] * 6, 12.9),
    "remedies": (170 / 15,) * 15,
}
"""Of each column; 170 together."""
ROWS = {"disclosure": 7.2, "requests": 5.7, "remedies": 7.4}
HEADS = {"disclosure": (), "requests": (5.7, 5.7, 9.4), "remedies": (7.4, 7.4, 9.6)}
"""The least heights of rows, and of those of the heads."""
LABEL_PADDING = 1.0
SIZES = {"disclosure": 10.5, "requests": 8.5, "remedies": 9.5}
"""Points of each table's text."""
LINE = 1.24
"""Of its size: the height of a line of it."""
_PARTED = 0.6
"""Of the rows of table two: what of them may go to the next page with the last bands. So many find
room there above table three and its heading, and the page before is not left half empty."""


def movable(grid: Grid) -> list[int]:
    """How many of table two's rows may stand on the next page."""
    return [rows for rows in last_bands(grid) if rows <= _PARTED * grid.rows]
