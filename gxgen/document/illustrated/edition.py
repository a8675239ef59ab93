"""What the illustrated edition adds to a report: charts of its figures, tiles of section one.

Nothing in it is invented: figures come from the form, and a tile quotes its agency.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

from gxgen.document.charts import CHART_IDS, Chart, charts, height
from gxgen.document.illustrated.channels import channels
from gxgen.document.illustrated.tiles import Tile, tiles
from gxgen.model.measures import bare
from gxgen.model.report import Report

TILES = "tiles"
"""The tiles, where charts are named by their ids."""


@dataclass(frozen=True, slots=True)
class Illustration:
    """The charts and tiles of one report."""

    year: int
    charts: tuple[Chart, ...]
    tiles: tuple[Tile, ...]

    def remark(self, chart: Chart) -> str:
        """The sentence that stands in the place of a chart without a bar; else empty."""
        return f"{self.year}年{bare(chart.title)}：{chart.remark}" if chart.remark else ""

    @property
    def drawn(self) -> tuple[Chart, ...]:
        """The charts that have something to show."""
        return tuple(chart for chart in self.charts if not chart.remark)

    @property
    def remarks(self) -> Iterator[str]:
        """The sentences that stand in the place of charts."""
        return filter(None, map(self.remark, self.charts))

    @property
    def tile_cells(self) -> tuple[tuple[str, ...], ...]:
        """What the cells of the tiles' table hold, as they are read: all titles and then figures
        with the words below, or tile by tile.
        """
        pairs = [(tile.title, tile.figure + tile.text) for tile in self.tiles]
        by_row = (*(title for title, _ in pairs), *(words for _, words in pairs))
        return by_row, tuple(chain.from_iterable(pairs))

    @property
    def slots(self) -> dict[str, Any]:
        """What a template can name."""
        known = {chart.id: chart for chart in self.charts}
        return {
            "charts": {one: self._chart(known.get(one)) for one in CHART_IDS},
            "tiles": [asdict(tile) for tile in self.tiles],
        }

    def _chart(self, chart: Chart | None) -> dict[str, Any]:
        if chart is None:
            return {"drawn": False, "remark": "", "description": "", "height": 0}
        return {
            "drawn": not chart.remark,
            "remark": self.remark(chart),
            "description": chart.spoken,
            "height": height(chart),
        }


def illustrate(report: Report) -> Illustration:
    """The charts and tiles of a report."""
    return Illustration(report.year, (*channels(report), *charts(report)), tiles(report))
