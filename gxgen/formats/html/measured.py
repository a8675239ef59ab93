"""What is drawn to measure in a page, read back: each length beside the one its figure asks for.

A drawing is a list of parts: its field, its rectangles, its ribbons, each with all the numbers that
it bears. A part that is a little longer, stands elsewhere or bears another's colour is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, zip_longest

from gxgen.document.blocks import Block, ChartBlock, PictureBlock, TilesBlock
from gxgen.document.charts import Chart
from gxgen.document.illustrated.pictures import BAR, Bars, Flow, Panels, Picture
from gxgen.document.quoting import short
from gxgen.formats.html import chart_svg
from gxgen.formats.html.pictures import (
    APART,
    END,
    KEY,
    PIXELS,
    RESULTS,
    SOURCE,
    THICK,
    TRUNK,
    WIDE,
    ribbon,
)
from gxgen.formats.html.read import Apart, Attributes

ROUNDED, WHOLE = 0.011, 0.51
"""How far a number may be from its exact value: of a picture, written to hundredths of a
millimetre, and of a chart, written in whole units."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_RIBBON = "MCVCZ"
_PLACES = ("x", "y", "width", "height")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a drawing: what it shows, its element, its class (of a field, how it is fitted),
    its numbers in the order in which they are written."""

    shows: str
    element: str
    kind: str
    numbers: tuple[float, ...]

    def is_as(self, want: Part, within: float) -> bool:
        """Whether it is drawn as it should be."""
        same = (self.element, self.kind, len(self.numbers))
        return same == (want.element, want.kind, len(want.numbers)) and all(
            abs(have - right) <= within
            for have, right in zip(self.numbers, want.numbers, strict=True)
        )


def page_faults(apart: Sequence[Apart], blocks: Iterable[Block]) -> Iterator[str]:
    """A sentence on each drawing of a page whose measures are not those of its figures.

    ``apart``: what was read, as many as there are tiles, charts and pictures, and in their order.
    """
    shown = (b for b in blocks if isinstance(b, TilesBlock | ChartBlock | PictureBlock))
    for have, block in zip(apart, shown, strict=True):
        if isinstance(block, ChartBlock):
            wanted = [] if block.remark else list(_chart(block.chart))
            yield from _faults(f"图“{block.chart.title}”", wanted, _parts(have), WHOLE)
        elif isinstance(block, PictureBlock):
            named = f"图示“{short(block.picture.called)}”"
            yield from _faults(named, list(_picture(block.picture)), _parts(have), ROUNDED)


def _faults(named: str, wanted: list[Part], found: list[Part], within: float) -> Iterator[str]:
    for want, have in zip_longest(wanted, found):
        if want is None or have is None:
            yield f"{named}里按数画的图形应有{len(wanted)}个，写成了{len(found)}个。"
            return
        if not have.is_as(want, within):
            yield f"{named}里，“{want.shows}”画得与它的数不符：{_difference(want, have)}。"
            return


def _difference(want: Part, have: Part) -> str:
    if (want.element, want.kind) != (have.element, have.kind):
        return f"应为{want.element} {want.kind}，写成了{have.element} {have.kind}"
    right, now = (" ".join(f"{n:g}" for n in one.numbers) for one in (want, have))
    return f"应为“{right}”，写成了“{now}”"


# -- what was written ------------------------------------------------------------------------------


def _parts(apart: Apart) -> list[Part]:
    """The parts of all drawings; icons, which show no figure, left out."""
    every = [_part(*shape) for shape in apart.shapes]
    icons = {n for n, one in enumerate(every) if one.element == "path" and one.kind == ""}
    icons |= {n - 1 for n in icons}
    return [one for n, one in enumerate(every) if n not in icons]


def _part(element: str, bears: Attributes) -> Part:
    if element == "path":
        kind, text = bears.get("class"), bears.get("d") or ""
        commands = "".join(one for one in text if one.isalpha())
        return Part("", element, kind or "", _numbers(text) if commands == _RIBBON else ())
    if element == "rect":
        text = " ".join(bears.get(name) or "?" for name in _PLACES)
        return Part("", element, bears.get("class") or "", _numbers(text))
    sizes = (bears.get(name) or "" for name in ("viewbox", "width", "height"))
    return Part("", element, bears.get("preserveaspectratio") or "", _numbers(" ".join(sizes)))


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(float(one) for one in _NUMBER.findall(text))


# -- what it should be -----------------------------------------------------------------------------


def _field(shows: str, *numbers: float, stretched: bool = True) -> Part:
    return Part(shows, "svg", "none" if stretched else "", numbers)


def _chart(chart: Chart) -> Iterator[Part]:
    """A chart's field, the squares of its legend, and a bar for each value above zero."""
    *tops, height = chart_svg.heights(chart)
    yield _field(chart.title, 0, 0, chart_svg.WIDTH, height, stretched=False)
    for place, name in enumerate(chart.series):
        yield Part(name, "rect", f"s{place}", chart_svg.square(place))
    for bar, top in zip(chart.bars, tops, strict=True):
        for place, value in enumerate(bar.values):
            if value is not None and value > 0:
                length = max(1.0, float(chart_svg.SPAN * Decimal(value) / Decimal(chart.most)))
                at = chart_svg.LABELS, top + place * chart_svg.BAR, length, chart_svg.THICK
                yield Part(bar.label, "rect", f"s{place}", at)


def _picture(picture: Picture) -> Iterator[Part]:
    match picture:
        case Bars():
            yield from _bars(picture)
        case Panels():
            yield from _panels(picture)
        case Flow():
            yield from _flow(picture)


def _bars(picture: Bars) -> Iterator[Part]:
    lengths = iter(picture.measures)
    for bar in picture.bars:
        yield _field(bar.label, 0, 0, BAR, THICK)
        yield Part(bar.label, "rect", "w", (0, 0, BAR, THICK))
        if bar.count:
            yield Part(bar.label, "rect", "m", (0, 0, next(lengths), THICK))


def _panels(picture: Panels) -> Iterator[Part]:
    for panel in picture.panels:
        *starts, whole = accumulate(panel.lengths, initial=0.0)
        kinds = [RESULTS[number % len(RESULTS)] for number, *_ in panel.results]
        labels = [label for _, label, _ in panel.results]
        if panel.lengths:
            yield _field(panel.label, 0, 0, whole, THICK)
        bar = zip(labels, kinds, starts, panel.lengths, strict=bool(panel.lengths))
        for label, kind, start, length in bar:
            yield Part(label, "rect", kind, (start, 0, length, THICK))
        for label, kind in zip(labels, kinds, strict=True):
            yield _field(label, 0, 0, KEY, KEY, stretched=False)
            yield Part(label, "rect", kind, (0, 0, KEY, KEY))


def _flow(picture: Flow) -> Iterator[Part]:
    """Field, ribbons with their ends, trunk, sources, and a strut for each outcome's line."""
    height = sum(picture.rows)
    yield _field("办理流向图", 0, 0, WIDE, height, height * PIXELS)
    yield from _ribbons(picture, (height - sum(picture.heights)) / 2)
    for one, room in zip(picture.outcomes, picture.rows, strict=True):
        yield _field(one.label, 1, room * PIXELS, stretched=False)


def _ribbons(picture: Flow, top: float) -> Iterator[Part]:
    several = len(picture.sources) > 1
    trunk = SOURCE + APART if several else 0.0
    leaves = accumulate(picture.heights, initial=top)
    lines = accumulate(picture.rows, initial=0.0)
    parts = zip(picture.outcomes, picture.heights, picture.rows, leaves, lines, strict=False)
    for n, (one, high, room, at, line) in enumerate(parts):
        to, x, end = line + (room - high) / 2, trunk + TRUNK, WIDE - END
        half = (x + end) / 2
        there = x, at, half, at, half, to, end, to
        back = to + high, half, to + high, half, at + high, x, at + high
        yield Part(one.label, "path", ribbon(n, goes_on=one.goes_on), (*there, *back))
        yield Part(one.label, "rect", "g" if one.goes_on else "m", (end, to, END, high))
    yield Part("各项合计", "rect", "d", (trunk, top, TRUNK, sum(picture.heights)))
    starts = accumulate(picture.of_sources, initial=top)
    for n, (one, at, high) in enumerate(
        zip(picture.sources, starts, picture.of_sources, strict=False)
    ):
        if several:
            yield Part(one.label, "rect", "y" if n else "m", (0, at, SOURCE, high))
