"""What a table of the form can declare: rows and columns, groups of them, totals and balances.

Keys are ``table.row.column`` and never carry a year: ``requests.refused.state_secret.individual``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gxgen.kinds import Kind

FieldKey = str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One row or column of figures. ``of`` names the siblings that it is the total of."""

    key: str
    label: str
    kind: Kind = Kind.COUNT
    of: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over several leaves or groups; without ``key`` it adds nothing to theirs."""

    label: str
    children: tuple[Leaf | Group, ...]
    key: str | None = None
    aliases: tuple[str, ...] = ()


Axis = tuple[Leaf | Group, ...]


def total(key: str, label: str, *, of: tuple[str, ...], aliases: tuple[str, ...] = ()) -> Leaf:
    """A total row or column: the heading and its identity, made together."""
    return Leaf(key, label, of=of, aliases=aliases)


@dataclass(frozen=True, slots=True)
class Balance:
    """Rows whose sums must agree in every column: Σ ``left`` = Σ ``right``."""

    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carry:
    """This year's row ``into`` repeats last year's row ``out_of``, column by column."""

    into: str
    out_of: str


@dataclass(frozen=True, slots=True)
class Head:
    """A column head inside a block, ``span`` columns wide."""

    key: str
    label: str
    kind: Kind = Kind.COUNT
    span: int = 1
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A band over the whole width, a row of heads, and rows of figures under them."""

    band: str
    heads: tuple[Head, ...]
    rows: tuple[Leaf, ...]


@dataclass(frozen=True)
class Matrix:
    """A table of rows crossed with columns; ``rows`` may be one leaf without key and label."""

    key: str
    sheet: str
    section: str
    columns: Axis
    rows: Axis
    corner: str = ""
    balances: tuple[Balance, ...] = ()
    carries: tuple[Carry, ...] = ()


@dataclass(frozen=True)
class Blocks:
    """A table of blocks under each other, each with heads of its own."""

    key: str
    sheet: str
    section: str
    stub_head: str
    blocks: tuple[Block, ...]
    width: int = 4
    carries: tuple[Carry, ...] = ()


TableForm = Matrix | Blocks


def leaves(axis: Axis, prefix: str = "") -> dict[str, Leaf]:
    """Every leaf of an axis by its full key, in order."""
    return {key: leaf for key, leaf, _ in walk(axis, prefix)}


def walk(
    axis: Axis, prefix: str = "", labels: tuple[str, ...] = ()
) -> Iterator[tuple[str, Leaf, tuple[str, ...]]]:
    """(full key, leaf, labels from the root) of every leaf of an axis, in order."""
    for node in axis:
        if isinstance(node, Leaf):
            yield join_key(prefix, node.key), node, (*labels, node.label)
        else:
            yield from walk(node.children, join_key(prefix, node.key or ""), (*labels, node.label))


def join_key(*parts: str) -> str:
    """The parts that are not empty, joined by dots."""
    return ".".join(part for part in parts if part)
