"""The pictures of a report as tables of words with drawings in them, in WordprocessingML.

All words are in paragraphs of table cells and all drawings are without words, so that Word, WPS and
LibreOffice edit them, and nothing is lost with a shape. Between two tables stands a low paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gxgen.document.illustrated.palettes import GREY, INK, WHITE, Palette
from gxgen.document.illustrated.pictures import (
    BETWEEN_CARDS,
    BETWEEN_TILES,
    CARD,
    PANEL,
    PANELS,
    PLAIN_TILE,
    PLATED,
    SENTENCE,
    TILE,
    Card,
    Cards,
    Panel,
    Panels,
    Sentence,
    Tiles,
)
from gxgen.document.illustrated.tiles import Tile
from gxgen.document.lines import em_width
from gxgen.formats.drawings import shapes
from gxgen.formats.drawings.marks import TEXT_WIDTH, plated, ringed
from gxgen.formats.drawings.shapes import Numbers, inline, preset, solid
from gxgen.formats.drawings.words import CellBox, Spacing, gap, paragraph, row, run, table

_DIGIT = 0.556
"""The width of a digit of Arial, of its size."""
_POINTS = 72 / 25.4
_FIGURES = (24.0, 21.0, 18.0, 15.0, 12.0)
"""Sizes of a figure; the greatest that leaves it on its line is taken."""
_PLATE = 9.8
GREY_RESULT = "8F96A0"
RESULTS = ("main", "gold", GREY_RESULT, "mid")
"""The colours of a panel's results in the form's order; each has its name beside it too."""


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws in the colours of a palette; ``ids`` number what it draws."""

    colours: Palette
    ids: Numbers

    def figure(self, count: str, unit: str, room: float, most: float = 24.0) -> str:
        """The runs of a figure with its unit in so many millimetres."""
        points = fitting(count, unit, room, most)
        main = self.colours.main
        return run(count, points, main, bold=True) + run(f" {unit}", 10, main)

    def change(self, text: str) -> str:
        """The run of a change on last year."""
        return run(text, 8.5, self.colours.gold_text) if text else ""

    def tiles(self, picture: Tiles) -> str:
        """One row, one cell a tile; the gaps are cells too."""
        count = len(picture.tiles)
        width = (TEXT_WIDTH - (count - 1) * BETWEEN_TILES) / count
        some = any(tile.figure for tile in picture.tiles)
        cells: list[CellBox] = []
        for tile in picture.tiles:
            if cells:
                cells.append(_blank(BETWEEN_TILES))
            cells.append(self._tile(tile, width))
        line = row(cells, TILE if some else PLAIN_TILE)
        return gap(8.5, keep=True) + table([c.width for c in cells], [line]) + gap(14)

    def _tile(self, tile: Tile, width: float) -> CellBox:
        mark = plated(self.ids, tile.icon, 12.0, self.colours, "ellipse")
        title = run(tile.title, 11, self.colours.deep, bold=True)
        parts = [
            paragraph((mark,), Spacing(12, after=3), "center", keep=True),
            paragraph((title,), Spacing(14.5), "center", keep=True),
        ]
        if tile.figure:
            figure = self.figure(tile.figure, tile.unit, width - 4)
            parts.append(paragraph((figure,), Spacing(27), "center", keep=True))
        if tile.text:
            caption = run(tile.text, 9, GREY)
            parts.append(paragraph((caption,), Spacing(12, after=1), "center", keep=True))
        edge = ("top", 18, self.colours.main)
        return CellBox("".join(parts), width, self.colours.tint, (1.8, 0.5, 1.8, 0.5), edge=edge)

    def sentence(self, picture: Sentence) -> str:
        """A ring beside the sentence, behind a heavy line."""
        size, tint = 9.0, self.colours.tint
        mark = inline(self.ids, (size, size), ringed(picture.icon, size, WHITE, self.colours))
        words = run(picture.text, 11.5, self.colours.deep)
        cells = (
            CellBox(
                paragraph((mark,), Spacing(12), "center", keep=True),
                16,
                tint,
                edge=("left", 24, self.colours.main),
            ),
            CellBox(paragraph((words,), Spacing(18), keep=True), 154, tint, (2, 4, 2, 1)),
        )
        return table((16, 154), [row(cells, SENTENCE)])

    def cards(self, picture: Cards) -> str:
        """Two or three a row, a plate beside the words."""
        edges = sorted({edge for some in picture.rows for edge in _card_edges(len(some))})
        lines: list[str] = []
        for some in picture.rows:
            if lines:
                blank = CellBox(gap(8.5, keep=True), TEXT_WIDTH, span=len(edges))
                lines.append(row((blank,), BETWEEN_CARDS, exact=True))
            ends = list(_card_edges(len(some)))
            cells = zip(self._cards(some), pairwise((0.0, *ends)), strict=True)
            line = (replace(cell, span=_between(edges, *sides)) for cell, sides in cells)
            lines.append(row(line, CARD))
        return table([end - start for start, end in pairwise((0.0, *edges))], lines)

    def _cards(self, cards: Sequence[Card]) -> Iterator[CellBox]:
        width = _card_width(len(cards))
        for at, card in enumerate(cards):
            if at:
                yield _blank(BETWEEN_CARDS)
            yield from self._card(card, width - PLATED)

    def _card(self, card: Card, room: float) -> Iterator[CellBox]:
        mark = plated(self.ids, card.icon, _PLATE, self.colours, "roundRect")
        keep, tint = True, self.colours.tint
        yield CellBox(
            paragraph((mark,), Spacing(12), "right", keep=keep), PLATED, tint, (0, 2.2, 0, 0)
        )
        figure = paragraph((self.figure(card.figure, card.unit, room),), Spacing(26), keep=keep)
        caption, told = run(card.caption, 9, GREY), self.change(card.change)
        apart = em_width(card.caption + card.change) * 9 > (room - 6) * _POINTS
        if told and not apart:
            caption, told = caption + run("　", 8, GREY) + told, ""
        lines = [paragraph((part,), Spacing(13), keep=keep) for part in (caption, told) if part]
        yield CellBox(figure + "".join(lines), room, tint, (1.2, 1, 1.6, 0.5))

    def panels(self, picture: Panels) -> str:
        """Side by side, the gap a cell."""
        between = 4.0
        width = (TEXT_WIDTH - between) / 2
        cells: list[CellBox] = []
        for panel in picture.panels:
            if cells:
                cells.append(_blank(between))
            content = "".join(self._panel(panel))
            cells.append(CellBox(content, width, self.colours.tint, (2.6, 4, 2.6, 5), "top"))
        spoken = " ".join(picture.spoken)
        return table([c.width for c in cells], [row(cells, PANELS)], spoken)

    def _panel(self, panel: Panel) -> Iterator[str]:
        mark = plated(self.ids, panel.icon, 8.4, self.colours, "roundRect")
        head = mark + run(f" {panel.label}", 12, self.colours.deep, bold=True)
        if panel.remark:
            yield paragraph((head,), Spacing(24, after=6), keep=True)
            yield paragraph((run(panel.remark, 10, INK),), Spacing(16), keep=True)
            return
        total = run("　", 8, INK) + self.figure(str(panel.total), "件", 30, 21)
        yield paragraph((head, total), Spacing(26, after=4), keep=True)
        if panel.lengths:
            yield paragraph((self._stacked(panel),), Spacing(12, after=6), keep=True)
        for line in self._legend(panel):
            yield paragraph(line, Spacing(16), keep=True)

    def _stacked(self, panel: Panel) -> str:
        """One bar of all results, a hair between them."""
        at, drawn = 0.0, []
        for (number, *_), length in zip(panel.results, panel.lengths, strict=True):
            box = (at, 0, length, 5.0)
            drawn.append(preset("rect", box, solid(self._result(number)), name=shapes.MEASURED))
            at += length
        ends = [sum(panel.lengths[:n]) for n in range(1, len(panel.lengths))]
        hairs = [preset("rect", (end - 0.2, 0, 0.4, 5.0), solid(self.colours.tint)) for end in ends]
        return inline(self.ids, (at, 5.0), (*drawn, *hairs))

    def _legend(self, panel: Panel) -> Iterator[list[str]]:
        """The runs of each line: no result is broken over two."""
        line, width = list[str](), 0.0
        for number, label, count in panel.results:
            room = (em_width(f"{label}{count}") + 1.75) * 10.5
            if line and width + room > PANEL * _POINTS:
                yield line
                line, width = [], 0.0
            square = preset("rect", (0, 0, 2.6, 2.6), solid(self._result(number)))
            line += [run("　", 8, INK)] if line else []
            line.append(inline(self.ids, (2.6, 2.6), (square,)))
            line.append(run(f" {label} ", 10.5, INK) + run(str(count), 10.5, INK, bold=True))
            width += room
        yield line

    def _result(self, number: int) -> str:
        name = RESULTS[number % len(RESULTS)]
        return name if name == GREY_RESULT else str(getattr(self.colours, name))


def _card_width(beside: int) -> float:
    return (TEXT_WIDTH - (beside - 1) * BETWEEN_CARDS) / beside


def _card_edges(beside: int) -> Iterator[float]:
    """Where each cell of a row of cards ends; equal places are equal in rows of two and three."""
    width = _card_width(beside)
    for at in range(beside):
        start = at * (width + BETWEEN_CARDS)
        yield from (round(end, 2) for end in (start, start + PLATED, start + width) if end)


def _between(edges: Sequence[float], start: float, end: float) -> int:
    """How many columns of a table a cell covers."""
    return sum(start < edge <= end for edge in edges)


def fitting(count: str, unit: str, room: float, most: float) -> float:
    """The size of a figure that leaves room for its unit on the line."""
    for points in _FIGURES:
        if points <= most and len(count) * _DIGIT * points + 10 * len(unit) + 8 <= room * _POINTS:
            return points
    return min(_FIGURES[-1], most)


def _blank(width: float) -> CellBox:
    return CellBox(paragraph((), Spacing(6), keep=True), width)
