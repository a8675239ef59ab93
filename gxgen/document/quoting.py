"""Texts as messages quote them: short, and of two that differ the stretch in which they do."""

from __future__ import annotations

from itertools import takewhile

MOST, BEFORE = 24, 6
"""So many characters are quoted; so many of them stand before the first difference."""


def short(text: str, start: int = 0) -> str:
    """A text, or its stretch from ``start`` on with … for what is left out."""
    start = min(start, max(len(text) - MOST, 0))
    end = start + MOST if len(text) - start <= MOST else start + MOST - 1
    return "…" * (start > 0) + text[start:end] + "…" * (end < len(text))


def apart(first: str, second: str) -> tuple[str, str]:
    """Both texts, each from shortly before the place where they part."""
    if max(len(first), len(second)) <= MOST:
        return first, second
    pairs = zip(first, second, strict=False)
    start = max(sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)) - BEFORE, 0)
    return short(first, start), short(second, start)
