"""What of the illustrated edition comes to stand on which page, as a printer fills page after page.

Blocks are :class:`Item`: of a known height, whole or broken between lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_ROUNDED = 1.0
"""Points that a page may seem to be overfilled."""


class Item(NamedTuple):
    """What stands on one page, or is broken between its ``lines``, with the air before and after;
    ``kept``: on the page of what follows."""

    height: float
    before: float = 0.0
    after: float = 0.0
    kept: bool = False
    lines: int = 0


class Filled(NamedTuple):
    """Pages one after the other: how far each full one is filled, how far the last one, and the air
    that follows there."""

    full: tuple[float, ...] = ()
    depth: float = 0.0
    air: float = 0.0


EMPTY = Filled()


class Paper(NamedTuple):
    """Pages of a height; at least so many lines of a paragraph stand together; ``collapses``: of
    the air between two items the greater counts, and none at the top of a page."""

    height: float
    least: int
    collapses: bool

    def filled(self, items: Iterable[Item], start: Filled = EMPTY) -> Filled:
        """The pages after these items."""
        full, depth, air = list(start.full), start.depth, start.air
        height, least, collapses = self
        held: list[Item] = []
        for item in items:
            held.append(item)
            if item.kept:
                continue
            need, after = depth, air
            for whole, before, following, _, lines in held:
                between = max(after, before) if collapses else after + before
                need += between + (whole * min(1.0, least / lines) if lines else whole)
                after = following
            if depth and need > height + _ROUNDED:
                full.append(depth)
                depth = air = 0.0
            for one in held:
                if not collapses:
                    depth += air + one.before
                elif depth:
                    depth += max(air, one.before)
                depth = self._broken(one, depth, full) if one.lines else depth + one.height
                air = one.after
            held.clear()
        return Filled(tuple(full), depth, air)

    def _broken(self, item: Item, depth: float, full: list[float]) -> float:
        """How far the last page is filled after a paragraph."""
        line, left = item.height / item.lines, item.lines
        while (room := int((self.height + _ROUNDED - depth) / line)) < left:
            here = min(room, max(left - self.least, self.least))
            here = here if here >= self.least else 0
            full.append(depth + here * line)
            depth, left = 0.0, left - here
        return depth + left * line
