"""What a report's page and its fragment share in looks: families of type, widths of tables."""

from __future__ import annotations

from collections.abc import Sequence

from gxgen.document.table_looks import LAYOUTS, TEXT_POINTS
from gxgen.fonts.faces import Role, unseen_stack

USUAL_SIZE = round(2 * TEXT_POINTS)
"""Half points of a table's text on paper."""
LEAST_COLUMN = 2.65
"""Rem of a column of figures: two characters of its head, and their air."""


def family(role: Role) -> str:
    """A ``font-family``: every face that will do, then any of its kind."""
    generic = "sans-serif" if role is Role.HEI else "serif"
    return ",".join((*unseen_stack(role), generic))


def column_shares(widths: Sequence[float]) -> tuple[str, ...]:
    """The width of each column as a share of the table's."""
    return tuple(f"{100 * width / sum(widths):.2f}%" for width in widths)


def least_width(table: str) -> str:
    """How narrow a table may become before it scrolls in its box."""
    widths = LAYOUTS[table].widths
    return f"{LEAST_COLUMN * sum(widths) / widths[-1]:.1f}rem"
