"""What a Word document's styles say of a paragraph and of a run: heading, list, look."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element

from gxgen.letters import is_sign_font
from gxgen.opc.limits import NAME
from gxgen.opc.xml import whole
from gxgen.prose import word_ink as ink
from gxgen.prose.word_fonts import FONTS, fonts_of, theme_faces
from gxgen.prose.word_package import WordPackage, attribute, child, local, switched_on

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|\S*目录)\s*(?:[1-9]|heading|标题)", re.IGNORECASE)
_BODY_LEVEL = 9
_LONGEST_CHAIN = 20

HIDDEN = "隐藏文字"
WHITE = "白色文字"
BLENDED = "与底色一样、看不见的文字"
STRUCK = "划去的文字"
RAISED = "上标"
LOWERED = "下标"
MOVED = "升高或降低的字"
CAPITALS = "大写显示的字母"
SIGNS = "符号字体的字"
UNSEEN = (HIDDEN, WHITE, BLENDED, STRUCK)
"""Looks of a text that is not printed."""
BLANK = (WHITE, BLENDED)
"""Those that leave a gap as wide as the text."""
_TOGGLES = frozenset(("vanish", "strike", "caps"))
_SWITCHES = _TOGGLES | {"dstrike", "rtl", "cs"}
_VALUES = frozenset(("vertAlign", "position", "sz", "w"))
_COLOURS = {
    "color": ink.colour,
    "textFill": ink.filled,
    "shd": ink.ground,
    "highlight": ink.highlight,
}
_RISEN = 6
"""Half points by which a digit is raised on purpose; less adjusts how it sits in the line."""
_SMALLER = 0.8
_USUAL_SIZE = 21
"""Half points: 五号, where nothing says otherwise."""
_UNSEEN_SIZE = 4
"""Half points of type that nobody can see."""
_UNSEEN_LINE = 40
"""Twentieths of a point of a line's exact height that shows nothing of its letters."""
_UNSEEN_WIDTH = 5
"""Per cent of their width in which letters are strokes."""

Look = dict[str, str]
"""What a run's properties say, by name; toggles are ``1`` or ``0``."""


@dataclass(slots=True)
class _Style:
    name: str
    based_on: str | None
    properties: _Element | None
    look: Look
    shades: bool
    """Whether it lays a colour behind anything."""


@dataclass(slots=True)
class Styles:
    """The styles of a document."""

    styles: dict[str, _Style] = field(default_factory=dict)
    defaults: Look = field(default_factory=dict)
    faces: dict[str, str] = field(default_factory=dict)
    """Those of the theme, by the names that runs call them by."""
    spacing: _Element | None = None
    """That of paragraphs whose styles have none."""
    usual: str | None = None
    """The paragraph style of paragraphs that name none."""
    _lines: dict[str | None, tuple[list[_Element | None], str]] = field(default_factory=dict)
    _looks: dict[str | None, Look] = field(default_factory=dict)
    _meanings: dict[tuple[object, ...], str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, package: WordPackage) -> Styles:
        """Read ``styles.xml``; without it no style is known."""
        root = package.part("styles")
        found = cls(faces=theme_faces(package))
        for element in () if root is None else root:
            if local(element) == "docDefaults":
                found.defaults = look_of(child(element, "rPrDefault", "rPr"))
                found.spacing = child(element, "pPrDefault", "pPr", "spacing")
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
            any(map(ink.ground, element.iter("{*}shd"))),
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

    def ground(
        self, properties: _Element | None, style_id: str | None, paper: str = ink.PAPER
    ) -> str | None:
        """The colour behind a paragraph on ``paper``; None where its lines are too low to show
        anything."""
        spacings, shade = self._lines_of(style_id or self.usual)
        own = child(properties, "shd")
        if _is_flat([child(properties, "spacing"), *spacings]):
            return None
        return (shade if own is None else ink.ground(own)) or paper

    def paper(self, cell: _Element) -> str:
        """The colour of a table's cell: its own, else its table's. Which cells a table's style
        colours is not looked at: where it colours some, any may have any."""
        own = child(cell, "tcPr", "shd")
        if own is not None:
            return ink.ground(own) or ink.PAPER
        table = next(one for one in cell.iterancestors() if local(one) == "tbl")
        properties = child(table, "tblPr")
        style = attribute(child(properties, "tblStyle"), "val")
        if any(one.shades for one in self._chain(style)):
            return ink.UNKNOWN
        shade = child(properties, "shd")
        return (ink.AUTO if shade is None else ink.ground(shade)) or ink.PAPER

    def _lines_of(self, style_id: str | None) -> tuple[list[_Element | None], str]:
        """What a paragraph's style says of its lines, and the colour behind them."""
        if style_id not in self._lines:
            sources = [style.properties for style in self._chain(style_id)]
            spacings = [*(child(source, "spacing") for source in sources), self.spacing]
            shades = (child(source, "shd") for source in sources)
            shade = next((ink.ground(one) for one in shades if one is not None), ink.AUTO)
            self._lines[style_id] = spacings, shade
        return self._lines[style_id]

    def look(
        self, style_id: str | None, own: _Element | None, ground: str | None = ink.PAPER
    ) -> str | None:
        """How a run in a paragraph of that style and ground looks, where that carries meaning."""
        direct = look_of(own)
        named = attribute(child(own, "rStyle"), "val") if own is not None else None
        key = (style_id, named, ground, tuple(direct.items()))
        if key not in self._meanings:
            self._meanings[key] = self._meaning(style_id or self.usual, named, ground, direct)
        return self._meanings[key]

    def _meaning(
        self, style_id: str | None, character_style: str | None, ground: str | None, direct: Look
    ) -> str | None:
        base, named = self._look(style_id), self._look(character_style)
        together = {**self.defaults, **base, **named}
        for toggle in _TOGGLES:
            # In styles of both kinds a toggle stands for its opposite (ECMA-376, 17.7.3).
            turned = (base.get(toggle) == "1") != (named.get(toggle) == "1")
            together[toggle] = "1" if turned or self.defaults.get(toggle) == "1" else "0"
        size = whole((self.defaults | base).get("sz"), _USUAL_SIZE)
        return _meaning(self._in_fonts(together | direct), size, ground)

    def _in_fonts(self, look: Look) -> Look:
        """With the faces that the theme gives for its own names."""
        named = {n: self.faces.get(look[n], look[n]) for n in FONTS.values() if n in look}
        return look | named

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
        elif name == "rFonts":
            look |= fonts_of(one)
        elif name in _COLOURS:
            look["color" if name == "textFill" else name] = _COLOURS[name](one)
    return look


def _meaning(look: Look, size: int, ground: str | None) -> str | None:
    """The one thing that a look says; ``size`` is that of the text around it."""
    if look.get("vanish") == "1" or ground is None or _is_tiny(look, size):
        return HIDDEN
    paper = look.get("highlight") or look.get("shd") or ground
    if ink.is_unseen(look.get("color", ink.AUTO), paper):
        return WHITE if look["color"] == paper == ink.PAPER else BLENDED
    if look.get("strike") == "1" or look.get("dstrike") == "1":
        return STRUCK
    if "vertAlign" in look and look["vertAlign"] != "baseline":
        return RAISED if look["vertAlign"] == "superscript" else LOWERED
    is_complex = look.get("rtl") == "1" or look.get("cs") == "1"
    if is_sign_font(look.get("csFont" if is_complex else "asciiFont", "")):
        return SIGNS
    if look.get("caps") == "1":
        return CAPITALS
    return _shift(look.get("position", "0"), whole(look.get("sz"), size) < size * _SMALLER)


def _is_tiny(look: Look, size: int) -> bool:
    return (
        0 < whole(look.get("sz"), size) <= _UNSEEN_SIZE
        or 0 < whole(look.get("w"), 100) <= _UNSEEN_WIDTH
    )


def _is_flat(spacings: list[_Element | None]) -> bool:
    """Whether lines have an exact height that shows nothing: each part said by the first."""
    said = [one for one in spacings if one is not None]
    rule = next((r for one in said if (r := attribute(one, "lineRule"))), "auto")
    line = next((r for one in said if (r := attribute(one, "line"))), "")
    return rule == "exact" and 0 < whole(line, 0) <= _UNSEEN_LINE


def _shift(position: str, smaller: bool) -> str | None:
    """Small letters above or below the line are raised or lowered, by whatever means."""
    down, amount = position.startswith("-"), whole(position.lstrip("-"), 0)
    if smaller and amount:
        return LOWERED if down else RAISED
    return MOVED if amount >= _RISEN else None


def _level(text: str | None) -> int | None:
    return None if text is None else whole(text, 0)


def _depth(level: str) -> int | None:
    at = whole(level, _BODY_LEVEL)
    return at + 1 if at < _BODY_LEVEL else None
