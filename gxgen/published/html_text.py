"""The words of a web page: which elements hold any, and how white space is shown."""

from __future__ import annotations

import re

from gxgen.letters import without_shapeless
from gxgen.prose.raw import EDGES

UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "embed"}
    | {"applet", "canvas", "video", "audio", "select", "textarea", "map"}
)
ASIDE = frozenset({"svg", "math", "object", "select", "textarea"})
"""Those of them whose words a browser shows: they are not read, and told."""
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins"}
    | {"kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"}
    | {"tt", "u", "var", "wbr", "img", "input", "nobr", "time", "data", "ruby", "rb", "rt", "rp"}
    | {"o:p"}
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE_BREAK = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\r\n]+[ \t]*(?=[\u2e80-\u9fff\uff00-\uffef])"
)


def tidy(text: str) -> str:
    """Text as a browser shows it: white space is one blank, at a break between Chinese none.

    A letter without a shape may stand in the source as an entity: it goes here.
    """
    text = without_shapeless(text)
    if text.isalnum():
        return text
    return _SPACE.sub(" ", _WIDE_BREAK.sub("", text.strip(EDGES + "\n\f"))).strip(EDGES)
