"""The key figures of the county's page: which they are, what they are called, how they changed.

Keys and names come from the edition, so an edition without a figure has no column for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import takewhile

from gxgen.editions import Edition, FieldKey, Kind
from gxgen.editions.bridge import counterparts
from gxgen.editions.schema import Group, Matrix, join_key, leaves, walk
from gxgen.model import Value
from gxgen.model.numbering import written_number

NOTHING = "—"
"""Stands where there is no figure, or no base to compare with."""

_DISCLOSURE = (
    "disclosure.licensing.decisions",
    "disclosure.penalties.decisions",
    "disclosure.fees.amount",
)
_NOTE = re.compile(r"（[^（）]*）$")


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure worth a column: the sum of ``keys``; ``full`` gives the form's own labels.

    ``last_keys`` add up to the same in last year's edition; None where it has nothing comparable.
    """

    label: str
    group: str
    full: str
    keys: tuple[FieldKey, ...]
    last_keys: tuple[FieldKey, ...] | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure's value and its change on last year, as shown."""

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


def request_measures(edition: Edition, before: Edition | None) -> Iterator[Measure]:
    """The four lines of the balance of requests, over all applicants."""
    form = matrix(edition, "requests")
    column = total_column(form)
    paths = {key: labels for key, _, labels in walk(form.rows)}
    for balance in form.balances:
        for side in (balance.left, balance.right):
            words = ["".join(map(bare, paths[row])) for row in side]
            for row, label in zip(side, _without_common_end(words), strict=True):
                yield _measure(edition, before, label, (join_key(form.key, row, column),))


def remedy_measures(edition: Edition, before: Edition | None) -> Iterator[Measure]:
    """Reviews and suits: under each top head of the table, its totals added."""
    form = matrix(edition, "remedies")
    for head in form.columns:
        if isinstance(head, Group):
            below = leaves(head.children, head.key or "")
            totals = (key for key, leaf in below.items() if leaf.of)
            yield _measure(
                edition, before, head.label, tuple(join_key(form.key, key) for key in totals)
            )


def _disclosure_measures(edition: Edition, before: Edition | None) -> Iterator[Measure]:
    for key in _DISCLOSURE:
        if key in edition.fields:
            declared = edition.fields[key]
            unit = _NOTE.search(declared.column_label) if declared.kind is Kind.MONEY else None
            yield _measure(
                edition, before, declared.row_label + (unit.group() if unit else ""), (key,)
            )


def _measure(
    edition: Edition, before: Edition | None, label: str, keys: tuple[FieldKey, ...]
) -> Measure:
    declared = [edition.fields[key] for key in keys]
    group = edition.section(edition.table(declared[0].table).section).title
    full = "＋".join(one.label for one in declared)
    return Measure(label, group, full, keys, _last_keys(edition, before, keys))


def _last_keys(
    edition: Edition, before: Edition | None, keys: Sequence[FieldKey]
) -> tuple[FieldKey, ...] | None:
    if before is None:
        return None
    found = [counterparts(key, edition, before) for key in keys]
    return None if None in found else tuple(key for parts in found for key in parts or ())


def matrix(edition: Edition, key: str) -> Matrix:
    """A table of rows and columns."""
    form = edition.table(key)
    if not isinstance(form, Matrix):
        raise TypeError(f"table {key} is not a matrix")
    return form


def total_column(form: Matrix) -> str:
    """The column that adds up the others."""
    return next(key for key, leaf in leaves(form.columns).items() if leaf.of)


def bare(label: str) -> str:
    """A label without its number and without a note in brackets at its end."""
    number = written_number(label)
    return _NOTE.sub("", label[len(number.token) :] if number else label)


def _without_common_end(words: Sequence[str]) -> list[str]:
    """What tells several labels apart: the ending that all share is left out."""
    ends = zip(*(reversed(word) for word in words), strict=False)
    same = takewhile(lambda letters: len(set(letters)) == 1, ends)
    shared = len(list(same)) if len(words) > 1 else 0
    return [word[: len(word) - shared] for word in words]


def comparison(
    lines: Sequence[Measure],
    figures: Mapping[FieldKey, Value],
    last: Mapping[FieldKey, Value] | None,
) -> tuple[Compared, ...]:
    """Each measure with its change on ``last``, which is in the keys of last year's edition."""
    return tuple(
        Compared(shown(now), change(now, added(last, line.last_keys)))
        for line in lines
        for now in (added(figures, line.keys),)
    )


def added(
    figures: Mapping[FieldKey, Value] | None, keys: Sequence[FieldKey] | None
) -> Value | None:
    """The sum of these figures, None where one is not known."""
    if figures is None or keys is None:
        return None
    known = [figures[key] for key in keys if key in figures]
    return sum(known) if len(known) == len(keys) else None


def shown(value: Value | None) -> str:
    """A figure as written."""
    return NOTHING if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def change(now: Value | None, before: Value | None) -> str:
    """``+3 (+33.3%)``; 持平 for none, a dash for a share of nothing."""
    if now is None or before is None:
        return NOTHING
    difference = Decimal(now) - Decimal(before)
    if not difference:
        return "持平"
    # Narrow brackets: the columns are many and the page is to fit a sheet.
    share = NOTHING if not before else f"{_signed(_percent(difference, Decimal(before)))}%"
    return f"{_signed(difference)} ({share})"


def _percent(difference: Decimal, before: Decimal) -> Decimal:
    share = difference * 100 / before
    return share.quantize(Decimal("0.1"), ROUND_HALF_UP) if abs(share) < 10**9 else share


def _signed(value: Decimal) -> str:
    return f"{value:+f}".replace("-", "−")
