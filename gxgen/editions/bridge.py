"""What two editions share: which figures of one can be set beside the other's.

Only table three, and table four whose form did not change, mean the same in both editions
(table two counts other things). Where one edition splits a row that the other has whole, the
parts are added.
"""

from __future__ import annotations

from gxgen.editions.schema import Edition, FieldKey

COMPARABLE_TABLES = ("requests", "remedies")


def counterparts(key: FieldKey, here: Edition, there: Edition) -> tuple[FieldKey, ...] | None:
    """The keys of ``there`` whose sum means what ``key`` means in ``here``; None if none do."""
    if here.id == there.id:
        return (key,)
    field = here.fields[key]
    if field.table not in COMPARABLE_TABLES:
        return None
    if key in there.fields:
        return (key,)
    prefix = f"{field.table}.{field.row}."
    parts = tuple(
        k for k, f in there.fields.items() if k.startswith(prefix) and f.column == field.column
    )
    return parts or None
