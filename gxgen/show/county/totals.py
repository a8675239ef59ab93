"""The county's totals on its page: files, charts, and the official tables cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from gxgen.document.charts import Chart
from gxgen.editions.grid import Grid, GridCell, Role
from gxgen.editions.schema import FieldKey
from gxgen.formats.html.chart_svg import svg
from gxgen.markup import Html, el
from gxgen.model.report import Value
from gxgen.show.county.charts import charts
from gxgen.show.county.measures import shown
from gxgen.show.county.table import links

if TYPE_CHECKING:
    from gxgen.show.county.page import CountyView

_SCOPES = {Role.BAND: "col", Role.HEAD: "col", Role.STUB: "row"}
"""Which way a label heads cells; the corner's remark heads none and is no heading."""


def totals(view: CountyView) -> Html:
    """The section of the totals; a sentence where there are none."""
    return el(
        "section",
        el("h2", "汇总（草稿）" if view.draft else "汇总", id="h-totals"),
        *_content(view),
        id="totals",
        aria_labelledby="h-totals",
    )


def _content(view: CountyView) -> Iterator[Html]:
    if view.rollup_links:
        yield el("p", links(view.rollup_links))
    if view.totals is None:
        yield el("p", "还没有汇总数。")
        return
    yield el("div", *map(_figure, charts(view)), class_="charts")
    for key, grid in view.edition.grids.items():
        title = view.edition.section(view.edition.table(key).section).title
        yield el("h3", title, id=f"t-{key}")
        yield el(
            "section",
            _official(grid, view.totals),
            class_="scroll",
            aria_labelledby=f"t-{key}",
            tabindex=0,
        )


def _figure(chart: Chart) -> Html:
    remark = el("p", chart.remark) if chart.remark else None
    return el("figure", el("figcaption", chart.title), remark, svg(chart))


def _official(grid: Grid, figures: Mapping[FieldKey, Value]) -> Html:
    lines = [
        (cells[0], el("tr", *(_cell(cell, figures) for cell in cells)))
        for _, row in groupby(grid.cells, lambda cell: cell.row)
        for cells in (list(row),)
    ]
    head, rest = lines[: grid.head_rows], lines[grid.head_rows :]
    return el(
        "table",
        el("colgroup", span=grid.columns),
        el("thead", *(line for _, line in head)) if head else None,
        *(el("tbody", *body) for body in _bodies(rest)),
        class_=f"official {grid.table}",
    )


def _bodies(lines: list[tuple[GridCell, Html]]) -> Iterator[list[Html]]:
    """Lines under one band belong together; without bands all do."""
    body: list[Html] = []
    for first, line in lines:
        if first.role is Role.BAND and body:
            yield body
            body = []
        body.append(line)
    yield body


def _cell(cell: GridCell, figures: Mapping[FieldKey, Value]) -> Html:
    scope = _SCOPES.get(cell.role)
    return el(
        "th" if scope else "td",
        cell.text if cell.key is None else shown(figures.get(cell.key)),
        scope=scope,
        class_="l" if cell.role is Role.CORNER else None,
        colspan=cell.column_span if cell.column_span > 1 else None,
        rowspan=cell.row_span if cell.row_span > 1 else None,
    )
