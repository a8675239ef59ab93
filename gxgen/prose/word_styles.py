"""What a Word document's styles say of a paragraph and of a run: heading, list, look."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element

from gxgen.letters import is_sign_font
from gxgen.opc.limits import NAME
from gxgen.opc.xml import whole
from gxgen.prose.word_package import WordPackage, attribute, child, local, switched_on

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|\S*目录)\s*(?:[1-9]|heading|标题)", re.IGNORECASE)
_BODY_LEVEL = 9
_LONGEST_CHAIN = 20

HIDDEN = "隐藏文字"
WHITE = "白色文字"
STRUCK = "划去的文字"
RAISED = "上标"
LOWERED = "下标"
MOVED = "升高或降低的字"
CAPITALS = "大写显示的字母"
SIGNS = "符号字体的字"
UNSEEN = (HIDDEN, WHITE, STRUCK)
"""Looks of a text that is not printed."""
_TOGGLES = frozenset(("vanish", "strike", "caps"))
_SWITCHES = _TOGGLES | {"dstrike"}
_VALUES = frozenset(("vertAlign", "position", "highlight", "sz"))
_RISEN = 6
"""Half points by which a digit is raised on purpose; less adjusts how it sits in the line."""
_SMALLER = 0.8
_USUAL_SIZE = 21
"""Half points: 五号, where nothing says otherwise."""
_UNSEEN_SIZE = 4
"""Half points of type that nobody can see."""
_PAPER = re.compile(r"F[A-F89]" * 3, re.IGNORECASE)

Look = dict[str, str]
"""What a run's properties say, by name; toggles are ``1`` or ``0``."""


@dataclass(slots=True)
class _Style:
    name: str
    based_on: str | None
    properties: _Element | None
    look: Look


@dataclass(slots=True)
class Styles:
    """The styles of a document."""

    styles: dict[str, _Style] = field(default_factory=dict)
    defaults: Look = field(default_factory=dict)
    usual: str | None = None
    """The paragraph style of paragraphs that name none."""
    _looks: dict[str | None, Look] = field(default_factory=dict)
    _meanings: dict[tuple[object, ...], str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, package: WordPackage) -> Styles:
        """Read ``styles.xml``; without it no style is known."""
        root = package.part("styles")
        found = cls()
        for element in () if root is None else root:
            if local(element) == "docDefaults":
                found.defaults = look_of(child(element, "rPrDefault", "rPr"))
            elif local(element) == "style":
                found._add(element)
        return found

    def _add(self, element: _Element) -> None:
        name = attribute(element, "styleId") or ""
        self.styles[name] = _Style(
            (attribute(child(element, "name"), "val") or "")[:NAME],
            attribute(child(element, "basedOn"), "val"),
            child(element, "pPr"),
            look_of(child(element, "rPr")),
        )
        is_usual = attribute(element, "default") in ("1", "true", "on")
        if is_usual and attribute(element, "type") == "paragraph":
            self.usual = name

    def is_contents(self, style_id: str | None) -> bool:
        """Whether the style is one of a table of contents."""
        style = self.styles.get(style_id or "")
        return style is not None and _CONTENTS_NAME.fullmatch(style.name.strip()) is not None

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

    def list_of(
        self, properties: _Element | None, style_id: str | None
    ) -> tuple[str | None, int | None, int | None, list[str]]:
        """(numId, own level, level of its styles, their names) of the paragraph, its own first."""
        own = child(properties, "numPr")
        number = attribute(child(own, "numId"), "val")
        level = attribute(child(own, "ilvl"), "val")
        styled = None
        names = self._names(style_id or self.usual)
        for name in names:
            source = child(self.styles[name].properties, "numPr")
            number = number or attribute(child(source, "numId"), "val")
            styled = styled or attribute(child(source, "ilvl"), "val")
        return number, _level(level), _level(styled), names

    def is_shaded(self, properties: _Element | None, style_id: str | None) -> bool:
        """Whether a paragraph stands on a coloured ground: white letters are then seen."""
        sources = [properties, *(s.properties for s in self._chain(style_id or self.usual))]
        shades = (look_of(source) for source in sources)
        return any(not on_paper(shade) for shade in shades if "shd" in shade)

    def look(self, style_id: str | None, own: _Element | None) -> str | None:
        """How a run in a paragraph of that style looks, where that carries meaning."""
        direct = look_of(own)
        named = attribute(child(own, "rStyle"), "val") if own is not None else None
        key = (style_id, named, tuple(direct.items()))
        if key not in self._meanings:
            self._meanings[key] = self._meaning(style_id or self.usual, named, direct)
        return self._meanings[key]

    def _meaning(
        self, style_id: str | None, character_style: str | None, direct: Look
    ) -> str | None:
        base, named = self._look(style_id), self._look(character_style)
        together = {**self.defaults, **base, **named}
        for toggle in _TOGGLES:
            # In styles of both kinds a toggle stands for its opposite (ECMA-376, 17.7.3).
            turned = (base.get(toggle) == "1") != (named.get(toggle) == "1")
            together[toggle] = "1" if turned or self.defaults.get(toggle) == "1" else "0"
        size = whole((self.defaults | base).get("sz"), _USUAL_SIZE)
        return _meaning(together | direct, size)

    def _look(self, style_id: str | None) -> Look:
        known = self._looks.get(style_id)
        if known is None:
            known = {}
            for style in reversed(self._chain(style_id)):
                known |= style.look
            self._looks[style_id] = known
        return known

    def _chain(self, style_id: str | None) -> list[_Style]:
        return [self.styles[name] for name in self._names(style_id)]

    def _names(self, style_id: str | None) -> list[str]:
        names: list[str] = []
        while style_id in self.styles and len(names) < _LONGEST_CHAIN:
            names.append(style_id)
            style_id = self.styles[style_id].based_on
        return names


def look_of(properties: _Element | None) -> Look:
    """What run properties say of the looks that carry meaning."""
    look: Look = {}
    for one in () if properties is None else properties:
        name = local(one)
        if name in _SWITCHES:
            look[name] = "1" if switched_on(one) else "0"
        elif name in _VALUES:
            look[name] = attribute(one, "val") or ""
        elif name == "shd":
            look[name] = attribute(one, "fill") or ""
        elif name == "rFonts":
            look[name] = attribute(one, "ascii") or ""
        elif name == "color":
            theme = attribute(one, "themeColor") in ("background1", "bg1")
            shaded = attribute(one, "themeShade") is not None
            look[name] = "FFFFFF" if theme and not shaded else attribute(one, "val") or ""
    return look


def _meaning(look: Look, size: int) -> str | None:
    """The one thing that a look says; ``size`` is that of the text around it."""
    if look.get("vanish") == "1" or 0 < whole(look.get("sz"), size) <= _UNSEEN_SIZE:
        return HIDDEN
    if "color" in look and _PAPER.fullmatch(look["color"]) and on_paper(look):
        return WHITE
    if look.get("strike") == "1" or look.get("dstrike") == "1":
        return STRUCK
    if "vertAlign" in look and look["vertAlign"] != "baseline":
        return RAISED if look["vertAlign"] == "superscript" else LOWERED
    if is_sign_font(look.get("rFonts", "")):
        return SIGNS
    if look.get("caps") == "1":
        return CAPITALS
    return _shift(look.get("position", "0"), whole(look.get("sz"), size) < size * _SMALLER)


def _shift(position: str, smaller: bool) -> str | None:
    """Small letters above or below the line are raised or lowered, by whatever means."""
    down, amount = position.startswith("-"), whole(position.lstrip("-"), 0)
    if smaller and amount:
        return LOWERED if down else RAISED
    return MOVED if amount >= _RISEN else None


def on_paper(look: Look) -> bool:
    """Whether nothing but white stands behind it."""
    fill = look.get("shd", "auto")
    plain = fill in ("auto", "") or _PAPER.fullmatch(fill) is not None
    return plain and look.get("highlight", "none") in ("none", "white")


def _level(text: str | None) -> int | None:
    return None if text is None else whole(text, 0)


def _depth(level: str) -> int | None:
    at = whole(level, _BODY_LEVEL)
    return at + 1 if at < _BODY_LEVEL else None
