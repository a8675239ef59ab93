"""What a text's bytes say, whatever they are declared to be.

Only bytes that are strictly UTF-8, or bear a mark, tell their encoding. Of the others each reading
is tried, and the one with the most characters that such reports are made of is taken.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache

from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Section

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "big5hkscs")
_SAMPLE = 60_000
_LOST = "\ufffd"
_DECLARED = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]{3,20})""", re.IGNORECASE)
_USUAL = '的是在和有为年月日不了与及对个上下中，。、：；（）《》“”0123456789 \n<>="/|\t'
_SAME = {"gbk": "gb18030", "gb2312": "gb18030", "big5": "big5hkscs", "utf8": "utf-8"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text; ``damaged`` bytes stand in it as U+FFFD; ``declared`` where that was wrong."""

    text: str
    encoding: str
    damaged: int = 0
    declared: str | None = None


def decode(data: bytes) -> Decoded:
    """The text of the bytes; whatever they are, something comes of them."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    name = marked or ("utf-8" if _is_utf8(data) else max(_CANDIDATES, key=lambda n: _fit(data, n)))
    text = data.decode(name, "replace").removeprefix("\ufeff")
    return Decoded(text, name, text.count(_LOST), _wrongly_declared(data, name))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return 3 * data.count(0) < len(data) or not data


def _fit(data: bytes, name: str) -> float:
    """Share of the characters that such a report is made of; what cannot be read counts against."""
    text = data[:_SAMPLE].decode(name, "replace")
    usual = _usual_letters()
    good = sum(letter in usual for letter in text)
    return (good - 2 * text.count(_LOST)) / max(len(text), 1)


@cache
def _usual_letters() -> frozenset[str]:
    """The letters of the form's labels and titles, and the commonest of all."""
    labels = (cell.text for e in EDITIONS.values() for g in e.grids.values() for cell in g.labels)
    sections: list[Section] = [s for e in EDITIONS.values() for s in e.sections]
    return frozenset(_USUAL).union(*labels, *(s.title + s.guidance for s in sections))


def _wrongly_declared(data: bytes, name: str) -> str | None:
    found = _DECLARED.search(data[:4096])
    if found is None:
        return None
    said = found[1].decode("ascii").lower()
    return None if _SAME.get(said, said) in (name, name[:6]) else said
