"""Where a report's six sections begin, and where the report lies in its file.

A heading is known by its words; its number is a hint. Of all lines that could be one the best
ascending chain is taken, so that lists of contents and menus fall out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.model.numbering import LONGEST_TITLE, section_of, section_worded, written_number
from gxgen.prose.raw import EDGES
from gxgen.published.blocks import Block, Para, Path

NUMBER_HINT = 0.2
MOST_CANDIDATES = 200
FEWEST = 2
"""Headings without which it is no report."""
_EXACT, _WORDED, _UNNUMBERED = 1.0, 0.8, 0.4
_OPENS_SOMETHING = 0.1
_NEAR_THE_END = 0.01
_SECOND_CHAIN = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that could be a section's title: number of its block, mark, how likely."""

    at: int
    mark: str
    weight: float


def newest() -> Edition:
    """The edition in force: its sections are those of all."""
    return next(reversed(EDITIONS.values()))


def candidates(blocks: Sequence[Block]) -> list[Heading]:
    """Every line that could be a section's title."""
    marks = {
        at: found
        for at, block in enumerate(blocks)
        if isinstance(block, Para) and (found := _mark(block)) is not None
    }
    numbers = sorted(marks)
    out = []
    for at in numbers:
        mark, weight = marks[at]
        opens = at + 1 < len(blocks) and at + 1 not in marks
        weight += _OPENS_SOMETHING * opens + _NEAR_THE_END * at / max(len(blocks), 1)
        out.append(Heading(at, mark, weight))
    return out


def _mark(line: Para) -> tuple[str, float] | None:
    """The section that a line could open, and how likely."""
    text = line.text.strip(EDGES)
    if not text or text[0] in "（(" or "\t" in text.strip():
        return None
    edition = newest()
    bare = text.strip(" |｜")
    if len(bare) > LONGEST_TITLE:
        cut = next((at for at, c in enumerate(bare[:40]) if c in "：:。"), 0)
        number = written_number(bare)
        bare = bare[:cut] if number is not None and number.level == 1 else ""
    number = written_number(bare)
    numbered = number is not None and number.level == 1
    if mark := section_of(edition, bare):
        weight = _EXACT if numbered or line.depth else _WORDED
    elif mark := section_worded(edition, bare):
        weight = _WORDED if numbered or line.depth else _UNNUMBERED
    if mark is None or mark == "0":
        return None
    hint = number is not None and str(number.ordinal) == mark
    return mark, weight + NUMBER_HINT * hint


def best_chain(found: Sequence[Heading]) -> list[Heading]:
    """The heaviest chain of headings whose marks ascend."""
    found = found[:MOST_CANDIDATES]
    best: list[tuple[float, int]] = []
    for at, here in enumerate(found):
        before = max(
            (
                (best[earlier][0], earlier)
                for earlier in range(at)
                if found[earlier].mark < here.mark
            ),
            default=(0.0, -1),
        )
        best.append((before[0] + here.weight, before[1]))
    chain: list[Heading] = []
    at = max(range(len(found)), key=lambda n: best[n][0], default=-1)
    while at >= 0:
        chain.append(found[at])
        at = best[at][1]
    return chain[::-1]


def chains(blocks: Sequence[Block]) -> list[list[Heading]]:
    """The report's headings; where there are several reports in a file, those of each."""
    found = candidates(blocks)
    best = best_chain(found)
    if len(best) < FEWEST:
        return []
    first, last = best[0].at, best[-1].at
    others = (
        best_chain([one for one in found if one.at < first]),
        best_chain([one for one in found if one.at > last]),
    )
    whole = [o for o in others if len(o) >= _SECOND_CHAIN and _stands(o, blocks)]
    return sorted([best, *whole], key=lambda chain: chain[0].at)


def _stands(chain: Sequence[Heading], blocks: Sequence[Block]) -> bool:
    """Whether text stands between the headings, as in no list of contents."""
    gaps = [b.at - a.at for a, b in pairwise(chain)]
    return sum(gap > 1 for gap in gaps) * 2 > len(gaps)


def common_path(blocks: Sequence[Block], chain: Sequence[Heading]) -> Path:
    """The smallest element that holds every heading; empty for a file without elements."""
    paths = [blocks[heading.at].path for heading in chain]
    shared = []
    for steps in zip(*paths, strict=False):
        if len(set(steps)) > 1:
            break
        shared.append(steps[0])
    return tuple(shared)
