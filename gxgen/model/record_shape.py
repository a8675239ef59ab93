"""The shape of a JSON record: pydantic stands at this door and nothing shapeless passes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from gxgen.diagnostics import Finding
from gxgen.places import FilePart

SHAPE_CODE = "GX060"
MOST_FINDINGS = 50
_LONGEST_NAME = 80
ContactKey = Literal["address", "postcode", "phone", "fax", "email", "website"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ItemShape(_Strict):
    """One item of ``narrative``."""

    section: str
    heading: str | None
    text: str | None


class AnswerShape(_Strict):
    """One item of ``answers``."""

    code: str
    cell: str
    reason: str
    figures: str = ""


class IndicatorShape(_Strict):
    """One item of ``indicators``."""

    name: str
    unit: str = ""
    value: Any = None
    last: Any = None
    note: str | None = None


class SignedShape(_Strict):
    """How the report is signed."""

    form: Literal["agency-date", "agency", "none"]
    date: str | None = None


class Shape(_Strict):
    """A record; ``short_name`` to ``findings`` may be absent, and ``format``, which a person leaves
    out."""

    format: Literal[1] = 1
    edition: str
    agency: str
    year: int
    values: dict[str, Any]
    narrative: list[ItemShape]
    short_name: str | None = None
    kind: str | None = None
    contact: dict[ContactKey, str | None] = Field(default_factory=dict)
    signed: SignedShape | None = None
    indicators: list[IndicatorShape] = Field(default_factory=list)
    answers: list[AnswerShape] = Field(default_factory=list)
    findings: list[dict[str, Any]] = Field(default_factory=list)


def read_shape(data: object, file: str) -> tuple[Shape | None, list[Finding]]:
    """The record, if it has the shape of one; else what has not."""
    try:
        return Shape.model_validate(data), []
    except ValidationError as problem:
        errors = problem.errors(include_url=False, include_input=False)
        return None, list(dict.fromkeys(_finding(e, file) for e in errors[:MOST_FINDINGS]))


_SENTENCES = {
    "missing": "缺这一项。",
    "extra_forbidden": "没有这一项，请删去或改正名称。",
    "string_type": "应当是文字（加引号）。",
    "string_unicode": "文字的编码坏了，请重新导出。",
    "int_type": "应当是整数（不加引号）。",
    "int_from_float": "应当是整数，不能有小数。",
    "int_parsing_size": "数字太大。",
    "list_type": "应当是一个列表（方括号）。",
    "dict_type": "应当是一组名称和值（花括号）。",
    "model_type": "应当是一组名称和值（花括号）。",
    "literal_error": "不是允许的写法。",
}
"""What each of pydantic's error types means to the person who made the file."""
_OTHERWISE = "写法不对。"


def _finding(error: ErrorDetails, file: str) -> Finding:
    where = path_of(error["loc"])
    sentence = _SENTENCES.get(error["type"], _OTHERWISE)
    if error["type"] == "literal_error":
        choices = str(error["ctx"]["expected"]).replace(" or ", "、").replace(", ", "、")
        sentence = f"不是允许的写法；只能是 {choices}。"
    subject = f"“{where}”" if where else "整个文件"
    return Finding(SHAPE_CODE, f"{subject}：{sentence}", FilePart(file, where or None))


def path_of(location: Iterable[int | str]) -> str:
    """``narrative[3].text``; a name that is no name of ours may be of any length."""
    path = ""
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step != "[key]":
            path += f".{step[:_LONGEST_NAME]}" if path else step[:_LONGEST_NAME]
    return path
