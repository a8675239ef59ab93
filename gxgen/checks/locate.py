"""Which cells are wrong, when identities are broken.

An identity that does not hold says only that one of its cells is wrong. But a cell takes part in
several identities, and one wrong cell breaks all of them by the same amount: in table three its
row and its column cross in it. So the smallest set of changes that mends every broken identity
and breaks none is looked for; where there is just one such set, its cells are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gxgen.checks.suspects import (
    Indistinct,
    classes_of,
    effects_of,
    explanations,
    is_typed,
    mended,
)
from gxgen.editions.derive import Identity, IdentityKind
from gxgen.editions.schema import Edition, FieldKey
from gxgen.model.report import Report


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
class Fault:
    """One thing to mend: what is broken, and the cells that may have caused it.

    ``broken`` starts with the identity to show; ``suspects`` says what each should be if all else
    is right (None: unknown); ``consequences`` hold again by themselves once that identity does;
    ``others`` counts the further wrong cells that the answer takes for granted.
    """

    broken: tuple[Broken, ...]
    suspects: Mapping[FieldKey, int | None]
    certain: bool
    cells: tuple[FieldKey, ...] = ()
    consequences: tuple[Broken, ...] = ()
    others: int = 0

    @property
    def key(self) -> FieldKey:
        """The cell to show it at: the wrong one where that is certain, else the total."""
        return next(iter(self.suspects)) if self.certain else self.broken[0].identity.left[0]

    @property
    def breaks_a_total(self) -> bool:
        """Whether any of its identities is a total; else only a balance is broken."""
        return any(b.identity.kind is IdentityKind.TOTAL for b in self.broken)


def broken_identities(report: Report) -> dict[int, Broken]:
    """The identities that do not hold, by their position in the edition.

    One with an absent figure says nothing and is left out.
    """
    value_of = report.values.__getitem__
    out = {}
    for index, identity in enumerate(report.edition.identities):
        try:
            left, right = sum(map(value_of, identity.left)), sum(map(value_of, identity.right))
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
    effects = effects_of(report)
    classes = classes_of({k: e for k, e in effects.items() if e.keys() <= broken.keys()})
    out: list[Fault] = []
    dark: dict[int, Broken] = {}
    for indexes in _components(broken, classes):
        own = [c for c in classes if not indexes.isdisjoint(c.effect)]
        found = explanations(report, {i: broken[i].gap for i in indexes}, own)
        if len(found) == 1:
            out += _named(report, broken, found[0])
        elif found:
            out += _listed(report, {i: broken[i] for i in indexes}, own)
        else:
            dark.update((i, broken[i]) for i in indexes)
    return out + _cancelling(report, broken, dark, effects, classes)


def _cancelling(
    report: Report,
    broken: Mapping[int, Broken],
    dark: Mapping[int, Broken],
    effects: Mapping[FieldKey, Mapping[int, int]],
    classes: Sequence[Indistinct],
) -> list[Fault]:
    """The rest: two cells that make up for each other in a sound line, or a list of lines.

    A figure entered one column off leaves its row right, and so hides in it.
    """
    out: list[Fault] = []
    for table in dict.fromkeys(b.identity.table for b in dark.values()):
        own = {i: b for i, b in dark.items() if b.identity.table == table}
        wide = {
            key: effect
            for key, effect in effects.items()
            if not own.keys().isdisjoint(effect)
            and all(i in own or i not in broken for i in effect)
        }
        gaps = {i: 0 for effect in wide.values() for i in effect}
        gaps |= {i: b.gap for i, b in own.items()}
        found = explanations(report, gaps, classes_of(wide), most=2)
        certain = len(found) == 1
        out += _named(report, broken, found[0]) if certain else _listed(report, own, classes)
    return out


def _components(broken: Mapping[int, Broken], classes: Sequence[Indistinct]) -> list[set[int]]:
    """Broken identities that have a suspect in common, directly or by others."""
    components: list[set[int]] = [{index} for index in broken]
    for alike in classes:
        apart = [some for some in components if some.isdisjoint(alike.effect)]
        joined = [some for some in components if not some.isdisjoint(alike.effect)]
        components = [*apart, set().union(*joined)]
    return sorted(components, key=min)


def _named(
    report: Report, broken: Mapping[int, Broken], found: Sequence[tuple[Indistinct, int]]
) -> Iterator[Fault]:
    """A fault for each class: its one cell, or its cells as candidates."""
    for alike, delta in found:
        own = [broken[index] for index in sorted(alike.effect) if index in broken]
        own.sort(key=lambda b: -sum(key in alike.signs for key in b.identity.keys))
        single = len(alike.signs) == 1
        yield Fault(
            broken=tuple(own) if single else tuple(own[:1]),
            suspects=mended(report, alike, delta),
            certain=single,
            cells=tuple(alike.signs),
            consequences=() if single else tuple(own[1:]),
            others=len(found) - 1,
        )


def _listed(
    report: Report, broken: Mapping[int, Broken], classes: Sequence[Indistinct]
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
                suspects=dict.fromkeys(cells),
                certain=False,
                cells=cells or tuple(k for k in item.identity.keys if is_typed(report, k)),
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
    if identity.along == "column" and rows.keys() >= set(identity.keys):
        for keys in zip(*(rows[key] for key in identity.keys), strict=True):
            yield keys[: len(identity.left)], keys[len(identity.left) :]
