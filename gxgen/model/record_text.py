"""The text of a JSON record: each number with the places that it was written with, and no name
twice.

``json`` alone makes 0.1 a binary fraction, and of two figures under one name it takes the last
in silence.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any

from gxgen.diagnostics import Finding
from gxgen.errors import UsageError
from gxgen.model.record_parse import from_record
from gxgen.model.record_shape import MOST_FINDINGS, SHAPE_CODE, path_of
from gxgen.model.report import Report
from gxgen.places import FilePart

_MOST_VALUES = 50_000
"""In all; a report with a thousand paragraphs and as many findings has half as many."""
_LONGEST_NUMBER = 40
"""No figure has so many digits, and an ``int`` cannot be made of very many."""
_NO_NUMBER = Decimal("NaN")
_Way = tuple[Any, ...]
"""The way before, and one step more: a name, or a place in a list. Told only where it must be."""


class _Twice(dict[str, object]):
    """An object some of whose names stand in it more than once."""

    names: tuple[str, ...] = ()


def parse_record(data: bytes, file: str) -> tuple[Report | None, list[Finding]]:
    """The report of a record, or None; what it gets wrong comes back as findings.

    Args:
        data: the file's content, in UTF-8 or UTF-16, with or without a byte order mark.
        file: its name, for messages.

    Raises:
        UsageError: it is no JSON at all, or deeper or longer than any record.
    """
    record = _loads(data, file)
    if next(islice(_objects(record), _MOST_VALUES, None), None) is not None:
        raise UsageError(f"{file} 里有{_MOST_VALUES}个以上的值，不是 gxgen show 输出的格式。")
    if twice := list(islice(_twice(record, file), MOST_FINDINGS)):
        return None, twice
    return from_record(record, file)


def _loads(data: bytes, file: str) -> object:
    try:
        return json.loads(
            data.decode(json.detect_encoding(data)),
            parse_float=_number,
            parse_int=_integer,
            parse_constant=_number,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError:
        what = "的文字编码不是 UTF-8，请另存为 UTF-8 编码"
    except json.JSONDecodeError as error:
        what = f"不是有效的 JSON：第{error.lineno}行第{error.colno}个字附近写法不对"
    except RecursionError:
        what = "的括号一层套一层，太深了，不是 gxgen show 输出的格式"
    raise UsageError(f"{file} {what}。")


def _number(text: str) -> Decimal:
    try:
        return Decimal(text) if len(text) <= _LONGEST_NUMBER else _NO_NUMBER
    except InvalidOperation:  # an exponent beyond all bounds
        return _NO_NUMBER


def _integer(text: str) -> int | Decimal:
    return int(text) if len(text) <= _LONGEST_NUMBER else _NO_NUMBER


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    last = dict(pairs)
    if len(last) == len(pairs):
        return last
    twice = _Twice(last)
    times = Counter(name for name, _ in pairs)
    twice.names = tuple(name for name in last if times[name] > 1)
    return twice


def _twice(record: object, file: str) -> Iterator[Finding]:
    """Each name that stands twice in one object."""
    for way, value in _objects(record):
        for name in value.names if isinstance(value, _Twice) else ():
            where = _path((way, name))
            message = f"“{where}”写了不止一次，不知以哪一个为准；只能留一个。"
            yield Finding(SHAPE_CODE, message, FilePart(file, where))


def _objects(record: object) -> Iterator[tuple[_Way, object]]:
    """Every value with the way to it; without recursion, however deep it is."""
    left: list[tuple[_Way, object]] = [((), record)]
    while left:
        way, value = left.pop()
        yield way, value
        if isinstance(value, dict):
            left += [((way, name), each) for name, each in reversed(value.items())]
        elif isinstance(value, list):
            left += [((way, at), value[at]) for at in reversed(range(len(value)))]


def _path(way: _Way) -> str:
    steps: list[str | int] = []
    while way:
        way, step = way
        steps.append(step)
    return path_of(reversed(steps))
