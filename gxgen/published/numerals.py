"""Numbers of two digits before headings, which illustrated editions show, as the form has them.

Only published reports are read so: in a form ``08 年以来`` is an agency's own sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gxgen.published.blocks import Block, Para

_SHOWN = re.compile(r"(0[1-9])[\s\u3000]+(?=\D)|([1-9][0-9])\t(?=[^\d\s])")
_FIRST = "01"


def plain_numbers(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with ``1.`` for ``01``, from the first 01 on: without one there is no such row."""
    begun = False
    for block in blocks:
        found = _SHOWN.match(block.text) if isinstance(block, Para) else None
        if found is None or not isinstance(block, Para):
            yield block
            continue
        begun = begun or found[1] == _FIRST
        number = int(found[1] or found[2])
        yield replace(block, text=f"{number}.{block.text[found.end() :]}") if begun else block
