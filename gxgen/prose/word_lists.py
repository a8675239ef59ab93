"""Automatic numbers of a Word document, counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from gxgen.opc.xml import whole
from gxgen.prose.word_elements import chosen
from gxgen.prose.word_numerals import number_in
from gxgen.prose.word_package import WordPackage, attribute, child, local, switched_on

_LONGEST_TEXT = 64
"""Characters of a level's pattern; ``第%1章第%2节`` has nine."""
_DEEPEST = 8
"""The last level of a list: there are nine (ECMA-376, 17.9.3)."""
_WORDS = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how its number looks, where it starts, after which level again."""

    format: str
    text: str
    start: int
    suffix: str
    restart: int | None
    legal: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph's automatic number; ``closed``: nothing stands between it and the text.

    ``unknown``: its format and count, where what Word shows is not sure.
    """

    text: str = ""
    closed: bool = False
    unknown: str = ""


class Lists:
    """The lists of a document; the paragraphs go by in order."""

    def __init__(self, package: WordPackage) -> None:
        """Read ``numbering.xml``; without it nothing is numbered."""
        root = package.part("numbering")
        elements = [] if root is None else list(root)
        self._home: dict[str, str | None] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str | None, dict[int, int]] = {}
        abstract = _abstract(e for e in elements if local(e) == "abstractNum")
        for element in elements:
            if local(element) == "num":
                self._add(element, abstract)

    def _add(self, element: _Element, abstract: dict[str | None, dict[int, _Level]]) -> None:
        number = attribute(element, "numId") or ""
        home = attribute(child(element, "abstractNumId"), "val")
        self._home[number] = home
        self._levels[number] = abstract.get(home, {})
        overrides = [e for e in element if local(e) == "lvlOverride"]
        self._restarts[number] = {
            whole(attribute(e, "ilvl"), 0): whole(attribute(child(e, "startOverride"), "val"), 1)
            for e in overrides
            if child(e, "startOverride") is not None
        }
        for override in overrides:
            self._levels[number] = self._levels[number] | _levels(override)

    def depth_of(self, number: str | None, styles: Sequence[str]) -> int | None:
        """The level of a list that belongs to one of the paragraph's styles, the nearest first."""
        levels = self._levels.get(number or "", {})
        own = {level.style: depth for depth, level in levels.items() if level.style}
        return next((own[style] for style in styles if style in own), None)

    def next_number(self, number: str | None, depth: int) -> Numbered:
        """The next number of a list's level; nothing for bullets and plain text."""
        levels = self._levels.get(number or "", {})
        if number is None or depth not in levels:
            return Numbered()
        counts = self._counts.setdefault(self._home[number], {})
        restart = self._restarts[number].pop(depth, None)
        if restart is not None:
            counts[depth] = restart
        else:
            counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [d for d in counts if d > depth and _starts_again(levels.get(d), depth)]:
            del counts[deeper]
        return _shown(levels, counts, depth)


def _starts_again(level: _Level | None, after: int) -> bool:
    """Whether a level counts anew after a paragraph of that higher level."""
    return level is None or level.restart is None or after < level.restart


def _shown(levels: dict[int, _Level], counts: dict[int, int], depth: int) -> Numbered:
    """The level's pattern (``（%1）``) with each count in its own level's digits."""
    level = levels[depth]
    if level.format == "bullet":
        words = level.text if _WORDS.search(level.text) else ""
        return Numbered(words[:_LONGEST_TEXT], level.suffix == "nothing")
    if len(level.text) > _LONGEST_TEXT:
        return Numbered(unknown=f"{level.text[:10]}…")
    unknown = ""

    def digits(match: re.Match[str]) -> str:
        nonlocal unknown
        at = int(match.group(1)) - 1
        if at not in levels:
            return ""
        form = "decimal" if level.legal else levels[at].format
        count = counts.get(at, levels[at].start)
        text = number_in(form, count)
        if text is None:
            unknown = f"{form}，第{count}项"
        return text or ""

    text = re.sub(r"%([1-9])", digits, level.text)
    return Numbered(unknown=unknown) if unknown else Numbered(text, level.suffix == "nothing")


def _abstract(elements: Iterable[_Element]) -> dict[str | None, dict[int, _Level]]:
    """The levels of each list; a list that only names a list style has that style's."""
    found: dict[str | None, dict[int, _Level]] = {}
    by_style: dict[str, dict[int, _Level]] = {}
    borrowed: dict[str | None, str] = {}
    for element in elements:
        name = attribute(element, "abstractNumId")
        found[name] = _levels(element)
        own = attribute(child(element, "styleLink"), "val")
        other = attribute(child(element, "numStyleLink"), "val")
        if own is not None:
            by_style[own] = found[name]
        if other is not None:
            borrowed[name] = other
    return found | {name: by_style.get(style, {}) | found[name] for name, style in borrowed.items()}


def _levels(element: _Element) -> dict[int, _Level]:
    found = {}
    for level in (e for e in element if local(e) == "lvl"):
        restart = attribute(child(level, "lvlRestart"), "val")
        depth = whole(attribute(level, "ilvl"), 0)
        if depth > _DEEPEST:
            continue
        found[depth] = _Level(
            _format(level),
            attribute(child(level, "lvlText"), "val") or "",
            whole(attribute(child(level, "start"), "val"), 0),
            attribute(child(level, "suff"), "val") or "tab",
            None if restart is None else whole(restart, 0),
            switched_on(child(level, "isLgl")),
            attribute(child(level, "pStyle"), "val"),
        )
    return found


def _format(level: _Element) -> str:
    """``001, 002, 003, ...`` stands in an alternative that older programs pass over."""
    form = child(level, "numFmt")
    choices = child(level, "AlternateContent")
    if form is None and choices is not None:
        form = child(chosen(choices), "numFmt")
    if form is None:
        return "decimal"
    value = attribute(form, "val") or "decimal"
    return (attribute(form, "format") or value) if value == "custom" else value
