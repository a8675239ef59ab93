"""What an edition of the form can declare.

An edition (国办公开办函 notice) fixes sections, three tables, and the identities between their
figures. It is declared once, as data, in ``y<year>.py``; everything else reads the declaration or
what is derived from it here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from gxgen.editions.derive import Field, Identity, IdentityKind, fields_of, identities_of
from gxgen.editions.grid import Grid, lay_out
from gxgen.editions.tables import FieldKey as FieldKey  # noqa: PLC0414 — declared there
from gxgen.editions.tables import Matrix, TableForm, leaves
from gxgen.kinds import Kind as Kind  # noqa: PLC0414 — used from here


@dataclass(frozen=True, slots=True)
class Part:
    """A fixed or usual sub-heading of a section, without its number.

    ``wording`` is a regular expression for what any text about it says, however it is headed; empty
    where it may well be left out. ``own`` is one for what a text about another part does not
    say.
    """

    title: str
    guidance: str = ""
    draft: str = ""
    wording: str = ""
    own: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One of the report's parts in order: ``0`` preamble, ``1`` … ``6`` the six sections.

    ``draft`` is a text offered in a blank form, with ``{agency}`` and ``{year}`` in it;
    ``aliases`` are other wordings of the title that published reports use, ``wording`` is a
    regular expression over a title's letters for all that published reports make of it.
    """

    mark: str
    title: str
    guidance: str
    parts: tuple[Part, ...] = ()
    table: str | None = None
    draft: str = ""
    aliases: tuple[str, ...] = ()
    wording: str = ""
    narrative: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """The circular that fixes the form."""

    number: str
    title: str


@dataclass(frozen=True)
class Edition:
    """One edition of the form: its years, its notice, its sections and its tables.

    ``last_year`` is not declared: it follows from the edition that comes after; None for the
    edition in force.

    An edition that is ``published_only`` is a form that agencies have printed and no notice fixes:
    it is read and never given out, so no year asks for it.
    """

    id: str
    first_year: int
    notice: Notice
    sections: tuple[Section, ...]
    tables: tuple[TableForm, ...]
    last_year: int | None = None
    published_only: bool = False

    def covers(self, year: int) -> bool:
        """Whether reports for that year use this edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    @cached_property
    def grids(self) -> dict[str, Grid]:
        """The placed cells of each table, by table key."""
        return {form.key: lay_out(form) for form in self.tables}

    @cached_property
    def fields(self) -> dict[FieldKey, Field]:
        """Every figure, in the order of the form."""
        return {field.key: field for form in self.tables for field in fields_of(form)}

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """Every hard identity inside one report: sums and balances, without tolerance."""
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
