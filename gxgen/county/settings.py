"""The pydantic model of ``county.toml``, and its faults in Chinese, each with its line."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from gxgen.formats.registry import FORMATS
from gxgen.formats.wanted import PdfEngine
from gxgen.model.agency import AgencyKind


def _plain(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise PydanticCustomError("text", "不能为空，也不能含换行、制表等不可见字符")
    return text.strip()


def _folder_name(text: str) -> str:
    if not re.fullmatch(r"[\w.-]{1,60}", text) or text.startswith("."):
        raise PydanticCustomError("style", "应是 templates 里一个文件夹的名字，例如 official")
    return text


def _day(value: object) -> object:
    """A date as TOML has it, or in quotes; a bare number would be taken for seconds since 1970."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        return dt.datetime.strptime(str(value), "%Y-%m-%d").date()
    except ValueError:
        raise PydanticCustomError("deadline", "应是一个日期，写法如 2025-01-20，不加引号") from None


Text = Annotated[str, AfterValidator(_plain)]
Day = Annotated[dt.date, BeforeValidator(_day)]


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


class AgencySettings(_Strict):
    """One agency of the roster."""

    name: Text
    short_name: Text | None = None
    kind: AgencyKind | None = None
    contact: ContactSettings = Field(default_factory=ContactSettings)


class CountySettings(_Strict):
    """The whole file."""

    county: Text
    government: Text | None = None
    year: Annotated[int, Field(ge=2019, le=2100)] | None = None
    deadline: Day | None = None
    style: Annotated[str, AfterValidator(_folder_name)] = "official"
    formats: list[str] = Field(default_factory=lambda: ["docx"])
    pdf: PdfEngine = PdfEngine.AUTO
    agency: list[AgencySettings] = Field(default_factory=list)

    @field_validator("deadline")
    @classmethod
    def _of_its_year(cls, deadline: dt.date | None, info: ValidationInfo) -> dt.date | None:
        """Last year's day, left standing in this year's settings, would make everybody late."""
        if deadline is None or "year" not in info.data:
            return deadline
        year = info.data["year"]
        if year is None:
            raise PydanticCustomError(
                "no_year", "要和 year（报告年度）一起写，才知道是哪一年度的截止日期"
            )
        first, last = dt.date(year, 12, 1), dt.date(year + 1, 12, 31)
        if not first <= deadline <= last:
            raise PydanticCustomError(
                "deadline", f"{year}年度的报送截止日期应在{first}到{last}之间，现在是{deadline}"
            )
        return deadline

    @field_validator("formats")
    @classmethod
    def _known_formats(cls, formats: list[str]) -> list[str]:
        unknown = [f for f in formats if f not in FORMATS]
        if unknown or not formats:
            raise PydanticCustomError("formats", f"只能是 {'、'.join(FORMATS)} 中的一种或几种")
        return formats

    @field_validator("agency")
    @classmethod
    def _once_each(cls, roster: list[AgencySettings]) -> list[AgencySettings]:
        twice = [name for name, n in Counter(a.name for a in roster).items() if n > 1]
        if twice:
            raise PydanticCustomError("twice", f"单位重复出现：{'、'.join(twice)}")
        return roster


class BoilerplateSettings(_Strict):
    """Sentences that the agencies may share."""

    sentences: list[Text] = Field(default_factory=list, max_length=2000)


class FrameSettings(_Strict):
    """A sentence that was asked about once, masked, and what its number counts."""

    clause: Annotated[Text, Field(min_length=6)]
    reads: Annotated[str, Field(pattern=r"^(?:[a-z_.]+(?:[+-][a-z_.]+)*)?$")] = ""
    sentence: str | None = None
    agency: Text | None = None
    year: Annotated[int, Field(ge=2019, le=2100)] | None = None


class WordsSettings(_Strict):
    """The whole of ``words.toml``."""

    boilerplate: BoilerplateSettings = Field(default_factory=BoilerplateSettings)
    frame: list[FrameSettings] = Field(default_factory=list, max_length=2000)


_KINDS = "、".join(kind.value for kind in AgencyKind)
_SENTENCES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这个设置项，请检查拼写",
    "string_type": "应是引号中的文字",
    "int_type": "应是四位数字的年度，不加引号",
    "int_parsing": "应是四位数字的年度，不加引号",
    "int_from_float": "应是四位数字的年度，不加引号",
    "greater_than_equal": "应在2019到2100之间",
    "less_than_equal": "应在2019到2100之间",
    "list_type": "应是方括号中的列表",
    "model_type": "应是一组设置，写法见 [[agency]] 的示例",
    "model_attributes_type": "应是一组设置，写法见 [[agency]] 的示例",
    "string_too_short": "太短，应是一整句话",
    "string_pattern_mismatch": "只能是表中各数的名字，用 + 或 - 相连",
    "too_long": "太多，最多2000个",
    "string_too_long": "太长，最多500字",
    "enum": f"只能是：{_KINDS}",
}


def explain(error: ValidationError, text: str) -> list[str]:
    """One sentence a fault: line, setting, what is wrong."""
    return [_sentence(detail, text) for detail in error.errors(include_url=False)]


def _sentence(detail: ErrorDetails, text: str) -> str:
    location = detail["loc"]
    said = _SENTENCES.get(detail["type"]) or detail["msg"]
    names = [f"第{part + 1}个" if isinstance(part, int) else str(part) for part in location]
    line = _line(location, text)
    where = f"第{line}行 " if line else ""
    return f"  {where}{' 的 '.join(names)}：{said}。"


def _line(location: tuple[Any, ...], text: str) -> int | None:
    """The line of a setting, found by its name after the n-th ``[[agency]]``."""
    lines = text.splitlines()
    start = 0
    if location[:1] == ("agency",) and len(location) > 1:
        heads = [i for i, line in enumerate(lines) if line.strip().startswith("[[agency]]")]
        start = heads[location[1]] if location[1] < len(heads) else 0
    name = str(location[-1]) if location else ""
    for number in range(start, len(lines)):
        if re.search(rf"\b{re.escape(name)}\b\s*[=\]]", lines[number]):
            return number + 1
    return start + 1 if start else None
