"""What ties a year's figures to last year's: what was carried over, and documents in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gxgen.checks.figures import Keys, lines
from gxgen.editions.bridge import counterparts
from gxgen.editions.schema import FieldKey
from gxgen.model.measures import added
from gxgen.model.report import Report, Value


class Carried(NamedTuple):
    """A cell that repeats a figure of last year; a value is None where it is not known."""

    key: FieldKey
    out_of: FieldKey
    last: Value | None
    this: Value | None

    @property
    def holds(self) -> bool | None:
        """Whether both are the same; None where one is not known."""
        return None if self.last is None or self.this is None else self.last == self.this


class InForce(NamedTuple):
    """A row of documents: last year's in force, this year's issued, repealed and in force."""

    keys: Keys
    last_key: FieldKey
    last: Value | None
    issued: Value | None
    repealed: Value | None
    this: Value | None

    @property
    def expected(self) -> Value | None:
        """What should be in force; None where one of the three is not known."""
        if self.last is None or self.issued is None or self.repealed is None:
            return None
        return self.last + self.issued - self.repealed

    @property
    def holds(self) -> bool | None:
        """Whether it is what it should be; None where that is not known."""
        expected = self.expected
        return None if expected is None or self.this is None else expected == self.this


def carried(report: Report, last: Report) -> Iterator[Carried]:
    """Each cell that repeats a figure of last year, where last year's form has it."""
    for key, source in report.edition.carries.items():
        there = counterparts(source, report.edition, last.edition)
        if there:
            yield Carried(key, source, added(last.values, there), report.values.get(key))


def in_force(report: Report, last: Report) -> Iterator[InForce]:
    """Each row of documents that both years' forms have."""
    for keys in lines(report.edition, "issued", "repealed", "in_force"):
        there = counterparts(keys[2], report.edition, last.edition) or ()
        if len(there) == 1:
            before = last.values.get(there[0])
            yield InForce(keys, there[0], before, *map(report.values.get, keys))
