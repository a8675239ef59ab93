"""The sentences of two years side by side: each of both in exactly one pair.

First those that say the same, then those that stand in the other year's text in another section,
then those that differ in their numbers alone, then those that are alike; what is left is new or
gone. Nothing depends on which of the two years is called the last one.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from gxgen.comparison.folding import folded, masked, wordless
from gxgen.model.narrative import PREAMBLE, Narrative, Passage
from gxgen.places import Place
from gxgen.prose.alike.lawful import Lawful, bare
from gxgen.prose.alike.lawful import masked as lawful_form

ALIKE = 0.6
"""Letters that two sentences must share, numbers masked, to be called one that was changed."""
SHORTEST_MOVED = 8
"""Shorter ones (无。) are not looked for in other sections: they would be found in any."""
_SENTENCE = re.compile("[^。；！？;!?\n]+[。；！？;!?\n”’」』）》)]*")
_MOST_PAIRS = 250_000
_USUAL = 60
"""Of a section so many pairs of sentences of so many letters are measured, fewer of longer ones; of
more, those that stand near each other."""
_LONGEST = 1_200
"""So many letters of a sentence are measured."""


class Sameness(StrEnum):
    """What became of a sentence."""

    SAME = "same"
    NUMBERS = "numbers"
    """The same but for its numbers."""
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a heading below a section's title, as it is written.

    ``section`` is the mark of one of the form's sections. ``fixed``: law, form or county word it;
    it is compared, but does not count for how alike two years are.
    """

    text: str
    section: str
    fixed: bool = False
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Pair:
    """What a sentence of last year became; one of the two is None where it is new or gone.

    ``likeness`` is from 0 to 1, numbers masked.
    """

    sameness: Sameness
    last: Sentence | None
    this: Sentence | None
    likeness: float = 0.0

    @property
    def section(self) -> str:
        """Where it stands now; where it stood, if it is gone."""
        return next(one.section for one in (self.this, self.last) if one is not None)

    @property
    def moved_from(self) -> str | None:
        """The section that it stood in, where that was another."""
        if self.last is None or self.this is None or self.last.section == self.this.section:
            return None
        return self.last.section

    @property
    def fixed(self) -> bool:
        """Whether it is nobody's own in either year."""
        return all(one.fixed for one in (self.last, self.this) if one is not None)


def sentences(narrative: Narrative, known: Lawful) -> Iterator[Sentence]:
    """Every sentence of a text, the headings below the sections' titles too."""
    for passage in narrative:
        if passage.heading and passage.level > 1:
            yield Sentence(passage.heading, passage.section, fixed=True, place=passage.place)
        for text, place in _cut(passage):
            fixed = passage.mark == PREAMBLE or bare(lawful_form(text)) in known
            yield Sentence(text, passage.section, fixed, place)


def _cut(passage: Passage) -> Iterator[tuple[str, Place | None]]:
    for paragraph in passage.paragraphs:
        for text in map(str.strip, _SENTENCE.findall(paragraph.text)):
            if any(map(str.isalnum, text)):
                yield text, paragraph.place


@dataclass(slots=True)
class _Open:
    """A sentence that has no pair yet: its place among those of its year, and what is compared."""

    at: int
    it: Sentence
    fold: str
    mask: str

    @property
    def section(self) -> str:
        return self.it.section


class _Found(NamedTuple):
    """A pair with the places of its sentences in the two years."""

    old: int | None
    new: int | None
    pair: Pair


Fold = Callable[[str], str]


def aligned(
    last: Iterable[Sentence],
    this: Iterable[Sentence],
    names: Sequence[str] = (),
    fold: Fold | None = None,
) -> list[Pair]:
    """Every sentence of both years in one pair, in this year's order; what is gone stands where it
    stood. ``fold`` gives what two sentences that are the same share; without it, what
    :mod:`gxgen.comparison.folding` leaves when ``names`` are masked."""
    how = fold or (lambda text: folded(text, names))
    before, now = _opened(last, how), _opened(this, how)
    found: list[_Found] = []
    for sameness, key in _WAYS:
        for old, new in _equal(before, now, key):
            found.append(_paired(sameness, before.pop(old.at), now.pop(new.at), 1.0))
    for score, old, new in list(_alike(before, now)):
        found.append(_paired(Sameness.CHANGED, before.pop(old.at), now.pop(new.at), score))
    found += [_Found(one.at, None, Pair(Sameness.GONE, one.it, None)) for one in before.values()]
    found += [_Found(None, one.at, Pair(Sameness.NEW, None, one.it)) for one in now.values()]
    return _in_order(found)


def _paired(sameness: Sameness, old: _Open, new: _Open, likeness: float) -> _Found:
    return _Found(old.at, new.at, Pair(sameness, old.it, new.it, likeness))


def _here(one: _Open) -> Hashable:
    return one.section, one.fold


def _anywhere(one: _Open) -> Hashable:
    return one.fold if len(one.fold) >= SHORTEST_MOVED else None


def _but_for_numbers(one: _Open) -> Hashable:
    return one.section, wordless(one.fold)


_WAYS = (
    (Sameness.SAME, _here),
    (Sameness.SAME, _anywhere),
    (Sameness.NUMBERS, _but_for_numbers),
)
"""In this order: the kind of a pair, and what both have the same of; None: it has no equal so."""


def _opened(given: Iterable[Sentence], fold: Fold) -> dict[int, _Open]:
    folds = ((one, fold(one.text)) for one in given)
    return {at: _Open(at, one, fold, masked(fold)) for at, (one, fold) in enumerate(folds)}


def _equal(
    before: dict[int, _Open], now: dict[int, _Open], key: Callable[[_Open], Hashable]
) -> list[tuple[_Open, _Open]]:
    """Those with the same key, the first with the first; a key of None has no equal."""
    waiting: dict[Hashable, deque[_Open]] = defaultdict(deque)
    for one in before.values():
        waiting[key(one)].append(one)
    waiting.pop(None, None)
    return [(there.popleft(), one) for one in now.values() if (there := waiting.get(key(one)))]


def _alike(before: dict[int, _Open], now: dict[int, _Open]) -> Iterator[tuple[float, _Open, _Open]]:
    """Those that are alike, section by section, the most alike first and each once."""
    sections: dict[str, tuple[list[_Open], list[_Open]]] = defaultdict(lambda: ([], []))
    for side, given in enumerate((before, now)):
        for one in given.values():
            sections[one.section][side].append(one)
    for old, new in sections.values():
        taken_old: set[int] = set()
        taken_new: set[int] = set()
        for score, here, there in sorted(
            _measured(old, new), key=lambda m: (-m[0], abs(m[1] - m[2]), m[1] + m[2])
        ):
            if here not in taken_old and there not in taken_new:
                taken_old.add(here)
                taken_new.add(there)
                yield score, old[here], new[there]


def _measured(old: Sequence[_Open], new: Sequence[_Open]) -> Iterator[tuple[float, int, int]]:
    """(likeness, place, place) of the pairs that are alike enough."""
    from rapidfuzz.distance import Indel

    near = _reach(old, new)
    for here, one in enumerate(old):
        for there in range(max(0, here - near), min(len(new), here + near + 1)):
            score = Indel.normalized_similarity(
                one.mask[:_LONGEST], new[there].mask[:_LONGEST], score_cutoff=ALIKE
            )
            if score >= ALIKE and one.mask:
                yield round(score, 4), here, there


def _reach(old: Sequence[_Open], new: Sequence[_Open]) -> int:
    """How far from its own place a sentence is looked for: anywhere, unless there are very many."""
    far = max(len(old), len(new))
    letters = sum(min(len(one.mask), _LONGEST) for one in (*old, *new)) // (len(old) + len(new))
    most = _MOST_PAIRS * _USUAL // max(letters, _USUAL)
    return far if len(old) * len(new) <= most else most // (2 * far) + 1


def _in_order(found: Iterable[_Found]) -> list[Pair]:
    """Section by section as this year has it; what is gone goes before what stood behind it."""
    sections: dict[str, tuple[list[_Found], deque[_Found]]] = defaultdict(lambda: ([], deque()))
    for one in sorted(found, key=lambda one: (one.old or 0, one.new or 0)):
        stays, gone = sections[one.pair.section]
        (gone if one.new is None else stays).append(one)
    return [pair for mark in sorted(sections) for pair in _merged(*sections[mark])]


def _merged(stays: Sequence[_Found], gone: deque[_Found]) -> Iterator[Pair]:
    for one in sorted(stays, key=lambda one: one.new or 0):
        here = one.old is not None and one.pair.moved_from is None
        while here and gone and (gone[0].old or 0) < (one.old or 0):
            yield gone.popleft().pair
        yield one.pair
    yield from (one.pair for one in gone)
