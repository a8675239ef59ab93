"""The corpus of claims: report texts whose numbers say what they count.

The notation is written down in ``tests/data/claims/README.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from tests.claims_readings import OUTER, Claim, Reading, claims_of

CORPUS = Path(__file__).parent / "data" / "claims"


@dataclass(frozen=True, slots=True)
class Gold:
    """A numeral, or a phrase that says a value without one, at ``start:end`` of the text.

    ``state``: bound, unbound (a quantity of nothing in the tables), free (may be extracted or
    not, bound to nothing), nothing (a phrase that is no claim). ``value`` is what the numeral
    says, ``states`` the same in the cell's unit, ``half`` how far the truth may lie from it
    by rounding; ``about``: the truth lies ``above``, ``below`` or ``around`` a round number.
    """

    start: int
    end: int
    state: str
    claims: tuple[Claim, ...] = ()
    outer: bool = False
    scope: str = ""
    value: Fraction | None = None
    states: Fraction | None = None
    half: Fraction = Fraction(0)
    about: str = ""

    @property
    def numeral(self) -> bool:
        """Whether a number is written there."""
        return self.value is not None

    def bounds(self, reading: Reading) -> tuple[Fraction, Fraction]:
        """Between what the reading's figure may lie: counts are exact, the rest as printed."""
        assert self.states is not None
        said, half = self.states, self.half
        if self.about:
            step = Fraction(10) if self.states != self.value else _last_place(said)
            low, high = _SIDES[self.about]
            return said + low * step / 20, said + high * step / 20
        exact = reading.under is None and half < 1
        return (said, said) if exact else (said - half, said + half)


_SIDES = {"above": (2, 18), "below": (-10, -2), "around": (-5, 5)}
"""Twentieths of the last place that is not 0: 110余 is 111 to 119, 近30 is 25 to 29."""


def _last_place(number: Fraction) -> Fraction:
    place = 1
    while number and number % (place * 10) == 0:
        place *= 10
    return Fraction(place)


@dataclass(frozen=True, slots=True)
class Text:
    """One file: its head, its text as an agency would file it, and what is in it."""

    path: Path
    head: Mapping[str, str]
    text: str
    golds: tuple[Gold, ...]

    @property
    def edition(self) -> Edition:
        """The edition of the report's form."""
        return EDITIONS[self.head["edition"]]


def texts(folder: Path) -> Iterator[Text]:
    """All texts of a folder, in order of their names."""
    return (read(path) for path in sorted(folder.glob("*.txt")))


def read(path: Path) -> Text:
    """One file of the corpus."""
    top, _, marked = path.read_text(encoding="utf-8").partition("\n---\n")
    head = dict(line.split(": ", 1) for line in top.splitlines())
    text, golds, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        said, words = mark["said"], mark["words"]
        end = len(text) + len(words or "")
        start = len(text) if words is not None else len(text) - len(_numeral(text, path))
        text += words or ""
        golds.append(_gold(said, text, start, end, marked[mark.end() :], EDITIONS[head["edition"]]))
        at = mark.end()
    return Text(path, head, text + marked[at:], tuple(golds))


_MARK = re.compile("(?:‹(?P<words>[^›]+)›)?⟨(?P<said>[^⟩]+)⟩")
_SIGNS = "[〇零一二三四五六七八九十百千两]+"
_CHINESE = f"(?:{_SIGNS}万)?{_SIGNS}(?:点[〇零一二三四五六七八九]+)?"
_ARABIC = "[-－−]?[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?"
_NUMERAL = re.compile(f"(?P<digits>{_ARABIC}|{_CHINESE})(?P<times>[万亿])?(?P<more>[余多])?$")
_BEHIND = re.compile("(?P<more>[余多])?(?P<times>[万亿](?!元))?(?P<yet>[余多])?")
_SAID = re.compile(r"(?P<outer>\??)(?:(?P<value>-?\d+(?:\.\d+)?):)?(?P<body>.+)")
_NONE = {"-": "unbound", ".": "free", "!": "nothing"}


def _numeral(text: str, path: Path) -> str:
    found = _NUMERAL.search(text)
    assert found, f"{path.name}: no numeral before the mark after {text[-12:]!r}"
    return found.group()


def _gold(said: str, text: str, start: int, end: int, after: str, edition: Edition) -> Gold:
    part = _SAID.fullmatch(said)
    assert part, said
    body, _, scope = part["body"].partition("@")
    state = _NONE.get(body, "bound")
    stated = part["value"]
    value, half, about = _value(text, start, end, after)
    if stated:
        places = len(stated.partition(".")[2])
        half = Fraction(0) if value is not None and "成" not in after[:1] else _half(places)
    states = Fraction(stated) if stated else value
    claims = tuple(claims_of(body, edition)) if state == "bound" else ()
    outer = bool(part["outer"]) or any(claim.kind in OUTER for claim in claims)
    return Gold(start, end, state, claims, outer, scope, value, states, half, about)


def _half(places: int) -> Fraction:
    return Fraction(1, 2 * 10**places)


def _value(text: str, start: int, end: int, after: str) -> tuple[Fraction | None, Fraction, str]:
    """What a numeral says, half of its last place, and which side of it the truth lies."""
    found = _NUMERAL.fullmatch(text, start, end)
    if found is None:
        return None, Fraction(0), _about(text[:start], False)
    behind = _BEHIND.match(after)
    assert behind
    times = {None: 1, "万": 10**4, "亿": 10**8}[found["times"] or behind["times"]]
    digits = found["digits"].translate(_PLAIN)
    number = Fraction(digits) if digits.lstrip("-")[0].isdigit() else _chinese(digits)
    places = len(digits.replace("点", ".").partition(".")[2])
    more = bool(found["more"] or behind["more"] or behind["yet"])
    return number * times, _half(places) * times, _about(text[:start], more)


_PLAIN = str.maketrans("０１２３４５６７８９．－−", "0123456789.--", ",，")


def _about(before: str, more: bool) -> str:
    if more or before.endswith(("超", "超过", "逾", "突破")):
        return "above"
    if before.endswith(("近", "不足")):
        return "below"
    return "around" if before.endswith(("约", "约占")) else ""


def _chinese(words: str) -> Fraction:
    """二百零三 → 203, 四十点二 → 40.2; written apart from the program's own."""
    if "万" in words:
        high, _, low = words.partition("万")
        return 10000 * _chinese(high) + _chinese(low)
    whole, _, rest = words.partition("点")
    total = one = 0
    for sign in whole.replace("两", "二").replace("〇", "零"):
        if sign in "十百千":
            total += (one or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            one = 0
        else:
            one = "零一二三四五六七八九".index(sign)
    decimals = "".join(str("零一二三四五六七八九".index(sign)) for sign in rest)
    return Fraction(f"{total + one}.{decimals or 0}")
