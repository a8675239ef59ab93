"""What a report's page and its fragment share in looks: families of type, widths of tables."""

from __future__ import annotations

from gxgen.document.table_looks import AIR, LAYOUTS, POINTS_PER_MM, TEXT_POINTS, fitted_size
from gxgen.editions.grid import GridCell
from gxgen.fonts.faces import Role, stack

USUAL_SIZE = round(2 * TEXT_POINTS)
"""Half points of a table's text on paper."""
LEAST_COLUMN = 2.65
"""Rem of a column of figures: two characters of its head, and their air."""


def family(role: Role) -> str:
    """A ``font-family``: every face that will do, then any of its kind."""
    generic = "sans-serif" if role is Role.HEI else "serif"
    return ",".join((*stack(role), generic))


def column_shares(table: str) -> tuple[str, ...]:
    """The width of each column as a share of the table's."""
    widths = LAYOUTS[table].widths
    return tuple(f"{100 * width / sum(widths):.2f}%" for width in widths)


def least_width(table: str) -> str:
    """How narrow a table may become before it scrolls in its box."""
    widths = LAYOUTS[table].widths
    return f"{LEAST_COLUMN * sum(widths) / widths[-1]:.1f}rem"


def figure_size(table: str, cell: GridCell, text: str) -> int:
    """The size on paper, in half points, at which a figure stays on one line of its cell."""
    layout = LAYOUTS[table]
    room = (layout.width(cell) - 2 * layout.padding) * POINTS_PER_MM - AIR
    return fitted_size(room, USUAL_SIZE, len(text)) if text else USUAL_SIZE
