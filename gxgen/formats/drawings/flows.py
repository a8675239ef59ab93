"""The flow of applications and the bars of channels, in WordprocessingML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gxgen.document.illustrated.palettes import GREY, INK, WHITE
from gxgen.document.illustrated.pictures import (
    BAR,
    FLOW_TITLE,
    FLOW_UNIT,
    Bar,
    Bars,
    Flow,
    Stream,
)
from gxgen.formats.drawings.marks import TEXT_WIDTH
from gxgen.formats.drawings.pictures import GREY_RESULT, Drawer
from gxgen.formats.drawings.shapes import MEASURED, inline, outlined, preset, ribbon, solid
from gxgen.formats.drawings.words import TWIPS, CellBox, Spacing, gap, paragraph, row, run, table

_SOURCES, _MIDDLE = 44.0, 52.0
_OUTCOMES = TEXT_WIDTH - _SOURCES - _MIDDLE
_TRUNK, _END, _SOURCE = 1.8, 2.2, 1.8
_LINE = 18.0
"""Points of an outcome's words; what its line is higher stands half above and half below."""
_BESIDE = "　"
_BAR_HEIGHT = 4.6


@dataclass(frozen=True, slots=True)
class FlowDrawer:
    """Draws a flow in a drawer's colours."""

    pen: Drawer

    def flow(self, picture: Flow) -> str:
        """One row of three cells: sources, ribbons, outcomes; each outcome level with its end."""
        colours = self.pen.colours
        title = run(FLOW_TITLE, 11, colours.deep, bold=True) + run(_BESIDE + FLOW_UNIT, 9, GREY)
        head = paragraph((title,), Spacing(18), keep=True)
        height = sum(picture.rows)
        last = run(picture.remark, 9.5, GREY) if picture.remark else ""
        foot = paragraph((last,), Spacing(14 if last else 4))
        tint = colours.tint
        rows = (
            row((CellBox(head, TEXT_WIDTH, tint, (2, 5, 1, 5), span=3),)),
            row(
                (
                    CellBox(self._sources(picture), _SOURCES, tint, (0, 2.5, 0, 3)),
                    CellBox(self._middle(picture, height), _MIDDLE, tint, vertical="top"),
                    CellBox(self._outcomes(picture), _OUTCOMES, tint, (0, 2, 0, 3), "top"),
                ),
                height,
            ),
            row((CellBox(foot, TEXT_WIDTH, tint, (1, 5, 2, 5), span=3),)),
        )
        return table((_SOURCES, _MIDDLE, _OUTCOMES), rows)

    def _sources(self, picture: Flow) -> str:
        most = 30.0 if len(picture.sources) == 1 else 21.0
        return "".join(part for one in picture.sources for part in self._source(one, most))

    def _source(self, one: Stream, most: float) -> Iterator[str]:
        label = run(one.label, 11, self.pen.colours.deep, bold=True)
        yield paragraph((label,), Spacing(16), "right", keep=True)
        figure = self.pen.figure(str(one.count), "件", _SOURCES - 6, most)
        yield paragraph((figure,), Spacing(most + 4), "right", keep=True)
        if one.change:
            told = self.pen.change(one.change)
            yield paragraph((told,), Spacing(13, after=3), "right", keep=True)

    def _middle(self, picture: Flow, height: float) -> str:
        drawing = inline(
            self.pen.ids, (_MIDDLE, height), self._ribbons(picture, height), picture.spoken[0]
        )
        return paragraph((drawing,), Spacing(1), keep=True)

    def _ribbons(self, picture: Flow, height: float) -> Iterator[str]:
        colours, several = self.pen.colours, len(picture.sources) > 1
        trunk = sum(picture.heights)
        top = (height - trunk) / 2
        start = _SOURCE + 0.5 if several else 0.0
        box = (0, 0, _MIDDLE, height)
        at, line = top, 0.0
        ends = []
        for n, (one, high, room) in enumerate(
            zip(picture.outcomes, picture.heights, picture.rows, strict=True)
        ):
            to = line + (room - high) / 2
            fill = self._fill(one, n)
            path = ribbon((start + _TRUNK, at), (_MIDDLE - _END, to), high)
            yield outlined(box, path, fill)
            end = solid(colours.gold if one.goes_on else colours.main)
            ends.append(preset("rect", (_MIDDLE - _END, to, _END, high), end, name=MEASURED))
            at, line = at + high, line + room
        yield from ends
        yield preset("rect", (start, top, _TRUNK, trunk), solid(colours.deep))
        if several:
            for n, high in enumerate(picture.of_sources):
                own = solid(GREY_RESULT if n else colours.main)
                yield preset("rect", (0, top + sum(picture.of_sources[:n]), _SOURCE, high), own)

    def _fill(self, one: Stream, place: int) -> str:
        colours = self.pen.colours
        if one.goes_on:
            return solid(colours.gold, 0.6)
        return solid(
            colours.deep if place > 1 else colours.main, (0.55, 0.4)[place] if place < 2 else 0.26
        )

    def _outcomes(self, picture: Flow) -> str:
        return "".join(map(self._outcome, picture.outcomes, picture.rows))

    def _outcome(self, one: Stream, room: float) -> str:
        air = (room * TWIPS / 20 - _LINE) / 2
        colour = self.pen.colours.gold_text if one.goes_on else self.pen.colours.main
        words = (
            run(one.label + _BESIDE, 11.5, INK),
            run(str(one.count), 15, colour, bold=True),
            run(" 件", 9.5, GREY),
        )
        return paragraph(words, Spacing(_LINE, air, air, exact=True), keep=True)

    def bars(self, picture: Bars, left: float = 0.0) -> str:
        """Label, rounded bar, number: a row a channel."""
        tint = self.pen.colours.tint
        widths = (65.0 - left, 79.0, 26.0)
        head = CellBox(self._head(picture), TEXT_WIDTH - left, tint, (1.6, 4, 0.6, 4), span=3)
        rows = [row((head,))]
        lengths = iter(picture.measures)
        rows += [
            row(self._bar(bar, next(lengths) if bar.count else 0.0, widths)) for bar in picture.bars
        ]
        last = CellBox(gap(5), TEXT_WIDTH - left, tint, span=3)
        spoken = picture.spoken[0]
        drawn = table(widths, [*rows, row((last,))], spoken, left)
        return gap(4, keep=True) + drawn + gap(9)

    def _head(self, picture: Bars) -> str:
        colours = self.pen.colours
        if picture.total:
            words = [
                run("主动公开信息 ", 10.5, colours.deep),
                self.pen.figure(picture.total, picture.unit, 60, 21),
                run(_BESIDE, 8, INK),
                self.pen.change(picture.change),
            ]
            return paragraph(words, Spacing(25), keep=True)
        title = run(picture.title, 10.5, colours.deep, bold=True)
        return paragraph((title, run(f"（{picture.unit}）", 9, GREY)), Spacing(17), keep=True)

    def _bar(
        self, bar: Bar, length: float, widths: tuple[float, float, float]
    ) -> Iterator[CellBox]:
        tint, main = self.pen.colours.tint, self.pen.colours.main
        label = paragraph((run(bar.label, 10.5, INK),), Spacing(15), keep=True)
        yield CellBox(label, widths[0], tint, (0.5, 1, 0.5, 4))
        track = [preset("pill", (0, 0.5, BAR, _BAR_HEIGHT - 1), solid(WHITE))]
        if bar.count:
            box = (0, 0, length, _BAR_HEIGHT)
            track.append(preset("pill", box, solid(main), name=MEASURED))
        drawing = inline(self.pen.ids, (BAR, _BAR_HEIGHT), track)
        yield CellBox(
            paragraph((drawing,), Spacing(12, before=2.5), keep=True), widths[1], tint, (0, 1, 0, 1)
        )
        count = paragraph((run(str(bar.count), 13, main, bold=True),), Spacing(15), keep=True)
        told = self.pen.change(bar.change)
        below = paragraph((told,), Spacing(11), keep=True) if told else ""
        yield CellBox(count + below, widths[2], tint, (0.5, 1, 0.5, 1))
