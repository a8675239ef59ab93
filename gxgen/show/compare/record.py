"""A comparison as JSON; its shape is ``compare.schema.json`` beside this file."""

from __future__ import annotations

from typing import Any

from gxgen.comparison.figures import Change, Share
from gxgen.comparison.reports import Comparison, Section, Side, Tie
from gxgen.comparison.sentences import Pair, Sameness, Sentence
from gxgen.diagnostics import place_as_json
from gxgen.model.report import Value

FORMAT = 1
"""Raised when a program that reads the old shape would misread the new one."""


def comparison_record(whole: Comparison) -> dict[str, Any]:
    """All of a comparison: every figure that both forms have, and every sentence of both years."""
    return {
        "format": FORMAT,
        "agency": whole.this.agency,
        "last": _side(whole.last),
        "this": _side(whole.this),
        "figures": [_change(one) for one in whole.changes],
        "indicators": [_change(one) for one in whole.indicators],
        "shares": [_share(one) for one in whole.shares],
        "carried": [_tie(one) for one in whole.carried],
        "in_force": [_tie(one) for one in whole.in_force],
        "sections": [_section(one) for one in (*whole.sections, whole.whole)],
        "sentences": [_pair(one) for one in whole.pairs],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "agency": side.agency,
        "year": side.year,
        "edition": side.edition,
        "file": side.file,
        "blank": side.blank,
        "unread": side.unread,
        "not_compared": list(side.other_sheets),
        "unfilled": side.unfilled,
    }


def _change(one: Change) -> dict[str, Any]:
    return {
        "key": one.key,
        "sheet": one.sheet,
        "label": one.label,
        "unit": one.unit,
        "last": _number(one.last),
        "this": _number(one.this),
        "change": _number(one.change),
        "percent": _number(one.percent),
        "points": one.points,
        "unread": [
            year
            for year, unread in (("last", one.last_unread), ("this", one.this_unread))
            if unread
        ],
    }


def _number(value: Value | None) -> int | str | None:
    """A count as a number, all that has places as text."""
    return value if value is None or isinstance(value, int) else format(value, "f")


def _share(one: Share) -> dict[str, Any]:
    return {
        "of": one.of,
        "label": one.label,
        "last": _number(one.last),
        "this": _number(one.this),
        "points": _number(one.points),
    }


def _tie(one: Tie) -> dict[str, Any]:
    return {
        "key": one.key,
        "label": one.label,
        "how": one.how,
        "expected": _number(one.expected),
        "this": _number(one.this),
        "holds": one.holds,
    }


def _section(one: Section) -> dict[str, Any]:
    return {
        "section": one.mark or None,
        "title": one.title,
        "last": one.last,
        "this": one.this,
        "counts": {kind.value: one.counts[kind] for kind in Sameness},
        "alike": None if one.alike is None else f"{one.alike:.1f}",
    }


def _pair(one: Pair) -> dict[str, Any]:
    return {
        "sameness": one.sameness.value,
        "section": one.section,
        "moved_from": one.moved_from,
        "fixed": one.fixed,
        "likeness": one.likeness,
        "last": _sentence(one.last),
        "this": _sentence(one.this),
    }


def _sentence(one: Sentence | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"text": one.text, **place_as_json(one.place)}
