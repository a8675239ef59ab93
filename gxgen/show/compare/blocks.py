"""What text, page and DOCX of a comparison are written from: one sequence of blocks.

Whatever a stranger wrote passes :func:`piece` once, so that no writer meets a letter that commands
a terminal or cannot stand in XML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gxgen.letters import shown


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``differs``: the other year says otherwise."""

    text: str
    differs: bool = False


Cell = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row; ``look`` is a word for how it is set off, empty for none."""

    cells: tuple[Cell, ...]
    look: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A paragraph; ``warns``: it tells what does not agree."""

    text: str
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``widths`` are the columns' shares of a thousand. ``wordy``: its cells hold whole
    sentences; else ``labels`` are the columns, from 0, that hold words and no figures."""

    caption: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[Row, ...]
    wordy: bool = False
    labels: tuple[int, ...] = (0,)

    def is_label(self, column: int) -> bool:
        """Whether the cells of a column begin at its left edge."""
        return self.wordy or column in self.labels


Block = Heading | Remark | Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole document: whose, what, of which year the later report is, and its blocks."""

    name: str
    subject: str
    year: int
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """Name and subject."""
        return self.name + self.subject


def piece(text: object, *, differs: bool = False) -> Piece:
    """Text fit for every writer."""
    return Piece(clean(text), differs)


def clean(text: object, *, lines: bool = False) -> str:
    """Text in which nothing is left that has no shape or cannot stand in XML; with ``lines`` breaks
    and tabs stay."""
    return shown(text, lines=lines).replace("\ufffe", "[U+FFFE]").replace("\uffff", "[U+FFFF]")


def row(*cells: object, look: str = "") -> Row:
    """A row of plain cells."""
    return Row(tuple((piece(cell),) for cell in cells), look)


def pieces(parts: Sequence[str], ranges: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """A text in its parts, joined again but for the stretches that differ."""
    at = 0
    for start, end in (*ranges, (len(parts), len(parts))):
        if start > at:
            yield piece("".join(parts[at:start]))
        if end > start:
            yield piece("".join(parts[start:end]), differs=True)
        at = end
