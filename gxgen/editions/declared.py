"""All editions of the form."""

from __future__ import annotations

import copyreg
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from itertools import zip_longest

from gxgen.editions import EDITION_IDS, PUBLISHED_ONLY
from gxgen.editions.schema import Edition


def _declared() -> Iterator[Edition]:
    """The editions, oldest first; each ends with the year before the next one begins."""
    found = [import_module(f"gxgen.editions.y{name}").EDITION for name in EDITION_IDS]
    for edition, after in zip_longest(found, found[1:]):
        yield replace(edition, last_year=after.first_year - 1) if after else edition


EDITIONS: dict[str, Edition] = {edition.id: edition for edition in _declared()}


PUBLISHED_EDITIONS: dict[str, Edition] = EDITIONS | {
    edition.id: edition
    for name in PUBLISHED_ONLY
    for edition in (import_module(f"gxgen.editions.{name}").EDITION,)
}
"""Every form that a published report may be in, those that no notice fixes among them."""


def edition_for_year(year: int) -> Edition | None:
    """The edition that reports for ``year`` use, or None before the first one."""
    return next((e for e in EDITIONS.values() if e.covers(year)), None)


def _known(edition_id: str) -> Edition:
    return PUBLISHED_EDITIONS[edition_id]


# What travels to another process is the name: an edition is the same everywhere.
copyreg.pickle(Edition, lambda edition: (_known, (edition.id,)))
