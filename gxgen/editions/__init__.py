"""The editions of the form, each declared once as data."""

from __future__ import annotations

import copyreg

from gxgen.editions.grid import Grid, GridCell, Role
from gxgen.editions.schema import (
    Edition,
    Field,
    FieldKey,
    Identity,
    IdentityKind,
    Kind,
    Section,
    TableForm,
)
from gxgen.editions.y2019 import EDITION as _EDITION_2019
from gxgen.editions.y2021 import EDITION as _EDITION_2021

EDITIONS: dict[str, Edition] = {e.id: e for e in (_EDITION_2019, _EDITION_2021)}

__all__ = [
    "EDITIONS",
    "Edition",
    "Field",
    "FieldKey",
    "Grid",
    "GridCell",
    "Identity",
    "IdentityKind",
    "Kind",
    "Role",
    "Section",
    "TableForm",
    "edition_for_year",
]


def edition_for_year(year: int) -> Edition | None:
    """The edition that reports for ``year`` use, or None before the first one."""
    return next((e for e in EDITIONS.values() if e.covers(year)), None)


def _known(edition_id: str) -> Edition:
    return EDITIONS[edition_id]


# What travels to another process is the name: an edition is the same everywhere.
copyreg.pickle(Edition, lambda edition: (_known, (edition.id,)))
