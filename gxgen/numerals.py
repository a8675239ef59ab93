"""Chinese numerals: numbers in words and back."""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"
_DIGIT_VALUES = {c: i for i, c in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_CHINESE = re.compile(
    r"(?:(?P<q>[一二两三四五六七八九])千)?"
    r"(?P<z1>[零〇])?(?:(?P<b>[一二两三四五六七八九])百)?"
    r"(?P<z2>[零〇])?(?:(?P<s>[一二三四五六七八九])?(?P<ten>十))?"
    r"(?P<z3>[零〇])?(?P<u>[一二两三四五六七八九])?"
)


def to_chinese(number: int) -> str:
    """1–9999 in words: 11 → 十一, 103 → 一百零三; a larger number in digits."""
    if number > 9999:
        return str(number)
    words = ""
    for value, place in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            words += _DIGITS[digit] + place
        elif words and words[-1] != "零":
            words += "零"
    return words.removeprefix("一" if words.startswith("一十") else "").rstrip("零")


def from_chinese(words: str) -> int | None:
    """The value of a numeral below 10 000 in words, ``一百零三`` → 103; None if not sure.

    Colloquial short forms (``一百三`` for 130) and strings of digits (``二三``) are not sure.
    """
    if words in ("零", "〇"):
        return 0
    match = _CHINESE.fullmatch(words)
    if match is None or _loose(match):
        return None

    def digit(name: str) -> int:
        return _DIGIT_VALUES[match[name]] if match[name] else 0

    tens = (digit("s") or 1) if match["ten"] else 0
    return digit("q") * 1000 + digit("b") * 100 + tens * 10 + digit("u")


def _loose(match: re.Match[str]) -> bool:
    """Whether a place is skipped without 零, or 零 stands where no place is skipped."""
    q, b, ten, u = match["q"], match["b"], match["ten"], match["u"]
    z1, z2, z3 = bool(match["z1"]), bool(match["z2"]), bool(match["z3"])
    lower = [("b", b, z1), ("s", ten, z2), ("u", u, z3)]
    present = bool(q)
    skipped = zeros = False
    for _, place, zero in lower:
        zeros = zeros or zero
        if place:
            if present and zeros != skipped:
                return True
            if not present and zeros:
                return True
            present, skipped, zeros = True, False, False
        elif present:
            skipped = True
    if ten and match["s"] is None and (q or b):
        return True
    return zeros or not present
