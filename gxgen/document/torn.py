"""How many lines a paragraph has, and whether one would be torn apart if it were justified.

Word, LibreOffice and browsers fill line after line and look at none that follows. What must stand
on one line and has no room there leaves the line short, and justifying shares what it lacks among
few characters. Such a paragraph is set flush left. The built-in PDF chooses all lines of a
paragraph together and needs none of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from gxgen.document.lines import NOT_FIRST, NUMBER, OPENING, YEAR_NUMBER
from gxgen.document.page import BODY_SIZE, CHARACTER, TEXT_WIDTH

SPREAD = 0.045
"""Of a character: how much further from the next each in a line may stand. What they leave white
is a tenth, and half as much again is seen as torn."""
_LINE, _INDENT = TEXT_WIDTH / CHARACTER, 2 * BODY_SIZE / CHARACTER
"""Characters that a line holds, and before the first one of a paragraph."""
_FIRST = _LINE - _INDENT
"""Characters that a paragraph's first line holds."""
_SAVED = 0.508
"""Of a character, what a letter of a Latin face is narrower."""
_LONG_WORD = re.compile("[!-,.-~]{12,}")
"""An address or other word that goes to the next line whole and leaves half of this one empty; it
may be broken at hyphens."""
_WORD = re.compile("[!-~]+(?:[－–—][!-~]+)*|——|……| +")


@dataclass(frozen=True)
class Breaker:
    """Who breaks lines: what of a document's number is a word to it, and how wide it makes the
    joint of Chinese and Latin."""

    number: str
    joint: float

    @cached_property
    def words(self) -> re.Pattern[str]:
        """What it keeps on a line."""
        return re.compile(f"{self.number}|{_WORD.pattern}")


OFFICE, BROWSER = Breaker(f"[一-鿿]?{YEAR_NUMBER}", 0.22), Breaker(NUMBER, 0.125)
"""Word and LibreOffice; Chromium."""
_Word = tuple[int, int, float]
"""Where it begins and ends, and what it is narrower than so many Chinese characters."""


def has_long_word(text: str) -> bool:
    """Whether a word is so long that it would tear the line before it in a page of any width."""
    return _LONG_WORD.search(text) is not None


def is_torn(text: str, breaker: Breaker) -> bool:
    """Whether the paragraph, justified on the official page, would have a torn line."""
    return len(text) > _FIRST and _broken(text, breaker)[1] > SPREAD


def count_lines(text: str, breaker: Breaker) -> int:
    """How many lines the paragraph has on the official page."""
    return 1 if len(text) <= _FIRST else _broken(text, breaker)[0]


@lru_cache(maxsize=1024)
def _broken(text: str, breaker: Breaker) -> tuple[int, float]:
    """How many lines there are, and what the characters of the widest are set apart."""
    spreads = list(_spreads(text, breaker))
    return len(spreads) + 1, 1.0 if has_long_word(text) else max(spreads, default=0.0)


def _spreads(text: str, breaker: Breaker) -> Iterator[float]:
    """What the characters of each line but the last would be set apart."""
    words = list(_words(text, breaker))
    start, room, next_word, saved = 0, _FIRST, 0, 0.0
    while True:
        before, limit = saved, start + room - saved
        while next_word < len(words) and words[next_word][1] <= limit + saved + words[next_word][2]:
            saved += words[next_word][2]
            next_word += 1
        end = int(limit + saved)
        if end >= len(text):
            return
        if next_word < len(words):
            end = min(end, words[next_word][0])
        while end > start and (text[end] in NOT_FIRST or text[end - 1] in OPENING):
            end -= 1
            if next_word and end < words[next_word - 1][1]:
                next_word -= 1
                end, saved = words[next_word][0], saved - words[next_word][2]
        if end <= start:
            yield 1.0
            return
        yield (limit + saved - end) / max(end - start - 2 * (saved - before), 1)
        start, room = end, _LINE


def _words(text: str, breaker: Breaker) -> Iterator[_Word]:
    for found in (breaker.words if "〔" in text else _WORD).finditer(text):
        (start, end), word = found.span(), found[0]
        halves: float = len(word) if word.isascii() else sum(map(str.isascii, word))
        if word[-1] == ".":  # half as wide as a digit
            halves += 0.5
        joints = 0
        if start and word[0].isascii() and word[0].isalnum():
            joints += "一" <= text[start - 1] <= "鿿"
        if end < len(text) and word[-1].isascii() and word[-1] != "/":
            joints += "一" <= text[end] <= "鿿"
        yield start, end, _SAVED * halves - breaker.joint * joints


torn_in_office = partial(is_torn, breaker=OFFICE)
lines_in_office = partial(count_lines, breaker=OFFICE)
