"""Faults of settings in Chinese, each with its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from gxgen.county.keys import meant
from gxgen.county.settings import AnswersSettings, CountySettings, WordsSettings
from gxgen.letters import shown

_OURS = "own_"
"""Begins the kinds of fault that are worded where they are found; pydantic's own sentences are
English."""
_YEAR = "应是四位数字的年度，不加引号"
_SENTENCES = {
    "missing": "缺少这一项",
    "string_type": "应是引号中的文字",
    "int_type": _YEAR,
    "int_parsing": _YEAR,
    "int_parsing_size": _YEAR,
    "int_from_float": _YEAR,
    "finite_number": _YEAR,
    "greater_than_equal": "应在2019到2100之间",
    "less_than_equal": "应在2019到2100之间",
    "list_type": "应是方括号中的列表",
    "dict_type": "应是一组设置",
    "model_type": "应是一组设置，写法见 [[agency]] 的示例",
    "model_attributes_type": "应是一组设置，写法见 [[agency]] 的示例",
    "string_too_short": "太短，应是一整句话",
    "string_pattern_mismatch": "只能是表中各数的名字，用 + 或 - 相连",
    "string_too_long": "太长，最多500字",
    "too_long": "列得太多",
    "too_short": "至少要写一个",
}
_OTHERWISE = "写法不对"
_OF_A_NAME = "[key]"
"""Ends the place of a fault that is in a setting's name."""
_MOST_FAULTS = 50
_LONGEST_NAME = 80


def explain(error: ValidationError, text: str) -> list[str]:
    """One sentence a fault: line, setting, what is wrong."""
    found = error.errors(include_url=False, include_input=False)
    lines = text.split("\n")
    said = [_sentence(detail, lines, error.title) for detail in found[:_MOST_FAULTS]]
    return said if len(found) <= _MOST_FAULTS else [*said, f"  另有{len(found) - len(said)}处。"]


def by_setting(error: ValidationError) -> dict[str, str]:
    """What is wrong by the setting that it is in, as half a sentence; of several faults in one the
    first."""
    found: dict[str, str] = {}
    for detail in error.errors(include_url=False, include_input=False):
        first, *rest = (part for part in detail["loc"] if part != _OF_A_NAME)
        inner = [f"第{part + 1}个" if isinstance(part, int) else _name(part) for part in rest]
        where = f"{' 的 '.join(inner)}：" if inner else ""
        found.setdefault(str(first), f"{where}{_what(detail, error.title)}")
    return found


def _sentence(detail: ErrorDetails, lines: Sequence[str], model: str) -> str:
    location = tuple(part for part in detail["loc"] if part != _OF_A_NAME)
    names = [f"第{part + 1}个" if isinstance(part, int) else _name(part) for part in location]
    at = detail.get("ctx", {}).get("at")
    holding = (number for number, line in enumerate(lines, 1) if at and at in line)
    line = next(holding, None) or _line(location, lines)
    where = f"第{line}行 " if line else ""
    return f"  {where}{' 的 '.join(names)}：{_what(detail, model)}。"


_MODELS = (CountySettings, WordsSettings, AnswersSettings)


def _unknown(location: Sequence[int | str], model: str) -> str:
    """That there is no such key, and which one may be meant."""
    models = {one.__name__: one for one in _MODELS}
    keys = list(_within(models[model], location[:-1]).model_fields)
    near = meant(str(location[-1]), keys)
    asked = f"，是不是 {near}？" if near else "，请检查拼写。"
    return f"没有这个设置项{asked}这里可以写：{'、'.join(keys)}"


def _within(model: type[BaseModel], location: Sequence[int | str]) -> type[BaseModel]:
    """The settings that stand at a place."""
    for part in location:
        if isinstance(part, str):
            inner = model.model_fields[part].annotation
            found = (one for one in (inner, *get_args(inner)) if isinstance(one, type))
            model = next(one for one in found if issubclass(one, BaseModel))
    return model


def _what(detail: ErrorDetails, model: str) -> str:
    kind = detail["type"]
    if kind == "extra_forbidden":
        return _unknown(detail["loc"], model)
    if kind == "enum":
        choices = str(detail["ctx"]["expected"]).replace(" or ", "、").replace(", ", "、")
        return "只能是：" + choices.replace("'", "")
    ours = kind.startswith(_OURS)
    return detail["msg"] if ours else _SENTENCES.get(kind, _OTHERWISE)


def _name(text: str) -> str:
    return shown(text[:_LONGEST_NAME])


def _line(location: tuple[int | str, ...], lines: Sequence[str]) -> int | None:
    """The line of a setting, found by its name after the n-th ``[[agency]]``."""
    start = 0
    if location[:1] == ("agency",) and len(location) > 1:
        heads = [i for i, line in enumerate(lines) if line.strip().startswith("[[agency]]")]
        number = location[1]
        start = heads[number] if isinstance(number, int) and number < len(heads) else 0
    names = [part for part in location if isinstance(part, str)]
    name = re.compile(rf"(?<!\w){re.escape(names[-1] if names else '')}(?!\w)\s*[\"']?\s*[=\]]")
    for number in range(start, len(lines)):
        if name.search(lines[number]):
            return number + 1
    return start + 1 if start else None
