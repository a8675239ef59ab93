"""Sentences that a county has explained once: the same next year is read without a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gxgen.editions.schema import Edition
from gxgen.model.words import CountyWords
from gxgen.prose.claims.claim import Claim, Expr, Reading, Ring
from gxgen.prose.claims.tokens import squeezed_with_places

SOURCE = "memory"
"""What stands in a reading for the frame's name."""
_TERM = re.compile(r"([+-]?)([a-z_.]+)")
_NUMERAL = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})(?=年)|-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
    r"|(?<![一二两三四五六七八九十百千零〇])[一二两三四五六七八九十百千零〇]++(?=[件份起宗封例条项次个部])"
)
_YEARS = {0: "{本年}", -1: "{上年}", 1: "{下年}"}


def masked(claim: Claim, year: int, own: re.Pattern[str]) -> str | None:
    """A claim's sentence without what changes from year to year; None where no number is claimed.

    ``own`` finds the names of the agency in a report of ``year``.
    """
    if claim.quantity is None:
        return None
    sentence, at = claim.sentence, claim.quantity.span
    before = sentence.paragraph[sentence.start : at.start]
    after = sentence.paragraph[at.end : sentence.end]
    return f"{_masked(before, year, own)}[{_masked(at.text, year, own)}]{_masked(after, year, own)}"


def _masked(text: str, year: int, own: re.Pattern[str]) -> str:
    def mask(found: re.Match[str]) -> str:
        if found["year"] is None:
            return "#"
        return _YEARS.get(int(found["year"]) - year, "{某年}")

    squeezed, _ = squeezed_with_places(text)
    return "{本机关}".join(_NUMERAL.sub(mask, part) for part in own.split(squeezed))


def recalled(
    claims: Iterable[Claim], words: CountyWords, edition: Edition, year: int, own: re.Pattern[str]
) -> Iterator[Claim]:
    """The claims, those of remembered sentences read as they were explained.

    Such a claim is of the inner ring, unless it is approximate; where its number counts nothing in
    the tables it is bound to nothing. Words that bound nothing by themselves are left alone.
    """
    known = {one.clause: one.reads for one in words.frames}
    for claim in claims:
        # What the words around a number alone make certain no explanation makes another.
        asked = known and claim.readings and claim.ring is not Ring.INNER
        clause = masked(claim, year, own) if asked else None
        if clause is None or clause not in known:
            yield claim
        elif not known[clause]:
            yield replace(claim, readings=(), also=(), ring=Ring.OUTER)
        elif terms := expression(known[clause], edition):
            sure = claim.quantity is not None and not claim.quantity.approximate
            ring = Ring.INNER if sure else Ring.OUTER
            reading = Reading(Expr(terms), 0, SOURCE)
            yield replace(claim, readings=(reading,), also=(), ring=ring, sign=0)
        else:  # this year's form lacks a figure
            yield claim


def expression(text: str, edition: Edition) -> tuple[tuple[int, str], ...]:
    """``requests.received.total+…`` as figures; nothing if the edition lacks one."""
    terms = tuple((-1 if sign == "-" else 1, key) for sign, key in _TERM.findall(text))
    return terms if all(key in edition.fields for _, key in terms) else ()
