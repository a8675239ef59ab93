"""Figures that a sentence gives twice, with other numbers: parts of them, or other bodies'."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from gxgen.prose.claims.claim import Expr, Ring
from gxgen.prose.claims.lexicon import UNKNOWN, lexicon
from gxgen.prose.claims.work import Work

_FEWEST = 2


def told_twice(work: Work) -> None:
    """Of a figure told twice with other numbers (机关收到83件，各分局收到233件) nothing is certain;
    numbers of bodies are parts of it."""
    _without_bodies(work)
    told: dict[tuple[str, Expr], set[Decimal]] = {}
    for found in work.bound.values():
        for claim in found:
            if claim.quantity is not None and claim.readings and claim.year is None:
                key = claim.kind, claim.readings[0].expr
                told.setdefault(key, set()).add(claim.quantity.low)
    twice = {key for key, values in told.items() if len(values) > 1}
    if not twice:
        return
    for at, found in work.bound.items():
        work.bound[at] = [
            replace(one, ring=Ring.OUTER)
            if one.readings and (one.kind, one.readings[0].expr) in twice
            else one
            for one in found
        ]


def _without_bodies(work: Work) -> None:
    """Forgets what several bodies received, but for the first number if it may be their sum."""
    if len(work.tokens.numbers) < _FEWEST:
        return
    told: dict[Expr, list[int]] = defaultdict(list)
    for at in sorted(work.bound):
        claim = work.bound[at][0]
        if claim.kind == "requests" and claim.quantity is not None and claim.year is None:
            told[claim.readings[0].expr].append(at)
    for numbers in told.values():
        if len(numbers) < _FEWEST:
            continue
        first, *others = (work.tokens.numbers[at].low for at in numbers)
        if any(_by_a_body(work, at) for at in numbers[1:]) and {first} != {*others}:
            for at in numbers[first > max(others) :]:
                work.forget(at)


def _by_a_body(work: Work, at: int) -> bool:
    """Whether a clause begins with who received what it counts."""
    bodies, clause = {lexicon().letters[tag] for tag in ("self", "wide")}, work.window(at).left
    return clause[:1] in {*bodies, UNKNOWN} and not bodies.isdisjoint(clause)
