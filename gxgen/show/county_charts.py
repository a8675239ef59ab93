"""What the county's charts show: requests by outcome, by applicant, this year against last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gxgen.editions import FieldKey
from gxgen.editions.schema import Axis, Group, Leaf, Matrix, join_key, leaves
from gxgen.show.county_measures import (
    added,
    bare,
    matrix,
    remedy_measures,
    request_measures,
    total_column,
)
from gxgen.show.svg import Bar, Chart

if TYPE_CHECKING:
    from gxgen.show.county import CountyView


def charts(view: CountyView) -> tuple[Chart, ...]:
    """The charts of the totals; none where there are no totals."""
    if view.totals is None:
        return ()
    form = matrix(view.edition, "requests")
    return (
        Chart("outcomes", "申请办理结果（件）", tuple(_outcomes(view, form))),
        Chart("applicants", "新收申请的申请人（件）", tuple(_applicants(view, form))),
        Chart("years", "与上年相比（件）", tuple(_years(view)), _series(view)),
    )


def _outcomes(view: CountyView, form: Matrix) -> Iterator[Bar]:
    """A bar for each part of the total of outcomes; a part with rows of its own adds them up."""
    column = total_column(form)
    for part in _parts_of_total(form.rows):
        rows = leaves((part,))
        keys = [join_key(form.key, row, column) for row in rows]
        yield _bar(view, bare(part.label), keys)


def _parts_of_total(axis: Axis) -> list[Leaf | Group]:
    """The siblings that a total among them adds up, wherever in the axis it stands."""
    for node in axis:
        if isinstance(node, Leaf) and node.of:
            return [part for part in axis if part.key in node.of]
        if isinstance(node, Group) and (found := _parts_of_total(node.children)):
            return found
    return []


def _applicants(view: CountyView, form: Matrix) -> Iterator[Bar]:
    received = form.balances[0].left[0]
    for column, leaf in leaves(form.columns).items():
        if not leaf.of:
            yield _bar(view, leaf.label, [join_key(form.key, received, column)])


def _bar(view: CountyView, label: str, keys: list[FieldKey]) -> Bar:
    return Bar(label, (added(view.totals, keys),))


def _years(view: CountyView) -> Iterator[Bar]:
    """The measures that count 件: requests, reviews and suits."""
    editions = view.edition, view.last_edition
    for line in (*request_measures(*editions), *remedy_measures(*editions)):
        last = view.last_totals
        before = () if last is None else (added(last, line.last_keys),)
        yield Bar(line.label, (added(view.totals, line.keys), *before))


def _series(view: CountyView) -> tuple[str, ...]:
    years = (view.year,) if view.last_totals is None else (view.year, view.year - 1)
    return tuple(f"{year}年" for year in years)
