"""What the illustrated edition adds to a report: pictures of its figures, charts, tiles.

Nothing in it is invented: figures come from the form, from sheet 指标, or from a sentence that
states the year's total; the sentences where a drawing would show nothing say what the table says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from gxgen.document.charts import CHART_IDS, Chart, charts, height
from gxgen.document.illustrated import shown
from gxgen.document.illustrated.bars import Placed, bars
from gxgen.document.illustrated.channels import channels
from gxgen.document.illustrated.pictures import Flow, Picture, Tiles
from gxgen.document.illustrated.tiles import Tile, tiles
from gxgen.document.illustrated.totals import Quoted, published, trained
from gxgen.model.measures import bare
from gxgen.model.report import Report

TILES = "tiles"
"""The tiles, where charts are named by their ids."""
ABOVE, BELOW = "pictures.above", "pictures.below"
"""The tiles over the parts of section one, and the bars below the paragraph that counts them."""
OF_TABLE = {table: f"pictures.{table}" for table in ("disclosure", "requests", "remedies")}
"""The pictures over each table of the form."""
FLOW, FLOW_TABLE = "pictures.flow", "requests"
"""The flow of applications, below its table: the two together are higher than a page, and above it
the flow would stand on a page of its own and leave most of it empty."""
COVER, FOOT = "cover", "foot"
SLOTS = (COVER, FOOT, *OF_TABLE, "flow")
"""What a template names of them: ``pictures.cover``, ``pictures.requests`` …"""
PLACES = (ABOVE, BELOW, *OF_TABLE.values(), FLOW)
"""Where pictures stand, as a template asks for them."""


_PLACES = re.compile("(?:[^省市县区旗州盟]{1,12}[省市县区旗州盟])+")


@dataclass(frozen=True)
class Illustration:
    """The charts, tiles and pictures of one report."""

    report: Report
    charts: tuple[Chart, ...]
    tiles: tuple[Tile, ...]

    def remark(self, chart: Chart) -> str:
        """The sentence that stands in the place of a chart without a bar; else empty."""
        return f"{self.report.year}年{bare(chart.title)}：{chart.remark}" if chart.remark else ""

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
        pairs = [(tile.title, tile.figure + tile.unit + tile.text) for tile in self.tiles]
        by_row = (*(title for title, _ in pairs), *(words for _, words in pairs))
        return by_row, tuple(chain.from_iterable(pairs))

    @property
    def slots(self) -> dict[str, Any]:
        """What a template can name of charts and tiles; pictures are drawn by a writer."""
        known = {chart.id: chart for chart in self.charts}
        return {
            "charts": {one: self._chart(known.get(one)) for one in CHART_IDS},
            "pictures": dict.fromkeys(SLOTS, ""),
            "tiles": [{**asdict(tile), "figure": tile.figure + tile.unit} for tile in self.tiles],
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

    @cached_property
    def channels(self) -> Placed | None:
        """The bars of channels and where they belong."""
        return bars(self.report, self.charts)

    @cached_property
    def pictures(self) -> dict[str, tuple[Picture, ...]]:
        """The pictures of each place."""
        requests = tuple(shown.requests(self.report))
        return {
            ABOVE: (Tiles(self.tiles),) if self.tiles else (),
            BELOW: () if self.channels is None else (self.channels.picture,),
            OF_TABLE[shown.DISCLOSURE]: tuple(shown.disclosure(self.report)),
            OF_TABLE[FLOW_TABLE]: tuple(one for one in requests if not isinstance(one, Flow)),
            FLOW: tuple(one for one in requests if isinstance(one, Flow)),
            OF_TABLE[shown.REMEDIES]: tuple(shown.remedies(self.report)),
        }

    @property
    def recognised(self) -> tuple[Quoted, ...]:
        """The numbers of the text that pictures show."""
        totals = published(self.report), trained(self.report)
        shown = () if self.channels is None else self.channels.quoted
        return (*shown, *(place for one in totals if one is not None for place in one.quoted))


def county_of(report: Report) -> str:
    """The county whose hills are drawn: that of its settings, else the places that the agency's
    name begins with, else the whole name."""
    found = _PLACES.match(report.agency.name)
    return report.facts.county or (found[0] if found else report.agency.name)


def illustrate(report: Report) -> Illustration:
    """The charts, tiles and pictures of a report."""
    return Illustration(report, (*channels(report), *charts(report)), tiles(report))
