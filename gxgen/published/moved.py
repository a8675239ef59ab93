"""Whole tables whose figures stand in another column or row than their own, where sums tell it.

A break of one sum is the report's own fault. Where every row that counts anything adds up to
another column than its total, or all sums over rows hold as soon as the rows are moved by one, the
figures are displaced, whatever stands over and beside them, and none of them is read. Columns that
are exchanged among themselves while the totals stay, and table two, which has no sums, hide it:
there nothing in a table can tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gxgen.editions.derive import Identity, IdentityKind
from gxgen.editions.schema import Edition, FieldKey
from gxgen.model.report import Value
from gxgen.published.readings import Reading, Refusal

_COLUMNS = "各行的“总计”都不是其余各数之和，另有一列却都是：各列的数可能错开了"
_ROWS = "各行的数上下错开{}行，各列的合计才相等：各行的数可能错开了"
_FARTHEST = 3
"""Rows by which a table may have moved; by more none of its labels fits."""

Values = Mapping[FieldKey, Value | None]


def without_moved(
    edition: Edition, readings: Mapping[FieldKey, Reading]
) -> tuple[dict[FieldKey, Reading], list[Refusal]]:
    """The readings without those of displaced tables, and these as refusals."""
    values = {key: one.value for key, one in readings.items()}
    why = {form.key: _displaced(edition, form.key, values) for form in edition.tables}
    kept: dict[FieldKey, Reading] = {}
    refused = []
    for key, one in readings.items():
        if reason := why[edition.fields[key].table]:
            refused.append(Refusal((key,), reason, one.place, one.raw))
        else:
            kept[key] = one
    return kept, refused


def _displaced(edition: Edition, table: str, values: Values) -> str | None:
    """Why the figures of a table cannot stand where they belong, if so."""
    rows = _rows(edition, table)
    if len(rows) < 2:
        return None
    own = [one for one in edition.identities if one.table == table]
    across = [one for one in own if one.along == "row" and one.kind is IdentityKind.TOTAL]
    down = [one for one in own if one.along == "column"]
    if _by_columns(across, values):
        return _COLUMNS
    if moved := _by_rows(down, rows, values):
        return _ROWS.format(abs(moved))
    return None


def _rows(edition: Edition, table: str) -> list[dict[str, FieldKey]]:
    """The rows of a table in the order of the form: column → key."""
    rows: dict[str, dict[str, FieldKey]] = {}
    for key, field in edition.fields.items():
        if field.table == table:
            rows.setdefault(field.row, {})[field.column] = key
    return list(rows.values())


def _sides(identity: Identity, values: Values) -> tuple[Value, Value] | None:
    """What both sides of a sum come to; None where a figure is not known."""
    sides = []
    for keys in (identity.left, identity.right):
        known = [value for key in keys if (value := values.get(key)) is not None]
        if len(known) < len(keys):
            return None
        sides.append(sum(known))
    return sides[0], sides[1]


def _by_columns(across: Sequence[Identity], values: Values) -> bool:
    """Whether another column is the sum of all others wherever a row counts anything."""
    rows = []
    for identity in across:
        sides = _sides(identity, values)
        if sides is not None and any(values[key] for key in identity.keys):
            whole = [value for key in identity.keys if (value := values[key]) is not None]
            rows.append((sides[0] == sides[1], whole))
    if all(holds for holds, _ in rows):
        return False
    width = min(len(whole) for _, whole in rows)
    return any(all(2 * whole[at] == sum(whole) for _, whole in rows) for at in range(1, width))


def _by_rows(
    down: Sequence[Identity], rows: Sequence[Mapping[str, FieldKey]], values: Values
) -> int | None:
    """By how many rows the figures must be moved for all sums over rows to hold; None where they
    hold as they stand, or never."""
    if _hold(down, values):
        return None
    far = range(-_FARTHEST, _FARTHEST + 1)
    return next((by for by in far if by and _hold(down, _shifted(rows, values, by))), None)


def _shifted(rows: Sequence[Mapping[str, FieldKey]], values: Values, by: int) -> Values:
    """Each figure so many rows higher."""
    return {
        key: values.get(rows[at + by].get(column, ""))
        for at, row in enumerate(rows)
        if 0 <= at + by < len(rows)
        for column, key in row.items()
    }


def _hold(identities: Sequence[Identity], values: Values) -> bool | None:
    """Whether all sums that are known whole hold; None where none of them counts anything."""
    known = [sides for one in identities if (sides := _sides(one, values)) is not None]
    if any(left != right for left, right in known):
        return False
    return True if any(left for left, _ in known) else None
