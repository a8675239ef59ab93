"""The pictures of a report as HTML: words as text, drawings as SVG in the page's own colours.

Colours are classes (``m`` main, ``d`` deep, ``g`` gold, ``y`` grey, ``i`` mid), so that a page's
style decides them; sizes that show figures are attributes of the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.document.cell import squash
from gxgen.document.illustrated.icons import FIELD, ICONS
from gxgen.document.illustrated.pictures import (
    BAR,
    FLOW_TITLE,
    FLOW_UNIT,
    Bars,
    Card,
    Cards,
    Flow,
    Panel,
    Panels,
    Picture,
    Sentence,
    Stream,
    Tiles,
)
from gxgen.document.illustrated.tiles import Tile
from gxgen.markup import Html, el

PIXELS = 4
"""Of a millimetre of a flow."""
WIDE, TRUNK, END, SOURCE, APART = 100.0, 4.0, 4.0, 4.0, 1.0
"""Across a flow: all of it, the trunk, an outcome's end, a source, and between source and trunk."""
THICK, KEY = 6, 9
"""The height of a bar, and both sides of a legend's square."""
RESULTS = "mgyi"
_RIBBONS = ("r0", "r1")


def picture_html(picture: Picture) -> Html:
    """A picture as a ``figure``."""
    match picture:
        case Tiles():
            figure = "tiles", tuple(map(_tile, picture.tiles))
        case Cards():
            figure = "cards", tuple(_card(one, len(row)) for row in picture.rows for one in row)
        case Sentence():
            ring = _icon(picture.icon, "ring")
            figure = "sentence", (ring, el("span", picture.text))
        case Flow():
            figure = "flow", tuple(_flow(picture))
        case Bars():
            figure = "bars", tuple(_bars(picture))
        case Panels():
            figure = "panels", tuple(map(_panel, picture.panels, _spoken(picture)))
        case _:
            raise TypeError(type(picture).__name__)
    kind, parts = figure
    return el("figure", *parts, class_=kind)


def words_of(picture: Picture) -> str:
    """All that a picture says on a page, what is read out included, in the order of its elements
    and without white space."""
    cells = ["".join(lines) for lines in picture.cells]
    match picture:
        case Flow():
            cells.insert(2, picture.spoken[0])
        case Panels():
            parts = zip(picture.panels, _spoken(picture), strict=True)
            cells = [one.lines[0] + (said or "") + "".join(one.lines[1:]) for one, said in parts]
    return squash("".join(cells))


def _spoken(picture: Panels) -> Iterator[str | None]:
    """What is read out for each panel's bar."""
    said = iter(picture.spoken)
    return (next(said) if one.lengths else None for one in picture.panels)


def _icon(name: str, kind: str) -> Html:
    """An icon in its mark, which nobody reads out."""
    path = el("path", d=ICONS[name])
    field = f"0 0 {FIELD} {FIELD}"
    return el("span", el("svg", path, viewBox=field, aria_hidden="true"), class_=kind)


def _figure(count: str, unit: str) -> Html:
    return el("strong", count, el("small", f" {unit}"))


def _told(text: str) -> Html | None:
    return el("em", text) if text else None


def _tile(tile: Tile) -> Html:
    figure = _figure(tile.figure, tile.unit) if tile.figure else None
    text = el("span", tile.text) if tile.text else None
    title = el("b", *(el("span", line) for line in tile.title.split("\n")))
    return el("div", _icon(tile.icon, "disc"), title, figure, text)


def _card(card: Card, beside: int) -> Html:
    words = el(
        "div", _figure(card.figure, card.unit), el("span", card.caption), " ", _told(card.change)
    )
    return el("div", _icon(card.icon, "plate"), words, class_=f"of-{beside}")


def _flow(picture: Flow) -> Iterator[Html]:
    yield el("p", el("b", FLOW_TITLE), el("small", f" {FLOW_UNIT}"))
    yield el("div", *map(_source, picture.sources), class_="sources")
    yield _ribbons(picture)
    yield el("div", *map(_outcome, picture.outcomes, picture.rows), class_="outcomes")
    if picture.remark:
        yield el("p", picture.remark, class_="remark")


def _source(one: Stream) -> Html:
    return el("div", el("b", one.label), _figure(str(one.count), "件"), _told(one.change))


def _outcome(one: Stream, room: float) -> Html:
    strut = el("svg", width=1, height=f"{room * PIXELS:g}", aria_hidden="true")
    name = el("span", one.label)
    kind = "on" if one.goes_on else None
    return el("div", strut, name, " ", _figure(str(one.count), "件"), class_=kind)


def _ribbons(picture: Flow) -> Html:
    height, trunk = sum(picture.rows), sum(picture.heights)
    top = (height - trunk) / 2
    several = len(picture.sources) > 1
    start = SOURCE + APART if several else 0.0
    shapes = [el("title", picture.spoken[0])]
    at, line = top, 0.0
    for n, (one, high, room) in enumerate(
        zip(picture.outcomes, picture.heights, picture.rows, strict=True)
    ):
        to = line + (room - high) / 2
        band = _band(start + TRUNK, at, to, high)
        shapes.append(el("path", d=band, class_=ribbon(n, goes_on=one.goes_on)))
        shapes.append(_rect(WIDE - END, to, END, high, "g" if one.goes_on else "m"))
        at, line = at + high, line + room
    shapes.append(_rect(start, top, TRUNK, trunk, "d"))
    if several:
        at = top
        for n, high in enumerate(picture.of_sources):
            shapes.append(_rect(0, at, SOURCE, high, "y" if n else "m"))
            at += high
    return el(
        "svg",
        *shapes,
        role="img",
        viewBox=f"0 0 {WIDE:g} {height:.2f}",
        height=f"{height * PIXELS:g}",
        preserveAspectRatio="none",
    )


def ribbon(number: int, *, goes_on: bool) -> str:
    """The class of an outcome's ribbon."""
    return "on" if goes_on else _RIBBONS[number] if number < len(_RIBBONS) else "r2"


def _band(x: float, y: float, to: float, high: float) -> str:
    end = WIDE - END
    half = (x + end) / 2
    return (
        f"M{x:g} {y:.2f}C{half:g} {y:.2f} {half:g} {to:.2f} {end:g} {to:.2f}V{to + high:.2f}"
        f"C{half:g} {to + high:.2f} {half:g} {y + high:.2f} {x:g} {y + high:.2f}Z"
    )


def _rect(x: float, y: float, width: float, height: float, kind: str) -> Html:
    size = {"width": f"{width:.2f}", "height": f"{height:.2f}"}
    return el("rect", x=f"{x:.2f}", y=f"{y:.2f}", class_=kind, **size)


def _bars(picture: Bars) -> Iterator[Html]:
    if picture.total:
        total = _figure(picture.total, picture.unit)
        yield el("p", "主动公开信息 ", total, " ", _told(picture.change))
    else:
        yield el("p", el("b", picture.title), el("small", f"（{picture.unit}）"))
    lengths = iter(picture.measures)
    for bar in picture.bars:
        yield el("span", bar.label)
        drawn = [_rect(0, 0, BAR, THICK, "w")]
        if bar.count:
            drawn.append(_rect(0, 0, next(lengths), THICK, "m"))
        box = f"0 0 {BAR:g} {THICK}"
        yield el("svg", *drawn, viewBox=box, preserveAspectRatio="none", aria_hidden="true")
        yield el("span", el("strong", str(bar.count)), " ", _told(bar.change))


def _panel(panel: Panel, said: str | None) -> Html:
    head = [_icon(panel.icon, "plate"), el("b", panel.label)]
    if panel.remark:
        return el("div", el("p", *head), el("p", panel.remark))
    head += [_figure(str(panel.total), "件")]
    drawn = None
    if said is not None:
        at, shapes = 0.0, [el("title", said)]
        for (number, *_), length in zip(panel.results, panel.lengths, strict=True):
            shapes.append(_rect(at, 0, length, THICK, RESULTS[number % len(RESULTS)]))
            at += length
        box = f"0 0 {at:.2f} {THICK}"
        drawn = el("svg", *shapes, role="img", viewBox=box, preserveAspectRatio="none")
    legend = (
        el("span", _key(number), f"{label} ", el("b", str(count)))
        for number, label, count in panel.results
    )
    return el("div", el("p", *head), drawn, el("p", *legend, class_="legend"))


def _key(number: int) -> Html:
    square = _rect(0, 0, KEY, KEY, RESULTS[number % len(RESULTS)])
    return el("svg", square, viewBox=f"0 0 {KEY} {KEY}", aria_hidden="true")
