"""What an illustrated edition shows, as data: no format, no colour, nothing cut.

Each picture knows the words of its cells, the sentence that is read out in its place, and the
measures that its drawing must have. Lengths are millimetres.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from itertools import accumulate

from gxgen.document.illustrated.tiles import Tile

ROW, RIBBONS, THINNEST, AROUND = 6.6, 30.0, 0.7, 1.8
"""Of a flow: the least height of a line, all ribbons together, the thinnest, and the air around."""
BAR = 75.0
"""The length of the longest bar."""
PANEL = 72.6
"""The length of a panel's bar."""
TILE, PLAIN_TILE, BETWEEN_TILES = 37.0, 27.0, 2.4
"""Least heights of a row of tiles with figures and without, and the gap between two."""
CARD, BETWEEN_CARDS, PLATED = 17.5, 3.0, 17.0
"""The least height of a card, the gap between two, and what its plate takes of its width."""
SENTENCE, PANELS = 13.0, 28.0
"""Least heights."""
FLOW_TITLE, FLOW_UNIT = "申请从哪里来、怎样办理", "单位：件"

Cells = tuple[tuple[str, ...], ...]
"""Of each cell that says anything, its paragraphs."""


class Picture(ABC):
    """What every picture has."""

    __slots__ = ()

    @property
    @abstractmethod
    def cells(self) -> Cells:
        """The words, cell by cell, as they are read."""

    @property
    def called(self) -> str:
        """Its first words, by which a message calls it."""
        return self.cells[0][0]

    @property
    def spoken(self) -> tuple[str, ...]:
        """The sentences that are read out in the place of drawings; none where all drawings are
        decoration."""
        return ()

    @property
    def measures(self) -> tuple[float, ...]:
        """Heights or lengths of what is drawn to measure."""
        return ()


@dataclass(frozen=True, slots=True)
class Tiles(Picture):
    """The parts of section one side by side."""

    tiles: tuple[Tile, ...]

    @property
    def cells(self) -> Cells:
        """A cell a tile."""
        return tuple(tile.lines for tile in self.tiles)


@dataclass(frozen=True, slots=True)
class Sentence(Picture):
    """One sentence of ours behind an icon, where a drawing would show nothing."""

    icon: str
    text: str

    @property
    def cells(self) -> Cells:
        """The sentence."""
        return ((self.text,),)


@dataclass(frozen=True, slots=True)
class Card:
    """A figure of the form with its unit, what it counts, and the change on last year."""

    icon: str
    figure: str
    unit: str
    caption: str
    change: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Its paragraphs."""
        return (f"{self.figure} {self.unit}", self.caption, *filter(None, (self.change,)))


@dataclass(frozen=True, slots=True)
class Cards(Picture):
    """The figures of a table that are not zero."""

    cards: tuple[Card, ...]

    @property
    def rows(self) -> tuple[tuple[Card, ...], ...]:
        """Those that stand side by side: three or two, so that no row has a gap."""
        count = len(self.cards)
        twos = min((0, 2, 1)[count % 3], count // 2)
        sizes = [3] * ((count - 2 * twos) // 3) + [2] * twos or [count]
        ends = accumulate(sizes)
        return tuple(self.cards[end - size : end] for size, end in zip(sizes, ends, strict=True))

    @property
    def cells(self) -> Cells:
        """A cell a card."""
        return tuple(card.lines for card in self.cards)


@dataclass(frozen=True, slots=True)
class Stream:
    """A source or an outcome of applications; ``goes_on``: into the next year."""

    label: str
    count: int
    change: str = ""
    goes_on: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """Its paragraphs as a source."""
        return (self.label, f"{self.count} 件", *filter(None, (self.change,)))


@dataclass(frozen=True, slots=True)
class Flow(Picture):
    """Where applications came from and what became of them.

    Nobody knows which application of which source had which outcome: sources join in one trunk.
    ``remark`` names the outcomes that did not occur.
    """

    sources: tuple[Stream, ...]
    outcomes: tuple[Stream, ...]
    remark: str

    @property
    def heights(self) -> tuple[float, ...]:
        """Of each outcome's ribbon."""
        whole = sum(one.count for one in self.outcomes)
        return tuple(max(THINNEST, RIBBONS * one.count / whole) for one in self.outcomes)

    @property
    def rows(self) -> tuple[float, ...]:
        """Of each outcome's line."""
        return tuple(max(ROW, height + AROUND) for height in self.heights)

    @property
    def of_sources(self) -> tuple[float, ...]:
        """Of each source's part of the trunk."""
        trunk, whole = sum(self.heights), sum(one.count for one in self.sources)
        return tuple(trunk * one.count / whole for one in self.sources)

    @property
    def cells(self) -> Cells:
        """Head, sources, outcomes, and the remark where there is one."""
        sources = tuple(line for one in self.sources for line in one.lines)
        outcomes = tuple(f"{one.label} {one.count} 件" for one in self.outcomes)
        last = ((self.remark,),) if self.remark else ()
        return ((f"{FLOW_TITLE} {FLOW_UNIT}",), sources, outcomes, *last)

    @property
    def spoken(self) -> tuple[str, ...]:
        """All of it in a sentence."""
        came = "，".join(f"{one.label.removesuffix('申请')}{one.count}件" for one in self.sources)
        became = "，".join(f"{one.label}{one.count}件" for one in self.outcomes)
        return (f"办理流向图。{came}；其中{became}。",)

    @property
    def measures(self) -> tuple[float, ...]:
        """The heights of the ribbons."""
        return self.heights


@dataclass(frozen=True, slots=True)
class Bar:
    """A channel: its name as the agency writes it, its count, and the change on last year."""

    label: str
    count: int
    change: str = ""


@dataclass(frozen=True, slots=True)
class Bars(Picture):
    """How much each channel published; ``total`` is the year's, as a line of its own, or empty."""

    title: str
    unit: str
    bars: tuple[Bar, ...]
    total: str = ""
    change: str = ""

    @property
    def head(self) -> tuple[str, ...]:
        """What stands over the bars."""
        if self.total:
            return (f"主动公开信息 {self.total} {self.unit}", *filter(None, (self.change,)))
        return (f"{self.title}（{self.unit}）",)

    @property
    def cells(self) -> Cells:
        """Head, then label and count of each bar."""
        lines = (
            cell
            for bar in self.bars
            for cell in ((bar.label,), (str(bar.count), *filter(None, (bar.change,))))
        )
        return (self.head, *lines)

    @property
    def spoken(self) -> tuple[str, ...]:
        """All of it in a sentence."""
        said = "，".join(f"{bar.label}{bar.count}{self.unit}" for bar in self.bars)
        return (f"{self.title}：{said}。",)

    @property
    def measures(self) -> tuple[float, ...]:
        """The lengths of the bars that are not zero; the shortest can still be seen."""
        most = max(bar.count for bar in self.bars)
        return tuple(max(THINNEST, BAR * bar.count / most) for bar in self.bars if bar.count)


@dataclass(frozen=True, slots=True)
class Panel:
    """Reviews, or suits: how many, and each result that occurred with its number in the form's
    order; ``remark`` stands instead where there was none."""

    icon: str
    label: str
    total: int
    results: tuple[tuple[int, str, int], ...]
    remark: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Its paragraphs."""
        if self.remark:
            return (self.label, self.remark)
        legend = " ".join(f"{label} {count}" for _, label, count in self.results)
        return (f"{self.label} {self.total} 件", legend)

    @property
    def lengths(self) -> tuple[float, ...]:
        """Of the parts of its bar; one part alone would show nothing."""
        if len(self.results) < 2:
            return ()
        return tuple(PANEL * count / self.total for *_, count in self.results)


@dataclass(frozen=True, slots=True)
class Panels(Picture):
    """Reviews beside suits."""

    panels: tuple[Panel, ...]

    @property
    def cells(self) -> Cells:
        """A cell a panel."""
        return tuple(panel.lines for panel in self.panels)

    @property
    def spoken(self) -> tuple[str, ...]:
        """A sentence a panel that has results."""
        return tuple(
            f"{one.label}："
            + "，".join(f"{label}{count}件" for _, label, count in one.results)
            + "。"
            for one in self.panels
            if one.lengths
        )

    @property
    def measures(self) -> tuple[float, ...]:
        """The lengths of the parts of all bars."""
        return tuple(length for panel in self.panels for length in panel.lengths)
