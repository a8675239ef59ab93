"""A report: its figures, its narrative, how it is signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from gxgen.editions.schema import Edition, FieldKey
from gxgen.model.agency import Agency
from gxgen.model.facts import NO_FACTS, CountyFacts
from gxgen.model.indicators import Indicators
from gxgen.model.narrative import Narrative, Passage
from gxgen.model.words import NO_WORDS, CountyWords
from gxgen.places import Place


class SignOffForm(StrEnum):
    """The three usual forms of the sign-off (落款)."""

    AGENCY_AND_DATE = "agency-date"
    AGENCY = "agency"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SignOff:
    """How the report ends: form and, where shown, the date of signing."""

    form: SignOffForm = SignOffForm.AGENCY_AND_DATE
    date: dt.date | None = None

    def lines(self, agency: str) -> tuple[str, ...]:
        """The printed lines; Arabic date without zero padding (GB/T 9704-2012, 7.3.5.4)."""
        if self.form is SignOffForm.NONE:
            return ()
        if self.form is SignOffForm.AGENCY or self.date is None:
            return (agency,)
        return (agency, f"{self.date.year}年{self.date.month}月{self.date.day}日")


class EntryState(StrEnum):
    """Blank, zero and unreadable are three things."""

    GIVEN = "given"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    COMPUTED = "computed"
    """A live total: recomputed from its parts, not taken from the file."""


Value = int | Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure: its value, what the cell really said, and where it stands."""

    value: Value | None
    raw: str | None
    place: Place | None = None
    state: EntryState = EntryState.GIVEN


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply to a finding that asks (核实): the agency's on its sheet 说明, or its county's."""

    code: str
    cell: str
    reason: str
    place: Place | None = None
    figures: str = ""
    """The figures behind the finding when it was answered (当时的数); empty: not bound to them."""
    day: dt.date | None = None
    """When the county answered; None of an agency's own answer."""
    by: str = ""
    """Who answered for the county."""


@dataclass(frozen=True)
class Report:
    """What one workbook says; ``entries`` has every key of its edition."""

    edition: Edition
    agency: Agency
    year: int
    entries: Mapping[FieldKey, Entry]
    narrative: Narrative
    sign_off: SignOff = SignOff()
    answers: tuple[Answer, ...] = ()
    file: str | None = None
    previous: Report | None = field(default=None, repr=False, compare=False)
    """Last year's report, where it was given."""
    source: Narrative | None = field(default=None, repr=False, compare=False)
    """The words as the agency wrote them, where sentences were filled from figures."""
    words: CountyWords = field(default=NO_WORDS, repr=False, compare=False)
    """What its county has learnt of sentences."""
    facts: CountyFacts = field(default=NO_FACTS, repr=False, compare=False)
    """What its county's settings say that checks ask for."""
    county_answers: tuple[Answer, ...] = field(default=(), repr=False, compare=False)
    """What its county answered in its stead."""
    indicators: Indicators = field(default_factory=dict)
    """Counts that no official table holds, by name; empty where the form has no such sheet."""

    @cached_property
    def values(self) -> dict[FieldKey, Value]:
        """The figures that are known; blank and unreadable ones are absent."""
        return {key: e.value for key, e in self.entries.items() if e.value is not None}

    @property
    def title(self) -> str:
        """The official title, which is the file name as well."""
        return f"{self.agency.name}{self.year}年政府信息公开工作年度报告"

    @property
    def written(self) -> Narrative:
        """The words as the agency wrote them: with names where ``narrative`` has figures."""
        return self.narrative if self.source is None else self.source

    def place(self, key: FieldKey) -> Place | None:
        """Where a figure or an indicator stands."""
        entry = self.entries.get(key) or self._counts.get(key)
        return None if entry is None else entry.place

    def known(self, key: FieldKey) -> Value | None:
        """A figure or what an indicator counts; None where nobody knows."""
        entry = self.entries.get(key) or self._counts.get(key)
        return None if entry is None else entry.value

    @cached_property
    def _counts(self) -> dict[str, Entry]:
        """What the indicators count, this year and last, by key."""
        counts: dict[str, Entry] = {}
        for one in self.indicators.values():
            counts[one.key] = Entry(one.value, None, one.place)
            counts[one.last_key] = Entry(one.last, None, one.last_place)
        return counts

    def passages(self, section: str) -> list[Passage]:
        """The passages of one section, in order."""
        return self._by_section.get(section, [])

    @cached_property
    def _by_section(self) -> dict[str, list[Passage]]:
        by_section: dict[str, list[Passage]] = {}
        for passage in self.narrative:
            by_section.setdefault(passage.section, []).append(passage)
        return by_section
