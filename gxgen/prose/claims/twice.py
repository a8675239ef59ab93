"""Figures that a sentence gives twice, with other numbers: parts of them, or other bodies'."""

from __future__ import annotations

from dataclasses import replace

from gxgen.prose.claims.claim import Expr, Ring
from gxgen.prose.claims.lexicon import UNKNOWN, lexicon
from gxgen.prose.claims.work import Work

_FEWEST = 2


def told_twice(work: Work) -> None:
    """Of a figure told twice with other numbers (机关收到83件，各分局收到233件) nothing is certain;
    numbers of bodies are parts of it."""
    if len(work.bound) < _FEWEST:
        return
    told: dict[tuple[str, Expr], list[int]] = {}
    for at, found in work.bound.items():
        for claim in found:
            if claim.quantity is not None and claim.readings and claim.year is None:
                told.setdefault((claim.kind, claim.readings[0].expr), []).append(at)
    twice = [key for key, numbers in told.items() if _differ(work, numbers)]
    if twice:
        _unsure(work, [key for key in twice if _differ(work, _own(work, key[0], told[key]))])


def _differ(work: Work, numbers: list[int]) -> bool:
    return len(numbers) > 1 and len({work.tokens.numbers[at].low for at in numbers}) > 1


def _unsure(work: Work, told: list[tuple[str, Expr]]) -> None:
    """Nothing that is told of these figures is certain."""
    for at, found in work.bound.items():
        work.bound[at] = [
            replace(one, ring=Ring.OUTER)
            if one.readings and (one.kind, one.readings[0].expr) in told
            else one
            for one in found
        ]


def _own(work: Work, kind: str, numbers: list[int]) -> list[int]:
    """What is left of the numbers of one figure without what several bodies received, which is
    forgotten; the first is kept if it may be their sum."""
    numbers = sorted(numbers)
    if kind != "requests" or not any(_by_a_body(work, at) for at in numbers[1:]):
        return numbers
    first, *others = (work.tokens.numbers[at].low for at in numbers)
    kept = numbers[: first > max(others)]
    for at in numbers[len(kept) :]:
        work.forget(at)
    return kept


def _by_a_body(work: Work, at: int) -> bool:
    """Whether a clause begins with who received what it counts."""
    letters = lexicon().letters
    bodies = {letters["self"], letters["wide"]}
    clause = work.window(at).left.lstrip(letters["each"] + letters["filler"])
    return clause[:1] in {*bodies, UNKNOWN} and not bodies.isdisjoint(clause)
