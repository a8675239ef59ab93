"""A report as one sequence of blocks: what every writer prints and every check reads back.

The order is the form's: title, preamble, then each section with its heading, its table where it
has one, and the agency's words; the sign-off last.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from gxgen.document.charts import CHANNELS, CHART_IDS, CHARTED, Chart
from gxgen.document.illustrated.edition import (
    ABOVE,
    BELOW,
    FLOW,
    FLOW_TABLE,
    OF_TABLE,
    TILES,
    Illustration,
    illustrate,
)
from gxgen.document.illustrated.pictures import Picture
from gxgen.document.illustrated.tiles import Tile
from gxgen.document.illustrated.totals import OVERVIEW
from gxgen.document.lines import balanced
from gxgen.editions.grid import Grid
from gxgen.editions.schema import FieldKey, Section
from gxgen.model.narrative import PREAMBLE, Passage
from gxgen.model.numbering import number_text
from gxgen.model.outline import printed_number
from gxgen.model.report import Entry, EntryState, Report

NUMBERED = 3
"""The level of headings that bear 1., 2. and so on."""
SIGN_OFF_WIDTH = 26
"""Characters of the body on the longest line of a sign-off, which ends two from the margin."""
WANTING, UNREADABLE = "缺", "错"
"""What stands in the cell of a figure that was not filled in, and of one that is no number."""
MARKS = (WANTING, UNREADABLE)
TITLE_WIDTH = 19
"""Characters of 22 pt that fit on a line of 156 mm, with a little air at both sides."""


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """The title, already broken into lines of balanced width."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """A heading on a line of its own; ``level`` 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）."""

    level: int
    number: str
    text: str

    @property
    def numeral(self) -> str:
        """A number of two digits in the place of 1., where an illustrated edition shows one."""
        digits = self.number.strip().rstrip(".")
        return f"{int(digits):02d}" if self.level == NUMBERED and digits.isdecimal() else ""

    @property
    def shown(self) -> str:
        """Number and words as an illustrated edition may show them."""
        return f"{self.numeral}\t{self.text}" if self.numeral else self.number + self.text


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph; ``lead`` is the heading that runs in, with its number, of ``level``."""

    text: str
    lead: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table of the form with its figures as they are printed."""

    table: str
    grid: Grid
    values: Mapping[FieldKey, str]
    marked: frozenset[FieldKey] = frozenset()
    """The figures that a draft shows in red: those that are wanting, and those that are wrong."""


@dataclass(frozen=True, slots=True)
class SignOffBlock:
    """The lines of the sign-off: agency, then date."""

    lines: tuple[str, ...]

    @property
    def broken(self) -> tuple[str, ...]:
        """The same as printed: an agency too long for a line is broken by sense, by line feeds."""
        if not self.lines:
            return ()
        agency, *others = self.lines
        return ("\n".join(balanced(agency, SIGN_OFF_WIDTH)), *others)


@dataclass(frozen=True, slots=True)
class TilesBlock:
    """The tiles of section one, in an illustrated edition."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart of an illustrated edition; ``remark`` stands in its place where no bar is seen."""

    chart: Chart
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture of an illustrated edition, where it stands."""

    picture: Picture


Block = (
    TitleBlock
    | HeadingBlock
    | TextBlock
    | TableBlock
    | SignOffBlock
    | TilesBlock
    | ChartBlock
    | PictureBlock
)


@dataclass(frozen=True)
class Document:
    """All blocks in order; ``sections`` are those between title and sign-off, by section mark."""

    title: TitleBlock
    sections: Mapping[str, tuple[Block, ...]]
    sign_off: SignOffBlock
    report: Report = field(repr=False, compare=False)
    """What it was composed from."""

    @cached_property
    def illustration(self) -> Illustration:
        """The charts and tiles that an illustrated edition adds."""
        return illustrate(self.report)

    @cached_property
    def placed(self) -> tuple[Block | None, Block | None]:
        """In section one: the block that tiles stand over, and the one that channels stand below.
        None where there is no such picture."""
        own = [block for block in self.sections[OVERVIEW][1:] if not isinstance(block, TableBlock)]
        over = next(filter(_opens_part, own), None) if self.illustration.tiles else None
        channels = self.illustration.channels
        if channels is None:
            return over, None
        counting = (b for b in own if isinstance(b, TextBlock) and b.text == channels.paragraph)
        return over, next(counting, None) or _last_of_part(own)

    @cached_property
    def headings_shown(self) -> dict[str, str]:
        """Each numbered heading as an illustrated edition may show it, and as it is."""
        headings = (block for block in self.blocks if isinstance(block, HeadingBlock))
        return {one.shown: one.number + one.text for one in headings if one.numeral}

    def illustrated(self, asked: Container[str] = (*CHART_IDS, TILES)) -> Document:
        """The same, tiles and channels in section one, the other charts under table three.

        ``asked``: what a style shows of them, charts by their id.
        """
        shown = self.illustration
        drawn = [ChartBlock(one, shown.remark(one)) for one in shown.charts if one.id in asked]
        sections = dict(self.sections)
        tiled = (TilesBlock(shown.tiles),) if shown.tiles and TILES in asked else ()
        heading, *rest = sections[OVERVIEW]
        named = (block for block in drawn if block.chart.id == CHANNELS)
        sections[OVERVIEW] = (heading, *tiled, *rest, *named)
        counted = [block for block in drawn if block.chart.id != CHANNELS]
        for mark, blocks in sections.items():
            for at, block in enumerate(blocks, 1):
                if isinstance(block, TableBlock) and block.table == CHARTED:
                    sections[mark] = (*blocks[:at], *counted, *blocks[at:])
        return replace(self, sections=_with_pictures(sections, self, asked))

    @property
    def blocks(self) -> Iterator[Block]:
        """Every block, as it is read."""
        yield self.title
        for blocks in self.sections.values():
            yield from blocks
        if self.sign_off.lines:
            yield self.sign_off

    @property
    def figures(self) -> dict[FieldKey, str]:
        """Every figure as it is printed."""
        tables = (block for block in self.blocks if isinstance(block, TableBlock))
        return {key: text for table in tables for key, text in table.values.items()}


def compose(report: Report, wrong: Container[FieldKey] = ()) -> Document:
    """The report as blocks; ``wrong`` are figures that something is held against."""
    return Document(
        TitleBlock(title_lines(report)),
        {s.mark: tuple(_section(report, s, wrong)) for s in report.edition.sections},
        SignOffBlock(report.sign_off.lines(report.agency.name)),
        report,
    )


def display(value: int | Decimal | None) -> str:
    """A figure as printed: money keeps the places it was written with, unknown is empty."""
    return "" if value is None else format(value, "f" if isinstance(value, Decimal) else "d")


def _printed(entry: Entry | None) -> str:
    """A figure as it stands in its cell. One that is not known leaves no cell blank: a final cannot
    have any, and in a draft whoever checks it must see where they are.
    """
    if entry is not None and entry.value is not None:
        return display(entry.value)
    return UNREADABLE if entry is not None and entry.state is EntryState.UNREADABLE else WANTING


def _with_pictures(
    sections: Mapping[str, tuple[Block, ...]], document: Document, asked: Container[str]
) -> dict[str, tuple[Block, ...]]:
    """Sections with the pictures that are ``asked`` for, each where it belongs."""
    over, under = document.placed
    shown = document.illustration.pictures

    def around(block: Block) -> Iterator[Block]:
        table = OF_TABLE[block.table] if isinstance(block, TableBlock) else ""
        before = ABOVE if block is over else table
        yield from map(PictureBlock, shown.get(before, ()) if before in asked else ())
        yield block
        if block is under and BELOW in asked:
            yield from map(PictureBlock, shown[BELOW])
        if isinstance(block, TableBlock) and block.table == FLOW_TABLE and FLOW in asked:
            yield from map(PictureBlock, shown[FLOW])

    return {m: tuple(b for one in blocks for b in around(one)) for m, blocks in sections.items()}


def _opens_part(block: Block) -> bool:
    """Whether it is the heading of a part （一）, （二） …, on a line of its own or not."""
    return isinstance(block, HeadingBlock | TextBlock) and block.level == 2


def _last_of_part(blocks: Sequence[Block]) -> Block | None:
    """The last block of the part on 主动公开, else of all."""
    starts = [n for n, block in enumerate(blocks) if _opens_part(block)]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        block = blocks[start]
        words = block.text if isinstance(block, HeadingBlock) else getattr(block, "lead", "")
        if "主动公开" in words:
            return blocks[end - 1]
    return blocks[-1] if blocks else None


def leads_on(block: HeadingBlock, following: Block | None) -> bool:
    """Whether a heading stands over something, and must stay on the page of its first line."""
    if isinstance(following, HeadingBlock | TextBlock):
        return not 0 < following.level <= block.level
    return following is not None


def signed_on(report: Report) -> dt.date:
    """The date of its documents, so that the same report gives the same bytes."""
    return report.sign_off.date or dt.date(report.year + 1, 1, 1)


def title_lines(report: Report) -> tuple[str, ...]:
    """Agency on the first line or lines, year and the report's name on the last."""
    agency = report.agency.name
    return (*balanced(agency, TITLE_WIDTH), report.title.removeprefix(agency))


def _section(report: Report, section: Section, wrong: Container[FieldKey]) -> Iterator[Block]:
    if section.mark != PREAMBLE:
        yield HeadingBlock(1, number_text(section.mark), section.title)
    if section.table is not None:
        grid = report.edition.grids[section.table]
        values = {key: _printed(report.entries.get(key)) for key in grid.figures}
        marked = frozenset(k for k, text in values.items() if text in MARKS or k in wrong)
        yield TableBlock(section.table, grid, values, marked)
    for passage in report.passages(section.mark):
        yield from _passage(passage)


def _passage(passage: Passage) -> Iterator[Block]:
    texts = [paragraph.text for paragraph in passage.paragraphs]
    if passage.heading and passage.level > 1:
        number = printed_number(passage)
        if passage.runs_in and texts:
            yield TextBlock(texts.pop(0), number + passage.heading, passage.level)
        else:
            yield HeadingBlock(passage.level, number, passage.heading)
    for text in texts:
        yield TextBlock(text)
