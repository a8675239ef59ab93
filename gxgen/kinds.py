"""What the figures of the form may be."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a figure may be."""

    COUNT = "count"
    """A whole number of 0 or more (件、份、项)."""
    SIGNED = "signed"
    """A whole number that may be negative (本年增/减)."""
    MONEY = "money"
    """A decimal of 0 or more in 万元, kept as written, up to four places."""
