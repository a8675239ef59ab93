"""Lists of numbers beside lists told before: last year's (上年分别为3件和1件), what lies between
(分别减少2件、增加1件), and the years of one thing (2023年、2022年分别为1件、0件)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gxgen.prose.claims.claim import Claim, Form, Reading
from gxgen.prose.claims.lexicon import UNKNOWN, lexicon, mask_of, tag_of
from gxgen.prose.claims.several import numbers_behind, subject_at, things_before
from gxgen.prose.claims.tokens import NUMBERS
from gxgen.prose.claims.work import Work

_BETWEEN = ("apart", "filler", "against", "compared", "compare", "noun", "case", "each", "and")
_ASIDE = (
    "self",
    "filler",
    "request",
    "noun",
    "whose",
    "topic",
    "case",
    "and",
    "cause",
    "sum",
    "apart",
)
_LEAST = 2


@dataclass(frozen=True, slots=True)
class _Item:
    """A number of a list, or 持平 in the place of one, with the direction of a change."""

    at: int
    sign: int | None


def series(work: Work) -> None:
    """Binds lists of as many numbers as were told before them, each to the figure in its place."""
    letters, tags = lexicon().letters, work.tokens.tags
    if letters["apart"] in tags:
        _of_years(work)
        _changes_apart(work)
    if len(work.tokens.numbers) <= _LEAST or not work.mask & _last_year():
        return
    for at, tag in enumerate(tags):
        if tag not in (letters["last"], letters["compare"], "L"):
            continue
        items = list(_items(tags, at))
        told = _told(work, at, len(items)) if len(items) >= _LEAST else []
        if not told:
            continue
        signed = [item.sign is not None for item in items]
        if any(signed) != all(signed):
            continue
        for item, claim in zip(items, told, strict=True):
            _beside(work, at, item, claim)


@cache
def _last_year() -> int:
    letters = lexicon().letters
    return mask_of((letters["last"], letters["compare"], "L"))


def _items(tags: str, at: int) -> Iterator[_Item]:
    """The list that begins behind a token; nothing where other words stand between."""
    letters, sign = lexicon().letters, None
    between = {letters[tag] for tag in _BETWEEN} | {"L", letters["last"], *"、:"}
    for token in range(at + 1, len(tags)):
        if tags[token] in (letters["up"], letters["down"]):
            sign = 1 if tags[token] == letters["up"] else -1
        elif tags[token] == letters["same"]:
            yield _Item(token, 0)
            sign = None
        elif tags[token] in "NZ":
            yield _Item(token, sign)
            sign = None
        elif tags[token] not in between:
            return


def _told(work: Work, at: int, count: int) -> list[Claim]:
    """The figures of this year that the part of the sentence has told before a token, if they are
    as many; nothing where one of its numbers is not known."""
    tags = work.tokens.tags
    begin = tags.rfind(";", 0, at) + 1
    numbers = [n for n in work.tokens.numbers if begin <= n < at and tags[n] in NUMBERS]
    claims = [work.bound[n][0] for n in numbers if len(work.bound.get(n, ())) == 1]
    if not len(numbers) == len(claims) == count or any(one.year is not None for one in claims):
        return []
    level = all(one.readings and one.readings[0].expr.form is Form.LEVEL for one in claims)
    return claims if level else []


def _beside(work: Work, at: int, item: _Item, claim: Claim) -> None:
    """Binds a number to last year's figure, or to what lies between it and this year's."""
    work.bound.pop(item.at, None)
    wordless = item.at not in work.tokens.numbers
    if item.sign is None:
        last = tuple(Reading(one.expr, 0, "分别") for one in claim.readings)
        work.put(item.at, [last], kind=claim.kind, tokens=(at, item.at), year=work.year - 1)
    elif readings := work.readings.compared("分别", [claim], Form.CHANGE):
        tokens, sign = (at, item.at), item.sign
        work.put(item.at, [readings], kind="change", tokens=tokens, sign=sign, wordless=wordless)


def _of_years(work: Work) -> None:
    """2023年、2022年收到的申请分别为1件、0件: one thing in each of the years named."""
    tags = work.tokens.tags
    for at, tag in enumerate(tags):
        if tag != lexicon().letters["apart"]:
            continue
        begin = max(tags.rfind(mark, 0, at) for mark in ",;:(") + 1
        named = [n for n in range(begin, at) if n in work.tokens.years]
        first = next((n for n in range(at, len(tags)) if tags[n] in "NZ,;"), at + 1)
        numbers = list(numbers_behind(work, first - 1))
        free = not any(n in work.bound for n in numbers)
        if len(named) >= _LEAST and len(named) == len(numbers) and free and not work.tainted(at):
            _each_year(work, begin, first, named, numbers)


def _changes_apart(work: Work) -> None:
    """行政复议、行政诉讼分别较上年增加2件、减少1件."""
    tags, letters = work.tokens.tags, lexicon().letters
    last = {letters["compare"], letters["last"], "L"}
    for at, tag in enumerate(tags):
        if tag != letters["apart"]:
            continue
        _, subjects = things_before(work, at)
        items = [item for item in _items(tags, at) if item.sign is not None]
        begin = max(tags.rfind(mark, 0, at) for mark in ",;:(") + 1
        end = items[-1].at if items else at
        if len(items) != len(subjects) or len(items) < _LEAST or last.isdisjoint(tags[begin:end]):
            continue
        for item, (kind, readings) in zip(items, subjects, strict=True):
            _beside(work, at, item, work.claim(kind, readings, (at, item.at)))


def _each_year(work: Work, begin: int, end: int, named: list[int], numbers: list[int]) -> None:
    """Binds a number for each year, if the words before them name one thing and no others."""
    tags = work.tokens.tags
    things = {n: found for n in range(begin, end) if (found := list(subject_at(work, n)))}
    others = {tag_of(tags[n]) for n in range(begin, end) if n not in things} - {*_ASIDE, ""}
    if len(things) != 1 or others or UNKNOWN in tags[begin:end]:
        return
    (subjects,) = things.values()
    if len(subjects) != 1:
        return
    kind, readings = subjects[0]
    for token, number in zip(named, numbers, strict=True):
        year = work.tokens.years[token]
        if year in (work.year, work.year - 1):
            work.put(number, [readings], kind=kind, tokens=(begin, number), year=year)
