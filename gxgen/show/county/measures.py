"""The key figures of the county's page: which they are, what they are called, how they changed.

Keys and names come from the edition, so an edition without a figure has no column for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gxgen.comparison.figures import percent
from gxgen.editions.schema import Edition, FieldKey, Kind
from gxgen.model.measures import (
    NOTE,
    Measure,
    added,
    measure,
    remedy_measures,
    request_measures,
)
from gxgen.model.report import Value

NOTHING = "—"
"""Stands where there is no figure, or no base to compare with."""
_PLACES = Decimal("0.1")

_DISCLOSURE = (
    "disclosure.licensing.decisions",
    "disclosure.penalties.decisions",
    "disclosure.fees.amount",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure's value and its change on last year, as shown; no value, no change."""

    value: str
    change: str


def measures(edition: Edition, before: Edition | None) -> tuple[Measure, ...]:
    """The key figures that an edition declares, in the order of the page.

    ``before`` is the edition of the year before, None where there was none.
    """
    return (
        *request_measures(edition, before),
        *_disclosure_measures(edition, before),
        *remedy_measures(edition, before),
    )


def _disclosure_measures(edition: Edition, before: Edition | None) -> Iterator[Measure]:
    for key in _DISCLOSURE:
        if key in edition.fields:
            declared = edition.fields[key]
            unit = NOTE.search(declared.column_label) if declared.kind is Kind.MONEY else None
            yield measure(
                edition, before, declared.row_label + (unit.group() if unit else ""), (key,)
            )


def comparison(
    lines: Sequence[Measure],
    figures: Mapping[FieldKey, Value],
    last: Mapping[FieldKey, Value] | None,
) -> tuple[Compared, ...]:
    """Each measure with its change on ``last``, which is in the keys of last year's edition."""
    pairs = ((added(figures, line.keys), added(last, line.last_keys)) for line in lines)
    return tuple(
        Compared(shown(now), "" if now is None else change(now, before)) for now, before in pairs
    )


def shown(value: Value | None) -> str:
    """A figure as written."""
    return NOTHING if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def change(now: Value | None, before: Value | None) -> str:
    """``+13 (+37.1%)``, per cent only of a base that bears it; empty where nothing has changed, a
    dash where one of both is not known."""
    if now is None or before is None:
        return NOTHING
    difference = Decimal(now) - Decimal(before)
    if not difference:
        return ""
    share = percent(now, before, _PLACES)
    # Narrow brackets: the columns are many and the page is to fit a sheet.
    return _signed(difference) + (f" ({_signed(share)}%)" if share is not None else "")


def _signed(value: Decimal) -> str:
    return f"{value:+f}".replace("-", "−")
