"""What of a sentence is compared: letters and numbers, without what means nothing between years.

Width, blanks and punctuation are left out, and so is what numbers a sentence in a list (一是, 1.).
A sign that a number needs stays: 1.5 is not 15, -3 is not 3, and 1-3 is not 13.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from gxgen.letters import ordinary

NAMELESS = "某"
"""What the agency's own names become, where the two years call it differently."""
_LIST_MARK = re.compile(
    r"^[(（]?(?:[一二三四五六七八九十]{1,3}(?:[)）、.．]|是(?=.))|\d{1,2}(?:[)）、]|[.．](?!\d)))"
    r"|^[①-⑳]"
)
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[\W_]+(?=[0-9])")
_THOUSANDS = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_SIGN = re.compile(r"(?<![0-9A-Za-z\-−])[-−](?=[0-9])")
_KEPT = str.maketrans({"%": "\ue000", "‰": "\ue001"})
_NOT_LETTERS = re.compile("[^\\w\ue000-\ue00f]+|_+")
_NUMBER = re.compile("\ue004?[0-9]+(?:\ue002[0-9]+)?")
_NUMERAL = re.compile("[零〇一二两三四五六七八九十百千万亿]+")
_POINT, _RANGE, _MINUS, _LIST, _OTHER = "\ue002", "\ue003", "\ue004", "\ue005", "\ue006"
_PRIVATE = re.compile("[\ue000-\ue00f]")


def folded(text: str, names: Iterable[str] = ()) -> str:
    """A sentence's letters and numbers; each of ``names`` stands as 某, the longer ones first."""
    text = ordinary(_PRIVATE.sub("", text)).strip()
    text = unicodedata.normalize("NFKC", _LIST_MARK.sub("", text))
    text = _solid(text)
    for name in sorted(filter(None, map(_solid, names)), key=len, reverse=True):
        text = text.replace(name, NAMELESS)
    text = _THOUSANDS.sub(lambda found: found[0].replace(",", ""), text)
    text = _BETWEEN_DIGITS.sub(lambda found: _joint(found[0]), text)
    text = _SIGN.sub(_MINUS, text).translate(_KEPT)
    return _NOT_LETTERS.sub("", text)


def _solid(text: str) -> str:
    return "".join(text.split())


def _joint(marks: str) -> str:
    """What stands between two digits, as one sign: a point, a range, a list, or another."""
    if marks == ".":
        return _POINT
    if marks in {"-", "−", "–", "—", "——", "~", "～"}:
        return _RANGE
    return _LIST if set(marks) <= set(",，、;；。和") else _OTHER


def masked(fold: str) -> str:
    """A folded sentence with each number as 0: what two years say but for their numbers."""
    return _NUMBER.sub("0", fold)


def wordless(fold: str) -> str:
    """The same with numbers in words masked too: only for asking whether two are equal, as 一 is
    no number in 统一."""
    return _NUMERAL.sub("0", masked(fold))
