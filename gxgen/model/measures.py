"""Key figures of a report: which they are, what they are called, what they were last year.

Keys and names come from the edition, so an edition without a figure has no measure of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from gxgen.editions.bridge import counterparts
from gxgen.editions.schema import Edition, FieldKey
from gxgen.editions.tables import Axis, Group, Leaf, Matrix, join_key, leaves, walk
from gxgen.model.numbering import written_number
from gxgen.model.report import Value

NOTE = re.compile(r"（[^（）]*）$")
"""A note in brackets at the end of a label."""


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


def request_measures(edition: Edition, before: Edition | None) -> Iterator[Measure]:
    """The four lines of the balance of requests, over all applicants."""
    form = matrix(edition, "requests")
    column = total_column(form)
    paths = {key: labels for key, _, labels in walk(form.rows)}
    for balance in form.balances:
        for side in (balance.left, balance.right):
            words = ["".join(map(bare, paths[row])) for row in side]
            for row, label in zip(side, _without_common_end(words), strict=True):
                yield measure(edition, before, label, (join_key(form.key, row, column),))


def remedy_measures(edition: Edition, before: Edition | None) -> Iterator[Measure]:
    """Reviews and suits: under each top head of the table, its totals added."""
    form = matrix(edition, "remedies")
    for head in form.columns:
        if isinstance(head, Group):
            below = leaves(head.children, head.key or "")
            totals = (key for key, leaf in below.items() if leaf.of)
            yield measure(
                edition, before, head.label, tuple(join_key(form.key, key) for key in totals)
            )


def outcome_measures(edition: Edition, before: Edition | None) -> Iterator[Measure]:
    """What became of requests: each part of the total of outcomes, over all applicants."""
    form = matrix(edition, "requests")
    column = total_column(form)
    for part in _parts_of_total(form.rows):
        keys = tuple(join_key(form.key, row, column) for row in leaves((part,)))
        yield measure(edition, before, bare(part.label), keys)


def applicant_measures(edition: Edition, before: Edition | None) -> Iterator[Measure]:
    """Who asked: the new requests of each kind of applicant."""
    form = matrix(edition, "requests")
    received = form.balances[0].left[0]
    for column, leaf in leaves(form.columns).items():
        if not leaf.of:
            yield measure(edition, before, leaf.label, (join_key(form.key, received, column),))


def _parts_of_total(axis: Axis) -> list[Leaf | Group]:
    """The siblings that a total among them adds up, wherever in the axis it stands."""
    for node in axis:
        if isinstance(node, Leaf) and node.of:
            return [part for part in axis if part.key in node.of]
        if isinstance(node, Group) and (found := _parts_of_total(node.children)):
            return found
    return []


def measure(
    edition: Edition, before: Edition | None, label: str, keys: tuple[FieldKey, ...]
) -> Measure:
    """A measure of these keys, with its counterpart in the edition of the year before."""
    declared = [edition.fields[key] for key in keys]
    group = edition.section(edition.table(declared[0].table).section).title
    full = "＋".join(one.label for one in declared)
    return Measure(label, group, full, keys, last_keys(edition, before, keys))


def last_keys(
    edition: Edition, before: Edition | None, keys: Sequence[FieldKey]
) -> tuple[FieldKey, ...] | None:
    """What adds up to the same in the edition of the year before; None if nothing does."""
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
    return NOTE.sub("", label[len(number.token) :] if number else label)


def _without_common_end(words: Sequence[str]) -> list[str]:
    """What tells several labels apart: the ending that all share is left out."""
    ends = zip(*(reversed(word) for word in words), strict=False)
    same = takewhile(lambda letters: len(set(letters)) == 1, ends)
    shared = len(list(same)) if len(words) > 1 else 0
    return [word[: len(word) - shared] for word in words]


def added(
    figures: Mapping[FieldKey, Value] | None, keys: Sequence[FieldKey] | None
) -> Value | None:
    """The sum of these figures, None where one is not known."""
    if figures is None or keys is None:
        return None
    known = [figures[key] for key in keys if key in figures]
    return sum(known) if len(known) == len(keys) else None
