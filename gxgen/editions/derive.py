"""What follows from a table's declaration: its figures and its identities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gxgen.editions.tables import Blocks, FieldKey, Leaf, Matrix, TableForm, join_key, walk
from gxgen.kinds import Kind


@dataclass(frozen=True, slots=True)
class Field:
    """One figure of the form: its key, its kind, and its labels for people."""

    key: FieldKey
    table: str
    row: str
    column: str
    kind: Kind
    row_label: str
    column_label: str

    @property
    def label(self) -> str:
        """What a clerk reads: ``1.属于国家秘密·自然人``."""
        return "·".join(part for part in (self.row_label, self.column_label) if part)


class IdentityKind(StrEnum):
    """How the two sides of an identity are related on the page."""

    TOTAL = "total"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class Identity:
    """Σ ``left`` = Σ ``right``; for a total, ``left`` is the total's one cell.

    ``along`` says whether its cells lie in one row or one column, ``line`` is that line's key
    and ``line_label`` its label.
    """

    kind: IdentityKind
    table: str
    along: str
    line: str
    line_label: str
    left: tuple[FieldKey, ...]
    right: tuple[FieldKey, ...]

    @property
    def keys(self) -> tuple[FieldKey, ...]:
        """All cells that it guards."""
        return self.left + self.right


def fields_of(form: TableForm) -> Iterator[Field]:
    """Every figure of a table, in the order of the form."""
    if isinstance(form, Blocks):
        for block in form.blocks:
            for row in block.rows:
                for head in block.heads:
                    yield Field(
                        join_key(form.key, row.key, head.key),
                        form.key,
                        row.key,
                        head.key,
                        head.kind,
                        row.label,
                        head.label,
                    )
        return
    column_labels = _column_labels(form)
    for row_key, row, _ in walk(form.rows):
        for column_key, label in column_labels.items():
            yield Field(
                join_key(form.key, row_key, column_key),
                form.key,
                row_key,
                column_key,
                row.kind,
                row.label,
                label,
            )


def _column_labels(form: Matrix) -> dict[str, str]:
    """Each column's own label, with its group's where another column has the same."""
    own = {key: labels for key, _, labels in walk(form.columns)}
    plain = [labels[-1] for labels in own.values()]
    return {
        key: labels[-1] if plain.count(labels[-1]) == 1 else "·".join(labels[-2:])
        for key, labels in own.items()
    }


def identities_of(form: TableForm) -> Iterator[Identity]:
    """Every identity inside a table: total rows, total columns, balances."""
    if isinstance(form, Blocks):
        return
    rows, columns = list(walk(form.rows)), list(walk(form.columns))
    column_labels = _column_labels(form)

    def cell(row: str, column: str) -> FieldKey:
        return join_key(form.key, row, column)

    for key, leaf, _ in rows:
        if leaf.of:
            parts = _parts(key, leaf.of, rows)
            for column, label in column_labels.items():
                yield Identity(
                    IdentityKind.TOTAL,
                    form.key,
                    "column",
                    column,
                    label,
                    (cell(key, column),),
                    tuple(cell(part, column) for part in parts),
                )
    for key, leaf, labels in columns:
        if leaf.of:
            parts = _parts(key, leaf.of, columns)
            for row, row_leaf, _ in rows:
                yield Identity(
                    IdentityKind.TOTAL,
                    form.key,
                    "row",
                    join_key(row, key.rpartition(".")[0]),
                    row_leaf.label or labels[-2],
                    (cell(row, key),),
                    tuple(cell(row, part) for part in parts),
                )
    for balance in form.balances:
        for column, label in column_labels.items():
            yield Identity(
                IdentityKind.BALANCE,
                form.key,
                "column",
                column,
                label,
                tuple(cell(row, column) for row in balance.left),
                tuple(cell(row, column) for row in balance.right),
            )


def _parts(
    key: str, of: tuple[str, ...], lines: list[tuple[str, Leaf, tuple[str, ...]]]
) -> tuple[str, ...]:
    """The leaves under each name of ``of``, a sibling of the total ``key``."""
    home = key.rpartition(".")[0]
    names = [join_key(home, name) for name in of]
    return tuple(
        line
        for name in names
        for line, _, _ in lines
        if line == name or line.startswith(name + ".")
    )
