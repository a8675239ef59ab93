"""A table's cell as it is found in a written document, whatever its format."""

from __future__ import annotations

from typing import NamedTuple


class Cell(NamedTuple):
    """A merged cell: its rectangle (0-based), its text, and its number in its row (from 1)."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    number: int


def squash(text: str) -> str:
    """Text without any white space: line breaks inside a label mean nothing."""
    return "".join(text.split())
