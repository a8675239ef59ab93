"""Which paragraphs would have a line torn apart if they were justified.

Word, LibreOffice and browsers fill line after line and look at none that follows. What must stand
on one line and has no room there leaves the line short, and justifying shares what it lacks among
few characters. Such a paragraph is set flush left. The built-in PDF chooses all lines of a
paragraph together and needs none of this.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, repeat

from gxgen.document.lines import NOT_FIRST, NUMBER, OPENING
from gxgen.document.page import BODY_SIZE, CHARACTER, TEXT_WIDTH

SPREAD = 0.045
"""Of a character: how much further from the next each in a line may stand. What they leave white
is a tenth, and half as much again is seen as torn."""
_LINE, _INDENT = TEXT_WIDTH / CHARACTER, 2 * BODY_SIZE / CHARACTER
"""Characters that a line holds, and before the first one of a paragraph."""
_HALVES = dict.fromkeys(map(chr, range(0x21, 0x7F)), 0.492) | {" ": 0.25}
"""The width of what a Latin face sets; the rest is as wide as a Chinese character."""
_LONG_WORD = re.compile("[!-,.-~]{12,}")
"""An address or other word that goes to the next line whole and leaves half of this one empty; it
may be broken at hyphens."""
_WORD = re.compile("[!-~]+(?:[－–—][!-~]+)*|——|……")
_SHORT_NUMBER = re.compile("[一-鿿]?〔[12][0-9]{3}〕第?[0-9]{1,6}号")
_WAYS = ((_SHORT_NUMBER, 0.22), (NUMBER, 0.125))
"""What Word and LibreOffice keep of the number of a document, and how wide they make the joint of
Chinese and Latin; and a browser, to which the whole number is one word."""


def has_long_word(text: str) -> bool:
    """Whether a word is so long that it would tear the line before it in a page of any width."""
    return _LONG_WORD.search(text) is not None


@lru_cache(maxsize=1024)
def is_torn(text: str) -> bool:
    """Whether the paragraph, justified on the official page, would have a torn line."""
    if len(text) <= _LINE - _INDENT:
        return False
    if has_long_word(text):
        return True
    words = [found.span() for found in _WORD.finditer(text)]
    return any(spread > SPREAD for way in _WAYS for spread in _spreads(text, words, *way))


def _spreads(
    text: str, words: Sequence[tuple[int, int]], number: re.Pattern[str], joint: float
) -> Iterator[float]:
    """What the characters of each line but the last would be set apart."""
    widths = list(map(_HALVES.get, text, repeat(1.0)))
    inside: set[int] = set()
    for start, end in words:
        inside.update(range(start + 1, end))
        for at in (start, end):
            if 0 < at < len(text) and "一" <= text[at - (at == start)] <= "鿿":
                widths[at] += joint
    if "〔" in text:
        for found in number.finditer(text):
            inside.update(range(found.start() + 1, found.end()))
    ends = list(accumulate(widths, initial=0.0))
    at, room = 0, _LINE - _INDENT
    while (fits := bisect_right(ends, ends[at] + room) - 1) < len(text):
        end = _last_break(text, at, fits, inside)
        chinese = end - at - sum(map(_HALVES.__contains__, text[at:end]))
        yield (room - ends[end] + ends[at]) / max(chinese, 1)
        at, room = end, _LINE


def _last_break(text: str, after: int, at: int, inside: set[int]) -> int:
    """Where a line ends that has room up to a place."""
    for end in range(at, after, -1):
        if end not in inside and text[end] not in NOT_FIRST and text[end - 1] not in OPENING:
            return end
    return at
