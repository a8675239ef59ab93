"""A stroke in a figure's cell (``-``, ``/``, ``—``): 0 where the sums prove it, else no figure.

One clerk types it for none, another for "not asked of us", a third for "not known yet". It is taken
for 0 only if every sum that the cell belongs to is known whole and holds with 0, and in one of them
the figures that are printed leave it no other value: no count is below 0, so what the strokes of
one side add up to is the difference of two printed sides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from gxgen.editions.derive import Identity
from gxgen.editions.schema import Edition, FieldKey
from gxgen.kinds import Kind
from gxgen.numbers import NOTHING_SIGNS, unspaced
from gxgen.published.readings import Reading, Refusal

_WHY = "可能是0，也可能是没有填或不适用，没有能证明它是0的合计；是0就填0"


def without_unproved(
    edition: Edition, readings: Mapping[FieldKey, Reading]
) -> tuple[dict[FieldKey, Reading], list[Refusal]]:
    """The readings without strokes that no sum proves to be 0, and these as refusals."""
    kept = dict(readings)
    while refused := _unproved(edition, kept):
        for key in refused:
            del kept[key]
    return kept, [_refusal(one) for key, one in readings.items() if key not in kept]


def is_stroke(reading: Reading) -> bool:
    """Whether the source has a stroke where the figure should stand."""
    return reading.value is not None and unspaced(reading.raw) in NOTHING_SIGNS


def _refusal(one: Reading) -> Refusal:
    return Refusal((one.key,), f"“{one.raw[:20]}”{_WHY}", one.place, one.raw)


def _unproved(edition: Edition, readings: Mapping[FieldKey, Reading]) -> list[FieldKey]:
    strokes = {key for key, one in readings.items() if is_stroke(one)}
    own: dict[FieldKey, list[Identity]] = {key: [] for key in strokes}
    for identity in edition.identities:
        for key in strokes.intersection(identity.keys):
            own[key].append(identity)
    return [
        key
        for key in strokes
        if edition.fields[key].kind is not Kind.COUNT
        or not all(_holds(identity, readings) for identity in own[key])
        or not any(_proves(identity, strokes) for identity in own[key])
    ]


def _holds(identity: Identity, readings: Mapping[FieldKey, Reading]) -> bool:
    """Whether all figures of a sum are known and it comes out."""
    sides = [[readings[k].value for k in side if k in readings] for side in _sides(identity)]
    left, right = ([value for value in side if value is not None] for side in sides)
    whole = len(left) == len(identity.left) and len(right) == len(identity.right)
    return whole and sum(left) == sum(right)


def _proves(identity: Identity, strokes: Collection[FieldKey]) -> bool:
    """Whether the strokes of a sum stand all on one side of it."""
    return sum(any(key in strokes for key in side) for side in _sides(identity)) == 1


def _sides(identity: Identity) -> tuple[tuple[FieldKey, ...], tuple[FieldKey, ...]]:
    return identity.left, identity.right
