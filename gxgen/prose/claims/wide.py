"""The wide grammar: what words stand near a number, whatever their order.

It binds what the strict frames leave over, and may only ask. A rule of it (``[[wide]]`` in
``lexicon.toml``) names words that must stand in the number's own clause and words that must not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from gxgen.prose.claims.lexicon import SHAPES, Wide, lexicon, mask_of, mask_of_tags
from gxgen.prose.claims.tokens import NUMBERS

_ENDS = ",;()"
_WORDS_IN_BRACKETS = re.compile(r"\([^NZ%$*q()]*\)$")
"""Words in brackets between what is counted and its number: 其他处理（含主动撤回）3件."""


@dataclass(frozen=True, slots=True)
class Window:
    """The clause of a number: what stands left of it, back to a mark or another number, and right
    of it; ``listed`` goes on to the left over 、 and numbers, to where the list begins, ``tail`` to
    the right over 、, if no number follows."""

    left: str
    right: str
    listed: str
    tail: str
    first: int
    last: int

    @property
    def near(self) -> str:
        """Both sides."""
        return self.left + self.right


@lru_cache(maxsize=4 * SHAPES)
def window(tags: str, at: int) -> Window:
    """The words around the number at a token of a sentence."""
    first, skipped = at, ""
    if at and tags[at - 1] == ")" and _WORDS_IN_BRACKETS.search(tags, 0, at):
        first = tags.rindex("(", 0, at)
        skipped, at = tags[first:at], first
    while first and tags[first - 1] not in NUMBERS and tags[first - 1] not in _ENDS:
        first -= 1
    if first and tags[first - 1] in NUMBERS and "、" in tags[first:at]:
        first = tags.index("、", first) + 1
    first = _past_within(tags, first, at)
    colon = tags.rfind(":", first, at) + 1
    first = colon if first < colon < at else first
    last = at + len(skipped) + 1
    within = lexicon().letters["within"]
    while last < len(tags) and tags[last] not in NUMBERS and tags[last] not in ":、" + _ENDS:
        last += 1
        if tags[last - 1] == within:
            break
    begin = first
    while begin and tags[begin - 1] not in ",;(":
        begin -= 1
    right = tags[at + len(skipped) + 1 : last]
    tail = _tail(tags, last) if tags[last : last + 1] == "、" else ""
    return Window(tags[first:at], right, tags[begin:at] + skipped, tail, first, last)


def _tail(tags: str, last: int) -> str:
    """The rest of a clause behind 、; nothing where a number follows in it."""
    end = last
    while end < len(tags) and tags[end] not in _ENDS:
        if tags[end] in NUMBERS:
            return ""
        end += 1
    return tags[last:end]


def _past_within(tags: str, first: int, at: int) -> int:
    """Where the clause of a number begins behind 中, which belongs to the number before it:
    8件中7件办结."""
    if not first or tags[first - 1] not in NUMBERS:
        return first
    within = tags.rfind(lexicon().letters["within"], first, at)
    return first if within < 0 else within + 1


@lru_cache(maxsize=4 * SHAPES)
def fitting(tag: str, seen: Window, topics: frozenset[str]) -> tuple[Wide, ...]:
    """The rules for a number with this letter whose words are there, in order."""
    return tuple(_fitting(tag, seen, topics))


def _fitting(tag: str, seen: Window, topics: frozenset[str]) -> Iterator[Wide]:
    left, right = mask_of_tags(seen.left), mask_of_tags(seen.right)
    near = left | right
    listed = near | mask_of_tags(seen.listed)
    spoken = mask_of(f"@{topic}" for topic in topics)
    sides = {"near": near | spoken, "left": left | spoken, "right": right, "list": listed}
    sides["tail"] = right | mask_of_tags(seen.tail) if seen.tail else right
    anywhere = listed | sides["tail"] | spoken
    for rarest, rule in _by_rarest(tag):
        if not anywhere & rarest or listed & rule.none:
            continue
        side = sides[rule.where]
        for some in rule.need:
            if not side & some:
                break
        else:
            if near & ~rule.only or left & ~rule.left or (rule.then and not rule.then & right):
                continue
            if not rule.topics or not rule.topics.isdisjoint(topics):
                yield rule


@cache
def _by_rarest(tag: str) -> tuple[tuple[int, Wide], ...]:
    """The rules for a letter, each beside the words by which most are passed over."""
    return tuple((rule.rarest, rule) for rule in lexicon().wide.get(tag, ()))
