"""The letters in which two wordings of a sentence differ."""

from __future__ import annotations

import re
from typing import NamedTuple

from gxgen.prose.alike.likeness import Ranges, bracketed, differing

_PART = re.compile(r"\d+(?:[.,]\d+)*|[^\d]", re.DOTALL)
"""A number is marked as a whole, all else letter by letter."""
_LONGEST = 5_000
"""In longer sentences no letters are looked for that differ: nobody writes one."""


class Parted(NamedTuple):
    """A sentence in parts; ``ranges`` are the begin and end, in parts, of what differs."""

    parts: list[str]
    ranges: Ranges

    @property
    def marked(self) -> str:
        """The sentence with what differs in 【】."""
        at, ends = 0, [0]
        for part in self.parts:
            at += len(part)
            ends.append(at)
        return bracketed("".join(self.parts), [(ends[a], ends[b]) for a, b in self.ranges])


def parted(old: str, new: str) -> tuple[Parted, Parted]:
    """Two wordings, each with the stretches that the other has otherwise."""
    if max(len(old), len(new)) > _LONGEST:
        return Parted([old], []), Parted([new], [])
    own, theirs = _PART.findall(old), _PART.findall(new)
    mine, yours = differing(own, theirs)
    return Parted(own, mine), Parted(theirs, yours)
