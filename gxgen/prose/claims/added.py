"""What a county's own words make of sentences: questions, never errors.

A text in which such words stand is read twice, without them and with them. What both readings make
of a number stays as it was. Where the words make a difference, a number that was bound for certain
without them keeps its reading, and any other takes the new one; both may be asked about, no more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from gxgen.model.report import Report
from gxgen.prose.claims.claim import Claim, Ring
from gxgen.prose.claims.lexicon import lexicon
from gxgen.prose.claims.tokens import Added, squeezed_with_places, tokenised

SELF = "self"
"""The tag of what an agency calls itself."""
_LEAST, _MOST = 2, 30
_LETTERS = re.compile(r"[A-Za-z\u3400-\u9fff·]+")
_NUMERAL = re.compile("[零〇一二两三四五六七八九十百千万亿]$")
_NOBODY = re.compile(r"(?!)")
_Key = tuple[int, int, tuple[str, ...]]
"""Where in its sentence's paragraph a number stands; of a statement that has none where the
sentence begins, and what it is about."""


def spoken(report: Report) -> Added:
    """The county's words, if the text has any of them; its words for the agency among them."""
    words = report.words
    own = ((SELF, plain(name)) for name in words.names_of(report.agency.name))
    added = (*words.phrases, *own)
    if not added:
        return ()
    paragraphs = (one.text for passage in report.narrative for one in passage.paragraphs)
    headings = (passage.heading or "" for passage in report.narrative)
    text = plain("\n".join((*paragraphs, *headings)))
    return added if any(phrase in text for _, phrase in added) else ()


def plain(text: str) -> str:
    """The text as sentences are read: in narrow letters, without blanks."""
    return squeezed_with_places(text)[0]


def unfit(phrase: str) -> str:
    """Why a phrase cannot be a county's own word, as half a sentence; empty if it can."""
    said = plain(phrase)
    if not _LEAST <= len(said) <= _MOST:
        return f"应是{_LEAST}到{_MOST}个字"
    if not _LETTERS.fullmatch(said):
        return "只能是汉字和字母，不能有数字和标点"
    if _NUMERAL.search(said) or tokenised(said, 0, _NOBODY, wide=False).numbers:
        return "不能含有数，也不能以数字结尾"
    return ""


def tag_of(phrase: str) -> str | None:
    """The tag under which gxgen itself has a phrase."""
    return lexicon().tags.get(plain(phrase))


def is_tag(name: str) -> bool:
    """Whether there is such a tag."""
    return name in lexicon().letters


def tags() -> Collection[str]:
    """Those that a county may add to."""
    return lexicon().letters


def choices() -> str:
    """All tags that a county may add to, each with one of its words."""
    first: dict[str, str] = {}
    for phrase, tag in lexicon().tags.items():
        first.setdefault(tag, phrase)
    return "、".join(f"{tag}（{phrase}）" for tag, phrase in first.items())


def outside(sure: Iterable[Sequence[Claim]], lent: Iterable[Sequence[Claim]]) -> Iterator[Claim]:
    """The claims of a text, sentence by sentence: ``sure`` as gxgen reads it, ``lent`` as it is
    read with the county's words too."""
    for one, other in zip(sure, lent, strict=True):
        if one == other:
            yield from one
            continue
        before, after = _by_place(one), _by_place(other)
        for key in sorted({*before, *after}):
            yield from _read(before.get(key, []), after.get(key, []))


def _by_place(claims: Sequence[Claim]) -> dict[_Key, list[Claim]]:
    found: dict[_Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[_key(claim)].append(claim)
    return found


def _key(claim: Claim) -> _Key:
    if claim.quantity is not None:
        return claim.quantity.span.start, claim.quantity.span.end, ()
    keys = (key for reading in claim.readings for key in reading.expr.keys)
    return claim.sentence.start, claim.sentence.start, (claim.kind, *keys)


def _read(before: list[Claim], after: list[Claim]) -> list[Claim]:
    """What is left of a number, or of a statement without one, as it is read without and with the
    county's words."""
    if before == after:
        return before
    if any(claim.ring is Ring.INNER for claim in before):
        return [_asked(claim) for claim in before]
    return [_asked(claim) for claim in after]


def _asked(claim: Claim) -> Claim:
    return replace(claim, ring=Ring.OUTER)
