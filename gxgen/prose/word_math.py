"""Formulas as a line of text: fractions, powers and indices; the rest is told.

Word writes them in two ways: as elements (``m:oMath``), and as EQ fields, which 带圈字符, 拼音指南
and 合并字符 use as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from gxgen.letters import lowered, raised
from gxgen.prose.word_elements import Means, meaning, name_of
from gxgen.prose.word_package import attribute, child, switched_on

_DEEPEST = 30
_PROPERTIES = re.compile(r"m:\w+Pr")


@dataclass(frozen=True, slots=True)
class Shown:
    """A text in a line; ``sure``: it means what the formula shows."""

    text: str
    sure: bool = True
    reading: bool = False
    """It stood above a word: its 拼音."""


def joined(parts: Sequence[Shown]) -> Shown:
    """Parts behind each other; a fraction beside a digit or letter is not sure, and set apart."""
    pieces: list[str] = []
    last, sure = "", True
    for text in (part.text for part in parts if part.text):
        beside = last[-1:].isalnum() and text[0].isalnum()
        torn = beside and ("/" in text or "/" in last)
        pieces += (" ", text) if torn else (text,)
        last, sure = text, sure and not torn
    return Shown("".join(pieces), sure and all(part.sure for part in parts))


def fraction(above: Shown, below: Shown) -> Shown:
    """``3/4``; sure where both are single words or numbers."""
    simple = above.text.isalnum() and below.text.isalnum()
    text = f"{above.text}/{below.text}" if simple else f"({above.text})/({below.text})"
    return Shown(text, simple and above.sure and below.sure)


def shifted(base: Shown, up: Shown | None, down: Shown | None) -> Shown:
    """A base with its power and index in characters of Unicode, where these exist."""
    text, sure = base.text, base.sure
    for part, move, sign in ((down, lowered, "_"), (up, raised, "^")):
        if part is not None:
            moved = move(part.text)
            text += f"{sign}({part.text})" if moved is None else moved
            sure = sure and part.sure and moved is not None
    return Shown(text, sure and base.text.replace(".", "").isalnum())


def formula(element: _Element, depth: int = 0) -> Shown:
    """An ``m:oMath``, or whatever stands in one, as a line."""
    if depth > _DEEPEST:
        return Shown("".join(str(t) for t in element.itertext()), sure=False)
    name = name_of(element)

    def part(wanted: str) -> Shown:
        found = child(element, wanted)
        return Shown("") if found is None else formula(found, depth + 1)

    match name:
        case "m:t" | "w:t":
            return Shown(element.text or "")
        case "m:f":
            bar = attribute(child(element, "fPr", "type"), "val")
            made = fraction(part("num"), part("den"))
            return Shown(made.text, made.sure and bar != "noBar")
        case "m:sSup":
            return shifted(part("e"), part("sup"), None)
        case "m:sSub":
            return shifted(part("e"), None, part("sub"))
        case "m:sSubSup":
            return shifted(part("e"), part("sup"), part("sub"))
        case "m:d":
            return _bracketed(element, depth)
        case "m:rad":
            return _root(part("deg"), part("e"))
        case _:
            return _within(element, name, depth)


_PLAIN = re.compile(r"m:(?:oMath|oMathPara|r|e|num|den|sup|sub|deg|box)|w:(?:r|ins|moveTo)")
_NO_TEXT = (Means.NOTHING, Means.DELETED)


def _within(element: _Element, name: str, depth: int) -> Shown:
    parts = [
        formula(e, depth + 1)
        for e in element
        if meaning(e)[0] not in _NO_TEXT and not _PROPERTIES.fullmatch(name_of(e))
    ]
    if _PLAIN.fullmatch(name):
        unseen = any(_is_unseen(e) for e in element if name_of(e) == "w:rPr")
        return Shown("", sure=False) if unseen else joined(parts)
    # Its parts stand above or beside each other in a way that a line does not show.
    return Shown(" ".join(p.text for p in parts if p.text), sure=not parts)


def _is_unseen(properties: _Element) -> bool:
    return any(switched_on(child(properties, n)) for n in ("vanish", "strike", "dstrike"))


def _bracketed(element: _Element, depth: int) -> Shown:
    marks = [attribute(child(element, "dPr", n), "val") for n in ("begChr", "endChr", "sepChr")]
    begin, end, between = (
        usual if mark is None else mark for mark, usual in zip(marks, "()|", strict=True)
    )
    parts = [formula(e, depth + 1) for e in element if name_of(e) == "m:e"]
    text = begin + between.join(p.text for p in parts) + end
    return Shown(text, all(p.sure for p in parts))


def _root(degree: Shown, base: Shown) -> Shown:
    simple = base.text.isalnum()
    text = f"√{base.text}" if simple else f"√({base.text})"
    return Shown(f"{degree.text}{text}", simple and base.sure and not degree.text)


_WORDS = re.compile(r"[\u3400-\u9fff]")
_RINGS = "○◯〇⃝"
_FRAMES = "□△◇⬜△"
_CIRCLED = {str(n): chr(0x2460 + n - 1) for n in range(1, 21)} | dict(
    zip("一二三四五六七八九十", map(chr, range(0x3280, 0x328A)), strict=True)
)
_TOKEN = re.compile(r"\\([A-Za-z]+)|\\(.)|([(),，;])|([^\\(),，;]+)", re.DOTALL)
_OPTION = re.compile(r"\\\*\s*(?:\"[^\"]*\"|\w+)\s*")
_COUNT = re.compile(r"\s*\d+\s*")


def equation(code: str) -> Shown:
    """What an EQ field shows, by its code: ``EQ \\o\\ac(○,1)`` → ①, ``EQ \\f(3,4)`` → 3/4."""
    body = _OPTION.sub("", re.sub(r"^\s*eq\b", "", code, flags=re.IGNORECASE))
    tokens = [m.groups() for m in _TOKEN.finditer(body)]
    shown = _Equation(tokens).line(0)
    return Shown(shown.text.strip(), shown.sure, shown.reading)


class _Equation:
    """EQ codes from left to right: ``\\o\\ad(\\s\\up 15(lǐng),岭)``."""

    def __init__(self, tokens: list[tuple[str, ...]]) -> None:
        self.tokens = tokens
        self.at = 0

    def line(self, depth: int, *, argument: bool = False) -> Shown:
        """Up to the end, or up to the comma or bracket that ends an argument."""
        parts: list[Shown] = []
        while self.at < len(self.tokens):
            switch, escaped, sign, plain = self.tokens[self.at]
            if sign and argument and sign in ",，;)":
                break
            self.at += 1
            if switch:
                parts.append(self._command(switch.lower(), depth))
            elif not sign or sign not in ",;，":
                parts.append(Shown(escaped or sign or plain))
            else:
                parts.append(Shown(sign))
        made = joined(parts)
        return Shown(made.text, made.sure, any(p.reading for p in parts))

    def _command(self, switch: str, depth: int) -> Shown:
        options = [switch]
        while self.at < len(self.tokens):
            more, _, _, plain = self.tokens[self.at]
            if more:
                options.append(more.lower())
            elif not plain or not _COUNT.fullmatch(plain):
                break
            self.at += 1
        if self.at >= len(self.tokens) or self.tokens[self.at][2] != "(" or depth > _DEEPEST:
            return Shown("", sure=False)
        return _commanded(options, self._arguments(depth))

    def _arguments(self, depth: int) -> list[Shown]:
        found = []
        while self.at < len(self.tokens):
            self.at += 1
            found.append(self.line(depth + 1, argument=True))
            if self.at < len(self.tokens) and self.tokens[self.at][2] == ")":
                self.at += 1
                break
        return [Shown(p.text.strip(), p.sure, p.reading) for p in found]


def _commanded(options: list[str], parts: list[Shown]) -> Shown:
    match options[0], parts:
        case "f", [above, below]:
            return fraction(above, below)
        case "r", [base]:
            return _root(Shown(""), base)
        case "r", [degree, base]:
            return _root(degree, base)
        case "s", [one] if "up" in options:
            moved = raised(one.text)
            is_reading = moved is None and not _WORDS.search(one.text)
            return Shown(moved or one.text, moved is not None, is_reading)
        case "s", [one] if "do" in options:
            moved = lowered(one.text)
            return Shown(moved or one.text, moved is not None)
        case "o", _:
            return _over_each_other(parts)
        case "l", _:
            return Shown("，".join(p.text for p in parts), all(p.sure for p in parts))
        case _:
            return Shown(" ".join(p.text for p in parts), sure=False)


def _over_each_other(parts: list[Shown]) -> Shown:
    readings = [p for p in parts if p.reading]
    others = [p for p in parts if not p.reading]
    if readings and len(others) == 1:
        return Shown(others[0].text, others[0].sure, reading=True)
    marks = [p for p in parts if p.text and p.text in _RINGS + _FRAMES]
    bases = [p for p in parts if p.text not in _RINGS + _FRAMES]
    text = "".join(p.text for p in bases)
    if len(marks) == len(bases) == 1:
        circled = _CIRCLED.get(text) if marks[0].text in _RINGS else None
        return Shown(circled or text, circled is not None)
    return Shown(text or "".join(p.text for p in parts), sure=False)
