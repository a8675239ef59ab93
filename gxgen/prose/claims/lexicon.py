"""The words and frames of ``lexicon.toml``, made ready for matching.

Every tag is one letter of a private range, so that a sentence becomes a string of tags and a frame
an ordinary regular expression over it.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gxgen.prose.claims.claim import Ring

_HERE = Path(__file__).parent
_FIRST = 0xE000
UNKNOWN = "."
STOPS = ",;:()、"
BLOCKS = ("publish", "channel", "cumulative", "elsewhere")
"""Tags that no loose frame reaches across: what stands behind them counts other things."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Words around a number that say what it counts."""

    name: str
    kind: str
    pattern: re.Pattern[str]
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
    table: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Tags by phrase, letters by tag, the scanner's alternatives, and the frames in order."""

    tags: Mapping[str, str]
    letters: Mapping[str, str]
    phrases: str
    measures: str
    counted: frozenset[str]
    chinese: str
    names: Mapping[str, str]
    frames: tuple[Frame, ...]


@cache
def lexicon() -> Lexicon:
    """The words that come with gxgen."""
    return _made(tomllib.loads((_HERE / "lexicon.toml").read_text(encoding="utf-8")))


def _made(data: dict[str, Any]) -> Lexicon:
    letters = {tag: chr(_FIRST + at) for at, tag in enumerate(data["tags"])}
    tags = {phrase: tag for tag, phrases in data["tags"].items() for phrase in phrases}
    measures = data["measures"]
    grammar = _Grammar(letters, data["macros"])
    return Lexicon(
        tags,
        letters,
        alternatives(tags),
        alternatives([*measures["claim"], *measures["other"]]),
        frozenset(measures["claim"]),
        alternatives(measures["chinese"]),
        data["names"],
        tuple(grammar.frame(**one) for one in data["frame"]),
    )


def alternatives(phrases: Iterable[str]) -> str:
    """The longest of these phrases, as a regular expression that looks at the first letter once."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        by_letter[phrase[0]].append(phrase[1:])
    return "|".join(
        f"{re.escape(first)}(?:{'|'.join(map(re.escape, sorted(rests, key=len, reverse=True)))})"
        for first, rests in sorted(by_letter.items())
    )


class _Grammar:
    """The notation of frames."""

    def __init__(self, letters: Mapping[str, str], macros: Mapping[str, str]) -> None:
        self.letters, self.macros = letters, macros
        shut = "".join(letters[tag] for tag in BLOCKS)
        self.signs = {"N": "(?P<n>[NZ])", "Z": "(?P<n>Z)", "%": "(?P<n>%)", "\\$": r"(?P<n>\$)"}
        self.gap = f"[^NZ%${re.escape(STOPS)}{shut}]"

    def frame(
        self,
        name: str,
        kind: str,
        pattern: str,
        ring: str = "inner",
        readings: Iterable[str] = (),
        also: Iterable[str] = (),
        needs: str = "",
        gives: str = "",
        table: str = "",
        change: str = "",
        **flags: bool,
    ) -> Frame:
        """A frame as it is declared, with its pattern compiled."""
        return Frame(
            name,
            kind,
            self.compiled(pattern),
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
            table,
        )

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """``{tag|tag}`` and the signs as letters of the string of tags."""
        while named := re.search(r"\{([A-Z]+)\}", pattern):
            pattern = pattern.replace(named[0], f"(?:{self.macros[named[1]]})")
        tokens = re.split(
            r"(\{[a-z_|]+\}|\(\?P<[a-z]+>|\(\?[:=!<]=?|\\\$|\[[A-Z,.D]+\]|[NGZ%])", pattern
        )
        return re.compile("".join(map(self._sign, tokens)))

    def _sign(self, token: str) -> str:
        if token.startswith("{") and token[1:2].isalpha():
            return f"[{''.join(self.letters[tag] for tag in token[1:-1].split('|'))}]"
        if token == "[N]":
            return "[NZ]"
        return self.gap if token == "G" else self.signs.get(token, token)
