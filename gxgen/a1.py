"""A1 names: cells and columns as spreadsheets call them. Rows and columns are 0-based."""

from __future__ import annotations

import re
from functools import lru_cache

Position = tuple[int, int]
"""(row, column)."""

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(0{0,6}[1-9][0-9]{0,6})")


def column_letters(column: int) -> str:
    """The letters of a column: 0 → ``A``, 26 → ``AA``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The column of its letters: ``A`` → 0, ``AA`` → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    """``G9``-style name of a cell."""
    return f"{column_letters(column)}{row + 1}"


@lru_cache(maxsize=8192)
def cell_position(name: str) -> Position | None:
    """The cell that a name such as ``G9`` or ``$G$9`` means; None if it is none."""
    match = _CELL.fullmatch(name)
    return (int(match[2]) - 1, column_number(match[1])) if match else None


_REFERENCE = re.compile(
    r"=?(?:'((?:[^']|'')+)'|([^'!\[\]]+))!"
    r"(\$?[A-Z]{1,3}\$?[0-9]{1,7})(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?"
)


_LONGEST = 400
"""Characters of a reference; the name of a sheet has at most 31."""


@lru_cache(maxsize=4096)
def cell_reference(text: str) -> tuple[str, int, int] | None:
    """(sheet, row, column) of ``'表三'!$D$8``, of a range its first cell.

    None for ``#REF!``, a formula, or another workbook's cell.
    """
    match = _REFERENCE.fullmatch(text.strip()) if len(text) < _LONGEST else None
    at = cell_position(match[3]) if match else None
    if match is None or at is None or "#REF!" in text or "[" in text:
        return None
    return match[1].replace("''", "'") if match[1] else match[2], *at
