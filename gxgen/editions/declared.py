"""All editions of the form."""

from __future__ import annotations

import copyreg
from importlib import import_module

from gxgen.editions import EDITION_IDS
from gxgen.editions.schema import Edition

EDITIONS: dict[str, Edition] = {
    name: import_module(f"gxgen.editions.y{name}").EDITION for name in EDITION_IDS
}


def edition_for_year(year: int) -> Edition | None:
    """The edition that reports for ``year`` use, or None before the first one."""
    return next((e for e in EDITIONS.values() if e.covers(year)), None)


def _known(edition_id: str) -> Edition:
    return EDITIONS[edition_id]


# What travels to another process is the name: an edition is the same everywhere.
copyreg.pickle(Edition, lambda edition: (_known, (edition.id,)))
