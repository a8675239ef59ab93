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

from gxgen.document.lines import CLOSING, NOT_FIRST, NUMBER, OPENING, YEAR_NUMBER
from gxgen.document.page import BODY_SIZE, CHARACTER, TEXT_WIDTH

SPREAD = 0.045
"""Of a character: how much further from the next each in a line may stand. What they leave white
is a tenth, and half as much again is seen as torn."""
_LINE, _INDENT = TEXT_WIDTH / CHARACTER, 2 * BODY_SIZE / CHARACTER
"""Characters that a line holds, and before the first one of a paragraph."""
_FIRST = _LINE - _INDENT
"""Characters that a paragraph's first line holds."""
_LONG_WORD = re.compile("[!-,.-~]{12,}")
"""An address or other word that goes to the next line whole and leaves half of this one empty; it
may be broken at hyphens."""
_WORD = "[!-~]+(?:[－–—][!-~]+)*|——|……| +"
_WIDE = "".join(sign for sign in CLOSING + OPENING if not sign.isascii())
_STOPS = "，。、；："
_OPENS = "".join(sign for sign in _WIDE if sign in OPENING)
_SHUTS = "".join(sign for sign in _WIDE if sign not in OPENING + _STOPS + "！？")
_CLOSE = f"|[{_SHUTS}]+[{_STOPS}]|[{_SHUTS}]{{2,}}|(?<=[{_SHUTS}{_STOPS}])[{_OPENS}]"
"""Signs that stand together, of which all but one are half as wide as by themselves."""


@dataclass(frozen=True)
class Breaker:
    """Who breaks lines: what of a document's number is a word to it, how wide it makes the joint of
    Chinese and Latin, which signs it sets close together, and how many lines of a paragraph it
    leaves on a page at least."""

    number: str
    joint: float
    close: str = ""
    least: int = 1
    saved: float = 0.508
    """Of a character, what a letter of a Latin face is narrower, or a sign of half its width."""

    @cached_property
    def words(self) -> re.Pattern[str]:
        """What it keeps on a line where there may be numbers of documents."""
        return re.compile(f"{self.number}|{_WORD}{self.close}")

    @cached_property
    def plain_words(self) -> re.Pattern[str]:
        """What it keeps on another line."""
        return re.compile(_WORD + self.close)


OFFICE, BROWSER = Breaker(f"[一-鿿]?{YEAR_NUMBER}", 0.22), Breaker(NUMBER, 0.125, _CLOSE, 2)
"""Word and LibreOffice; Chromium."""


_Word = tuple[int, int, float, float, float]
"""Where it begins and ends, what it is narrower than so many Chinese characters at the beginning of
a line and elsewhere, where there is a joint before it, and the joint after it."""


def has_long_word(text: str) -> bool:
    """Whether a word is so long that it would tear the line before it in a page of any width."""
    return _LONG_WORD.search(text) is not None


def is_torn(text: str, breaker: Breaker) -> bool:
    """Whether the paragraph, justified on the official page, would have a torn line."""
    return len(text) > _FIRST and _broken(text, breaker)[1] > SPREAD


def count_lines(text: str, breaker: Breaker, line: float = _LINE, indent: float = _INDENT) -> int:
    """How many lines the paragraph has; by default on the official page. ``line``, ``indent``:
    characters that a line holds, and before the first one."""
    return 1 if len(text) <= line - indent else _broken(text, breaker, line, indent)[0]


@lru_cache(maxsize=1024)
def _broken(
    text: str, breaker: Breaker, line: float = _LINE, indent: float = _INDENT
) -> tuple[int, float]:
    """How many lines there are, and what the characters of the widest are set apart."""
    spreads = list(_spreads(text, breaker, line, indent))
    return len(spreads) + 1, 1.0 if has_long_word(text) else max(spreads, default=0.0)


def _spreads(text: str, breaker: Breaker, line: float, indent: float) -> Iterator[float]:
    """What the characters of each line but the last would be set apart."""
    words = list(_words(text, breaker))
    start, room, first = 0, line - indent, 0
    while True:
        limit, saved, end, at = start + room, 0.0, start, first
        while at < len(words):
            begins, ends, alone, inside, joint = words[at]
            narrower = alone if begins == start else inside
            if ends > limit + saved + narrower:
                break
            end, saved, at = ends, saved + narrower - joint, at + 1
        end = max(int(limit + saved), end)
        if end >= len(text):
            return
        if at < len(words):
            end = min(end, words[at][0])
        while end > start and (text[end] in NOT_FIRST or text[end - 1] in OPENING):
            end -= 1
            if at > first and end < words[at - 1][1]:
                at -= 1
                end, _, alone, inside, joint = words[at]
                saved -= (alone if end == start else inside) - joint
        if end <= start:
            yield 1.0
            return
        yield (limit + saved - end) / max(end - start - 2 * saved, 1)
        start, room, first = end, line, at


def _words(text: str, breaker: Breaker) -> Iterator[_Word]:
    for found in (breaker.words if "〔" in text else breaker.plain_words).finditer(text):
        (start, end), word = found.span(), found[0]
        if word[0] in _WIDE:
            saved = breaker.saved * (len(word) - 1)
            yield start, end, saved, saved + breaker.saved * (word[0] in OPENING), 0.0
            continue
        halves: float = len(word) if word.isascii() else sum(map(str.isascii, word))
        if word[-1] == ".":  # half as wide as a digit
            halves += 0.5
        saved, before, after = breaker.saved * halves, 0.0, 0.0
        if start and word[0].isascii() and word[0].isalnum() and "一" <= text[start - 1] <= "鿿":
            before = breaker.joint
        if end < len(text) and word[-1].isascii() and word[-1] != "/" and "一" <= text[end] <= "鿿":
            after = breaker.joint
        yield start, end, saved, saved - before, after


torn_in_office = partial(is_torn, breaker=OFFICE)
