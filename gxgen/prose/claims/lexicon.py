"""The words and frames of ``lexicon.toml``, made ready for matching.

Every tag is one letter beyond ASCII, so that a sentence becomes a string of tags and a frame an
ordinary regular expression over it. Sets of letters up to U+00FF compile in half the time.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from gxgen.prose.claims.claim import Ring
from gxgen.prose.phrases import alternatives

_HERE = Path(__file__).parent
_FIRST = 0x80
UNKNOWN = "."
ANY = -1
"""Any words at all."""
STOPS = ",;:()、"
GENERAL = "~"
"""Marks a phrase that is general knowledge: the corpus of claims does not have it."""
BLOCKS = ("publish", "channel", "cumulative", "totted", "elsewhere")
"""Tags that no loose frame reaches across: what stands behind them counts other things."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Words around a number that say what it counts."""

    name: str
    kind: str
    ring: Ring
    readings: tuple[str, ...]
    also: tuple[str, ...]
    needs: str
    gives: str
    rows: bool
    zero: bool
    each: bool
    in_list: bool
    change: str
    must: tuple[int, ...]
    """Of each of these one must be there: what is looked at before the pattern is tried."""
    rarest: int
    """The fewest of them: most frames are passed over by these alone."""
    source: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """The frame over strings of tags, compiled when it is first needed."""
        return _compiled(self.source)

    def possible(self, mask: int) -> bool:
        """Whether the words that the frame cannot do without are among those of a sentence."""
        return has(mask, self.must)


def has(mask: int, must: tuple[int, ...]) -> bool:
    """Whether of each of these sets of letters one is there."""
    for some in must:  # noqa: SIM110 (a generator takes twice as long)
        if not mask & some:
            return False
    return True


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


@dataclass(frozen=True, slots=True)
class Wide:
    """Words that stand near a number, in whatever order: what it may count.

    Each of ``need`` must be in the clause, one of ``none`` must not; with ``only`` nothing else
    may, with ``left`` nothing else before the number; one of ``then`` must follow it. ``make``
    names how the readings are made where they are not fixed.
    """

    name: str
    kind: str
    need: tuple[int, ...]
    rarest: int
    none: int
    only: int
    left: int
    then: int
    where: str
    count: str
    topics: frozenset[str]
    readings: tuple[str, ...]
    also: tuple[str, ...]
    make: str
    gives: str
    sure: int
    """If the clause has no other words than these, and ``after`` holds, it may be called wrong."""
    after: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Words that stand together and mean what another word means: 未 + 收到, 收到 + 并 + 办理."""

    letter: str
    must: tuple[int, ...]
    rarest: int
    none: int
    pattern: re.Pattern[str]

    def possible(self, mask: int) -> bool:
        """Whether the words that it cannot do without are among those of a sentence."""
        return has(mask, self.must)


_BITS: dict[str, int] = {}


def mask_of(letters: Iterable[str]) -> int:
    """A set of letters, and of topics (``@document``), as one number."""
    mask = 0
    for letter in letters:
        bit = _BITS.get(letter)
        if bit is None:
            bit = _BITS[letter] = 1 << len(_BITS)
        mask |= bit
    return mask


SHAPES = 4096
"""Of so many forms of sentences, or of clauses, what the words alone decide is kept."""


@lru_cache(maxsize=SHAPES)
def mask_of_tags(tags: str) -> int:
    """The same of a string of letters: the words of one clause stand in many."""
    return mask_of(tags)


def _rarest(must: Sequence[int]) -> int:
    """Of what must be there, the fewest words; any where nothing must."""
    return min(must, key=int.bit_count, default=ANY)


def _wide(
    letters: Mapping[str, str],
    *,
    name: str,
    kind: str,
    need: Iterable[str] = (),
    none: str = "",
    only: str | None = None,
    left: str | None = None,
    then: str = "",
    where: str = "near",
    count: str = "NZ",
    topics: str = "",
    readings: Iterable[str] = (),
    also: Iterable[str] = (),
    make: str = "",
    gives: str = "",
    sure: str = "",
    after: str = "",
) -> Wide:
    def some(names: str) -> int:
        parts = (one for one in names.replace("ROW", letters["ROW"]).split("|") if one)
        return mask_of(one if len(one) == 1 or one[0] == "@" else letters[one] for one in parts)

    needed = tuple(map(some, need))
    return Wide(
        name,
        kind,
        needed,
        _rarest(needed),
        some(none),
        ANY if only is None else some(only),
        ANY if left is None else some(left),
        some(then),
        where,
        count,
        frozenset(topics.split("|")) - {""},
        tuple(readings),
        tuple(also),
        make,
        gives,
        some(sure),
        after,
    )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Tags by phrase, letters by tag, measure words as alternatives, and the frames in order."""

    tags: Mapping[str, str]
    letters: Mapping[str, str]
    measures: str
    counted: frozenset[str]
    chinese: str
    names: Mapping[str, str]
    frames: tuple[Frame, ...]
    merges: tuple[Merge, ...]
    wide: Mapping[str, tuple[Wide, ...]]
    """The wide rules by the letters of the numbers that they count."""
    rows: frozenset[str]
    """The tags of the outcomes: what stands in the macro ROW."""
    bare: frozenset[str]
    """What is a request where requests are spoken of."""
    openers: frozenset[str]
    """The letters behind which it is one."""


@cache
def lexicon() -> Lexicon:
    """The words that come with gxgen."""
    files = ("lexicon.toml", "wide.toml")
    texts = ((_HERE / name).read_text(encoding="utf-8") for name in files)
    return _made({key: value for text in texts for key, value in tomllib.loads(text).items()})


@cache
def _tags() -> dict[str, str]:
    return {letter: tag for tag, letter in lexicon().letters.items()}


def tag_of(letter: str) -> str:
    """The tag of a letter; empty for marks and numbers."""
    return _tags().get(letter, "")


def _made(data: dict[str, Any]) -> Lexicon:
    letters = {tag: chr(_FIRST + at) for at, tag in enumerate(data["tags"])}
    tags = {
        phrase.removeprefix(GENERAL): tag
        for tag, phrases in data["tags"].items()
        for phrase in phrases
    }
    measures = data["measures"]
    rows = data["macros"]["ROW"].strip("{}")
    grammar = _Grammar(letters, data["macros"])
    return Lexicon(
        tags,
        letters,
        alternatives([*measures["claim"], *measures["other"]]),
        frozenset(measures["claim"]),
        alternatives(measures["chinese"]),
        data["names"],
        tuple(grammar.frame(**one) for one in data["frame"]),
        tuple(grammar.merge(**one) for one in data["merge"]),
        _by_count([_wide({**letters, "ROW": rows}, **one) for one in data["wide"]]),
        frozenset(rows.split("|")),
        frozenset(data["bare"]["phrases"]),
        frozenset([*(letters[tag] for tag in data["bare"]["after"]), *"NZYLXOD,;:()、"]),
    )


def _by_count(rules: Iterable[Wide]) -> dict[str, tuple[Wide, ...]]:
    rules = tuple(rules)
    return {letter: tuple(one for one in rules if letter in one.count) for letter in "NZ%$*"}


_INNERMOST = re.compile(
    r"\((?P<kind>\?(?:[:=!]|<[=!]|P<[a-z]+>))?(?P<in>[^()]*)\)(?P<often>[*?+]|\{[0-9,]+\})?"
)
_WORD = re.compile(r"\{([a-z_|]+)\}(?![*?]|\{0)")


_BRANCH = re.compile(r"\|(?![^{}]*\})")


def _kept(group: re.Match[str]) -> str:
    """What of a group must be there: nothing of one that looks ahead or is optional; of a choice
    one word of each branch, if each has one."""
    looks = group["kind"] and group["kind"] not in ("?:",) and not group["kind"].startswith("?P")
    optional = (group["often"] or "+")[0] in "*?{"
    if looks or optional:
        return ""
    branches = [_WORD.findall(branch) for branch in _BRANCH.split(group["in"])]
    if len(branches) == 1:
        return group["in"]
    if not all(branches):
        return ""
    few = {min(words, key=lambda word: (word.count("|"), word)) for words in branches}
    return f"{{{'|'.join(sorted(few))}}}"


class _Grammar:
    """The notation of frames."""

    def __init__(self, letters: Mapping[str, str], macros: Mapping[str, str]) -> None:
        self.letters, self.macros = letters, macros
        shut = "".join(letters[tag] for tag in BLOCKS)
        self.signs = {"N": "(?P<n>[NZ])", "Z": "(?P<n>Z)", "%": "(?P<n>%)", "\\$": r"(?P<n>\$)"}
        self.gap = f"[^NZ%${re.escape(STOPS)}{shut}]"

    def frame(
        self,
        *,
        name: str,
        kind: str,
        pattern: str,
        ring: str = "inner",
        readings: Iterable[str] = (),
        also: Iterable[str] = (),
        needs: str = "",
        gives: str = "",
        change: str = "",
        **flags: bool,
    ) -> Frame:
        """A frame as it is declared, with its pattern compiled."""
        must = self._must(self._expanded(pattern))
        return Frame(
            name,
            kind,
            Ring(ring),
            tuple(readings),
            tuple(also),
            needs,
            gives,
            flags.get("rows", False),
            flags.get("zero", False),
            flags.get("each", False),
            flags.get("list", False),
            change,
            must,
            _rarest(must),
            self.source(pattern),
        )

    def merge(self, *, pattern: str, means: str, none: str = "") -> Merge:
        """Words that are read as one of another meaning."""
        letter = UNKNOWN if means == UNKNOWN else self.letters[means]
        must = self._must(self._expanded(pattern))
        unless = mask_of(self.letters[tag] for tag in none.split("|") if tag)
        return Merge(letter, must, _rarest(must), unless, re.compile(self.source(pattern)))

    def _must(self, pattern: str) -> tuple[int, ...]:
        """The words that stand outside every group and are not optional."""
        before, pattern = "", re.sub(r"\\.", "", pattern)
        while before != pattern:
            before = pattern
            pattern = _INNERMOST.sub(_kept, pattern)
        found = _WORD.findall(pattern)
        return tuple(mask_of(self.letters[tag] for tag in one.split("|")) for one in found)

    def _expanded(self, pattern: str) -> str:
        while named := re.search(r"\{([A-Z]+)\}", pattern):
            pattern = pattern.replace(named[0], f"(?:{self.macros[named[1]]})")
        return pattern

    def source(self, pattern: str) -> str:
        """``{tag|tag}`` and the signs as letters of the string of tags."""
        pattern = self._expanded(pattern)
        tokens = re.split(
            r"(\{[a-z_|]+\}|\(\?P<[a-z]+>|\(\?[:=!<]=?|\\\$|\[[A-Z,.D]+\]|[NGZ%])", pattern
        )
        return "".join(map(self._sign, tokens))

    def _sign(self, sign: str) -> str:
        if sign.startswith("{") and sign[1:2].isalpha():
            return f"[{''.join(self.letters[tag] for tag in sign[1:-1].split('|'))}]"
        return {"[N]": "[NZ]", "G": self.gap}.get(sign) or self.signs.get(sign, sign)
