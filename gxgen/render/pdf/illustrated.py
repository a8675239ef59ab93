"""Tiles and charts of the illustrated edition as they are found in a PDF."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gxgen.render.charts.chart import Chart
from gxgen.render.ooxml.readback import squash

if TYPE_CHECKING:
    from gxgen.render.illustrated.edition import Illustration
    from gxgen.render.pdf.structure import PdfItem


def is_added(item: PdfItem, shown: Illustration) -> bool:
    """Whether an item is the tiles, a chart with all its words and figures, or its sentence.

    A PDF gives the words of a chart in an order of its own.
    """
    if item.rows is not None:
        texts = {squash(cell.text) for row in item.rows for cell in row}
        return bool(shown.tiles) and texts == set(map(squash, shown.tile_texts))
    text = squash(item.text)
    if text in map(squash, shown.remarks):
        return True
    return any(Counter(text) == Counter(_drawn_text(chart)) for chart in shown.drawn)


def _drawn_text(chart: Chart) -> str:
    return squash("".join((chart.title, *chart.words)))
