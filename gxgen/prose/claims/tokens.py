"""A sentence as a string of tags: numbers, years and known words, in the order in which they stand.

What only looks like a count is masked first: years, dates, telephone and notice numbers, titles in
《》, ordinals, periods of time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from string import ascii_letters
from typing import NamedTuple

from gxgen.letters import narrow
from gxgen.numerals import from_chinese
from gxgen.prose.claims.lexicon import SHAPES, UNKNOWN, lexicon, mask_of_tags
from gxgen.prose.phrases import begins

NUMBERS = "NZ%$*q"
"""The letters of numbers: a count, none, a percentage, money, a multiple, other measures."""
_WORDS = "[一二两三四五六七八九十百千零〇]+"
_MASKS = r"""
    (?P<year>(?<![0-9.])(?:19|20)[0-9]{2}年(?:度|底|末|初)?(?![0-9]{4}年)
      |(?:二〇|二零|一九)[〇零一二三四五六七八九]{2}年(?:度|底|末|初)?)
  | (?P<day>(?:[0-9]{1,2}月(?:[0-9]{1,2}[日号])?|[0-9]{1,2}日|[0-9]{1,2}年(?=[0-9]{1,2}月))
      (?:底|末|初|前|起|止)?)
  | (?P<mask>《[^《》]*》|〔[0-9]{4}〕[0-9]+号
      |第(?!三方)[0-9一二三四五六七八九十百〇零]+[条款项号次期批届位名章节类个季件]?
      |[0-9]+号(?:令|文件?)?|[0-9]{3,4}-[0-9]{7,8}|(?<![0-9])1[3-9][0-9]{9}(?![0-9])
      |[0-9]{5,6}(?=热线|市民|政务|平台|便民|服务)
      |[一二三四五六七八九〇零]{5}(?=热线|市民|政务|平台|便民|服务)|[一二三四五六七八九十]体化
      |[0-9一二三四五六七八九十]+个?部分
      |[0-9]{1,2}:[0-9]{2}(?:[-—~至][0-9]{1,2}:[0-9]{2})?|[0-9]{1,2}时(?:[0-9]{1,2}分)?|[0-9]+楼
      |(?:(?<=[。;:])|(?<=^))[0-9]{1,2}[.、](?![0-9])|(?<![0-9件份条起宗项次个%])\([0-9]{1,2}\)
      |[0-9一二两三四五六七八九十]+(?:个)?(?:工作日|小时|天|月|分钟|周年?|年|季度|世纪|岁)
      |[a-zA-Z][a-zA-Z0-9.@/_:-]*[0-9][a-zA-Z0-9.@/_:-]*|[0-9]+(?:\+[0-9N]+)+|[0-9]+[xX×*][0-9]+
      |“[^“”0-9]{0,12}[0-9][^“”]{0,20}”
      |“[一二两三四五六七八九十][^“”]{0,10}”|[两二三四五六][项者类](?=合计|共|皆|均|之和|都|工作)
      |(?<=[0-9])[-—~][0-9]+|邮编[::]?[0-9]{6}|邮政编码[::]?[0-9]{6})
"""
_NUMBER = r"""
    (?P<about>(?<![最附临贴])近|大?约|超过?|逾|突破|不足|不到|大概|将近|接近|至少|不少于|不低于|不超过)?
    (?:(?P<digits>-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]+(?:\.[0-9]+)?)
      (?:(?P<scale>[百千]?万|[亿千百])(?![元]))?(?P<more>[余多来])?(?P<scale2>万(?!元))?
      (?P<unit>个百分点|百分点|%|万元|亿元|元|成(?=[,;:()、。的]|$)|倍|MEASURES)?
      (?P<round>左右|上下|以上|以内|以下|之多)?
    |百分之(?P<share>WORDS(?:点WORDS)?)
    |(?<![第统每逐同某这哪进唯单])(?P<words>(?:WORDS万)?WORDS(?:点WORDS)?)(?P<more2>[余多来])?
      (?P<unit2>个百分点|万元|亿元|元(?!旦)|成(?=[,;:()、。的]|$)|倍|CHINESE)
      (?!事|体|龙|主线|性|分|[也都](?:没|无|未)|(?<=一.)(?:没有|未有|未收到|未接到|未发生)))
"""
_DIGITS = "0123456789一二两三四五六七八九十百千〇零"
_NUMBERED = f"-{_DIGITS}近大约超逾突不将接至"
_MASKED = f"{_DIGITS}《〔第(“邮-—~{ascii_letters}"
"""With what a number and a mask can begin: nine letters of ten begin neither."""
_BEGINS = frozenset(_NUMBERED + _MASKED)
_MARKS = frozenset(",;:()、")
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "": 1}
_FLAGS = re.VERBOSE
Added = tuple[tuple[str, str], ...]
"""Tags and phrases that a county has added to them, in narrow letters without blanks."""


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


_BLANK = re.compile(r"\s")


def squeezed_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The text in narrow letters without blanks, and where each letter stood."""
    narrowed = narrow(text)
    if not _BLANK.search(narrowed):
        return narrowed, range(len(narrowed) + 1)
    places = [at for at, letter in enumerate(narrowed) if not letter.isspace()]
    return "".join(narrowed[at] for at in places), [*places, len(narrowed)]


@cache
def scanner() -> re.Pattern[str]:
    """What is a number, or only looks like one, where a token can begin."""
    known = lexicon()
    number = (
        _NUMBER.replace("WORDS", _WORDS)
        .replace("MEASURES", known.measures)
        .replace("CHINESE", known.chinese)
    )
    return re.compile(
        rf"{begins(_MASKED)}(?:{_MASKS})|{begins(_NUMBERED)}(?P<number>{number})", _FLAGS
    )


class _Phrases(NamedTuple):
    """The known phrases: to look a stretch up takes half the time of a regular expression of all of
    them, and needs none compiled."""

    letters: Mapping[str, str]
    """Of each its tag's letter."""
    lengths: Mapping[str, Sequence[int]]
    """By what they begin with, two letters or the only one, how long they are, the longest first:
    few letters begin none, but most pairs of letters do."""


@lru_cache(maxsize=16)
def phrases(added: Added = (), *, wide: bool = False) -> _Phrases:
    """Those that come with gxgen and a county's; ``wide`` says that 全县 is the agency itself."""
    known = lexicon()
    tags = {**known.tags, **{phrase: tag for tag, phrase in added}}
    lengths: dict[str, set[int]] = defaultdict(set)
    for phrase in tags:
        lengths[phrase[:2]].add(len(phrase))
    for begin in lengths:
        lengths[begin] |= {1} & lengths.get(begin[0], set())
    own = {"wide": "self"} if wide else {}
    letters = {phrase: known.letters[own.get(tag, tag)] for phrase, tag in tags.items()}
    return _Phrases(letters, {at: sorted(some, reverse=True) for at, some in lengths.items()})


def tokenised(
    sentence: str,
    year: int,
    own: re.Pattern[str],
    *,
    wide: bool,
    asked: bool = False,
    added: Added = (),
) -> Tokens:
    """The tokens of a sentence of a report of ``year``; ``own`` finds the agency's names.

    ``wide`` says that the agency speaks for the whole county, so that 全县 is itself; ``asked``
    that requests are what the part is about, so that 申请 alone is one. ``added`` are words that
    only this county has.
    """
    out = _Tokeniser(sentence, year, wide=wide, asked=asked, added=added)
    for begin, end, name in _pieces(sentence, own):
        if name:
            out.found.append((lexicon().letters["self"], begin, end))
        else:
            out.scan(begin, end)
    tags, starts, ends = zip(*out.found, strict=True) if out.found else ((), (), ())
    return merged(Tokens("".join(tags), starts, ends, out.numbers, out.years))


def merged(tokens: Tokens) -> Tokens:
    """Words that together mean what another word means, as one token."""
    for spans, letter in merges(tokens.tags):
        tokens = _joined(tokens, spans, letter)
    return tokens


@lru_cache(maxsize=SHAPES)
def merges(tags: str) -> tuple[tuple[Sequence[tuple[int, int]], str], ...]:
    """The stretches of tags that become one letter, merge after merge; each merge's are places in
    what the merges before it have left."""
    out = []
    mask = mask_of_tags(tags)
    for merge in lexicon().merges:
        if not mask & merge.rarest or mask & merge.none or not merge.possible(mask):
            continue
        spans = [m.span() for m in merge.pattern.finditer(tags) if m.end() > m.start()]
        if spans:
            out.append((spans, merge.letter))
            tags = _one_letter(tags, spans, merge.letter)
            mask = mask_of_tags(tags)
    return tuple(out)


def _one_letter(tags: str, spans: Sequence[tuple[int, int]], letter: str) -> str:
    begins = (0, *(end for _, end in spans))
    ends = (*(first for first, _ in spans), len(tags))
    return letter.join(tags[begin:end] for begin, end in zip(begins, ends, strict=True))


def _joined(tokens: Tokens, spans: Sequence[tuple[int, int]], letter: str) -> Tokens:
    tags, at = _one_letter(tokens.tags, spans, letter), 0
    starts: list[int] = []
    ends: list[int] = []
    places: dict[int, int] = {}
    for first, end in [*spans, (len(tokens.tags), 0)]:
        for token in range(at, first):
            places[token] = len(starts)
            starts.append(tokens.starts[token])
            ends.append(tokens.ends[token])
        if end:
            starts.append(tokens.starts[first])
            ends.append(tokens.ends[end - 1])
        at = end
    numbers = {places[token]: number for token, number in tokens.numbers.items()}
    years = {places[token]: year for token, year in tokens.years.items() if token in places}
    return Tokens(tags, starts, ends, numbers, years)


class _Tokeniser:
    """The tokens of one sentence as they are found."""

    def __init__(
        self, sentence: str, year: int, *, wide: bool, asked: bool, added: Added = ()
    ) -> None:
        self.sentence, self.year, self.asked = sentence, year, asked
        self.known, self.phrases = lexicon(), phrases(added, wide=wide)
        self.found: list[tuple[str, int, int]] = []
        """The tokens: letter, start and end."""
        self.numbers: dict[int, Number] = {}
        self.years: dict[int, int] = {}

    def scan(self, begin: int, end: int) -> None:
        """The tokens of a stretch of the sentence: numbers and what looks like them, the longest
        known phrase, marks, and between these what nobody knows."""
        sentence, match = self.sentence, scanner().match
        letters, lengths = self.phrases
        put = self.found.append
        at = unknown = begin
        while at < end:
            letter, beyond = sentence[at], at
            number = match(sentence, at, end) if letter in _BEGINS else None
            if number:
                beyond = number.end()
            else:
                if some := lengths.get(sentence[at : at + 2]) or lengths.get(letter):
                    for length in some:
                        if sentence[at : at + length] in letters and at + length <= end:
                            beyond = at + length
                            break
                if beyond == at and letter not in _MARKS:
                    at += 1
                    continue
            if at > unknown:
                put((UNKNOWN, unknown, at))
            if number:
                tag = self._tag(number)
            elif beyond > at:
                tag = self._phrase(sentence[at:beyond])
            else:
                tag, beyond = letter, at + 1
            put((tag, at, beyond))
            at = unknown = beyond
        if end > unknown:
            put((UNKNOWN, unknown, end))

    def _tag(self, found: re.Match[str]) -> str:
        kind = found.lastgroup  # of groups in one another the outermost
        if kind == "number":
            number = self.numbers[len(self.found)] = _number(found)
            return _counted(number, self.sentence)
        if kind == "year":
            named = self.years[len(self.found)] = _year(found[0])
            return {0: "Y", -1: "L", 1: "X"}.get(named - self.year, "O")
        day = found["day"]
        if day is None:
            part = "季" in found[0] or (
                found[0].endswith("月") and self._begins_a_part(found.start())
            )
            return lexicon().letters["elsewhere"] if part else "T"
        if self._last() == "X":
            return "D"  # the year after has not been told in parts yet
        if day.endswith("月") or _AMID.match(day):
            return lexicon().letters["elsewhere"]  # one month of many, a day amid the year
        return "D"

    def _begins_a_part(self, at: int) -> bool:
        """Whether months are those of a part of the year: 前11个月."""
        return self.sentence[at - 1 : at] in ("前", "头", "后")

    def _phrase(self, phrase: str) -> str:
        if self.asked and phrase in self.known.bare and self._before_request():
            return self.known.letters["request"]
        return self.phrases.letters[phrase]

    def _before_request(self) -> bool:
        """Whether 申请 after what stands before can only be a request for information."""
        return not self.found or self._last() in self.known.openers

    def _last(self) -> str:
        """The letter of the last token; of none nothing."""
        return self.found[-1][0] if self.found else ""


_AMID = re.compile("(?:[2-9]|1[01])月")
_FIGURES = str.maketrans("〇零一二三四五六七八九", "00123456789")


def _year(words: str) -> int:
    return int(words[:4].translate(_FIGURES))


def _pieces(sentence: str, own: re.Pattern[str]) -> Iterator[tuple[int, int, bool]]:
    at = 0
    for found in own.finditer(sentence):
        if found.start() > at:
            yield at, found.start(), False
        yield found.start(), found.end(), True
        at = found.end()
    if at < len(sentence):
        yield at, len(sentence), False


def _number(found: re.Match[str]) -> Number:
    start, end = found.span()
    more, about, loosely = found["more"], found["about"], found["round"]
    if (words := found["share"] or found["words"]) is not None:
        unit = found["unit2"] or "%"
        value, more, places = in_figures(words), found["more2"], len(words.partition("点")[2])
        scale = Decimal(10**4 if words.endswith("万") else 1)
    else:
        digits, unit = found["digits"].replace(",", ""), found["unit"] or ""
        ten, more_tens = found["scale"], found["scale2"]
        scale = Decimal(_SCALES[ten or ""] * _SCALES[more_tens or ""])
        value, places = Decimal(digits) * scale, len(digits.partition(".")[2])
    if unit == "亿元" and value is not None:
        value, unit = value * 10**4, "万元"
    if value is None:
        return Number(start, end, Decimal(0), Decimal("1e9"), 0, unit)
    low, high = _interval(value, scale, more, about)
    if loosely and low == high:
        low, high = _interval(value, scale, None, _ROUND.get(loosely, "约"))
    if unit == "成":
        low, high, unit = low * 10 - 5, high * 10 + 5, "%"
    elif scale > 1 and unit not in ("元", "万元"):
        places -= scale.adjusted()
    return Number(start, end, low, high, places, unit)


def in_figures(words: str) -> Decimal | None:
    """``一万零三百二十六``, ``十二点六`` as numbers; None if not sure."""
    whole, _, rest = words.partition("点")
    high, ten_thousands, low = whole.rpartition("万")
    parts = [from_chinese(part.lstrip("零") or "零") for part in (high, low) if part]
    decimals = "".join(str(_NINE.find(sign)) for sign in rest)
    if not parts or None in parts or "-" in decimals:
        return None
    number = (parts[0] or 0) * 10**4 + (parts[1] or 0 if low else 0) if ten_thousands else parts[0]
    return Decimal(f"{number}.{decimals or 0}") if rest else Decimal(number or 0)


_NINE = "零一二三四五六七八九"


_ABOVE = ("超", "超过", "逾", "突破", "至少", "不少于", "不低于")
_BELOW = ("近", "将近", "接近", "不足", "不到", "不超过")
_ROUND = {"以上": "超", "之多": "超", "以内": "不足", "以下": "不足"}


def _interval(
    value: Decimal, scale: Decimal, more: str | None, about: str | None
) -> tuple[Decimal, Decimal]:
    """What an approximate number leaves open: 100余 is 100 to 199, 近100 is 90 to 100."""
    if not more and not about:
        return value, value
    step = Decimal(10) ** max(
        0, len(str(int(abs(value)))) - len(str(int(abs(value))).rstrip("0") or "0")
    )
    step = max(step, scale)
    if more or (about and about in _ABOVE):
        return value, value + step - (1 if step > 1 else 0)
    if about in _BELOW:
        return value * Decimal("0.8"), value
    return value * Decimal("0.9"), value * Decimal("1.1")


def _counted(number: Number, sentence: str) -> str:
    """The letter of a number, by its measure word."""
    if number.unit in ("%", "个百分点", "百分点"):
        return "%" if number.unit == "%" else "q"
    if number.unit in ("元", "万元"):
        return "$"
    if number.unit == "倍":
        return "*"
    bare = not number.unit and sentence[number.end : number.end + 1] in ("", *",;:()、")
    if number.unit in lexicon().counted or bare:
        return "N" if number.high else "Z"
    return "q"
