"""Tags of HTML inside Markdown, and characters that are text whatever they look like."""

from __future__ import annotations

import re

from gxgen.letters import lowered, raised

_HTML_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>]*)?)/?>")
LITERAL = 0x10F800
"""Characters that are written as text (escaped, in code) stand here while marks are looked for."""
_MARKS = "\\`*_{}[]()#+-.!|<>~=^&"
TO_LITERAL = {ord(c): chr(LITERAL + ord(c)) for c in _MARKS}
FROM_LITERAL = {LITERAL + ord(c): c for c in _MARKS}
STRUCK, STRUCK_END = chr(LITERAL + 1), chr(LITERAL + 2)
"""Where struck-out text begins and ends, while a line is put together."""
RAISED, LOWERED, LEVEL = chr(LITERAL + 3), chr(LITERAL + 4), chr(LITERAL + 5)
SMALL = {RAISED: ("sup", raised), LOWERED: ("sub", lowered)}
"""The tag of each, and the letters that need none."""
_NOT_SEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|\shidden(?=[\s=]|$)|line-through", re.IGNORECASE
)
_VOID = frozenset(["br", "hr", "img", "input", "link", "meta", "wbr", "col"])
_UNSHOWN = frozenset(("script", "style", "title", "head", "template", "rt", "rp"))
_STRIKES = frozenset(("s", "del", "strike"))
_BREAKS = frozenset(
    ("br", "p", "div", "li", "tr", "center", "section", *(f"h{n}" for n in "123456"))
)
_OTHERS = """
a abbr article aside b big blockquote body button caption cite code col colgroup dd details dfn dl
dt em figcaption figure font footer form header hr html i iframe img input ins kbd label link main
mark meta nav ol option pre q ruby samp select small span strong sub summary sup svg table tbody td
tfoot th thead time tt u ul var video wbr
"""
_TAGS = _UNSHOWN | _STRIKES | _BREAKS | frozenset(_OTHERS.split())
"""What is a tag; <XX> and <办法> are text."""


class Tags:
    """Tags as they come: what stands for each, and whether its content is shown."""

    def __init__(self) -> None:
        """Nothing is open."""
        self.open: dict[str, list[str]] = {}
        """What ends each open tag, by its name."""
        self.hides = 0
        self.tables = 0
        self.count = 0

    def read(self, tag: str) -> str:
        """What is printed for a tag."""
        found = _HTML_TAG.fullmatch(tag)
        if found is None or (name := found[2].lower()) not in _TAGS:
            return tag.translate(TO_LITERAL)
        self.count += 1
        if found[1]:
            return self._closed(name)
        seen = not _NOT_SEEN.search(found[3])
        begin, end = ("", "") if seen else (STRUCK, STRUCK_END)
        if name in _STRIKES:
            begin, end = STRUCK, STRUCK_END
        elif name in ("sup", "sub"):
            begin, end = (RAISED if name == "sup" else LOWERED), LEVEL
        if name not in _VOID:
            self.open.setdefault(name, []).append(end)
            self.hides += name in _UNSHOWN
            self.tables += name == "table"
        return ("\n" if name in _BREAKS else "") + begin

    def _closed(self, name: str) -> str:
        if not self.open.get(name):
            return ""
        end = self.open[name].pop()
        self.hides -= name in _UNSHOWN
        self.tables -= name == "table"
        return end + ("\n" if name in _BREAKS else "")


def as_text(text: str) -> str:
    """The text with its literal characters as they are written."""
    return text.translate(FROM_LITERAL)


def without_comments(text: str) -> str:
    """Without ``<!-- -->``; where one does not end, its text is text."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join(kept) + text[at:].replace("<!--", "")
