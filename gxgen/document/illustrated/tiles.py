"""Tiles for the parts of section one: an icon, the title, and a figure where there is a sure one.

A figure is the form's own, or the year's total as sheet 指标 or section one states it
(:mod:`gxgen.document.illustrated.totals`); never the first number that was found. Without one the
tile is its icon and title alone, and nothing is ever cut.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from gxgen.document.illustrated.icons import icon_of
from gxgen.document.illustrated.totals import OVERVIEW, Total, published, trained
from gxgen.document.lines import balanced
from gxgen.model.measures import request_measures
from gxgen.model.report import Report

FEWEST, MOST = 2, 6
"""Parts that stand side by side; with fewer or more there are no tiles."""
TITLE_WIDTH = 7
"""Characters of a title that fit on a line of one of five tiles."""
LONGEST = 3 * TITLE_WIDTH
"""Characters of a title that a tile can hold; with a longer one there are no tiles."""

_END = "。：:，；"


@dataclass(frozen=True, slots=True)
class Tile:
    """A part's title in lines, its key figure with unit (may be empty), and what that counts."""

    title: str
    figure: str = ""
    text: str = ""
    unit: str = ""
    icon: str = ""

    @property
    def plain_title(self) -> str:
        """The title on one line."""
        return "".join(self.title.splitlines())

    @property
    def lines(self) -> tuple[str, ...]:
        """Its paragraphs."""
        figure = (f"{self.figure} {self.unit}",) if self.figure else ()
        return (self.title, *figure, *filter(None, (self.text,)))


TILE_SLOTS = tuple(field.name for field in fields(Tile))
"""What a template can name of a tile."""


def tiles(report: Report) -> tuple[Tile, ...]:
    """A tile for each part （一）, （二） … of section one; none where their number or a title's
    length is unusual."""
    parts = [p for p in report.passages(OVERVIEW) if p.level == 2 and p.heading]
    titles = [(part.heading or "").rstrip(_END) for part in parts]
    if not FEWEST <= len(parts) <= MOST or max(map(len, titles)) > LONGEST:
        return ()
    return tuple(_tile(report, title) for title in titles)


def _tile(report: Report, title: str) -> Tile:
    figure, unit, text = _figure(report, title)
    return Tile("\n".join(balanced(title, TITLE_WIDTH)), figure, text, unit, icon_of(title))


def _figure(report: Report, title: str) -> tuple[str, str, str]:
    """(figure, unit, what it counts) of a part."""
    if "申请" in title:
        return _received(report)
    if "主动公开" in title:
        return _counted(published(report), "主动公开信息")
    if "监督" in title or "保障" in title:
        return _counted(trained(report), "业务培训")
    return "", "", ""


def _received(report: Report) -> tuple[str, str, str]:
    """The form's own count of new applications."""
    new = next(request_measures(report.edition, None))
    count = report.values.get(new.keys[0])
    if count is None:
        return "", "", ""
    return (str(count), "件", "本年新收申请") if count else ("", "", "本年未收到申请")


def _counted(total: Total | None, text: str) -> tuple[str, str, str]:
    return ("", "", "") if total is None else (str(total.count), total.unit, text)
