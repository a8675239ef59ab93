"""Rows of figures, found by what an edition declares and never by its year."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.locate import broken_identities
from gxgen.editions.schema import Edition, FieldKey
from gxgen.editions.tables import Blocks, join_key
from gxgen.model.report import Report
from gxgen.numbers import Value


def lines(edition: Edition, *columns: str) -> Iterator[tuple[FieldKey, ...]]:
    """The keys under these heads in every row of every block that has all of them."""
    for form in edition.tables:
        for block in form.blocks if isinstance(form, Blocks) else ():
            heads = {head.key for head in block.heads}
            if heads.issuperset(columns):
                for row in block.rows:
                    yield tuple(join_key(form.key, row.key, column) for column in columns)


def known(report: Report, keys: tuple[FieldKey, ...]) -> tuple[Value, ...] | None:
    """The figures of these cells, or None where one is absent."""
    values = report.values
    try:
        return tuple(values[key] for key in keys)
    except KeyError:
        return None


def sound(report: Report, keys: tuple[FieldKey, ...]) -> bool:
    """Whether every identity of these cells holds; a figure that is wrong asks nothing else."""
    return not any(set(keys) & set(b.identity.keys) for b in broken_identities(report).values())
