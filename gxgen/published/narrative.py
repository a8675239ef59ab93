"""The sentences of a report under its headings, as the house puts an agency's lines in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gxgen.diagnostics import Finding
from gxgen.editions.schema import Edition
from gxgen.model.narrative import Narrative
from gxgen.model.numbering import section_of, section_worded, written_number
from gxgen.model.outline import Line, assemble
from gxgen.prose.raw import EDGES
from gxgen.published.blocks import Block, Para
from gxgen.published.sections import Heading

TOLD = frozenset({"GX045", "GX047"})
"""What the order of the lines says of a report that is printed already."""
LONGEST_HEADING = 100


def narrative_of(
    edition: Edition,
    blocks: Sequence[Block],
    sections: Mapping[str, Sequence[int]],
    chain: Sequence[Heading],
    taken: set[int],
) -> tuple[Narrative, list[Finding]]:
    """The passages, and what is odd about the lines; ``taken`` are the blocks that are tables'."""
    heads = {heading.mark: heading for heading in chain}
    base = min(
        (b.depth for h in chain if isinstance(b := blocks[h.at], Para) and b.depth), default=0
    )
    lines: list[Line] = []
    levels = _Levels(edition, base)
    for mark, numbers in sections.items():
        if mark in heads:
            lines += _opening(edition, blocks[heads[mark].at], mark)
            levels.open(blocks[heads[mark].at])
        for at in numbers:
            block = blocks[at]
            if at not in taken and isinstance(block, Para):
                text = block.text.strip(EDGES)
                lines.append(Line(text, block.place, levels.of(text, block.depth)))
    return assemble(edition, lines)


def _opening(edition: Edition, block: Block, mark: str) -> Iterator[Line]:
    """A section's title, and the text that runs in behind it."""
    if not isinstance(block, Para):
        return
    text = block.text.strip(EDGES + "|｜")
    yield Line("", block.place, section=mark)
    if section_of(edition, text) is None and section_worded(edition, text) is None:
        cut = next((at for at, letter in enumerate(text) if letter in "：:。"), len(text))
        if rest := text[cut + 1 :].strip(EDGES):
            yield Line(rest, block.place, 0)


class _Levels:
    """The level of each heading that the file marks, by those above it that lie less deep."""

    def __init__(self, edition: Edition, base: int) -> None:
        self.edition, self.base = edition, base
        self.above: list[tuple[int, int]] = []

    def open(self, title: Block) -> None:
        """A section begins."""
        self.above = [(title.depth or self.base if isinstance(title, Para) else self.base, 1)]

    def of(self, text: str, depth: int | None) -> int | None:
        """The level of a line; None leaves it to its number."""
        titled = section_of(self.edition, text) or section_worded(self.edition, text)
        if depth is None or not self.base or len(text) > LONGEST_HEADING:
            return 0 if titled else None
        number = written_number(text)
        if number is not None and number.level > 1:
            level = number.level
        else:
            under = next((lv for at, lv in reversed(self.above) if at < depth), 1)
            level = min(under + 1, 4)
        self.above = [one for one in self.above if one[0] < depth]
        self.above.append((depth, level))
        return level
