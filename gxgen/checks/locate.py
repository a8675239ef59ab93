"""Which cells are wrong, when identities are broken.

An identity that does not hold says only that one of its cells is wrong. But a cell takes part in
several identities, and one wrong cell breaks all of them by the same amount: in table three its
row and its column cross in it. So the smallest set of changes that mends every broken identity
and breaks none is looked for; where there is just one such set, its cells are named.

Totals that a live formula computes are never wrong themselves: a change of a part runs through
them, and identities that they make true by themselves say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from gxgen.editions import Edition, FieldKey, Identity, Kind
from gxgen.model import EntryState, Report

MOST_WRONG_CELLS = 3
MOST_TRIALS = 5_000
"""Beyond these a table is too far off for a certain answer; its broken lines are listed."""


@dataclass(frozen=True, slots=True)
class Broken:
    """An identity that does not hold, with the sums of its two sides."""

    identity: Identity
    left: int
    right: int

    @property
    def gap(self) -> int:
        """Left less right."""
        return self.left - self.right


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell that may be wrong, and what it should be if all else is right (None: unknown)."""

    key: FieldKey
    should_be: int | None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: what is broken, and the cells that may have caused it.

    ``broken`` starts with the identity to show; ``consequences`` hold again by themselves once
    that one does; ``others`` counts the further wrong cells that the answer takes for granted.
    """

    broken: tuple[Broken, ...]
    suspects: tuple[Suspect, ...]
    certain: bool
    cells: tuple[FieldKey, ...] = ()
    consequences: tuple[Broken, ...] = ()
    others: int = 0

    @property
    def key(self) -> FieldKey:
        """The cell to show it at: the wrong one where that is certain, else the total."""
        return self.suspects[0].key if self.certain else self.broken[0].identity.left[0]


@dataclass(frozen=True, slots=True)
class _Class:
    """Cells that no identity tells apart: what one unit more of them does to each identity.

    ``signs`` holds for each member whether it moves with or against ``effect``.
    """

    effect: Mapping[int, int]
    signs: Mapping[FieldKey, int]


def broken_identities(report: Report) -> dict[int, Broken]:
    """The identities that do not hold, by their position in the edition.

    One with an absent figure says nothing and is left out.
    """
    figure = report.values.__getitem__
    out = {}
    for index, identity in enumerate(report.edition.identities):
        try:
            left, right = sum(map(figure, identity.left)), sum(map(figure, identity.right))
        except KeyError:
            continue
        if left != right:
            out[index] = Broken(identity, int(left), int(right))
    return out


def faults(report: Report) -> list[Fault]:
    """What is wrong, table by table; together they cover every broken identity."""
    broken = broken_identities(report)
    if not broken:
        return []
    classes = _classes(report, broken)
    out: list[Fault] = []
    for indexes in _components(broken, classes):
        own = [c for c in classes if not indexes.isdisjoint(c.effect)]
        sets = _explanations(report, {i: broken[i].gap for i in indexes}, own)
        if len(sets) == 1:
            out += [_named(report, broken, part, delta, len(sets[0])) for part, delta in sets[0]]
        else:
            out += _listed(report, {i: broken[i] for i in indexes}, own)
    return out


def _classes(report: Report, broken: Mapping[int, Broken]) -> list[_Class]:
    """Cells whose every identity is broken, by what they would mend."""
    grouped: dict[tuple[tuple[int, int], ...], dict[FieldKey, int]] = {}
    for key, effect in _effects(report).items():
        if effect and effect.keys() <= broken.keys():
            ordered = sorted(effect.items())
            sign = 1 if ordered[0][1] > 0 else -1
            name = tuple((index, sign * by) for index, by in ordered)
            grouped.setdefault(name, {})[key] = sign
    return [_Class(dict(name), signs) for name, signs in grouped.items()]


def _effects(report: Report) -> dict[FieldKey, dict[int, int]]:
    """For each typed cell, by how much one unit more of it moves each identity's gap."""
    values = report.values
    out: dict[FieldKey, dict[int, int]] = {}
    for index, identity in enumerate(report.edition.identities):
        if not all(key in values for key in identity.keys):
            continue
        for side, sign in ((identity.left, 1), (identity.right, -1)):
            for key in side:
                for typed in _typed(report, key):
                    effect = out.setdefault(typed, {})
                    effect[index] = effect.get(index, 0) + sign
    return {key: {i: by for i, by in effect.items() if by} for key, effect in out.items()}


def _typed(report: Report, key: FieldKey) -> Iterator[FieldKey]:
    """The typed cells that make up a cell: itself, or what its formula adds up."""
    if _is_typed(report, key):
        yield key
    elif key in report.edition.totals:
        for part in report.edition.totals[key].right:
            yield from _typed(report, part)


def _is_typed(report: Report, key: FieldKey) -> bool:
    return report.entries[key].state is not EntryState.COMPUTED


def _components(broken: Mapping[int, Broken], classes: Sequence[_Class]) -> list[set[int]]:
    """Broken identities that have a suspect in common, directly or by others."""
    parts: list[set[int]] = [{index} for index in broken]
    for links in classes:
        joined = [part for part in parts if not part.isdisjoint(links.effect)]
        parts = [part for part in parts if part.isdisjoint(links.effect)]
        parts.append(set().union(*joined))
    return sorted(parts, key=min)


def _corrected(report: Report, part: _Class, delta: int) -> Iterator[Suspect]:
    """The members that a change would mend, without those that it would push below zero."""
    for key, sign in part.signs.items():
        should_be = int(report.values[key]) + sign * delta
        if should_be >= 0 or report.edition.fields[key].kind is Kind.SIGNED:
            yield Suspect(key, should_be)


def _explanations(
    report: Report, gaps: Mapping[int, int], classes: Sequence[_Class]
) -> list[list[tuple[_Class, int]]]:
    """The smallest sets of changes that mend all gaps; empty if none is small enough."""
    for size in range(1, MOST_WRONG_CELLS + 1):
        if comb(len(classes), size) > MOST_TRIALS:
            break
        solved = (_solve(gaps, chosen) for chosen in combinations(classes, size))
        found = [s for s in solved if s and all(any(_corrected(report, *part)) for part in s)]
        if found:
            return found
    return []


def _solve(
    gaps: Mapping[int, int], chosen: Sequence[_Class]
) -> list[tuple[_Class, int]] | None:
    """The one change of each chosen class that mends all gaps, or None.

    An identity that only one of them moves fixes that one's change; so few cells always leave
    such an identity, because a ring of crossings needs four.
    """
    rest, waiting = dict(gaps), list(chosen)
    out: list[tuple[_Class, int]] = []
    while waiting:
        movers = {i: [c for c in waiting if i in c.effect] for i in rest}
        alone = next(((i, cs[0]) for i, cs in movers.items() if len(cs) == 1), None)
        if alone is None:
            return None
        index, part = alone
        delta, odd = divmod(-rest[index], part.effect[index])
        if odd or delta == 0:
            return None
        for i, by in part.effect.items():
            rest[i] += by * delta
        waiting.remove(part)
        out.append((part, delta))
    return None if any(rest.values()) else out


def _named(
    report: Report, broken: Mapping[int, Broken], part: _Class, delta: int, count: int
) -> Fault:
    """The fault of one class: its one cell, or its cells as candidates."""
    own = [broken[index] for index in sorted(part.effect)]
    own.sort(key=lambda b: -sum(key in part.signs for key in b.identity.keys))
    single = len(part.signs) == 1
    return Fault(
        broken=tuple(own) if single else tuple(own[:1]),
        suspects=tuple(_corrected(report, part, delta)),
        certain=single,
        cells=tuple(part.signs),
        consequences=() if single else tuple(own[1:]),
        others=count - 1,
    )


def _listed(
    report: Report, broken: Mapping[int, Broken], classes: Sequence[_Class]
) -> list[Fault]:
    """A fault for each identity, with the cells that stand in it and nowhere in a sound one."""
    follows = _consequences(report.edition, broken)
    out = []
    for index, item in broken.items():
        if any(index in later for later in follows.values()):
            continue
        cells = tuple(k for c in classes if index in c.effect for k in c.signs)
        out.append(
            Fault(
                broken=(item,),
                suspects=tuple(Suspect(key, None) for key in cells),
                certain=False,
                cells=cells or tuple(k for k in item.identity.keys if _is_typed(report, k)),
                consequences=tuple(broken[i] for i in follows.get(index, ())),
            )
        )
    return out


def _consequences(edition: Edition, broken: Mapping[int, Broken]) -> dict[int, list[int]]:
    """First broken part → broken identities of totals whose gap is just their parts' sum."""
    by_sides = {(b.identity.left, b.identity.right): i for i, b in broken.items()}
    out: dict[int, list[int]] = {}
    for index, item in broken.items():
        parts = [by_sides[s] for s in _siblings(edition, item.identity) if s in by_sides]
        if parts and sum(broken[i].gap for i in parts) == item.gap:
            out.setdefault(parts[0], []).append(index)
    return out


def _siblings(
    edition: Edition, identity: Identity
) -> Iterator[tuple[tuple[FieldKey, ...], tuple[FieldKey, ...]]]:
    """The sides of the identities of which this one, in a line of totals, is the sum."""
    rows = {i.left[0]: i.right for i in edition.identities if i.along == "row" and len(i.left) == 1}
    if identity.along != "column" or not all(key in rows for key in identity.keys):
        return
    for at in range(len(rows[identity.left[0]])):
        yield (
            tuple(rows[key][at] for key in identity.left),
            tuple(rows[key][at] for key in identity.right),
        )
