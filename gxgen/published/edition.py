"""Which form a report was printed in: what its tables' heads and rows say, then its year."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from gxgen.editions.declared import PUBLISHED_EDITIONS, edition_for_year
from gxgen.editions.grid import Role
from gxgen.editions.schema import Edition
from gxgen.published.labels import core, has_row
from gxgen.published.rows import Harvest


def edition_of(harvests: Mapping[str, Harvest], year: int | None) -> Edition | None:
    """The edition whose labels are met; None where heads of two are met in one table."""
    if _contradictory(harvests):
        return None
    strange = {e.id: _strange(e, harvests) for e in PUBLISHED_EDITIONS.values()}
    fewest = min(strange.values())
    likely = [e for e in PUBLISHED_EDITIONS.values() if strange[e.id] == fewest]
    due = edition_for_year(year) if year is not None else None
    if due in likely:
        return due
    covering = [e for e in likely if year is not None and e.covers(year)]
    usual = [e for e in likely if not e.published_only]
    return (covering or usual or likely)[-1]


def _strange(edition: Edition, harvests: Mapping[str, Harvest]) -> int:
    """How many labels and rows were met that an edition does not have."""
    labels = sum(
        len((harvest.labels & _told_apart(key)) - _labels(edition.id, key))
        for key, harvest in harvests.items()
    )
    rows = {(key, row.row) for key, h in harvests.items() for row in h.rows if row.row}
    return labels + sum(not has_row(edition, key, row) for key, row in rows)


def _contradictory(harvests: Mapping[str, Harvest]) -> bool:
    """Whether heads of columns are met in one table that no edition has together."""
    for key, harvest in harvests.items():
        heads = harvest.labels & _told_apart(key) & _heads(key)
        if heads and not any(heads <= _labels(name, key) for name in PUBLISHED_EDITIONS):
            return True
    return False


@cache
def _labels(edition: str, table: str) -> frozenset[str]:
    cells = PUBLISHED_EDITIONS[edition].grids[table].labels
    return frozenset(core(text) for cell in cells for text in (cell.text, *cell.aliases))


@cache
def _told_apart(table: str) -> frozenset[str]:
    """Labels that not all editions have."""
    sets = [_labels(name, table) for name in PUBLISHED_EDITIONS]
    return frozenset.union(*sets) - frozenset.intersection(*sets)


@cache
def _heads(table: str) -> frozenset[str]:
    cells = (c for e in PUBLISHED_EDITIONS.values() for c in e.grids[table].labels)
    return frozenset(
        core(text) for c in cells if c.role is Role.HEAD for text in (c.text, *c.aliases)
    )
