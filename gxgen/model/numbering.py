"""Heading numbers of official Chinese documents: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from gxgen.editions.declared import PUBLISHED_EDITIONS
from gxgen.editions.schema import Edition, Section
from gxgen.numerals import from_chinese, to_chinese

_CHINESE = "[一二三四五六七八九十]{1,3}"
_ARABIC = "[0-9０-９]{1,2}"

_PATTERNS = (
    (1, re.compile(rf"第?({_CHINESE})(?:部分[、：:.．]?|[、.．]|(?=[\s\u3000]))\s*")),
    (2, re.compile(rf"[（(]\s*({_CHINESE})\s*[)）][、.．\s]*")),
    (4, re.compile(rf"[（(]\s*({_ARABIC})\s*[)）][、.．\s]*")),
    (3, re.compile(rf"({_ARABIC})\s*[.．、](?![0-9０-９])[、.．\s]*")),
)

# One-character numbers that Chinese input methods offer: ㈠ is （一）, ⒈ is 1., ⑴ is （1）.
_SINGLE = {
    **{chr(0x3220 + i): (2, i + 1) for i in range(10)},
    **{chr(0x2488 + i): (3, i + 1) for i in range(20)},
    **{chr(0x2474 + i): (4, i + 1) for i in range(20)},
}


@dataclass(frozen=True, slots=True)
class Written:
    """A number as an agency wrote it: its level (1 一、 2 （一） 3 1. 4 （1）) and ordinal.

    ``token`` is the exact beginning of the line, white space after the number included.
    """

    level: int
    ordinal: int
    token: str


# Most lines are paragraphs: their first character already says that no number begins there.
_BEGINNINGS = frozenset("第一二三四五六七八九十（(0123456789０１２３４５６７８９").union(_SINGLE)


def written_number(text: str) -> Written | None:
    """The number that a line begins with, or None; ``3.8万条`` begins with none."""
    if text[:1] not in _BEGINNINGS:
        return None
    if text[:1] in _SINGLE:
        level, single = _SINGLE[text[0]]
        return Written(level, single, text[: len(text) - len(text[1:].lstrip("、.． \t\u3000"))])
    for level, pattern in _PATTERNS:
        found = pattern.match(text)
        if found:
            digits = found.group(1)
            ordinal = int(digits) if digits.isdecimal() else from_chinese(digits)
            return Written(level, ordinal, found.group()) if ordinal else None
    return None


def number_of(level: int, ordinal: int) -> str:
    """The number as printed at a level: (2, 3) → ``（三）``."""
    match level:
        case 1:
            return f"{to_chinese(ordinal)}、"
        case 2:
            return f"（{to_chinese(ordinal)}）"
        case 3:
            return f"{ordinal}."
        case _:
            return f"（{ordinal}）"


@lru_cache(maxsize=256)
def number_text(mark: str) -> str:
    """The printed number of a mark: ``1`` → ``一、``, ``1.2`` → ``（二）``, ``1.2.3`` → ``3.``.

    The preamble (``0``) and the sign-off (``9``) have none.
    """
    if mark in ("0", "9"):
        return ""
    return number_of(mark.count(".") + 1, int(mark.rpartition(".")[2]))


def section_heading(section: Section) -> str:
    """A section's title as printed: ``一、总体情况``."""
    return number_text(section.mark) + section.title


_OTHERS = re.compile(r"[\W_]+")
"""What :meth:`str.isalnum` is not true of."""


@lru_cache(maxsize=512)
def fold(text: str) -> str:
    """Letters and digits only, NFKC: what is left when width, spacing and punctuation vary."""
    return _OTHERS.sub("", unicodedata.normalize("NFKC", text))


def section_of(edition: Edition, text: str) -> str | None:
    """The mark of the section whose title this line is, or None.

    The title may be the fixed one or an alias, bear a number of the first level (一、 第一部分)
    or none, and vary in white space, width and punctuation. （二）主动公开… is never a section.
    """
    text = text.strip()
    if len(text) > LONGEST_TITLE:
        return None
    number = written_number(text)
    if number is not None and number.level != 1:
        return None
    marks = _marks_by_title(edition.id)
    mark = marks.get(fold(text[len(number.token) if number else 0 :]))
    if mark is None and number is None and (damaged := _DAMAGED.match(text)):
        return marks.get(fold(text[damaged.end() :]))
    return mark


def section_worded(edition: Edition, text: str) -> str | None:
    """The mark of the section that a line's words mean, as published reports vary its title.

    ``其他事项`` is section six with a number of the first level before it; without one it may be
    any heading, so callers ask where it stands.
    """
    text = text.strip()
    if len(text) > LONGEST_TITLE or text[-1:] in "。；！？":
        return None
    number = written_number(text)
    if number is not None and number.level != 1:
        return None
    damaged = None if number else _DAMAGED.match(text)
    core = fold(text[len(number.token) if number else damaged.end() if damaged else 0 :])
    if not core or core[-1] not in _LAST_LETTERS:
        return None
    return next((m for m, wording in _wordings(edition.id) if wording.fullmatch(core)), None)


LONGEST_TITLE = 60
"""Letters of the longest line that can be a section's title."""
_DAMAGED = re.compile(r"[lI|丨]?第?(?:[一二三四五六](?:部分)?[、，,.．:：\s]*|[、，,.．]+)")
"""What a publisher's site leaves of a number: ``l六、``, ``、``, ``六``."""
_LAST_LETTERS = frozenset("况述项施举向算法划路排议见")


@lru_cache(maxsize=8)
def _wordings(edition_id: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    sections = PUBLISHED_EDITIONS[edition_id].sections
    return tuple((s.mark, re.compile(s.wording)) for s in sections if s.wording)


@lru_cache(maxsize=8)
def _marks_by_title(edition_id: str) -> dict[str, str]:
    """The mark of each section by its titles' letters; of two alike the first section counts."""
    marks: dict[str, str] = {}
    for section in PUBLISHED_EDITIONS[edition_id].sections:
        for title in (section.title, *section.aliases):
            marks.setdefault(fold(title), section.mark)
    return marks
