"""What the blank form says to whoever fills it in, left in a text."""

from __future__ import annotations

import re
from functools import cache

from gxgen.editions.schema import Section
from gxgen.letters import odd_letters
from gxgen.model.numbering import fold


def holds_guidance(text: str, sections: tuple[Section, ...]) -> bool:
    """Whether a text holds one of the hints of an edition's form, whatever stands between their
    letters.

    To fold a whole text takes long, so they are first looked for as ordinary letters, which a text
    with odd ones may not have.
    """
    hints = _hints(sections)
    if not odd_letters(text):
        hints = tuple(hint for hint in hints if _spread(hint).search(text))
    return bool(hints) and any(map(fold(text).__contains__, hints))


@cache
def _hints(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """All hints of a form, folded."""
    texts = [section.guidance for section in sections]
    texts += [part.guidance for section in sections for part in section.parts]
    return tuple(fold(text) for text in texts if text)


@cache
def _spread(hint: str) -> re.Pattern[str]:
    return re.compile(r"[\W_]*".join(r"[^\W_]" if sign.isdigit() else sign for sign in hint))
