"""Tables from the rules that are drawn around their cells.

Rules are gathered where they touch, their places evened out, and the boxes between them joined
where no rule parts them. What is no rectangle is no cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gxgen.published.pdf_page import Rule

NEAR = 2.5
"""Points within which two rules are at one place, or touch."""
LEAST = 6.0
"""Points of the narrowest column or lowest row."""
MOST_LINES = 200
"""Rows or columns of rules in one table; the form's table three has thirty."""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell's rectangle by rows from above and columns from the left, with its edges in points."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table's cells, and its edges."""

    boxes: tuple[Box, ...]
    left: float
    bottom: float
    right: float
    top: float


def ruled_tables(rules: Sequence[Rule]) -> list[Ruled]:
    """The tables that rules draw, from above."""
    made = (_table(group) for group in _touching(rules))
    return sorted((one for one in made if one is not None), key=lambda one: -one.top)


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Groups of rules each of which touches another of its group."""
    level = sorted((r for r in rules if r.level), key=lambda r: r.at)
    upright = [r for r in rules if not r.level]
    parent = {id(rule): rule for rule in rules}

    def root(rule: Rule) -> Rule:
        while parent[id(rule)] is not rule:
            parent[id(rule)] = rule = parent[id(parent[id(rule)])]
        return rule

    for one in upright:
        for other in level:
            if other.at > one.end + NEAR:
                break
            if other.at >= one.start - NEAR and other.start - NEAR <= one.at <= other.end + NEAR:
                parent[id(root(one))] = root(other)
    groups: dict[int, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(id(root(rule)), []).append(rule)
    return list(groups.values())


def _places(values: Iterable[float]) -> list[float]:
    """Places that are apart; those near each other are one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _table(rules: Sequence[Rule]) -> Ruled | None:
    level = [rule for rule in rules if rule.level]
    upright = [rule for rule in rules if not rule.level]
    if len(upright) < 2 or not level:
        return None
    # A row that the page's end cuts has no rule below: where the uprights end, it ends.
    ends = [max(rule.end for rule in upright), min(rule.start for rule in upright)]
    xs = _places(rule.at for rule in upright)
    ys = _places([*(rule.at for rule in level), *ends])[::-1]
    xs, ys = _apart(xs), _apart(ys)
    if not (2 <= len(xs) <= MOST_LINES and 2 <= len(ys) <= MOST_LINES):
        return None
    boxes = tuple(_boxes(xs, ys, level, upright))
    return Ruled(boxes, xs[0], ys[-1], xs[-1], ys[0]) if boxes else None


def _apart(places: list[float]) -> list[float]:
    """Without places too near to the one before: a double rule is one."""
    kept = places[:1]
    for place in places[1:]:
        if abs(place - kept[-1]) >= LEAST:
            kept.append(place)
    return kept


def _boxes(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]
) -> Iterator[Box]:
    """Unit boxes joined where no rule parts them; only whole rectangles come out."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = {(r, c): (r, c) for r in range(rows) for c in range(columns)}

    def root(at: tuple[int, int]) -> tuple[int, int]:
        while owner[at] != at:
            owner[at] = at = owner[owner[at]]
        return at

    right = [_near(upright, x) for x in xs[1:]]
    below = [_near(level, y) for y in ys[1:]]
    for r in range(rows):
        y = (ys[r] + ys[r + 1]) / 2
        for c in range(columns):
            x = (xs[c] + xs[c + 1]) / 2
            if c + 1 < columns and not _drawn(right[c], y):
                owner[root((r, c + 1))] = root((r, c))
            if r + 1 < rows and not _drawn(below[r], x):
                owner[root((r + 1, c))] = root((r, c))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for at in owner:
        groups.setdefault(root(at), []).append(at)
    for cells in groups.values():
        top, left = min(r for r, _ in cells), min(c for _, c in cells)
        high, wide = max(r for r, _ in cells) - top + 1, max(c for _, c in cells) - left + 1
        if high * wide == len(cells):
            edges = xs[left], ys[top + high], xs[left + wide], ys[top]
            yield Box(top, left, high, wide, *edges)


def _near(rules: Sequence[Rule], at: float) -> list[Rule]:
    """The rules at a place."""
    return [rule for rule in rules if abs(rule.at - at) <= 2 * NEAR]


def _drawn(rules: Sequence[Rule], along: float) -> bool:
    """Whether one of these rules runs past a point."""
    return any(rule.start - NEAR <= along <= rule.end + NEAR for rule in rules)


def whole(table: Ruled) -> bool:
    """Whether the cells fill their table."""
    rows = max(box.row + box.rows for box in table.boxes)
    columns = max(box.column + box.columns for box in table.boxes)
    return sum(box.rows * box.columns for box in table.boxes) == rows * columns
