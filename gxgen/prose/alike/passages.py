"""The passages of a report that can be held beside others, small enough to be kept and sent."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gxgen.model.agency import Agency
from gxgen.model.narrative import PREAMBLE, Narrative
from gxgen.prose.alike.lawful import SHORTEST, Lawful, masked
from gxgen.prose.alike.likeness import most_alike

_LONGEST = 2_000
"""Letters of a passage that are compared and kept: far more than any paragraph that is read."""
_MOST = 400
"""Passages of one report that are kept."""


class Passage(NamedTuple):
    """A paragraph that says something of its own.

    ``place`` is where it stands, as a clerk reads it; ``own`` is what is compared: the masked text
    without what reports may share. ``former`` is last year's paragraph that it is like, and
    ``likeness`` how much; empty and 0 where there is none.
    """

    place: str
    text: str
    own: str
    former: str = ""
    likeness: float = 0.0


def names_of(agency: Agency) -> tuple[str, ...]:
    """What an agency calls itself by name."""
    return tuple(name for name in (agency.name, agency.short_name) if name)


def passages(
    narrative: Narrative,
    agency: Agency,
    known: Lawful,
    former: Narrative = (),
    also: Sequence[str] = (),
) -> tuple[Passage, ...]:
    """Those of a report, beside last year's of the same agency, which is ``also`` called otherwise.
    Preambles are alike by nature."""
    names = (*names_of(agency), *also)
    found = list(_own_passages(narrative, names, known))
    before = list(_own_passages(former, names, known)) if found else []
    others = [one.own for one in before]
    return tuple(_beside(one, before, others) for one in found)


def _own_passages(narrative: Narrative, names: Sequence[str], known: Lawful) -> Iterator[Passage]:
    paragraphs = [
        paragraph
        for part in narrative
        if part.mark != PREAMBLE
        for paragraph in part.paragraphs
        if len(paragraph.text) >= SHORTEST
    ]
    for paragraph in paragraphs[:_MOST]:
        text = paragraph.text[:_LONGEST]
        own = known.own_words(masked(text, names))
        if len(own) >= SHORTEST:
            yield Passage("" if paragraph.place is None else str(paragraph.place), text, own)


def _beside(one: Passage, before: Sequence[Passage], others: Sequence[str]) -> Passage:
    found = most_alike(one.own, others) if others else None
    if found is None:
        return one
    at, score = found
    return one._replace(former=before[at].text, likeness=round(score, 3))


def packed(found: Sequence[Passage]) -> str:
    """As one word of plain letters; empty where there are none."""
    if not found:
        return ""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    data = zlib.compress(text.encode("utf-8", "surrogatepass"), 1)
    return base64.b64encode(data).decode("ascii")


def unpacked(word: str) -> tuple[Passage, ...]:
    """The inverse of :func:`packed`."""
    if not word:
        return ()
    text = zlib.decompress(base64.b64decode(word)).decode("utf-8", "surrogatepass")
    return tuple(Passage(*one) for one in json.loads(text))
