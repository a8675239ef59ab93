"""A figure beside last year's: a plain difference, and only where last year's form is known."""

from __future__ import annotations

from collections.abc import Sequence

from gxgen.editions.schema import FieldKey
from gxgen.model.measures import added, last_keys
from gxgen.model.report import Report, Value


def last_of(report: Report, keys: Sequence[FieldKey]) -> Value | None:
    """What these figures added up to last year; None where nobody knows."""
    last = report.previous
    if last is None:
        return None
    return added(last.values, last_keys(report.edition, last.edition, keys))


def change(now: Value, last: Value | None) -> str:
    """``▲ 较上年+51``, ``▼ 较上年−7``, ``与上年持平``; empty where last year is not known."""
    return "" if last is None else told(now - last)


def told(difference: Value | None) -> str:
    """The same of a difference that is known."""
    if difference is None:
        return ""
    if not difference:
        return "与上年持平"
    mark, sign = ("▲", "+") if difference > 0 else ("▼", "−")
    return (
        f"{mark} 较上年{sign}{abs(difference):f}"
        if not isinstance(difference, int)
        else (f"{mark} 较上年{sign}{abs(difference)}")
    )
