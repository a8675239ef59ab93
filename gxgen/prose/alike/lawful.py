"""Sentences that reports may share, and what a passage says without them, made fit to compare.

Numbers and the agency's own name are left out: who only changes these has copied. What is left is
kept as it is; Chinese characters are never folded together.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

from gxgen.prose.phrases import alternatives

SHORTEST = 40
"""Passages shorter than this are alike by nature: 无, or that nothing was received."""
ANYTHING = "…"
"""In a lawful sentence: whatever else stands there."""
NAMELESS = "某"
"""What an agency's own name becomes."""
_NUMBER = re.compile(r"[0-9\uff10-\uff19](?:[.,\uff0e]?[0-9\uff10-\uff19])*[%\uff05]?")
_SENTENCE = re.compile(r"[^。；！？;!?\n]+[。；！？;!?\n]*")
_LIST_MARK = re.compile(r"^[(（]?[一二三四五六七八九十0]{1,3}(?:[)）、.．]|是(?=.))|^[①-⑳]")
_BLANK = re.compile(r"\s+")
_STOPS = "。；！？;!?\n"
_ANCHOR = 3


def masked(text: str, names: Iterable[str] = ()) -> str:
    """The text without blanks, its numbers as 0, each of the agency's ``names`` as 某.

    Longer names go first, so that none is left in part.
    """
    text = _BLANK.sub("", text)
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, NAMELESS)
    return _NUMBER.sub("0", text)


def sentences(text: str) -> list[str]:
    """The sentences of a masked text, with their stops."""
    return _SENTENCE.findall(text)


def bare(sentence: str) -> str:
    """A masked sentence without its stops and without what numbers it in a list: 一是, （二）."""
    return _LIST_MARK.sub("", sentence.rstrip(_STOPS))


class Lawful:
    """Which masked sentences are nobody's own."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """``patterns`` are sentences in which … stands for anything."""
        self._whole: set[str] = set()
        self._by_anchor: dict[str, list[list[str]]] = defaultdict(list)
        for pattern in patterns:
            for one in sentences(masked(pattern.replace("...", ANYTHING))):
                self._add(bare(one))
        # All runs of three letters are looked at, those that overlap too.
        self._anchors = re.compile(f"(?=({alternatives(self._by_anchor)}))")

    def _add(self, sentence: str) -> None:
        """A sentence is looked up by three letters of its longest part."""
        if ANYTHING not in sentence:
            self._whole.add(sentence)
            return
        parts = sentence.split(ANYTHING)
        longest = max(parts, key=len)
        if len(longest) >= _ANCHOR:  # another would hold for nearly everything
            start = (len(longest) - _ANCHOR) // 2
            self._by_anchor[longest[start : start + _ANCHOR]].append(parts)

    def __contains__(self, sentence: str) -> bool:
        """Whether a masked sentence is one of them."""
        said = bare(sentence)
        if said in self._whole:
            return True
        return any(
            _holds(parts, said)
            for found in self._anchors.finditer(said)
            for parts in self._by_anchor[found[1]]
        )

    def own_words(self, text: str) -> str:
        """What a masked passage says beside them."""
        return "".join(one for one in sentences(text) if one not in self)


def _holds(parts: Sequence[str], said: str) -> bool:
    """Whether the parts stand in what is said, in order, the first and the last at its ends. Each
    is taken where it first comes: no way back, however long the sentence."""
    first, *inner, last = parts
    end = len(said) - len(last)
    if not said.startswith(first) or not said.endswith(last):
        return False
    at = len(first)
    for part in inner:
        at = said.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return at <= end


@lru_cache(maxsize=8)
def lawful(county: tuple[str, ...] = ()) -> Lawful:
    """gxgen's own list with a county's additions, made ready once a process."""
    text = files("gxgen.prose.alike").joinpath("lawful.toml").read_text(encoding="utf-8")
    return Lawful((*tomllib.loads(text)["sentences"], *county))
