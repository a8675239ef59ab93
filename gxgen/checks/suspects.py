"""Sets of wrong cells that would explain broken identities.

What one unit more of a cell does to each identity is the cell's effect. A total that a live
formula computes has none of its own: a change of a part runs through it. Cells with the same
effect cannot be told apart and are looked at as one class.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from gxgen.editions.schema import FieldKey, Kind
from gxgen.model.report import EntryState, Report

MOST_WRONG_CELLS = 3
MOST_TRIALS = 5_000
"""Beyond these a table is too far off for a certain answer; its broken lines are listed."""


@dataclass(frozen=True, slots=True)
class Indistinct:
    """Cells that no identity tells apart: what one unit more of them does to each identity.

    ``signs`` holds for each member whether it moves with or against ``effect``.
    """

    effect: Mapping[int, int]
    signs: Mapping[FieldKey, int]


def effects_of(report: Report) -> dict[FieldKey, dict[int, int]]:
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
    if is_typed(report, key):
        yield key
    elif key in report.edition.totals:
        for part in report.edition.totals[key].right:
            yield from _typed(report, part)


def is_typed(report: Report, key: FieldKey) -> bool:
    """Whether someone entered the figure; a formula's total can only follow its parts."""
    return report.entries[key].state is not EntryState.COMPUTED


def classes_of(effects: Mapping[FieldKey, Mapping[int, int]]) -> list[Indistinct]:
    """Cells by what they would mend."""
    grouped: dict[tuple[tuple[int, int], ...], dict[FieldKey, int]] = {}
    for key, effect in effects.items():
        if effect:
            ordered = sorted(effect.items())
            sign = 1 if ordered[0][1] > 0 else -1
            name = tuple((index, sign * by) for index, by in ordered)
            grouped.setdefault(name, {})[key] = sign
    return [Indistinct(dict(name), signs) for name, signs in grouped.items()]


def mended(report: Report, alike: Indistinct, delta: int) -> dict[FieldKey, int]:
    """What each member should be, without those that the change would push below zero."""
    wanted = {key: int(report.values[key]) + sign * delta for key, sign in alike.signs.items()}
    fields = report.edition.fields
    return {k: n for k, n in wanted.items() if n >= 0 or fields[k].kind is Kind.SIGNED}


def explanations(
    report: Report,
    gaps: Mapping[int, int],
    classes: Sequence[Indistinct],
    most: int = MOST_WRONG_CELLS,
) -> list[list[tuple[Indistinct, int]]]:
    """The smallest sets of changes that mend all gaps; empty if none is small enough."""
    for size in range(1, most + 1):
        if comb(len(classes), size) > MOST_TRIALS:
            break
        solved = (_solve(gaps, chosen) for chosen in combinations(classes, size))
        found = [s for s in solved if s and all(mended(report, *change) for change in s)]
        if found:
            return found
    return []


def _solve(
    gaps: Mapping[int, int], chosen: Sequence[Indistinct]
) -> list[tuple[Indistinct, int]] | None:
    """The one change of each chosen class that mends all gaps, or None.

    An identity that only one of them moves fixes that one's change; so few cells always leave
    such an identity, because a ring of crossings needs four.
    """
    rest, waiting = dict(gaps), list(chosen)
    out: list[tuple[Indistinct, int]] = []
    while waiting:
        movers = {i: [c for c in waiting if i in c.effect] for i in rest}
        alone = next(((i, cs[0]) for i, cs in movers.items() if len(cs) == 1), None)
        if alone is None:
            return None
        index, alike = alone
        delta, odd = divmod(-rest[index], alike.effect[index])
        if odd or delta == 0:
            return None
        for i, by in alike.effect.items():
            rest[i] += by * delta
        waiting.remove(alike)
        out.append((alike, delta))
    return None if any(rest.values()) else out
