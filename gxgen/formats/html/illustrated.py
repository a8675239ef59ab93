"""Tiles and charts of the illustrated edition as HTML, and how they look on a page."""

from __future__ import annotations

from collections.abc import Iterable

from gxgen.document.blocks import Block, ChartBlock, PictureBlock, TilesBlock
from gxgen.document.charts import DARK, INK, LIGHT, PALE
from gxgen.document.illustrated.tiles import Tile
from gxgen.formats.html.chart_svg import svg
from gxgen.formats.html.pictures import words_of
from gxgen.markup import Html, el

STYLE = (
    f"h1{{padding:1.2rem 1rem;border-left:.8rem solid #{DARK};background:#{PALE};color:#{DARK};"
    "text-align:left}\n"
    f"h2{{border-bottom:2px solid #{DARK};color:#{DARK};font-size:1.25em;text-indent:0}}\n"
    f"h3{{margin:.8em 0 .4em;padding-left:.6em;border-left:.3em solid #{DARK};background:#{PALE};"
    "font-family:var(--hei);text-indent:0}\n"
    f"h4,h5{{text-indent:0}}\nb.lead-2,b.lead-3{{color:#{DARK}}}\n"
    f"ul.tiles{{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.4rem;"
    "margin:.8rem 0 1rem;padding:0;list-style:none;line-height:1.5}\n"
    f"ul.tiles li{{display:grid;grid-template-rows:subgrid;grid-row:span 3;row-gap:0;"
    f"background:#{PALE};text-align:center;break-inside:avoid}}\n"
    f"ul.tiles b{{display:grid;place-items:center;padding:.35em .3em;background:#{DARK};"
    "color:#fff;font-family:var(--hei);font-size:.9rem;font-weight:400}\n"
    f"ul.tiles strong{{padding-top:.3em;color:#{DARK};font:700 1.5rem/1.4 var(--hei)}}\n"
    "ul.tiles b+span{grid-row:span 2}\n"
    "ul.tiles span{margin:auto 0;padding:.3em .5em .5em;font-size:.8125rem}\n"
    "figure{margin:1rem 0;text-align:center;break-inside:avoid}\n"
    "figcaption{margin-bottom:.4rem;font-family:var(--hei);font-size:1rem}\n"
    "figure svg{display:block;width:100%;max-width:30rem;height:auto;margin:0 auto}\n"
    f"svg text{{fill:#{INK};font:12px var(--song)}}\n"
    f"svg .l{{text-anchor:end}}\nsvg rect{{stroke:#{DARK};stroke-width:.6}}\n"
    f"svg .s0{{fill:#{DARK}}}\nsvg .s1{{fill:#{LIGHT}}}\n"
    "@media print{h2{margin-top:.8em}ul.tiles{grid-template-columns:repeat(5,1fr);letter-spacing:0}"
    "h1,h3,ul.tiles b,ul.tiles li,svg rect{-webkit-print-color-adjust:exact;"
    "print-color-adjust:exact}"
    "ul.tiles span,ul.tiles b{font-size:9pt}ul.tiles strong{font-size:16pt}}\n"
)
"""What a page's style sheet needs beside the official one's."""


def tiles_html(block: TilesBlock) -> Html:
    """The tiles as a list."""
    return el("ul", *map(_tile, block.tiles), class_="tiles")


def chart_html(block: ChartBlock) -> Html:
    """A chart under its title, or the sentence in its place."""
    if block.remark:
        return el("figure", el("figcaption", block.remark))
    return el("figure", el("figcaption", block.chart.title), svg(block.chart))


def set_apart(blocks: Iterable[Block]) -> list[list[str]]:
    """The texts of the tiles, of each chart and each picture in order, as they are read back from a
    page; those of a picture as one, without white space."""
    out: list[list[str]] = []
    for block in blocks:
        if isinstance(block, TilesBlock):
            texts = [
                text for t in block.tiles for text in (t.plain_title, t.figure + t.unit, t.text)
            ]
            out.append([text for text in texts if text])
        elif isinstance(block, ChartBlock):
            chart = block.chart
            drawn = [chart.title, chart.title, chart.description, *chart.words]
            out.append([block.remark] if block.remark else drawn)
        elif isinstance(block, PictureBlock):
            out.append([words_of(block.picture)])
    return out


def _tile(tile: Tile) -> Html:
    figure = el("strong", tile.figure + tile.unit) if tile.figure else None
    return el("li", el("b", tile.plain_title), figure, el("span", tile.text))
