"""What stands on one line: telephone numbers, addresses and spans of years.

Programs break a line at a hyphen, and then nobody can tell whether it belongs to the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 24
"""Characters, half as wide as Chinese ones: a longer word would leave half a line empty."""

_WORD = re.compile("[!-~]+(?:[－–—][!-~]+)*")
_BREAKS = re.compile("[0-9A-Za-z](?:[-－–—@]|://)[0-9A-Za-z]")
"""Where some program would break a word."""


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether each must stand on one line; joined they are the text."""
    at = 0
    for found in _WORD.finditer(text):
        if len(found[0]) <= LONGEST and _BREAKS.search(found[0]):
            if at < found.start():
                yield text[at : found.start()], False
            yield found[0], True
            at = found.end()
    if at < len(text):
        yield text[at:], False
