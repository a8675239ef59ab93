"""The editions of the form, each declared once as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

EDITION_IDS = ("2019", "2021")
"""Each edition by the year of its notice, oldest first; ``y<year>.py`` declares it."""

if TYPE_CHECKING:
    from gxgen.editions.declared import EDITIONS, edition_for_year
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
else:
    from gxgen.lazy import exports

    __getattr__ = exports(
        __name__,
        {
            "declared": ("EDITIONS", "edition_for_year"),
            "grid": ("Grid", "GridCell", "Role"),
            "schema": (
                "Edition", "Field", "FieldKey", "Identity", "IdentityKind", "Kind", "Section",
                "TableForm",
            ),
        },
    )  # fmt: skip

__all__ = [
    "EDITIONS",
    "EDITION_IDS",
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
