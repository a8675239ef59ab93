"""Which tables and lines of a text file are the form's own three tables.

Their figures are filled in the workbook, so a table found in a text file is passed over: silently
where it is one of the form's, else with a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache

from gxgen.editions import EDITIONS
from gxgen.model.numbering import fold

ENOUGH = 0.5
"""Share of a row's or table's filled cells that must be the form's."""
LIKENESS = 0.75
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_FIGURE = re.compile(r"\d*(?:万元|元|件|份|条)?")


def is_form_table(cells: Iterable[str]) -> bool:
    """Whether a table with these texts is one of the form's, of whatever edition."""
    words = [cell for cell in map(_core, cells) if not _FIGURE.fullmatch(cell)]
    own = sum(_is_label(word) for word in words)
    return bool(words) and own >= len(words) * ENOUGH


def is_form_row(line: str) -> bool:
    """Whether a line of plain text is a row or a single cell of one of the form's tables."""
    cells = [core for cell in re.split(r"[\t|｜]", line) if (core := _core(cell))]
    own = sum(bool(_FIGURE.fullmatch(cell)) or _is_label(cell) or _is_piece(cell) for cell in cells)
    return own >= len(cells) * ENOUGH


def _core(text: str) -> str:
    return fold(_BOOKMARK.sub("", text))


@cache
def _labels() -> frozenset[str]:
    return frozenset(
        fold(text)
        for edition in EDITIONS.values()
        for grid in edition.grids.values()
        for cell in grid.labels
        for text in (cell.text, *cell.aliases)
    )


def _is_label(core: str) -> bool:
    """A label, in about these words, perhaps glued to its figures."""
    word = core.rstrip("0123456789") or core
    return word in _labels() or any(
        SequenceMatcher(None, word, label, autojunk=False).ratio() >= LIKENESS
        for label in _labels()
        if abs(len(label) - len(word)) <= len(label) // 3 and len(word) > 3
    )


def _is_piece(core: str) -> bool:
    """The beginning or end of a label: cells of copied tables are often broken over lines."""
    return any(label.startswith(core) or label.endswith(core) for label in _labels())
