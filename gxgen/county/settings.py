"""The pydantic models of ``county.toml``, ``words.toml`` and ``answers.toml``; their faults are
told in :mod:`gxgen.county.faults`."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from difflib import get_close_matches
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from gxgen.document.illustrated.palettes import PALETTES
from gxgen.formats.registry import FORMATS
from gxgen.formats.wanted import PdfEngine
from gxgen.letters import shown
from gxgen.model.agency import AgencyKind
from gxgen.prose.claims import added

_MOST_AGENCIES, _MOST_TWICE = 50_000, 20
_MOST_PHRASES = 2_000
"""In all: what a text is looked through for."""
_LONGEST_NAME = 80
_LEAST_LETTERS = 6
"""In a row, of a sentence that is to hold for all."""


def _plain(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise PydanticCustomError("own_text", "不能为空，也不能含换行、制表等不可见字符")
    return text.strip()


def _folder_name(text: str) -> str:
    if not re.fullmatch(r"[\w.-]{1,60}", text) or text.startswith("."):
        raise PydanticCustomError("own_style", "应是 templates 里一个文件夹的名字，例如 official")
    return text


def _day(value: object) -> object:
    """A date as TOML has it, or in quotes; a bare number would be taken for seconds since 1970."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        return dt.datetime.strptime(str(value), "%Y-%m-%d").date()
    except ValueError:
        raise PydanticCustomError(
            "own_deadline", "应是一个日期，写法如 2025-01-20，不加引号"
        ) from None


def _january(text: object) -> object:
    """A day of January as month and day, for every year."""
    if not isinstance(text, str) or not re.fullmatch(r"01-(?:0[1-9]|[12]\d|3[01])", text):
        raise PydanticCustomError(
            "own_publish_by",
            '应是1月里的一天，写作月-日、加引号，例如 "01-25"：'
            "《条例》第四十九条要求1月31日前公布，县里只能定得更早",
        )
    return text


Text = Annotated[str, AfterValidator(_plain)]
Day = Annotated[dt.date, BeforeValidator(_day)]
January = Annotated[str, BeforeValidator(_january)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_max_length=500)


class ContactSettings(_Strict):
    """How the public reaches an agency."""

    address: Text | None = None
    postcode: Text | None = None
    phone: Text | None = None
    fax: Text | None = None
    email: Text | None = None
    website: Text | None = None


class FormerSettings(_Strict):
    """What an agency was called before it was reorganised, and the first year under its name."""

    names: list[Text] = Field(min_length=1, max_length=20)
    since: Annotated[int, Field(ge=2019, le=2100)] | None = None


class AgencySettings(_Strict):
    """One agency of the roster."""

    name: Text
    short_name: Text | None = None
    kind: AgencyKind | None = None
    contact: ContactSettings = Field(default_factory=ContactSettings)
    formerly: FormerSettings | None = None


class CountySettings(_Strict):
    """The whole file."""

    county: Text
    government: Text | None = None
    year: Annotated[int, Field(ge=2019, le=2100)] | None = None
    deadline: Day | None = None
    correct_by: Day | None = None
    office: Text | None = None
    publish_by: January | None = None
    style: Annotated[str, AfterValidator(_folder_name)] = "official"
    accent: str | None = None
    formats: list[str] = Field(default_factory=lambda: ["docx"], max_length=2 * len(FORMATS))
    pdf: PdfEngine = PdfEngine.AUTO
    agency: list[AgencySettings] = Field(default_factory=list, max_length=_MOST_AGENCIES)

    @field_validator("deadline", "correct_by")
    @classmethod
    def _of_its_year(cls, deadline: dt.date | None, info: ValidationInfo) -> dt.date | None:
        """Last year's day, left standing in this year's settings, would make everybody late."""
        if deadline is None or "year" not in info.data:
            return deadline
        year = info.data["year"]
        if year is None:
            raise PydanticCustomError(
                "own_no_year", "要和 year（报告年度）一起写，才知道是哪一年度的截止日期"
            )
        first, last = dt.date(year, 12, 1), dt.date(year + 1, 12, 31)
        if not first <= deadline <= last:
            what = "报送截止日期" if info.field_name == "deadline" else "改正期限"
            raise PydanticCustomError(
                "own_deadline", f"{year}年度的{what}应在{first}到{last}之间，现在是{deadline}"
            )
        return deadline

    @field_validator("accent")
    @classmethod
    def _known_accent(cls, accent: str | None) -> str | None:
        if accent is not None and accent not in PALETTES:
            raise PydanticCustomError("own_accent", f"只能是 {'、'.join(PALETTES)} 中的一种")
        return accent

    @field_validator("formats")
    @classmethod
    def _known_formats(cls, formats: list[str]) -> list[str]:
        unknown = [f for f in formats if f not in FORMATS]
        if unknown or not formats:
            raise PydanticCustomError("own_formats", f"只能是 {'、'.join(FORMATS)} 中的一种或几种")
        return formats

    @field_validator("agency")
    @classmethod
    def _once_each(cls, roster: list[AgencySettings]) -> list[AgencySettings]:
        twice = [name for name, n in Counter(a.name for a in roster).items() if n > 1]
        if twice:
            raise PydanticCustomError(
                "own_twice", f"单位重复出现：{'、'.join(twice[:_MOST_TWICE])}"
            )
        called = Counter(name for a in roster for name in {a.name, a.short_name} if name)
        if shared := [name for name, n in called.items() if n > 1]:
            # A form that bears such a name would be taken for the first one's.
            raise PydanticCustomError(
                "own_shared",
                f"不止一个单位用这个名称（全称或简称）：{'、'.join(shared[:_MOST_TWICE])}",
            )
        return roster


def _sentence_of_many(text: str) -> str:
    if max(map(len, re.split("…|\\.{3}", text))) < _LEAST_LETTERS:
        raise PydanticCustomError("own_short", f"至少要有连着的{_LEAST_LETTERS}个字")
    return text


class BoilerplateSettings(_Strict):
    """Sentences that agencies may share."""

    sentences: list[Annotated[Text, AfterValidator(_sentence_of_many)]] = Field(
        default_factory=list, max_length=5_000
    )


class FrameSettings(_Strict):
    """A sentence that was asked about once, masked, and what its number counts."""

    clause: Annotated[Text, Field(min_length=6)]
    reads: Annotated[str, Field(pattern=r"^(?:[a-z_.]+(?:[+-][a-z_.]+)*)?$")] = ""
    sentence: str | None = None
    agency: Text | None = None
    year: Annotated[int, Field(ge=2019, le=2100)] | None = None


def _own_word(text: str) -> str:
    """A county's word as sentences are read."""
    why = added.unfit(text)
    if why:
        raise PydanticCustomError("own_word", f"“{shown(text[:_LONGEST_NAME])}”{why}")
    return added.plain(text)


def _new(text: str, under: str, what: str) -> None:
    """Nothing that gxgen knows as something else is taken for a county's word.

    Raises:
        PydanticCustomError: it is.
    """
    known = added.tag_of(text)
    if known not in (None, under):
        fault = f"“{text}”已经属于 {known} 类，不能再{what}"
        raise PydanticCustomError("own_word", fault, {"at": text})


def _tag(name: str) -> str:
    """A tag of gxgen's lexicon: a county adds words to it, no tags."""
    if not added.is_tag(name):
        near = get_close_matches(name, added.tags(), n=1)
        asked = f"，是不是 {near[0]}？" if near else "；"
        fault = f"没有 {shown(name[:_LONGEST_NAME])} 这一类{asked}可以加的类：{added.choices()}"
        raise PydanticCustomError("own_tag", fault)
    return name


Tag = Annotated[str, AfterValidator(_tag)]
Word = Annotated[str, AfterValidator(_own_word)]
Words = Annotated[list[Word], Field(max_length=500)]


class WordsSettings(_Strict):
    """The whole of ``words.toml``.

    ``phrases`` has words by the tag that they are added to, ``short_names`` those for agencies by
    their full names.
    """

    boilerplate: BoilerplateSettings = Field(default_factory=BoilerplateSettings)
    lawful: BoilerplateSettings = Field(default_factory=BoilerplateSettings)
    phrases: dict[Tag, Words] = Field(default_factory=dict)
    short_names: Annotated[dict[Text, Words], Field(max_length=_MOST_AGENCIES)] = Field(
        default_factory=dict
    )
    frame: list[FrameSettings] = Field(default_factory=list, max_length=2000)

    @field_validator("phrases")
    @classmethod
    def _under_one_tag(cls, phrases: dict[str, list[str]]) -> dict[str, list[str]]:
        if sum(map(len, phrases.values())) > _MOST_PHRASES:
            raise PydanticCustomError("own_word", f"列得太多，最多共{_MOST_PHRASES}个")
        for tag, words in phrases.items():
            for word in words:
                _new(word, tag, f"加到 {tag} 类")
        _once(phrases, "归在两类里")
        return phrases

    @field_validator("short_names")
    @classmethod
    def _of_one_agency(cls, names: dict[str, list[str]]) -> dict[str, list[str]]:
        for word in (word for words in names.values() for word in words):
            _new(word, added.SELF, "当作单位的名称")
        _once(names, "写在两个单位名下")
        return names


def _once(groups: dict[str, list[str]], what: str) -> None:
    """No word stands in two groups.

    Raises:
        PydanticCustomError: one does.
    """
    counts = Counter(word for words in groups.values() for word in set(words))
    twice = [word for word, number in counts.items() if number > 1]
    if twice:
        fault = f"“{'”“'.join(twice[:_MOST_TWICE])}”{what}"
        raise PydanticCustomError("own_word", fault, {"at": twice[0]})


def _code(text: str) -> str:
    if not re.fullmatch(r"GX\d{3}", text):
        raise PydanticCustomError("own_code", "应是核实事项的编号，GX 加三位数字")
    return text


class AnswerSettings(_Strict):
    """What the county says of one question about an agency's report."""

    agency: Text
    code: Annotated[str, AfterValidator(_code)]
    cell: Text
    figures: str = ""
    reason: Text
    by: str = ""
    day: Day


class AnswersSettings(_Strict):
    """The whole of ``answers.toml``."""

    answer: list[AnswerSettings] = Field(default_factory=list, max_length=_MOST_AGENCIES)
