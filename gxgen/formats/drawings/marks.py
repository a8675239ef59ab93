"""What stands behind words: the cover's hills, bands and feet of pages, marks of headings."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.document.illustrated.landscape import HALO, SUN_RADIUS, Hill, Landscape, cover, foot
from gxgen.document.illustrated.palettes import WHITE, Palette, mixed
from gxgen.formats.drawings.shapes import (
    NO_FILL,
    Numbers,
    anchored,
    fading,
    icon,
    inline,
    line,
    outlined,
    polygon,
    preset,
    solid,
)

SHEET = (210.0, 297.0)
HILLS_TOP = 150.0
BAND = (2.4, 0.6)
"""The band at the top of each page: the accent, and gold under it."""
TEXT_WIDTH = 170.0
PLATE, PLATE_UP = 12.4, 1.45
RING, RING_UP = 8.4, 0.5
"""Of the marks beside first and second headings: their size, and how far they stand up."""
_STRENGTHS = (0.78, 0.6, 0.38, 0.14)
"""How much of the sky is in each layer but the nearest, which is deep."""


def cover_drawing(ids: Numbers, county: str, colours: Palette) -> str:
    """The sky, the sun, and the county's hills, behind the cover's words."""
    land = cover(county)
    x, y = land.sun[0], HILLS_TOP + land.sun[1]
    sky = preset("rect", (0, 0, *SHEET), fading((colours.sky, colours.tint)))
    sun = preset("ellipse", _round(x, y, SUN_RADIUS), solid(colours.gold, 0.9))
    ring = preset("ellipse", _round(x, y, HALO), NO_FILL, line(colours.gold, 0.5))
    bar = preset("rect", (20, 20, 1.6, 13), solid(colours.gold))
    return anchored(ids, SHEET, (sky, bar, sun, ring, *_hills(land, layers(colours), HILLS_TOP)))


def layers(colours: Palette) -> tuple[str, ...]:
    """The colours of the cover's hills, the farthest first."""
    return (*(mixed(colours.main, colours.sky, s) for s in _STRENGTHS), colours.deep)


def contour(colour: str) -> str:
    """The colour of the lines on a hill."""
    return mixed(colour, WHITE, 0.33)


def foot_drawing(ids: Numbers, county: str, colours: Palette) -> str:
    """The same hills, pale, at the foot of a page."""
    land = foot(county)
    hills = _hills(land, (colours.tint, colours.mid), 0)
    return anchored(ids, (land.width, land.height), hills, (0, SHEET[1] - land.height))


def band_drawing(ids: Numbers, colours: Palette) -> str:
    """The band at the top of a page."""
    main, gold = BAND
    return anchored(
        ids,
        (SHEET[0], main + gold),
        (
            preset("rect", (0, 0, SHEET[0], main), solid(colours.main)),
            preset("rect", (0, main, SHEET[0], gold), solid(colours.gold)),
        ),
    )


def plate(ids: Numbers, name: str, colours: Palette) -> str:
    """The mark of a first heading: an icon on a plate, a rule, and a piece of gold."""
    size, inset = 7.2, (PLATE - 7.2) / 2
    shapes = (
        preset("roundRect", (0, 0, PLATE, PLATE), solid(colours.main)),
        icon(name, inset, inset, size, WHITE),
        preset("rect", (15.5, 12.9, TEXT_WIDTH - 15.5, 0.3), solid(colours.mid)),
        preset("rect", (15.5, 12.65, 26.0, 0.8), solid(colours.gold)),
    )
    return anchored(ids, (TEXT_WIDTH, 14.5), shapes, (0, -PLATE_UP), ("column", "paragraph"))


def ring(ids: Numbers, name: str, colours: Palette) -> str:
    """The mark of a second heading: an icon in a ring."""
    shapes = ringed(name, RING, colours.tint, colours)
    return anchored(ids, (RING, RING), shapes, (0, -RING_UP), ("column", "paragraph"))


def ringed(name: str, size: float, ground: str, colours: Palette) -> tuple[str, ...]:
    """An icon in a ring of this size."""
    return (
        preset("ellipse", (0, 0, size, size), solid(ground), line(colours.mid, 0.6)),
        icon(name, size * 0.24, size * 0.24, size * 0.52, colours.main),
    )


def plated(ids: Numbers, name: str, size: float, colours: Palette, kind: str) -> str:
    """A run with a white icon on the accent: a disc or a plate."""
    inset = size * 0.225
    return inline(
        ids,
        (size, size),
        (
            preset(kind, (0, 0, size, size), solid(colours.main)),
            icon(name, inset, inset, size - 2 * inset, WHITE),
        ),
    )


def _round(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return (x - radius, y - radius, 2 * radius, 2 * radius)


def _hills(land: Landscape, fills: tuple[str, ...], top: float) -> Iterator[str]:
    for hill, fill in zip(land.hills, fills, strict=True):
        yield _filled(hill, land, top, fill)
        pale = contour(fill)
        for points in hill.contours:
            path = polygon(points, closed=False)
            yield outlined((0, top, land.width, land.height), path, NO_FILL, line(pale, 0.5))


def _filled(hill: Hill, land: Landscape, top: float, fill: str) -> str:
    corners = ((land.width, land.height), (0.0, land.height))
    path = polygon((*hill.ridge, *corners))
    return outlined((0, top, land.width, land.height), path, solid(fill))
