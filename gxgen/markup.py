"""HTML in which text cannot be taken for markup: every string is escaped unless it is one's own."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from html import escape

VOID = frozenset({"meta", "link", "br", "col", "wbr"})
"""Elements without content and without an end: those that are written and read here."""


class Html(str):
    """Markup that is done: it is not escaped again."""

    __slots__ = ()

    def __html__(self) -> str:
        """The sign by which a template engine knows it."""
        return self


def el(tag: str, *content: object, **attributes: object) -> Html:
    """An element. Content that is not :class:`Html` is escaped, None is left out.

    Attributes are named as in HTML, with ``_`` for ``-`` and one at the end where Python has the
    word (``class_``). None and an empty text leave it out.
    """
    given = "".join([_attribute(name, value) for name, value in attributes.items()])
    if tag in VOID:
        return Html(f"<{tag}{given}>")
    return Html(f"<{tag}{given}>{''.join([_text(part) for part in content])}</{tag}>")


def joined(parts: Iterable[Html], between: str = "") -> Html:
    """Several pieces of markup as one."""
    return Html(_text(between).join(parts))


@cache
def digest(text: str) -> str:
    """What a page's policy names to let in this style or script and no other."""
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _text(part: object) -> str:
    return part if isinstance(part, Html) else "" if part is None else escape(str(part))


def _attribute(name: str, value: object) -> str:
    return "" if value is None or value == "" else f' {_named(name)}="{escape(str(value))}"'


@cache
def _named(name: str) -> str:
    return name.rstrip("_").replace("_", "-")
