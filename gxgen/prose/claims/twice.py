"""Figures that a sentence gives twice, with other numbers: parts of them, or other bodies'."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from gxgen.prose.claims.claim import Expr, Ring
from gxgen.prose.claims.lexicon import UNKNOWN, lexicon
from gxgen.prose.claims.work import Work


def told_twice(work: Work) -> None:
    """Of a figure told twice with other numbers (机关收到83件，各分局收到233件) nothing is certain;
    numbers of bodies are parts of it."""
    _without_bodies(work)
    told: dict[tuple[str, Expr], set[Decimal]] = defaultdict(set)
    for found in work.bound.values():
        for claim in found:
            if claim.quantity is not None and claim.readings and claim.year is None:
                told[claim.kind, claim.readings[0].expr].add(claim.quantity.low)
    for at, found in work.bound.items():
        work.bound[at] = [
            replace(one, ring=Ring.OUTER)
            if one.readings and len(told.get((one.kind, one.readings[0].expr), ())) > 1
            else one
            for one in found
        ]


def _without_bodies(work: Work) -> None:
    """Forgets what several bodies received, but for the first number if it may be their sum."""
    told: dict[Expr, list[int]] = defaultdict(list)
    for at, (claim, *_) in sorted(work.bound.items()):
        if claim.kind == "requests" and claim.quantity and claim.year is None:
            told[claim.readings[0].expr].append(at)
    for numbers in told.values():
        first, *others = (work.tokens.numbers[at].low for at in numbers)
        if any(_by_a_body(work, at) for at in numbers[1:]) and {first} != {*others}:
            for at in numbers[first > max(others) :]:
                work.forget(at)


def _by_a_body(work: Work, at: int) -> bool:
    """Whether a clause begins with who received what it counts."""
    bodies, clause = {lexicon().letters[tag] for tag in ("self", "wide")}, work.window(at).left
    return clause[:1] in {*bodies, UNKNOWN} and not bodies.isdisjoint(clause)
