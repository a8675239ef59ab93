"""What Word adds to a paragraph from its style and lists: heading depth and automatic number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element

from gxgen.numerals import to_chinese
from gxgen.prose.word_package import WordPackage, attribute, child, local, whole

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*[1-9]", re.IGNORECASE)
_BODY_LEVEL = 9
_LONGEST_CHAIN = 20


@dataclass(slots=True)
class _Style:
    name: str
    based_on: str | None
    properties: _Element | None


@dataclass(slots=True)
class _Level:
    """One level of a list: how its number looks and where it starts."""

    format: str
    text: str
    start: int


@dataclass(slots=True)
class Styles:
    """The paragraph styles of a document."""

    styles: dict[str, _Style] = field(default_factory=dict)

    @classmethod
    def of(cls, package: WordPackage) -> Styles:
        """Read ``styles.xml``; without it no style is known."""
        root = package.part("styles.xml")
        styles = {}
        for element in () if root is None else root:
            if local(element) == "style" and attribute(element, "type") == "paragraph":
                styles[attribute(element, "styleId") or ""] = _Style(
                    attribute(child(element, "name"), "val") or "",
                    attribute(child(element, "basedOn"), "val"),
                    child(element, "pPr"),
                )
        return cls(styles)

    def is_contents(self, style_id: str | None) -> bool:
        """Whether the style is one of a table of contents."""
        style = self.styles.get(style_id or "")
        return style is not None and _CONTENTS_NAME.fullmatch(style.name) is not None

    def depth(self, properties: _Element | None, style_id: str | None) -> int | None:
        """1 … 9 for a heading, by the paragraph's own outline level, else by its style's."""
        own = attribute(child(properties, "outlineLvl"), "val")
        if own is not None:
            return _depth(own)
        for style in self._chain(style_id):
            level = attribute(child(style.properties, "outlineLvl"), "val")
            if level is not None:
                return _depth(level)
            named = _HEADING_NAME.fullmatch(style.name.strip())
            if named:
                return int(named.group(1))
        return None

    def list_of(self, properties: _Element | None, style_id: str | None) -> tuple[str | None, int]:
        """(numId, level) of the paragraph; its own go before its style's."""
        own = child(properties, "numPr")
        sources = [own, *(child(s.properties, "numPr") for s in self._chain(style_id))]
        number = level = None
        for source in sources:
            number = number or attribute(child(source, "numId"), "val")
            level = level or attribute(child(source, "ilvl"), "val")
        return number, whole(level, 0)

    def _chain(self, style_id: str | None) -> list[_Style]:
        chain: list[_Style] = []
        while style_id in self.styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self.styles[style_id])
            style_id = chain[-1].based_on
        return chain


def _depth(level: str) -> int | None:
    at = whole(level, _BODY_LEVEL)
    return at + 1 if at < _BODY_LEVEL else None


class Lists:
    """Automatic numbers, counted as Word counts them while the paragraphs go by in order."""

    def __init__(self, package: WordPackage) -> None:
        """Read ``numbering.xml``; without it nothing is numbered."""
        root = package.part("numbering.xml")
        abstract: dict[str | None, dict[int, _Level]] = {}
        self._home: dict[str, str | None] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str | None, dict[int, int]] = {}
        for element in () if root is None else root:
            if local(element) == "abstractNum":
                abstract[attribute(element, "abstractNumId")] = _levels(element)
        for element in () if root is None else root:
            if local(element) == "num":
                self._add(element, abstract)

    def _add(self, element: _Element, abstract: dict[str | None, dict[int, _Level]]) -> None:
        number = attribute(element, "numId") or ""
        home = attribute(child(element, "abstractNumId"), "val")
        self._home[number] = home
        self._levels[number] = dict(abstract.get(home, {}))
        overrides = [e for e in element if local(e) == "lvlOverride"]
        self._restarts[number] = {
            whole(attribute(e, "ilvl"), 0): whole(attribute(child(e, "startOverride"), "val"), 1)
            for e in overrides
            if child(e, "startOverride") is not None
        }
        for override in overrides:
            self._levels[number] |= _levels(override)

    def next_number(self, number: str | None, depth: int) -> str:
        """The text of the next number of a list's level; empty for bullets and plain text."""
        levels = self._levels.get(number or "", {})
        if number is None or depth not in levels:
            return ""
        counts = self._counts.setdefault(self._home[number], {})
        restart = self._restarts[number].pop(depth, None)
        if restart is not None:
            counts[depth] = restart
        else:
            counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        return _shown(levels, counts, depth)


def _shown(levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
    """The level's pattern (``（%1）``) with each count in its own level's digits."""
    if levels[depth].format in ("bullet", "none"):
        return ""

    def digits(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        if at not in levels:
            return ""
        return _digits(counts.get(at, levels[at].start), levels[at].format)

    return re.sub(r"%([1-9])", digits, levels[depth].text)


def _levels(element: _Element) -> dict[int, _Level]:
    found = {}
    for level in (e for e in element if local(e) == "lvl"):
        found[whole(attribute(level, "ilvl"), 0)] = _Level(
            attribute(child(level, "numFmt"), "val") or "decimal",
            attribute(child(level, "lvlText"), "val") or "",
            whole(attribute(child(level, "start"), "val"), 1),
        )
    return found


def _digits(number: int, style: str) -> str:
    lowered = style.lower()
    if ("chinese" in lowered or "japanese" in lowered or "ideograph" in lowered) and (
        "circle" not in lowered and 0 < number < 100
    ):
        return to_chinese(number)
    if style in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((65 if style == "upperLetter" else 97) + number - 1)
    return str(number)
