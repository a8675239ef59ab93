"""The hills of the cover and at the foot of each page: every county has its own ridge.

A ridge is a sum of sines whose phases follow from the county's name, so the same name always draws
the same hills. Lengths are millimetres, heights count downward from the drawing's top.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass

STEPS = 60
"""Straight pieces of a ridge; on a sheet of 210 mm nobody sees its corners."""
SUN_AT, SUN_RADIUS, HALO = 0.73, 23.0, 28.0
"""Where the sun stands in the width, and how large it and its ring are on the cover."""
_SUN_ABOVE = 3.0
_CONTOURS = (4.0, 8.0, 12.5)
"""How far below its ridge each contour line runs."""

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Hill:
    """A layer: its ridge from left to right, and lines that follow it below."""

    ridge: Points
    contours: tuple[Points, ...] = ()


@dataclass(frozen=True, slots=True)
class Landscape:
    """Hills from the farthest to the nearest, in a drawing of this size; the sun's middle."""

    width: float
    height: float
    hills: tuple[Hill, ...]
    sun: tuple[float, float]


def cover(county: str, width: float = 210.0, height: float = 147.0) -> Landscape:
    """The five layers of the cover, the sun behind the first."""
    layers = ((22, 10), (52, 10), (78, 7), (103, 8), (129, 4.5))
    scale = height / 147
    hills = tuple(
        _hill(f"{county}/{n}", width, base * scale, swing * scale, _CONTOURS if n else ())
        for n, (base, swing) in enumerate(layers)
    )
    at = hills[0].ridge[round(SUN_AT * STEPS)][1]
    return Landscape(width, height, hills, (SUN_AT * width, at - _SUN_ABOVE * scale))


def foot(county: str, width: float = 210.0, height: float = 16.0) -> Landscape:
    """The two pale layers at the foot of a page."""
    hills = (_hill(f"{county}/5", width, 6.5, 2.4), _hill(f"{county}/6", width, 11.5, 1.8))
    return Landscape(width, height, hills, (0.0, 0.0))


def _hill(
    name: str, width: float, base: float, swing: float, below: tuple[float, ...] = ()
) -> Hill:
    waves = list(_waves(name))
    most = sum(share for share, *_ in waves)

    def at(x: float) -> float:
        return sum(s * math.sin(math.tau * (turns * x + phase)) for s, turns, phase in waves)

    xs = [step / STEPS for step in range(STEPS + 1)]
    ridge = tuple((width * x, base + swing * at(x) / most * 1.5) for x in xs)
    lines = tuple(tuple((x, y + deep) for x, y in ridge) for deep in below)
    return Hill(ridge, lines)


def _waves(name: str) -> Iterator[tuple[float, float, float]]:
    """(strength, turns over the width, phase in turns) of each sine."""
    drawn = hashlib.sha256(name.encode()).digest()
    for n, share in enumerate((1.0, 0.55, 0.22)):
        turns = (0.7, 1.4, 2.6)[n] + drawn[2 * n] / 255 * 0.5
        yield share, turns, drawn[2 * n + 1] / 255
