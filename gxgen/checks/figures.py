"""Figures that a rule looks at, found by what an edition declares and never by its year."""

from __future__ import annotations

from collections.abc import Iterator

from gxgen.checks.locate import broken_identities
from gxgen.editions.schema import Edition, FieldKey
from gxgen.editions.tables import Blocks, join_key
from gxgen.model.report import Report
from gxgen.numbers import Value

Keys = tuple[FieldKey, ...]


def rows(report: Report, *columns: str) -> Iterator[tuple[Keys, tuple[Value, ...]]]:
    """(cells, figures) under these heads, of each row that has them all and no figure absent."""
    for keys in lines(report.edition, *columns):
        figures = known(report, keys)
        if figures:
            yield keys, figures


def lines(edition: Edition, *columns: str) -> Iterator[Keys]:
    """The cells under these heads, of each row that has them all."""
    for form in edition.tables:
        for block in form.blocks if isinstance(form, Blocks) else ():
            if {head.key for head in block.heads}.issuperset(columns):
                for row in block.rows:
                    yield tuple(join_key(form.key, row.key, column) for column in columns)


def known(report: Report, keys: Keys) -> tuple[Value, ...] | None:
    """The figures of these cells, or None where one is absent."""
    try:
        return tuple(report.values[key] for key in keys)
    except KeyError:
        return None


def sound(report: Report, keys: Keys) -> bool:
    """Whether every identity of these cells holds; a figure that is wrong asks nothing else."""
    return not any(set(keys) & set(b.identity.keys) for b in broken_identities(report).values())
