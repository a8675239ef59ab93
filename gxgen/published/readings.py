"""What becomes of each figure of the form: read with a certainty, refused with a reason, absent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gxgen.diagnostics import Finding
from gxgen.editions.schema import Edition, FieldKey
from gxgen.model.report import Report, Value
from gxgen.places import Published
from gxgen.published.blocks import Block, LeftOut
from gxgen.published.sections import Heading


class Certainty(StrEnum):
    """How sure a reading is."""

    EXACT = "exact"
    """The row's label to the letter, and every cell under its own head."""
    COUNTED = "counted"
    """As many cells as the form has columns; their order is the form's."""
    MENDED = "mended"
    """A unit, a note or words were taken off, or digits on end had one reading."""
    BLANK = "blank"
    """The place is known and nothing stands there."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure; ``raw`` is what the source says, ``done`` what was done to it, if anything."""

    key: FieldKey
    value: Value | None
    raw: str
    place: Published
    certainty: Certainty
    done: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Figures that are there and not surely read: why, where, and what the source says."""

    keys: tuple[FieldKey, ...]
    reason: str
    place: Published
    said: str


@dataclass(frozen=True, slots=True)
class Absent:
    """Figures that the source does not have: a table or a row is missing."""

    keys: tuple[FieldKey, ...]
    what: str


@dataclass(frozen=True)
class Figures:
    """Every key of the edition once: read, refused or absent."""

    edition: Edition
    readings: Mapping[FieldKey, Reading]
    refusals: tuple[Refusal, ...] = ()
    absent: tuple[Absent, ...] = ()


@dataclass(frozen=True)
class Layout:
    """How the file is laid out: its blocks, and by their numbers what is what.

    ``sections``: the blocks under each section's mark, ``0`` for those before the first heading;
    ``tables``: the blocks that the form's tables were read from.
    """

    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    sections: Mapping[str, tuple[int, ...]]
    tables: frozenset[int]

    def mark_of(self, at: int) -> str | None:
        """The section that a block stands in; None outside the report's text."""
        return next((mark for mark, numbers in self.sections.items() if at in numbers), None)


@dataclass(frozen=True)
class ReadReport:
    """A published report, read; ``report`` is in the form that it was printed in.

    ``outline``: what is odd about the order and the numbers of its lines.
    """

    file: str
    report: Report | None
    figures: Figures | None = None
    findings: tuple[Finding, ...] = ()
    left_out: tuple[LeftOut, ...] = field(default=())
    layout: Layout | None = field(default=None, repr=False)
    outline: tuple[Finding, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The whole file as it was read, for showing it again."""
        return self.layout.blocks if self.layout else ()
