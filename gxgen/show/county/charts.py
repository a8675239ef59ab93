"""What the county's charts show: the same as a report's own, drawn from the county's totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gxgen.document.charts import Chart, Year, charts_of

if TYPE_CHECKING:
    from gxgen.show.county.page import CountyView


def charts(view: CountyView) -> tuple[Chart, ...]:
    """The charts of the totals; none where there are no totals."""
    if view.totals is None:
        return ()
    last = None
    if view.last_totals is not None and view.last_edition is not None:
        last = Year(view.year - 1, view.last_edition, view.last_totals)
    return charts_of(Year(view.year, view.edition, view.totals), last)
