"""The illustrated edition for pasting into the editor of a website: tables and inline styles alone.

Such editors strip drawings, classes and places, so tiles, cards and bars are tables whose cells
have a ground and a width; attributes of old say the same where styles are lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from gxgen.document.blocks import Block, Document, HeadingBlock, PictureBlock, TableBlock, TextBlock
from gxgen.document.cell import squash
from gxgen.document.illustrated.palettes import GREY, HAIRLINE, INK, PALETTES, USUAL, WHITE, Palette
from gxgen.document.illustrated.pictures import (
    FLOW_TITLE,
    FLOW_UNIT,
    Bars,
    Cards,
    Flow,
    Panels,
    Picture,
    Sentence,
    Tiles,
)
from gxgen.document.page import DRAFT_COLOUR
from gxgen.fonts.faces import Role
from gxgen.formats.emphasis import LEAD, Emphasis
from gxgen.formats.html.blocks import BlockWriter
from gxgen.formats.html.looks import family, least_width
from gxgen.formats.html.table import html_table
from gxgen.markup import Html, el, joined
from gxgen.model.narrative import PREAMBLE
from gxgen.model.report import Report

_NUMBERS = "font-family:Arial,Helvetica,sans-serif"
LABEL, LONGEST, ROOM, NUMBER = 26, 56, 60, 14
"""Hundredths of a bar's line: its label, the longest bar, all room for bars, its number."""
_TAG = re.compile("<[^<>]*>")


def pictured_fragment(document: Document, report: Report, colours: Palette) -> str:
    """Title, text, pictures and tables; the title stands one level below the site's own."""
    pen = _Pen(colours)
    writer = _Writer(pen.looks, 2, False, pen, Emphasis(document))
    elements = [*writer.written([document.title])]
    for mark, blocks in document.sections.items():
        elements += writer.written(blocks, mark)
    elements += writer.written([document.sign_off])
    style = f"color:#{INK};font-family:{family(Role.HEI)};font-size:16px;line-height:1.9"
    whole = el(
        "article",
        "\n",
        joined(elements, "\n"),
        "\n",
        lang="zh-CN",
        aria_label=report.title,
        style=style,
    )
    return f"{whole}\n"


def words_of(picture: Picture) -> str:
    """All that a picture's tables say, without white space."""
    return squash("".join(line for lines in picture.cells for line in lines))


def table_words(picture: Picture) -> tuple[str, ...]:
    """What each table that a picture is made of says."""
    drawn = _Pen(PALETTES[USUAL]).picture(picture)
    return tuple(unescape(_TAG.sub("", table)) for table in drawn)


@dataclass(frozen=True)
class _Pen:
    """Inline styles and tables in the colours of a palette."""

    colours: Palette

    def looks(self, kind: str) -> dict[str, object]:
        """The look of one of the official writer's elements."""
        first, *others = kind.split()
        if first == "table":
            return {"border": 1, "style": self._table(others[0])}
        return {"style": self._cell(first, others)} if first else {}

    def _table(self, table: str) -> str:
        main = self.colours.main
        return (
            f"width:100%;min-width:{least_width(table)};border-collapse:collapse;"
            f"border:1px solid #{HAIRLINE};border-top:3px solid #{main};"
            f"border-bottom:2px solid #{main};font-size:14px;line-height:1.4"
        )

    def _cell(self, kind: str, others: list[str]) -> str:
        colours = self.colours
        cell = f"border:1px solid #{HAIRLINE};padding:5px 4px;text-align:center"
        strong = f"color:#{colours.main};font-weight:bold;white-space:nowrap;{_NUMBERS}"
        zero = f"color:#{GREY};white-space:nowrap;{_NUMBERS}"
        marked = f"color:#{DRAFT_COLOUR};font-weight:bold"
        figure = marked if "marked" in others else zero if "zero" in others else strong
        ground = colours.mid if "shaded" in others else colours.tint
        return {
            "title": f"margin:20px 0;color:#{colours.deep};font-size:24px;line-height:1.5",
            "line": "display:inline-block",
            "scroll": "margin:10px 0 18px;overflow-x:auto",
            "head": f"{cell};background:#{ground};color:#{colours.deep};font-weight:bold",
            "group": f"{cell};background:#{colours.tint};color:#{colours.deep};font-weight:bold",
            "label": f"{cell.replace('center', 'left')};min-width:9em;font-weight:normal",
            "figure": f"{cell};min-width:2.2em;{figure}",
            "sign-off": "margin:0;padding-right:2em;text-align:right",
            "whole": "white-space:nowrap",
            "part": "display:inline-block",
            "lead-2": f"color:#{colours.main}",
            "lead-3": f"color:#{colours.deep}",
        }.get(kind, "")

    def heading(self, level: int) -> str:
        """The look of a heading: a bar, never an icon."""
        main, deep = self.colours.main, self.colours.deep
        return {
            1: f"margin:36px 0 14px;padding:4px 0 8px 14px;border-left:6px solid #{main};"
            f"border-bottom:2px solid #{self.colours.gold};color:#{deep};font-size:22px",
            2: f"margin:22px 0 8px;padding:6px 12px;border-left:4px solid #{main};"
            f"background:#{self.colours.tint};color:#{main};font-size:18px",
            3: f"margin:14px 0 4px;color:#{INK};font-size:16px",
        }.get(level, f"margin:8px 0 4px;color:#{deep};font-size:16px")

    def picture(self, picture: Picture) -> Iterator[Html]:
        """A picture as tables."""
        match picture:
            case Tiles():
                yield self._cells([tile.lines for tile in picture.tiles], 0)
            case Cards():
                for some in picture.rows:
                    yield self._cells([card.lines for card in some], 1)
            case Panels():
                yield self._cells([panel.lines for panel in picture.panels], 1)
            case Sentence():
                yield self._sentence(picture.text)
            case Flow():
                yield from self._flow(picture)
            case Bars():
                yield self._line(*picture.head)
                most = max(bar.count for bar in picture.bars)
                for bar in picture.bars:
                    yield self._bar(bar.label, bar.count, most, str(bar.count), bar.change)

    def _flow(self, picture: Flow) -> Iterator[Html]:
        yield self._line(FLOW_TITLE, FLOW_UNIT)
        for one in picture.sources:
            yield self._line(*one.lines)
        most = max(one.count for one in picture.outcomes)
        for one in picture.outcomes:
            yield self._bar(one.label, one.count, most, f"{one.count} 件", gold=one.goes_on)
        if picture.remark:
            yield self._line("", picture.remark)

    def _sentence(self, text: str) -> Html:
        tint, deep = self.colours.tint, self.colours.deep
        edge = f"border:none;border-left:4px solid #{self.colours.main}"
        look = f"{edge};padding:10px 14px;background:#{tint};color:#{deep}"
        return _rows(el("td", text, bgcolor=f"#{tint}", style=look))

    def _cells(self, cells: Iterable[tuple[str, ...]], strong: int) -> Html:
        """Cells side by side; the line ``strong`` is set large if it is a figure."""
        every = list(cells)
        width = f"{100 // len(every)}%"
        tint, main = self.colours.tint, self.colours.main
        edge = f"border:3px solid #{WHITE};border-top:3px solid #{main}"
        look = f"{edge};padding:10px 6px;background:#{tint};text-align:center;vertical-align:top"
        cell = {"align": "center", "bgcolor": f"#{tint}", "width": width, "style": look}
        return _rows(*(el("td", joined(self._lines(c), el("br")), **cell) for c in every))

    def _lines(self, lines: tuple[str, ...]) -> Iterator[Html]:
        """A title, a figure with its unit, and small words below, whichever come."""
        for at, line in enumerate(lines):
            figure, _, unit = line.partition(" ")
            if figure.replace(".", "").isdigit() and unit:
                large = f"color:#{self.colours.main};font-size:24px;line-height:1.4;{_NUMBERS}"
                yield joined((el("b", figure, style=large), self._small(f" {unit}")))
            elif at == 0:
                yield el("b", line.replace("\n", ""), style=f"color:#{self.colours.deep}")
            else:
                yield self._small(line)

    def _figure(self, text: str) -> Html:
        """A source's figure as large as it is important, other words small."""
        if not text[0].isdigit():
            return self._small(text)
        return el("b", text, style=f"color:#{self.colours.main};font-size:20px;{_NUMBERS}")

    def _small(self, text: str) -> Html:
        changed = text.startswith(("▲", "▼", "与上年"))
        colour = self.colours.gold_text if changed else GREY
        return el("span", text, style=f"color:#{colour};font-size:13px")

    def _line(self, *lines: str) -> Html:
        """A line over or under bars."""
        tint = self.colours.tint
        title, *others = lines
        look = f"border:none;padding:8px 14px;background:#{tint}"
        strong = el("b", title, style=f"color:#{self.colours.deep}") if title else None
        small = (joined((Html(" "), self._figure(one))) for one in others)
        return _rows(el("td", strong, *small, bgcolor=f"#{tint}", style=look))

    def _bar(
        self, label: str, count: int, most: int, told: str, change: str = "", *, gold: bool = False
    ) -> Html:
        """A label, a cell as wide as its count, the number."""
        colours = self.colours
        bar = max(1, round(LONGEST * count / most)) if count else 0
        tint = {"bgcolor": f"#{colours.tint}"}
        look = f"border:none;padding:4px 14px;background:#{colours.tint}"
        ground = colours.gold if gold else colours.main
        number = f"color:#{colours.gold_text if gold else colours.main};{_NUMBERS}"
        cells = [el("td", label, width=f"{LABEL}%", style=look, **tint)]
        if bar:
            fill = f"border:none;border-top:8px solid #{colours.tint};"
            fill += f"border-bottom:8px solid #{colours.tint};background:#{ground};font-size:6px"
            cells.append(
                el("td", Html("&nbsp;"), width=f"{bar}%", bgcolor=f"#{ground}", style=fill)
            )
        if rest := ROOM - bar:
            cells.append(el("td", Html("&nbsp;"), width=f"{rest}%", style=look, **tint))
        after = joined((Html(" "), self._small(change))) if change else None
        words = (el("b", told, style=number), after)
        cells.append(el("td", *words, width=f"{NUMBER}%", align="right", style=look, **tint))
        return _rows(*cells)


def _rows(*cells: Html) -> Html:
    """A table of one row, without lines."""
    look = "width:100%;margin:0;border-collapse:collapse;line-height:1.6"
    return el(
        "table",
        el("tbody", el("tr", *cells)),
        role="presentation",
        width="100%",
        border="0",
        cellpadding="0",
        cellspacing="0",
        style=look,
    )


@dataclass(frozen=True)
class _Writer(BlockWriter):
    """Writes blocks as the fragment shows them."""

    pen: _Pen
    emphasis: Emphasis

    def written(self, blocks: Iterable[Block], section: str = "") -> Iterator[Html]:
        """The elements of blocks that are all of one section."""
        name = section
        for block in blocks:
            if isinstance(block, HeadingBlock):
                name = block.text if block.level == 1 else name
                yield self._marked(block)
            elif isinstance(block, TextBlock):
                if (block.lead + block.text).strip():
                    yield self._paragraph(block, section)
            elif isinstance(block, TableBlock):
                yield html_table(block, name, self.looks, ids=False)
            elif isinstance(block, PictureBlock):
                yield from self.pen.picture(block.picture)
            else:
                yield from BlockWriter.written(self, [block], section)

    def _marked(self, block: HeadingBlock) -> Html:
        tag = f"h{self.title + min(block.level, 4)}"
        style = self.pen.heading(block.level)
        if not block.numeral:
            return el(tag, block.number + block.text, style=style)
        look = f"color:#{self.pen.colours.main};font-size:20px;{_NUMBERS}"
        return el(tag, el("span", block.numeral, style=look), " ", block.text, style=style)

    def _paragraph(self, block: TextBlock, section: str) -> Html:
        look = "margin:0 0 8px;text-indent:2em"
        if section == PREAMBLE:
            gold = self.pen.colours.gold
            look = f"margin:0;padding:2px 14px;border-left:4px solid #{gold};color:#434A53"
        lead = el("b", block.lead, **self.looks(f"lead-{block.level}")) if block.lead else None
        words = self._told(block.text, opening=not block.lead)
        return el("p", lead, *words, style=look)

    def _told(self, text: str, *, opening: bool) -> Iterator[Html | str]:
        for piece in self.emphasis.pieces(text, opening=opening):
            if piece.kind:
                deep = piece.kind == LEAD
                colour = self.pen.colours.deep if deep else self.pen.colours.main
                yield el("b", piece.text, style=f"color:#{colour}")
            else:
                yield from self._words(piece.text)
