"""Shapes of DrawingML as text: rectangles, circles, outlines, strokes; groups of them in a run.

A drawing never holds text. Lengths are millimetres, colours six hexadecimal digits. Each drawing
declares its own namespaces, so that it can stand in any template. Source: ECMA-376 part 1, 20.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import count

from gxgen.document.illustrated.icons import FIELD, ICONS, strokes
from gxgen.opc.xml import quoted

MM = 36000
"""English metric units in a millimetre."""
MEASURED = "measured"
"""The name of shapes whose size shows a figure."""
FIRST = 20001
"""Of the numbers of drawings that are made for a report; a template's own are numbered from 1."""
GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_NAMESPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:wpg="{GROUP}" xmlns:wps="{SHAPE}"'
)
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
    "</a:extLst>"
)
_UNITS = 1000
"""Steps of a millimetre, or of an icon's field, in an outline."""

Numbers = Iterator[int]
"""Gives each drawing and shape a number of its own."""
Point = tuple[float, float]


def numbers(first: int = FIRST) -> Numbers:
    """Numbers for the drawings of a part."""
    return count(first)


def emu(mm: float) -> int:
    """Millimetres in English metric units."""
    return round(mm * MM)


def solid(colour: str, alpha: float = 1.0) -> str:
    """A fill of one colour."""
    clear = f'<a:alpha val="{round(alpha * 100000)}"/>' if alpha < 1 else ""
    return f'<a:solidFill><a:srgbClr val="{colour}">{clear}</a:srgbClr></a:solidFill>'


def fading(colours: Sequence[str]) -> str:
    """A fill from the first colour at the top, over most of the height, to the last."""
    stops = zip((0, 60000, 100000), (colours[0], colours[0], colours[-1]), strict=True)
    marks = "".join(f'<a:gs pos="{at}"><a:srgbClr val="{one}"/></a:gs>' for at, one in stops)
    return (
        f'<a:gradFill rotWithShape="1"><a:gsLst>{marks}</a:gsLst>'
        '<a:lin ang="5400000" scaled="0"/></a:gradFill>'
    )


NO_FILL, NO_LINE = "<a:noFill/>", "<a:ln><a:noFill/></a:ln>"


def line(colour: str, points: float) -> str:
    """A line with round ends."""
    return f'<a:ln w="{round(points * 12700)}" cap="rnd">{solid(colour)}<a:round/></a:ln>'


def preset(
    kind: str, box: tuple[float, float, float, float], fill: str, outline: str = NO_LINE,
    name: str = "shape",
) -> str:  # fmt: skip
    """A shape of Word's own in a box: left, top, width, height; ``{n}`` waits for its number."""
    corner = '<a:gd name="adj" fmla="val 12000"/>' if kind == "roundRect" else ""
    if kind == "pill":
        kind, corner = "roundRect", '<a:gd name="adj" fmla="val 50000"/>'
    form = f'<a:prstGeom prst="{kind}"><a:avLst>{corner}</a:avLst></a:prstGeom>'
    return _shape(box, form, fill + outline, name)


def outlined(
    box: tuple[float, float, float, float], path: str, fill: str, outline: str = NO_LINE
) -> str:
    """A shape of any outline, whose path is counted in thousandths of a millimetre."""
    closed = "" if fill != NO_FILL else ' fill="none"'
    size = f'w="{round(box[2] * _UNITS)}" h="{round(box[3] * _UNITS)}"'
    return _shape(box, _custom(size + closed, path), fill + outline, "shape")


def icon(name: str, left: float, top: float, size: float, colour: str) -> str:
    """One of the edition's icons, a vector that can be edited in Word."""
    weight = 1.5 * size / FIELD * 72 / 25.4
    pen = NO_FILL + line(colour, weight)
    return _shape((left, top, size, size), _form(name), pen, "icon")


@cache
def _form(name: str) -> str:
    """An icon's path; every report has many of the few that there are."""
    path = "".join(_step(command, points) for command, points in strokes(ICONS[name]))
    return _custom(f'w="{FIELD * _UNITS}" h="{FIELD * _UNITS}" fill="none"', path)


def polygon(points: Iterable[Point], *, closed: bool = True) -> str:
    """The path through points."""
    first, *rest = points
    return _step("M", [first]) + "".join(_step("L", [p]) for p in rest) + "<a:close/>" * closed


def ribbon(start: Point, end: Point, height: float) -> str:
    """The path of a band of this height from the left, swung to the right."""
    (x, y), (to_x, to_y) = start, end
    middle = (x + to_x) / 2
    return "".join((
        _step("M", [(x, y)]),
        _step("C", [(middle, y), (middle, to_y), (to_x, to_y)]),
        _step("L", [(to_x, to_y + height)]),
        _step("C", [(middle, to_y + height), (middle, y + height), (x, y + height)]),
        "<a:close/>",
    ))  # fmt: skip


def _step(command: str, points: Sequence[Point]) -> str:
    if command == "Z":
        return "<a:close/>"
    tag = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}[command]
    inner = "".join(f'<a:pt x="{round(x * _UNITS)}" y="{round(y * _UNITS)}"/>' for x, y in points)
    return f"<a:{tag}>{inner}</a:{tag}>"


def _custom(about: str, path: str) -> str:
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f"<a:pathLst><a:path {about}>{path}</a:path></a:pathLst></a:custGeom>"
    )


def _shape(box: tuple[float, float, float, float], form: str, look: str, name: str) -> str:
    x, y, cx, cy = map(emu, box)
    return (
        f'<wps:wsp><wps:cNvPr id="{{n}}" name="{name}"/><wps:cNvSpPr/><wps:spPr><a:xfrm>'
        f'<a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>{form}{look}</wps:spPr>'
        "<wps:bodyPr/></wps:wsp>"
    )


def inline(ids: Numbers, size: tuple[float, float], shapes: Iterable[str], spoken: str = "") -> str:
    """A run with a drawing in the line; ``spoken`` is read out for it, else it is decoration."""
    cx, cy = map(emu, size)
    return (
        f'<w:r><w:drawing><wp:inline {_NAMESPACES} distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{cx}" cy="{cy}"/>{_properties(ids, spoken)}{_group(ids, cx, cy, shapes)}'
        "</wp:inline></w:drawing></w:r>"
    )


def anchored(
    ids: Numbers,
    size: tuple[float, float],
    shapes: Iterable[str],
    at: tuple[float, float] = (0.0, 0.0),
    to: tuple[str, str] = ("page", "page"),
) -> str:
    """A run with a decoration behind the text, so far from what it is anchored ``to``."""
    cx, cy = map(emu, size)
    x, y = map(emu, at)
    drawing = next(ids)
    return (
        f'<w:r><w:drawing><wp:anchor {_NAMESPACES} distT="0" distB="0" distL="0" distR="0" '
        f'simplePos="0" relativeHeight="{drawing}" behindDoc="1" locked="0" layoutInCell="1" '
        'allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{to[0]}"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="{to[1]}"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f"<wp:wrapNone/>{_properties(ids, '')}{_group(ids, cx, cy, shapes)}"
        "</wp:anchor></w:drawing></w:r>"
    )


def _properties(ids: Numbers, spoken: str) -> str:
    drawing = next(ids)
    if spoken:
        about = f'<wp:docPr id="{drawing}" name="图{drawing}" descr={quoted(spoken)}/>'
    else:
        about = f'<wp:docPr id="{drawing}" name="装饰{drawing}" descr="">{_DECORATIVE}</wp:docPr>'
    return f"{about}<wp:cNvGraphicFramePr/>"


def _group(ids: Numbers, cx: int, cy: int, shapes: Iterable[str]) -> str:
    """The shapes on a field of the group's own size; without it Word would shrink the group."""
    field = preset("rect", (0, 0, cx / MM, cy / MM), NO_FILL)
    inner = "".join(one.replace("{n}", str(next(ids))) for one in (field, *shapes))
    return (
        f'<a:graphic><a:graphicData uri="{GROUP}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/><a:chOff x="0" y="0"/>'
        f'<a:chExt cx="{cx}" cy="{cy}"/></a:xfrm></wpg:grpSpPr>{inner}</wpg:wgp></a:graphicData>'
        "</a:graphic>"
    )
