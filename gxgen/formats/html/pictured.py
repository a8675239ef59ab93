"""The illustrated edition as a page of its own: the same blocks and pictures, drawn as SVG.

Its style is one sheet in the colours of the edition's palette; what is decoration (the county's
hills, the marks of headings) are pictures in that sheet, so that nobody has them read out.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gxgen.document import page
from gxgen.document.blocks import (
    Block,
    Document,
    HeadingBlock,
    PictureBlock,
    TableBlock,
    TextBlock,
)
from gxgen.document.illustrated.edition import county_of
from gxgen.document.illustrated.icons import FIELD, ICONS, SECTIONS, icon_of
from gxgen.document.illustrated.landscape import HALO, SUN_RADIUS, Points, cover
from gxgen.document.illustrated.palettes import WHITE, Palette
from gxgen.document.page import DRAFT_MARK
from gxgen.document.table_fit import fit
from gxgen.document.table_looks import LAYOUTS
from gxgen.document.torn import has_long_word
from gxgen.fonts.faces import Role
from gxgen.formats.docx.pictured import LONG_NAME
from gxgen.formats.drawings.marks import contour, layers
from gxgen.formats.emphasis import LEAD, Emphasis
from gxgen.formats.html.blocks import BlockWriter
from gxgen.formats.html.looks import USUAL_SIZE, column_shares, family, least_width
from gxgen.formats.html.page import html_title, policy_head
from gxgen.formats.html.pictures import picture_html
from gxgen.formats.html.rows import pictured_rules
from gxgen.formats.html.table import html_table
from gxgen.markup import Html, el, joined
from gxgen.model.narrative import PREAMBLE
from gxgen.model.report import Report

COVER_LINE = "政府信息公开工作年度报告"
_HILLS, _PIXELS = 15.0, 16
"""Rem of the hills' height on a screen; pixels of one."""
_CLASSES = {LEAD: "opening"}


def picture_page(
    document: Document, report: Report, colours: Palette, *, draft: bool = False
) -> bytes:
    """The page as UTF-8; a draft says so at its top and on every sheet of paper."""
    style = Html(_style(document, report, colours, draft=draft))
    writer = PictureWriter(_looks, 1, True, Emphasis(document))
    head = policy_head(html_title(report, draft=draft), style)
    front = el(
        "header",
        el("div", class_="line"),
        el("div", class_="year", data_year=report.year),
        *writer.written([document.title]),
        class_="cover long" if sum(map(len, document.title.lines[:-1])) > LONG_NAME else "cover",
    )
    main = el("main", "\n", joined(_main(document, writer, draft=draft), "\n"), "\n")
    body = el("body", "\n", front, "\n", main, "\n")
    return f"<!DOCTYPE html>\n{el('html', chr(10), head, chr(10), body, lang='zh-CN')}\n".encode(
        "utf-8", "replace"
    )


def _main(document: Document, writer: PictureWriter, *, draft: bool) -> Iterator[Html]:
    if draft:
        yield el("p", DRAFT_MARK, class_="draft")
    for mark, blocks in document.sections.items():
        elements = joined(writer.written(blocks, mark), "\n")
        if mark == PREAMBLE:
            yield elements
        else:
            yield el("section", "\n", elements, "\n", aria_labelledby=writer.heading_id(mark))
    if document.sign_off.lines:
        yield el("footer", *writer.written([document.sign_off]), class_="sign-off")


@dataclass(frozen=True)
class PictureWriter(BlockWriter):
    """Writes blocks as the illustrated edition shows them."""

    emphasis: Emphasis | None = None

    def written(self, blocks: Iterable[Block], section: str = "") -> Iterator[Html]:
        """The elements of blocks that are all of one section."""
        name, inside = section, False
        for block in blocks:
            if isinstance(block, HeadingBlock):
                name = block.text if block.level == 1 else name
                inside = block.level > 2
                yield self._marked(block, section)
            elif isinstance(block, TextBlock):
                inside = inside and block.level != 2
                if (block.lead + block.text).strip():
                    yield self._paragraph(block, section, inside=inside)
            elif isinstance(block, TableBlock):
                yield html_table(block, name, self.looks, ids=self.ids)
            elif isinstance(block, PictureBlock):
                yield picture_html(block.picture)
            else:
                yield from BlockWriter.written(self, [block], section)

    def _marked(self, block: HeadingBlock, section: str) -> Html:
        level = min(block.level, 4)
        tag = f"h{self.title + level}"
        if block.numeral:
            return el(tag, el("b", block.numeral), " ", block.text)
        icon = SECTIONS.get(section) if level == 1 else icon_of(block.text) if level == 2 else None
        named = self.heading_id(section) if level == 1 else None
        return el(tag, block.number + block.text, id=named, class_=icon and f"i-{icon}")

    def _paragraph(self, block: TextBlock, section: str, *, inside: bool) -> Html:
        kinds = {
            "preamble": section == PREAMBLE,
            "in": inside,
            "ragged": has_long_word(block.text),
        }
        lead = el("b", block.lead, **self.looks(f"lead-{block.level}")) if block.lead else None
        words = self._told(block.text, opening=not block.lead)
        return el("p", lead, *words, class_=" ".join(k for k, on in kinds.items() if on))

    def _told(self, text: str, *, opening: bool) -> Iterator[Html | str]:
        if self.emphasis is None:
            yield from self._words(text)
            return
        for piece in self.emphasis.pieces(text, opening=opening):
            if piece.kind:
                yield el("b", piece.text, class_=_CLASSES.get(piece.kind, "claimed"))
            else:
                yield from self._words(piece.text)


_KEPT = ("disclosure", "requests", "remedies", "shaded", "zero", "marked", "label", "group")


_SMALLER = {f"size-{half}": half / 2 for half in range(1, USUAL_SIZE)}
"""Points of figures too long for their cells on paper, by the class that they bear."""


def _looks(kind: str) -> dict[str, object]:
    first, *others = kind.split()
    own = first if first in ("label", "group", "scroll", "whole", "part") else ""
    own = first if first.startswith("lead-") else own
    return {
        "class_": " ".join(
            filter(None, (own, *(one for one in others if one in _KEPT or one in _SMALLER)))
        )
    }


def _style(document: Document, report: Report, colours: Palette, *, draft: bool) -> str:
    """The sheet: faces and colours, the shapes that this page needs, then what never changes."""
    fixed = files("gxgen.formats.html").joinpath("pictured.css").read_text(encoding="utf-8")
    county = county_of(report)
    tables = (block for block in document.blocks if isinstance(block, TableBlock))
    parts = (
        _variables(colours),
        fixed,
        _cover(county, colours),
        *_icons(document, colours),
        *(rule for block in tables for rule in _widths(block)),
        pictured_rules(document),
        _paper(county, colours, draft=draft),
    )
    return "\n" + "\n".join(parts) + "\n"


def _variables(colours: Palette) -> str:
    own = {
        "main": colours.main,
        "deep": colours.deep,
        "tint": colours.tint,
        "mid": colours.mid,
        "gold": colours.gold,
        "gold-text": colours.gold_text,
        "sky": colours.sky,
        "draft": page.DRAFT_COLOUR,
    }
    values = {name: f"#{value.lower()}" for name, value in own.items()}
    values |= {
        "hei": family(Role.HEI),
        "title": family(Role.TITLE),
        "numbers": "Arial,Helvetica,sans-serif",
    }
    return ":root{" + ";".join(f"--{name}:{value}" for name, value in values.items()) + "}"


def _cover(county: str, colours: Palette) -> str:
    """The county's hills under the words, the sun behind them."""
    land = cover(county)
    hills = _svg(_hills(county, colours), land.width, land.height, stretched=True)
    box = 2 * HALO + 2
    middle = box / 2
    sun = (
        f'<circle cx="{middle}" cy="{middle}" r="{SUN_RADIUS}" fill="#{colours.gold}" '
        f'fill-opacity=".9"/><circle cx="{middle}" cy="{middle}" r="{HALO}" fill="none" '
        f'stroke="#{colours.gold}" stroke-width=".4"/>'
    )
    share = 1 - land.sun[1] / land.height
    lift = f"{_HILLS * share - 4.2:.2f}rem"
    return (
        f'.cover .line::before{{content:"{COVER_LINE}"}}\n'
        f".cover{{background-image:{hills},{_svg(sun, box, box)};"
        f"background-size:100% {_HILLS:g}rem,8.4rem 8.4rem;"
        f"background-position:bottom,73% calc(100% - {lift})}}\n"
        "@media (max-width:40rem){.cover{background-size:100% 11rem,6rem 6rem;"
        f"background-position:bottom,80% calc(100% - {11 * share - 3:.2f}rem)}}}}\n"
        f"@media print{{.cover{{background-size:100% 147mm,{box:g}mm {box:g}mm;"
        f"background-position:bottom,{land.sun[0] - middle:.1f}mm "
        f"{150 + land.sun[1] - middle:.1f}mm}}}}"
    )


def _hills(county: str, colours: Palette) -> str:
    land = cover(county)
    drawn = []
    for hill, fill in zip(land.hills, layers(colours), strict=True):
        drawn.append(_filled(hill.ridge, land.width, land.height, fill))
        drawn += [
            f'<path d="M{_points(line)}" fill="none" stroke="#{contour(fill)}" stroke-width="1" '
            'vector-effect="non-scaling-stroke"/>'
            for line in hill.contours
        ]
    return "".join(drawn)


def _filled(ridge: Points, width: float, height: float, fill: str) -> str:
    return f'<path d="M{_points(ridge)}L{width:g} {height:g}L0 {height:g}Z" fill="#{fill}"/>'


def _points(points: Points) -> str:
    return "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _svg(inner: str, width: float, height: float, *, stretched: bool = False) -> str:
    """A picture in a style sheet."""
    how = ' preserveAspectRatio="none"' if stretched else ""
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"{how}>'
        f"{inner}</svg>"
    )
    return f"url(data:image/svg+xml;base64,{b64encode(whole.encode()).decode()})"


def _icons(document: Document, colours: Palette) -> Iterator[str]:
    """The marks of the headings that are there."""
    every = [b for blocks in document.sections.values() for b in blocks]
    heads = [b for b in every if isinstance(b, HeadingBlock)]
    for icon in sorted({SECTIONS[mark] for mark in document.sections if mark in SECTIONS}):
        yield f"h2.i-{icon}::before{{background-image:{_icon(icon, WHITE)}}}"
    for icon in sorted({icon_of(head.text) for head in heads if head.level == 2}):
        yield f"h3.i-{icon}::before{{background-image:{_icon(icon, colours.main)}}}"


@cache
def _icon(name: str, colour: str) -> str:
    path = (
        f'<path d="{ICONS[name]}" fill="none" stroke="#{colour}" stroke-width="1.6" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )
    return _svg(path, FIELD, FIELD)


def _widths(block: TableBlock) -> Iterator[str]:
    layout = fit(block.grid, LAYOUTS[block.table], block.values).layout
    yield f".{block.table}{{min-width:{least_width(block.table)}}}"
    for number, share in enumerate(column_shares(layout.widths), 1):
        rule = f".{block.table} col:nth-child({number}){{width:{share}}}"
        yield f"@media (min-width:40.01rem),print{{{rule}}}"


def _paper(county: str, colours: Palette, *, draft: bool) -> str:
    """The sheet of paper: margins, page numbers, the draft's mark; the cover fills the first."""
    number = f"font:700 11pt Arial,sans-serif;color:#{colours.deep};content:'— ' counter(page) ' —'"
    small = "".join(f"td.{n}{{font-size:{min(p, 8.5):g}pt}}" for n, p in _SMALLER.items())
    mark = f'@top-center{{content:"{DRAFT_MARK}";color:#{page.DRAFT_COLOUR}}}' if draft else ""
    return (
        f"@media print{{{small}}}\n"
        "@page{size:210mm 297mm;margin:20mm;"
        f"@bottom-center{{{number}}}{mark}}}\n"
        "@page:first{margin:0;@bottom-center{content:none}@top-center{content:none}}"
    )
