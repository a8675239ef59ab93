"""A sentence as a string of tags: numbers, years and known words, in the order in which they stand.

What only looks like a count is masked first: years, dates, telephone and notice numbers, titles in
《》, ordinals, periods of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gxgen.letters import narrow
from gxgen.numerals import from_chinese
from gxgen.prose.claims.lexicon import UNKNOWN, lexicon

_DIGITS = "0-9"
_MASKS = r"""
    (?P<year>(?<![0-9.])(?:19|20)[0-9]{2}年度?(?![0-9]{4}年))
  | (?P<day>(?:[0-9]{1,2}月(?:[0-9]{1,2}[日号])?|[0-9]{1,2}日|[0-9]{1,2}年(?=[0-9]{1,2}月))(?:底|末|初|份|起|止)?)
  | (?P<mask>《[^《》]*》|〔[0-9]{4}〕[0-9]+号|第[0-9一二三四五六七八九十百〇零]+[条款项号次期批届位名章节类个季]?
      |[0-9]+号(?:令|文件?)?|[0-9]{3,4}-[0-9]{7,8}|(?<![0-9])1[3-9][0-9]{9}(?![0-9])|[0-9]{5,6}(?=热线|市民|政务|平台|便民|服务)
      |[0-9一二两三四五六七八九十]+(?:个)?(?:工作日|小时|天|月|分钟|周年?|年|季度|世纪|岁)|[0-9]{1,2}:[0-9]{2}
      |[a-zA-Z][a-zA-Z0-9.@/_:-]*[0-9][a-zA-Z0-9.@/_:-]*|[0-9]+(?:\+[0-9N]+)+|[0-9]+[xX×*][0-9]+|“[^“”0-9]{0,12}[0-9][^“”]{0,20}”
      |(?<=[0-9])[-—~至][0-9]+|邮编[::]?[0-9]{6}|邮政编码[::]?[0-9]{6})
"""
_NUMBER = r"""
    (?P<about>(?<![最附临贴])近|大?约|超过?|逾|不足|大概|将近)?
    (?:(?P<digits>-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]+(?:\.[0-9]+)?)(?P<scale>[百千]?万|[亿千百])?(?P<more>[余多来])?(?P<scale2>万)?
      (?P<unit>%|万元|元|MEASURES)?
    |(?<![第统每逐同某这哪进唯单])(?P<words>[一二两三四五六七八九十百千零〇]+)(?P<more2>[余多来])?(?P<unit2>CHINESE)(?!事|体|龙|主线))
"""
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "": 1}
_FLAGS = re.VERBOSE


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral of a sentence: where it stands, its interval, decimals and measure word."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    places: int
    unit: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """A sentence: ``tags`` has a letter for every token, the others the same length."""

    tags: str
    starts: Sequence[int]
    ends: Sequence[int]
    numbers: dict[int, Number]
    years: dict[int, int]


def squeezed_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The text in narrow letters without blanks, and where each letter stood."""
    narrowed = narrow(text)
    if not any(map(str.isspace, narrowed)):
        return narrowed, range(len(narrowed) + 1)
    places = [at for at, letter in enumerate(narrowed) if not letter.isspace()]
    return "".join(narrowed[at] for at in places), [*places, len(narrowed)]


@cache
def _scanner() -> re.Pattern[str]:
    known = lexicon()
    number = _NUMBER.replace("MEASURES", known.measures).replace("CHINESE", known.chinese)
    return re.compile(
        rf"(?:{_MASKS})|(?P<number>{number})|(?P<phrase>{known.phrases})|(?P<mark>[,;:()、])",
        _FLAGS,
    )


def tokenised(sentence: str, year: int, own: re.Pattern[str], *, wide: bool) -> Tokens:
    """The tokens of a sentence of a report of ``year``; ``own`` finds the agency's names.

    ``wide`` says that the agency speaks for the whole county, so that 全县 is itself.
    """
    tags: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    numbers: dict[int, Number] = {}
    years: dict[int, int] = {}
    letters = lexicon().letters

    def put(tag: str, start: int, end: int) -> None:
        tags.append(tag)
        starts.append(start)
        ends.append(end)

    for begin, end, name in _pieces(sentence, own):
        if name:
            put(letters["self"], begin, end)
            continue
        at = begin
        for found in _scanner().finditer(sentence, begin, end):
            if found.start() > at:
                put(UNKNOWN, at, found.start())
            at = found.end()
            tag = _tag(found, year, wide)
            if tag == "N":
                number = _number(found)
                numbers[len(tags)] = number
                tag = _counted(number, sentence)
            elif tag in "YLXO":
                years[len(tags)] = int(found["year"][:4])
            put(tag, found.start(), found.end())
        if end > at:
            put(UNKNOWN, at, end)
    return Tokens("".join(tags), starts, ends, numbers, years)


def _pieces(sentence: str, own: re.Pattern[str]) -> Iterator[tuple[int, int, bool]]:
    at = 0
    for found in own.finditer(sentence):
        if found.start() > at:
            yield at, found.start(), False
        yield found.start(), found.end(), True
        at = found.end()
    if at < len(sentence):
        yield at, len(sentence), False


def _tag(found: re.Match[str], year: int, wide: bool) -> str:
    known = lexicon()
    if (phrase := found["phrase"]) is not None:
        tag = known.tags[phrase]
        return known.letters["self" if tag == "wide" and wide else tag]
    if found["number"] is not None:
        return "N"
    if found["mark"] is not None:
        return found["mark"]
    if found["year"] is not None:
        return {0: "Y", -1: "L", 1: "X"}.get(int(found["year"][:4]) - year, "O")
    return "D" if found["day"] is not None else "T"


def _number(found: re.Match[str]) -> Number:
    if (words := found["words"]) is not None:
        value = Decimal(from_chinese(words) or 0)
        more, about, unit = found["more2"], found["about"], found["unit2"]
        low, high = _interval(value, Decimal(1), more, about)
        sure = from_chinese(words) is not None
        return Number(found.start(), found.end(), low, high if sure else Decimal("1e9"), 0, unit)
    digits = found["digits"].replace(",", "")
    scale = Decimal(_SCALES[found["scale"] or ""] * _SCALES[found["scale2"] or ""])
    low, high = _interval(Decimal(digits) * scale, scale, found["more"], found["about"])
    places = len(digits.partition(".")[2])
    return Number(found.start(), found.end(), low, high, places, found["unit"] or "")


def _interval(
    value: Decimal, scale: Decimal, more: str | None, about: str | None
) -> tuple[Decimal, Decimal]:
    """What an approximate number leaves open: 100余 is 100 to 199, 近100 is 90 to 100."""
    step = Decimal(10) ** max(
        0, len(str(int(abs(value)))) - len(str(int(abs(value))).rstrip("0") or "0")
    )
    step = max(step, scale)
    if more or (about and about[0] in "超逾"):
        return value, value + step - (1 if step > 1 else 0)
    if about in ("近", "将近", "不足"):
        return value * Decimal("0.9"), value
    if about:
        return value * Decimal("0.9"), value * Decimal("1.1")
    return value, value


def _counted(number: Number, sentence: str) -> str:
    """The letter of a number: N a count, Z none, % and $, q what is counted in other measures."""
    if number.unit == "%":
        return "%"
    if number.unit in ("元", "万元"):
        return "$"
    bare = not number.unit and sentence[number.end : number.end + 1] in ("", *",;:()、")
    if number.unit in lexicon().counted or bare:
        return "N" if number.high else "Z"
    return "q"
