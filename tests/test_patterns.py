"""Patterns are linear: none takes much longer on a text that is made for it than on any other.

Every pattern of the package is driven with texts made from its own parts: what it repeats, over
and over, and then a sign that it does not want. A pattern fails where ten times the text takes
many times as long as ten times, and a lot at that: no load of the machine makes it so.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import gxgen
from gxgen.editions.declared import EDITIONS
from tests.test_architecture import PACKAGE, tree

SHORT, LONG = 3_000, 30_000
"""Characters, about: a paragraph has at most a hundred thousand, a real one two thousand."""
MUCH, SOME, TIMES = 0.08, 0.015, 40
"""Seconds of the processor on the short text, whatever the long one takes; on the long text, less
than any machine takes that is not linear; and how many times the short one's."""
DESIGNERS = ("gxgen.templates.", "gxgen.formats.pdf.", "gxgen.cache", "gxgen.cli.", "gxgen.fonts.")
"""Rooms whose patterns see templates, settings and what gxgen itself wrote. Those of the other
formats go over whole documents, with an agency's text in them."""
CAPPED = {
    "gxgen.a1._REFERENCE": 400,
    "gxgen.form.labels._NOTE": 400,
    "gxgen.form.read.display._COLOUR": 255,
    "gxgen.form.read.display._DIGITS": 255,
    "gxgen.form.read.display._SECTION": 255,
    "gxgen.form.read.display._TOKEN": 255,
    "gxgen.form.read.display line": 255,
    "gxgen.form.read.plausible._MAIL": 200,
    "gxgen.form.read.plausible._SITE": 200,
    "gxgen.numbers._DIGITS": 40,
    "gxgen.numbers._PRICE": 40,
    "gxgen.numbers._WORDS": 40,
    "gxgen.prose.claims.lexicon._BRANCH": 400,
    "gxgen.prose.reflow._PAGE": 20,
    "gxgen.prose.title": 90,
    "gxgen.prose.word._ENTRY": 400,
    "gxgen.prose.word_styles._CONTENTS_NAME": 255,
    "gxgen.prose.word_styles._HEADING_NAME": 255,
}
"""Patterns, or beginnings of their names, that never see a longer text: their caller looks."""
METHODS = ("fullmatch", "match", "search", "sub", "subn", "split", "findall", "finditer")


# -- texts that are made for a pattern -----------------------------------------------------------


def sample(items: Any) -> str:
    """A text that these items match, as far as it is easy to say."""
    return "".join(one(op, value) for op, value in items)


def one(op: Any, value: Any) -> str:
    match str(op):
        case "LITERAL":
            return chr(value)
        case "NOT_LITERAL":
            return "b" if value == ord("a") else "a"
        case "ANY":
            return "a"
        case "IN":
            return members(value)[0]
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return sample(value[2]) * value[0]
        case "SUBPATTERN":
            return sample(value[3])
        case "ATOMIC_GROUP":
            return sample(value)
        case "BRANCH":
            return sample(value[1][0])
        case _:
            return ""


_OF = {
    _constants.CATEGORY_DIGIT: "1",
    _constants.CATEGORY_SPACE: " ",
    _constants.CATEGORY_WORD: "a",
    _constants.CATEGORY_NOT_SPACE: "a",
    _constants.CATEGORY_NOT_WORD: " ",
    _constants.CATEGORY_NOT_DIGIT: "a",
}


def members(value: Any) -> list[str]:
    """Some of the characters of a class."""
    kinds = [(str(op), of) for op, of in value]
    if kinds[0][0] == "NEGATE":
        listed = {chr(of) for op, of in kinds if op == "LITERAL"}
        return [c for c in "a1 .-,\u4e00(" if c not in listed]
    chars = [
        chr(of if op == "LITERAL" else of[0]) for op, of in kinds if op in ("LITERAL", "RANGE")
    ]
    return [*(_OF[of] for op, of in kinds if op == "CATEGORY"), *chars][:6]


def pumps(items: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """What stands before each thing that is repeated without end, and that thing."""
    for op, value in items:
        match str(op):
            case "MAX_REPEAT" | "MIN_REPEAT":
                if value[1] > 50:
                    yield from ((before, text) for text in repeated(value[2]) if text)
                yield from pumps(value[2], before)
            case "SUBPATTERN":
                yield from pumps(value[3], before)
            case "BRANCH":
                for branch in value[1]:
                    yield from pumps(branch, before)
            case "ASSERT" | "ASSERT_NOT":
                yield from pumps(value[1], before)
        before += one(op, value)


def repeated(inner: Any) -> set[str]:
    first = inner[0] if len(inner) == 1 else (None, None)
    if str(first[0]) == "IN":
        return {sample(inner), *members(first[1])}
    if str(first[0]) == "BRANCH":
        return set(map(sample, first[1][1]))
    return {sample(inner)}


def attacks(pattern: re.Pattern[Any]) -> Iterator[Callable[[int], Any]]:
    """Texts of a length."""
    raw = isinstance(pattern.pattern, bytes)
    source = pattern.pattern.decode("latin-1") if raw else pattern.pattern
    parsed = _parser.parse(source, pattern.flags & ~(0 if not raw else re.ASCII))
    for before, pump in sorted(set(pumps(list(parsed)))):
        for start, again in ((before, pump), ("", pump), ("", before + pump)):
            for end in ("\0", "甲" if not raw else "!"):

                def made(size: int, start: str = start, again: str = again, end: str = end) -> Any:
                    text = start + (again * (size // len(again) + 1))[:size] + end
                    return text.encode("latin-1", "replace") if raw else text

                yield made


# -- the patterns --------------------------------------------------------------------------------


@cache
def uses() -> dict[str, set[str]]:
    """How each name of a pattern is used, wherever it is."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                of = node.value
                name = getattr(of, "id", None) or getattr(of, "attr", "")
                found.setdefault(f"{module(path)}.{name}", set()).add(node.attr)
                found.setdefault(name, set()).add(node.attr)
    return found


def module(path: Any) -> str:
    return ".".join(("gxgen", *path.relative_to(PACKAGE).with_suffix("").parts))


def patterns() -> Iterator[tuple[str, re.Pattern[Any], tuple[str, ...]]]:
    """Name, pattern and how it is used, of all in modules, in tables and in calls."""
    for info in pkgutil.walk_packages(gxgen.__path__, "gxgen."):
        if not info.name.endswith("__main__") and not f"{info.name}.".startswith(DESIGNERS):
            for name, value in vars(importlib.import_module(info.name)).items():
                known = uses().get(f"{info.name}.{name}") or uses().get(name) or METHODS[:3]
                for found in listed(value):
                    yield f"{info.name}.{name}", found, tuple(sorted(known))
    for path in PACKAGE.rglob("*.py"):
        if not f"{module(path)}.".startswith(DESIGNERS):
            yield from written(path)


def listed(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3 and isinstance(value, tuple | list | dict):
        for other in value.values() if isinstance(value, dict) else value:
            yield from listed(other, depth + 1)


def written(path: Any) -> Iterator[tuple[str, re.Pattern[Any], tuple[str, ...]]]:
    """Those that stand in the call itself: ``re.sub("…", …)``."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of, first = node.func.value, node.args[0] if node.args else None
            own = getattr(of, "id", "") == "re" and isinstance(first, ast.Constant)
            if own and node.func.attr in METHODS:
                name = f"{module(path)} line {node.lineno}"
                yield name, re.compile(first.value), (node.func.attr,)


FOUND = sorted({(n, p, m) for n, p, m in patterns()}, key=lambda one: (one[0], str(one[1].pattern)))


# -- how long they take --------------------------------------------------------------------------


def seconds(pattern: re.Pattern[Any], method: str, text: Any) -> float:
    start = time.process_time()
    if method in ("match", "fullmatch"):
        getattr(pattern, method)(text)
    else:
        sum(1 for _ in pattern.finditer(text))
    return time.process_time() - start


def slow(pattern: re.Pattern[Any], methods: tuple[str, ...], most: int) -> str | None:
    """A text on which a pattern takes more than its length."""
    for text in attacks(pattern):
        for method in {m if m in ("match", "fullmatch") else "finditer" for m in methods}:
            short = seconds(pattern, method, text(min(SHORT, most)))
            if short > MUCH:
                return f"{method}: {text(30)!r}"
            if most > SHORT:
                long = seconds(pattern, method, text(min(LONG, most)))
                if long > SOME and long > TIMES * short:
                    return f"{method}: {text(30)!r}"
    return None


def cap(name: str) -> int:
    return next((most for begin, most in CAPPED.items() if name.startswith(begin)), LONG)


@pytest.mark.parametrize(("name", "pattern", "methods"), FOUND, ids=lambda value: str(value)[:60])
def test_it_is_linear(name: str, pattern: re.Pattern[Any], methods: tuple[str, ...]) -> None:
    assert slow(pattern, methods, cap(name)) is None


PARTS = {
    wording
    for edition in EDITIONS.values()
    for section in edition.sections
    for part in section.parts
    for wording in (part.wording, part.own)
    if wording
}


@pytest.mark.parametrize("wording", sorted(PARTS))
def test_the_words_of_a_part_are_linear(wording: str) -> None:
    assert slow(re.compile(wording), ("search",), LONG) is None


@pytest.mark.parametrize("bad", [r"\s+$", "<a[^>]*?b=", r"(.+?)(?:镇|乡)", r"\[b:[^\]]*\]"])
def test_a_pattern_that_is_not_would_be_found(bad: str) -> None:
    assert slow(re.compile(bad), ("search",), LONG) is not None
