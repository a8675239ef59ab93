"""Many phrases as one regular expression that is quick where none of them stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

_FEW = 24


def alternatives(phrases: Iterable[str]) -> str:
    """The longest of these phrases, as a regular expression; of none, one that matches nothing.

    A letter that begins none is passed over at a glance, and any other is looked for among a few:
    one alternative a letter would be tried at every place of every sentence.
    """
    by_letter: dict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        by_letter[phrase[0]].append(phrase[1:])
    each = [
        f"{re.escape(first)}(?:{'|'.join(map(re.escape, sorted(rests, key=len, reverse=True)))})"
        for first, rests in sorted(by_letter.items())
    ]
    firsts = sorted(by_letter)
    if not firsts:
        return "(?!)"
    groups = (slice(at, at + _FEW) for at in range(0, len(each), _FEW))
    some = (f"{begins(firsts[group])}(?:{'|'.join(each[group])})" for group in groups)
    return f"{begins(firsts)}(?:{'|'.join(some)})"


def begins(letters: Iterable[str]) -> str:
    """What looks whether one of these letters comes next."""
    return f"(?=[{''.join(map(re.escape, letters))}])"
