"""What an edition of the form can declare.

An edition (国办公开办函 notice) fixes sections, three tables, and the identities between their
figures. It is declared once, as data, in :mod:`gxgen.editions.y2019` and
:mod:`gxgen.editions.y2021`; everything else reads the declaration or what is derived from it here.

Keys are ``table.row.column`` and never carry a year: ``requests.refused.state_secret.individual``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from gxgen.kinds import Kind as Kind  # noqa: PLC0414 — declared there, used from here

if TYPE_CHECKING:
    from gxgen.editions.grid import Grid

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


@dataclass(frozen=True, slots=True)
class Part:
    """A fixed or usual sub-heading of a section, without its number."""

    title: str
    guidance: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One of the report's parts in order: ``0`` preamble, ``1`` … ``6`` the six sections.

    ``draft`` is a text offered in a blank form, with ``{agency}`` and ``{year}`` in it;
    ``aliases`` are other wordings of the title that published reports use.
    """

    mark: str
    title: str
    guidance: str
    parts: tuple[Part, ...] = ()
    table: str | None = None
    draft: str = ""
    aliases: tuple[str, ...] = ()
    narrative: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """The circular that fixes the form."""

    number: str
    title: str


@dataclass(frozen=True)
class Edition:
    """One edition of the form: its years, its notice, its sections and its tables."""

    id: str
    first_year: int
    last_year: int | None
    notice: Notice
    sections: tuple[Section, ...]
    tables: tuple[TableForm, ...]

    def covers(self, year: int) -> bool:
        """Whether reports for that year use this edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    @cached_property
    def grids(self) -> dict[str, Grid]:
        """The placed cells of each table, by table key."""
        from gxgen.editions.grid import lay_out

        return {form.key: lay_out(form) for form in self.tables}

    @cached_property
    def fields(self) -> dict[FieldKey, Field]:
        """Every figure, in the order of the form."""
        from gxgen.editions.derive import fields_of

        return {field.key: field for form in self.tables for field in fields_of(form)}

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """Every hard identity inside one report: sums and balances, without tolerance."""
        from gxgen.editions.derive import identities_of

        return tuple(i for form in self.tables for i in identities_of(form))

    @cached_property
    def totals(self) -> dict[FieldKey, Identity]:
        """For each total cell, the first identity that computes it from its parts."""
        out: dict[FieldKey, Identity] = {}
        for identity in self.identities:
            if identity.kind is IdentityKind.TOTAL:
                out.setdefault(identity.left[0], identity)
        return out

    @cached_property
    def guards(self) -> dict[FieldKey, tuple[Identity, ...]]:
        """For each guarded cell, the identities that it takes part in."""
        out: dict[FieldKey, tuple[Identity, ...]] = {}
        for identity in self.identities:
            for key in identity.keys:
                out[key] = (*out.get(key, ()), identity)
        return out

    @cached_property
    def carries(self) -> dict[FieldKey, FieldKey]:
        """For each cell that repeats a figure of last year, that figure's key."""
        return {
            f"{form.key}.{carry.into}.{column}": f"{form.key}.{carry.out_of}.{column}"
            for form in self.tables
            if isinstance(form, Matrix)
            for carry in form.carries
            for column in leaves(form.columns)
        }

    def table(self, key: str) -> TableForm:
        """The table of that key."""
        return next(form for form in self.tables if form.key == key)

    def section(self, mark: str) -> Section:
        """The section of that mark."""
        return next(section for section in self.sections if section.mark == mark)


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
