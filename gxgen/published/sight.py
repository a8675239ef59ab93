"""What a reader of a web page sees of an element: its words, nothing, or perhaps something.

A figure that is struck out or hidden stands beside the one that counts, in the same cell: taken
together they are a third number. What surely is not shown is left out and told; where a style sheet
or a trick may hide it, the words stay in marks that no figure has, so the row is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from lxml.etree import _Element

from gxgen.letters import squeezed

HIDDEN, STRUCK, READING_AID = "网页上不显示", "是划去的文字", "是注音"
"""Why something is left out."""
PICTURES = frozenset(
    {"img", "svg", "math", "canvas", "object", "embed", "input", "select", "textarea", "iframe"}
    | {"video", "audio", "applet"}
)
"""What shows something that is no text; in a figure's cell it may be the figure or a part."""
_STRUCK_TAGS = frozenset({"del", "s", "strike"})
_AIDS = frozenset({"rt", "rp"})
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_LINE_THROUGH = re.compile(r"line-through", re.IGNORECASE)
_TINY = re.compile(r"font-size\s*:\s*0+(?:\.0+)?(?![\d.])", re.IGNORECASE)
_TRICK = re.compile(
    r"opacity\s*:\s*0+(?:\.0+)?(?![\d.])|(?:left|top|text-indent)\s*:\s*-\d{3}|mso-hide"
    r"|unicode-bidi|clip\s*:\s*rect",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"(?<![\w-])color\s*:\s*(?:#fff(?:fff)?\b|white\b|transparent\b|rgb\(255,\s*255,\s*255\))",
    re.IGNORECASE,
)
_PAPER_NAMES = frozenset({"#fff", "#ffffff", "white"})
_USUAL = frozenset(
    {".sr-only", ".visually-hidden", ".screen-reader-text", ".hidden", ".hide", ".d-none"}
)
"""Classes by which the usual style sheets hide things."""
_NAME = re.compile(r"[.#][\w-]+")
_PLAIN_SELECTOR = re.compile(r"\w*([.#][\w-]+)")
_MOST_KINDS = 1_000
"""Of elements by their marks that are kept in mind; a page has some dozens."""
_DISPLAY = re.compile(r"display\s*:\s*(\w+)", re.IGNORECASE)


class Sight(Enum):
    """What is seen of an element."""

    SHOWN = auto()
    GONE = auto()
    STRUCK = auto()
    AID = auto()
    """The reading of a word, in small letters above it."""
    VEILED = auto()
    """Perhaps nothing: a style sheet or a trick hides it from some readers, or turns it about."""


UNREAD = {Sight.GONE: HIDDEN, Sight.STRUCK: STRUCK, Sight.AID: READING_AID}
"""What is surely no part of what a page says, and why it is left out."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What the style of an element says by itself; a page has few, each on thousands of cells."""

    gone: bool
    struck: bool
    trick: bool
    tiny: bool
    white: bool

    @classmethod
    def read(cls, style: str) -> _Style:
        """From the attribute."""
        every = (_NOT_SHOWN, _LINE_THROUGH, _TRICK, _TINY, _PAPER)
        return cls(*(pattern.search(style) is not None for pattern in every))


class Sheet:
    """What the page's own style sheets and attributes say of being seen."""

    def __init__(self, root: _Element) -> None:
        """Read the style sheets of a page."""
        styles = (str(style.text or "") for style in root.iter("style"))
        self.hiding = _USUAL | _hiding("".join(map(_without_comments, styles)))
        self._styles: dict[str, _Style] = {"": _Style.read("")}
        self._names: dict[tuple[str, str], bool] = {("", ""): False}
        self._plain: dict[tuple[object, ...], bool] = {}

    def is_plain(self, element: _Element, tag: str) -> bool:
        """Whether nothing in an element's marks may hide it or set it apart: so it is of most, and
        they bear the same few marks."""
        marks = tag, *element.items()
        if marks not in self._plain:
            if len(self._plain) >= _MOST_KINDS:
                self._plain.clear()
            tiny = self._style(element).tiny
            shown = self._sight(element, tag) is Sight.SHOWN
            self._plain[marks] = shown and not tiny and not self._has_paper(element)
        return self._plain[marks]

    def sight(self, element: _Element, tag: str) -> Sight:
        """What is seen of an element by its own marks, whatever it lies in."""
        return Sight.SHOWN if self.is_plain(element, tag) else self._sight(element, tag)

    def _sight(self, element: _Element, tag: str) -> Sight:
        style = self._style(element)
        if style.gone or element.get("hidden") is not None:
            return Sight.GONE
        if style.struck or tag in _STRUCK_TAGS:
            return Sight.STRUCK
        if tag in _AIDS:
            return Sight.AID
        if style.trick or tag == "bdo" or self._is_hiding(element):
            return Sight.VEILED
        return Sight.VEILED if style.tiny and not len(element) else Sight.SHOWN

    def is_white(self, element: _Element, whole: _Element) -> bool:
        """Whether a part of a cell, and not all of it, has the colour of paper."""
        return self._has_paper(element) and _said(element) != _said(whole)

    def is_veiled(self, element: _Element) -> bool:
        """Whether it, or something that it lies in, may be hidden by a style sheet."""
        return self._is_hiding(element) or any(map(self._is_hiding, element.iterancestors()))

    def _has_paper(self, element: _Element) -> bool:
        named = (element.get("color") or "").lower() in _PAPER_NAMES
        return named or self._style(element).white

    def _style(self, element: _Element) -> _Style:
        said = element.get("style") or ""
        if said not in self._styles:
            self._styles[said] = _Style.read(said)
        return self._styles[said]

    def _is_hiding(self, element: _Element) -> bool:
        names = element.get("class") or "", element.get("id") or ""
        if names not in self._names:
            every = {f".{name}" for name in names[0].split()} | {f"#{names[1]}"}
            self._names[names] = not self.hiding.isdisjoint(every)
        return self._names[names]


def _said(element: _Element) -> str:
    return squeezed("".join(map(str, element.itertext())))


def _hiding(text: str) -> set[str]:
    """The classes and names that a style sheet hides on every screen, and nowhere shows again."""
    hidden: set[str] = set()
    shown: set[str] = set()
    for selectors, body in _rules(text):
        found = _DISPLAY.search(body)
        if found is None:
            continue
        if found[1].lower() != "none":
            shown.update(_NAME.findall(selectors))
            continue
        last = (one.split()[-1] for one in selectors.split(",") if one.split())
        hidden.update(plain[1] for one in last if (plain := _PLAIN_SELECTOR.fullmatch(one)))
    return hidden - shown


def _without_comments(text: str) -> str:
    first, *others = text.split("/*")
    return first + "".join(one.partition("*/")[2] for one in others)


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """The rules that no condition such as ``@media`` is around."""
    heads: list[str] = []
    said = ""
    for piece in re.split(r"([{}])", text):
        if piece == "{":
            heads.append(said.rpartition(";")[2].strip())
        elif piece == "}":
            if len(heads) == 1:
                yield heads[0], said
            if heads:
                heads.pop()
        said = "" if piece in "{}" else piece
