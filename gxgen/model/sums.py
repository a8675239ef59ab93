"""Figures of many reports added up, key by key, without rounding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal, localcontext

from gxgen.editions.schema import FieldKey
from gxgen.model.report import Value

_EXACT = Context(prec=1000)
"""More digits than any number of amounts can need, so that no order of adding matters."""


def add_up(
    keys: Iterable[FieldKey], reports: Iterable[Mapping[FieldKey, Value]]
) -> dict[FieldKey, Value]:
    """The sum of each of these figures; money keeps the places that it needs.

    Raises:
        KeyError: a report lacks a figure. What is not known is never taken for 0.
    """
    sums: dict[FieldKey, Value] = dict.fromkeys(keys, 0)
    with localcontext(_EXACT):
        for values in reports:
            for key in sums:
                sums[key] += values[key]
        return {key: _plain(value) for key, value in sums.items()}


def _plain(value: Value) -> Value:
    """Without trailing zeros and without an exponent: ``23.00`` → ``23``."""
    if isinstance(value, Decimal):
        return Decimal(format(value.normalize(), "f"))
    return value
