"""A report's blocks as HTML elements; how they look is for the page or the fragment to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from gxgen.document.blocks import (
    Block,
    ChartBlock,
    HeadingBlock,
    SignOffBlock,
    TableBlock,
    TextBlock,
    TilesBlock,
    TitleBlock,
)
from gxgen.document.comparison import MAX_HEADING
from gxgen.document.lines import pieces
from gxgen.document.torn import BROWSER, is_torn
from gxgen.formats.html.illustrated import chart_html, tiles_html
from gxgen.formats.html.table import Looks, html_table
from gxgen.markup import Html, el, joined


@dataclass(frozen=True, slots=True)
class BlockWriter:
    """Writes blocks one by one.

    ``title`` is the level of the title's element, 1 for ``h1``; the sections' headings follow.
    With ``ids``, sections and labels bear ids that others refer to, and drawings are drawn.
    """

    looks: Looks
    title: int
    ids: bool

    def written(self, blocks: Iterable[Block], section: str = "") -> Iterator[Html]:
        """The elements of blocks that are all of one section, whose title names its table."""
        name = section
        for block in blocks:
            match block:
                case TitleBlock():
                    yield self._title(block)
                case HeadingBlock():
                    name = block.text if block.level == 1 else name
                    yield self._heading(block, section)
                case TextBlock():
                    if (block.lead + block.text).strip():
                        yield self._text(block)
                case TableBlock():
                    yield html_table(block, name, self.looks, ids=self.ids)
                case SignOffBlock():
                    yield from map(self._signed, block.broken)
                case TilesBlock() if self.ids:
                    yield tiles_html(block)
                case ChartBlock() if self.ids:
                    yield chart_html(block)

    def heading_id(self, section: str) -> str | None:
        """The id of a section's heading."""
        return f"section-{section}" if self.ids and section else None

    def _title(self, block: TitleBlock) -> Html:
        lines = (el("span", line, **self.looks("line")) for line in block.lines)
        return el(f"h{self.title}", joined(lines, el("br")), **self.looks("title"))

    def _signed(self, line: str) -> Html:
        parts = (el("span", part, **self.looks("line")) for part in line.split("\n"))
        words = joined(parts, el("br")) if "\n" in line else line
        return el("p", words, **self.looks("sign-off"))

    def _heading(self, block: HeadingBlock, section: str) -> Html:
        level = min(block.level, MAX_HEADING)
        return el(
            f"h{self.title + level}",
            block.number + block.text,
            id=self.heading_id(section) if level == 1 else None,
            **self.looks(f"heading-{level}"),
        )

    def _text(self, block: TextBlock) -> Html:
        lead = el("b", block.lead, **self.looks(f"lead-{block.level}")) if block.lead else None
        kind = "text ragged" if is_torn(block.lead + block.text, BROWSER) else "text"
        return el("p", lead, *self._words(block.text), **self.looks(kind))

    def _words(self, text: str) -> Iterator[Html | str]:
        """What must stand on one line stands so. Between two such pieces a page lets a line break;
        an editor's list of elements may not hold that, so a fragment leaves them as they are."""
        for whole, run in groupby(pieces(text), key=itemgetter(1)):
            parts = [piece for piece, _ in run]
            if not whole or (len(parts) > 1 and not self.ids):
                yield "".join(parts)
            else:
                yield joined((el("span", one, **self.looks("whole")) for one in parts), el("wbr"))
