"""Template tags one by one: taken out of a paragraph's text, parsed, resolved against the slots.

Jinja stops at the first fault; here each tag is judged by itself, and a tag that is nearly right
is taken for what it surely means, so that one fault does not raise ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from jinja2 import TemplateSyntaxError, nodes

from gxgen.errors import GxgenError
from gxgen.formats.docx.allowed import MOST_TAG
from gxgen.formats.docx.environment import environment

OPENINGS = {"{{": "}}", "{%": "%}", "{#": "#}"}
KEYWORDS = ("for", "endfor", "if", "elif", "else", "endif")
DOCXTPL_KEYWORDS = ("cellbg", "colspan")
PREFIXES = ("p", "tr", "tc", "r")
ALIKE = 0.6

_BRACES = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_STRAY = re.compile(r"[{｛]+[^{}｛｝\0]*[}｝]*|[}｝]+")
_OPENERS = re.compile("[{｛]+")
_DOTTED = re.compile(
    r"(?!(?:true|false|none|True|False|None|not|and|or|in|is|if|else)(?:\.|$))"
    r"[A-Za-z_][A-Za-z_0-9]*(?:\.[A-Za-z_][A-Za-z_0-9]*)*"
)
_NO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_MASKED = re.compile(r"\{_[{%]|[%}]_\}")
_STATEMENT = re.compile(r"^-?\s*(\S+)(.*?)-?$", re.DOTALL)
SMART_QUOTES = str.maketrans("“”‘’", "\"\"''")

_OUTSIDE_QUOTES = re.compile("""("[^"]*"|'[^']*')|.""", re.DOTALL)


def narrowed(inside: str) -> tuple[str, str]:
    """A tag's inside with ordinary signs in the place of wide ones, and those wide ones.

    Chinese input methods type wide spaces, dots and letters, and web pages bring spaces that do
    not break; in a text between quotes anything may stand.
    """
    odd: list[str] = []

    def narrow(found: re.Match[str]) -> str:
        sign = found.group()
        if found[1] or sign.isascii():
            return sign
        plain = " " if sign.isspace() else "" if sign in _NO_WIDTH else normalize("NFKC", sign)
        if not plain.isascii():
            return sign
        odd.append(sign)
        return plain

    return _OUTSIDE_QUOTES.sub(narrow, inside), "".join(dict.fromkeys(odd))


ANY: Any = object()
"""The shape of what cannot be known: nothing below it is judged."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as written: what opens it, its inside, where it stands in the paragraph's text."""

    opening: str
    inside: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Broken:
    """Text that was meant as a tag, and why it is none."""

    text: str
    why: str


def scan(text: str) -> Iterator[Tag | Broken]:
    """The tags of a paragraph in order, then what looks like one and is not."""
    opened: re.Match[str] | None = None
    spans: list[tuple[int, int]] = []
    for found in _BRACES.finditer(text):
        brace, why = found.group(), ""
        start, end = (opened or found).start(), found.end()
        if brace in OPENINGS:
            why, end = ("没有写完就开始了下一个" if opened else ""), found.start()
            opened = found
        elif opened is None:
            start = max((m.start() for m in _OPENERS.finditer(text, 0, start)), default=start)
            why = "开头的括号不完整"
        elif OPENINGS[opened.group()] == brace:
            inside = text[opened.end() : found.start()]
            yield Tag(opened.group(), inside, start, end, text[start:end])
            spans.append((start, end))
            opened = None
        else:
            why, opened = "开头和结尾的括号不配对", None
        if why:
            spans.append((start, end))
            yield Broken(text[start:end].strip(), why)
    if opened is not None:
        spans.append((opened.start(), len(text)))
        yield Broken(text[opened.start() :].strip(), "没有结尾的括号")
    yield from _disguised(text, spans)


def _disguised(text: str, spans: list[tuple[int, int]]) -> Iterator[Broken]:
    """Braces outside any tag: no text of a report needs them."""
    rest = text
    for start, end in spans:
        rest = rest[:start] + "\0" * (end - start) + rest[end:]
    for found in _STRAY.finditer(_MASKED.sub("", rest)):
        wide = not set(found.group()).isdisjoint("｛｝％＃")
        yield Broken(found.group(), "用了全角的括号" if wide else "括号不完整")


@dataclass(frozen=True, slots=True)
class Statement:
    """``{% … %}`` taken apart; ``meant`` is the keyword that it surely means."""

    prefix: str
    keyword: str
    meant: str | None
    rest: str


def statement(inside: str) -> Statement:
    """The parts of a control tag, with docxtpl's ``p``/``tr``/``tc``/``r`` before the keyword."""
    prefix, text = split_prefix(inside)
    found = _STATEMENT.match(text.strip())
    keyword, rest = (found.group(1), found.group(2).strip()) if found else ("", "")
    if keyword in KEYWORDS or keyword in DOCXTPL_KEYWORDS:
        return Statement(prefix, keyword, keyword, rest)
    if keyword[:1] == "p" and keyword[1:] in KEYWORDS:
        return Statement(prefix, keyword, keyword[1:], rest)
    near = get_close_matches(keyword, KEYWORDS, 1, 0.5)
    return Statement(prefix, keyword, near[0] if near else None, rest)


def split_prefix(inside: str) -> tuple[str, str]:
    """docxtpl's marker of what a tag replaces (paragraph, row, cell, run), and the rest."""
    head, space, rest = inside.partition(" ")
    return (head, rest) if space and head in PREFIXES else ("", inside)


@lru_cache(maxsize=4096)
def parse_expression(text: str) -> nodes.Expr | str:
    """The syntax tree of an expression, or why it is none."""
    if _DOTTED.fullmatch(text):
        return _dotted(*text.split("."))
    if len(text) > MOST_TAG:
        return f"太长了，超过{MOST_TAG}个字符"
    try:
        tree = environment().tree("{{ " + text + " }}")
    except TemplateSyntaxError:
        return "括号里的内容看不懂" if text.strip() else "括号里没有内容"
    except (GxgenError, RecursionError):
        return "太长了，或者一层套一层，套得太深"
    found = tree.find(nodes.Output)
    expression = found.nodes[0] if found is not None and len(found.nodes) == 1 else None
    if expression is None or isinstance(expression, nodes.TemplateData):
        return "括号里只能写一项内容"
    return expression


def _dotted(first: str, *others: str) -> nodes.Expr:
    """The tree of ``a.b.c``, which nearly all tags are; Jinja takes a while for each."""
    tree: nodes.Expr = nodes.Name(first, "load")
    for name in others:
        tree = nodes.Getattr(tree, name, "load")
    return tree


@dataclass(slots=True)
class Resolver:
    """Looks names up in the slots and in the loops around them."""

    vocabulary: dict[str, Any]
    scopes: list[dict[str, Any]] = field(default_factory=list)
    problems: list[tuple[str, str | None]] = field(default_factory=list)
    """(path as written, path that it surely means or None) of what is unknown."""
    paths: list[str] = field(default_factory=list)
    """Every path that was resolved, after correction."""

    def shape(self, node: nodes.Node) -> Any:
        """What an expression yields; notes unknown names on the way."""
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            return self._path(node)
        for child in node.iter_child_nodes():
            self.shape(child)
        return ANY

    def _path(self, node: nodes.Name | nodes.Getattr | nodes.Getitem) -> Any:
        names = _names(node)
        if names is None:
            for child in node.iter_child_nodes():
                self.shape(child)
            return ANY
        shape, meant, sure = self._walk(names)
        if meant != names:
            self.problems.append((".".join(names), ".".join(meant) if sure else None))
        if sure:
            self.paths.append(".".join(meant))
        return shape

    def _walk(self, names: list[str]) -> tuple[Any, list[str], bool]:
        """(shape, the names as surely meant, whether all of them are sure)."""
        shape: Any = self._visible()
        meant: list[str] = []
        for name in names:
            if shape is ANY:
                return ANY, [*meant, *names[len(meant) :]], True
            members = shape if isinstance(shape, dict) else {}
            near = [name] if name in members else get_close_matches(name, members, 1, ALIKE)
            if not near:
                return ANY, [], False
            meant.append(near[0])
            shape = members[near[0]]
        return shape, meant, True

    def _visible(self) -> dict[str, Any]:
        out = dict(self.vocabulary)
        for scope in self.scopes:
            out.update(scope)
        return out


def _names(node: nodes.Node) -> list[str] | None:
    """``a.b["c"]`` as its names; None if it is anything else."""
    match node:
        case nodes.Name():
            return [node.name]
        case nodes.Getattr():
            base = _names(node.node)
            return None if base is None else [*base, node.attr]
        case nodes.Getitem(arg=nodes.Const(value=str() as key)):
            base = _names(node.node)
            return None if base is None else [*base, key]
    return None
