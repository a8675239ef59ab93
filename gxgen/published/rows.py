"""A row of one of the form's tables as it was found, before anybody says what its numbers are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gxgen.letters import narrow, squeezed
from gxgen.numbers import NOTHING_SIGNS
from gxgen.places import Published

_NUMBER_LIKE = re.compile(
    r"[+\-−]?(?=[,.OolI〇○ ]{0,40}\d)[\d,.OolI〇○][\d,.OolI〇○ ]{0,40}"
    r"(?:万元|[万元件份条次起宗项个])?(?:[（(][^（()）]{1,30}[)）])?"
)
_SIGNED = re.compile(r"(?:增加?|减少?)\d[\d,.]*")
_NONE = frozenset({"无", "没有"})
_SHORT = 40
BLANKS = frozenset({"", "&nbsp;", "&nbsp"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell that should hold a figure: what it says and where."""

    text: str
    place: Published

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return self.text in BLANKS


@dataclass(frozen=True, slots=True)
class Found:
    """A row: the label's key, and the cells behind it.

    ``heads``: the heads over the cells as they were named, in the order of the cells; None where
    none were found. ``placed``: every cell stands under its own head. ``named``: beside each is the
    name of its head, and nothing else tells its column. ``shape``: kind of
    separator and number of cells, None in a true grid. ``fault``: why it cannot be read.
    """

    row: str
    label: str
    exact: bool
    cells: tuple[Mark, ...]
    place: Published
    heads: tuple[str, ...] | None = None
    placed: bool = False
    named: bool = False
    shape: tuple[str, int] | None = None
    glued: bool = False
    apart: bool = False
    """Its figures stand on other lines than its label."""
    broken: bool = False
    """Its figures stand on several lines, and not each on its own."""
    fault: str | None = None

    @property
    def trimmed(self) -> tuple[Mark, ...]:
        """The cells without blank ones at the ends."""
        return trimmed(self.cells)

    @property
    def said(self) -> str:
        """What the source says there."""
        return " ".join((squeezed(self.label), *(cell.text or "（空）" for cell in self.cells)))


@dataclass(frozen=True, slots=True)
class Stray:
    """Figures that stand behind no known label of a row."""

    label: str
    cells: tuple[Mark, ...]
    place: Published


@dataclass(slots=True)
class Harvest:
    """What was found of one table: rows, figures without one, letters of all labels met."""

    table: str
    rows: list[Found] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)

    def add(self, other: Harvest) -> None:
        """More of the same table."""
        self.rows += other.rows
        self.strays += other.strays
        self.labels |= other.labels


def trimmed(cells: Sequence[Mark]) -> tuple[Mark, ...]:
    """The cells without blank ones at the ends."""
    filled = [at for at, cell in enumerate(cells) if not cell.blank]
    return tuple(cells[filled[0] : filled[-1] + 1]) if filled else ()


def figure_like(text: str, *, words: bool = False) -> bool:
    """Whether a cell means to hold a number; with ``words`` 无 counts as well."""
    return (_short_figure if len(text) <= _SHORT else _is_figure)(text, words)


def _is_figure(text: str, words: bool) -> bool:
    plain = narrow(text).strip()
    return (
        plain in NOTHING_SIGNS
        or (words and plain in _NONE)
        or _NUMBER_LIKE.fullmatch(plain) is not None
        or _SIGNED.fullmatch(plain) is not None
    )


_short_figure = lru_cache(maxsize=4096)(_is_figure)
"""Most cells of a county say the same few things; long ones are not kept."""
