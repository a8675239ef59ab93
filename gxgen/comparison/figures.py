"""The figures of two years beside each other, as far as both years' forms count the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from gxgen.checks.wording import label
from gxgen.editions.bridge import counterparts
from gxgen.editions.schema import FieldKey
from gxgen.model.indicators import Indicator, letters, stated
from gxgen.model.measures import Measure, added, applicant_measures, outcome_measures
from gxgen.model.report import EntryState, Report, Value

LEAST_BASE = 30
"""From less than this no per cent is told: one case more or less would move it by points."""
_PLACES = Decimal("0.01")
INDICATORS = "指标"
"""Where the counts stand that no official table holds."""
_SHARE_UNITS = ("%", "％", "个百分点", "百分点")


@dataclass(frozen=True, slots=True)
class Change:
    """A figure in both years; None where it is not known.

    ``sheet`` is where it stands in the form, ``unit`` is told for indicators only. Of a share
    (``points``) the change is in points.
    """

    key: FieldKey
    sheet: str
    label: str
    last: Value | None
    this: Value | None
    unit: str = ""
    points: bool = False
    last_keys: tuple[FieldKey, ...] = ()
    this_keys: tuple[FieldKey, ...] = ()
    """The figures of each year's form that add up to it."""
    last_unread: bool = False
    this_unread: bool = False
    """Whether something stands there that could not be read for certain."""

    @property
    def change(self) -> Value | None:
        """This year's less last year's."""
        return None if self.last is None or self.this is None else self.this - self.last

    @property
    def percent(self) -> Decimal | None:
        """The change in per cent of last year's, two places; None from a small base."""
        if self.points or self.this is None or self.last is None:
            return None
        return percent(self.this, self.last)


@dataclass(frozen=True, slots=True)
class Share:
    """What part of all a figure is in each year, in per cent; None of a small whole."""

    label: str
    of: str
    last: Decimal | None
    this: Decimal | None

    @property
    def points(self) -> Decimal | None:
        """The change in points."""
        return None if self.last is None or self.this is None else self.this - self.last


def percent(this: Value, last: Value, places: Decimal = _PLACES) -> Decimal | None:
    """The change in per cent of last year's; None from a base that is too small to bear it."""
    if last < LEAST_BASE:
        return None
    return _rounded((Decimal(this) - Decimal(last)) * 100 / Decimal(last), places)


def changes(last: Report, this: Report) -> Iterator[Change]:
    """Every figure that both forms have, in the order of this year's; what one splits is added."""
    told: set[FieldKey] = set()
    for key in this.edition.fields:
        there = counterparts(key, this.edition, last.edition)
        if there:
            told.update(there)
            yield _change(this, key, _Sum(last, there), _Sum(this, (key,)))
    for key in last.edition.fields:
        here = counterparts(key, last.edition, this.edition)
        if here and key not in told:
            yield _change(last, key, _Sum(last, (key,)), _Sum(this, here))


class _Sum(NamedTuple):
    """Figures of a report that are added."""

    report: Report
    keys: tuple[FieldKey, ...]

    @property
    def value(self) -> Value | None:
        return added(self.report.values, self.keys)

    @property
    def unread(self) -> bool:
        entries = (self.report.entries.get(key) for key in self.keys)
        return any(one is not None and one.state is EntryState.UNREADABLE for one in entries)


def _change(named: Report, key: FieldKey, before: _Sum, now: _Sum) -> Change:
    """A figure as ``named``'s form calls it."""
    sheet = named.edition.table(named.edition.fields[key].table).sheet
    return Change(
        key,
        sheet,
        label(named, key),
        before.value,
        now.value,
        last_keys=before.keys,
        this_keys=now.keys,
        last_unread=before.unread,
        this_unread=now.unread,
    )


def uncompared(report: Report, keys: Iterable[FieldKey]) -> tuple[str, ...]:
    """The sheets of a form on which figures stand that are not among these."""
    left = report.edition.fields.keys() - set(keys)
    used = {report.edition.fields[key].table for key in left}
    return tuple(form.sheet for form in report.edition.tables if form.key in used)


def indicator_changes(last: Report, this: Report) -> Iterator[Change]:
    """What both years count beside the tables, or one of them; only in the same unit."""
    before = {letters(one.name): one for one in stated(last.indicators).values()}
    for now in stated(this.indicators).values():
        there = before.get(letters(now.name))
        if there is not None and there.unit == now.unit:
            del before[letters(now.name)]
            yield _counted(now, there.value, now.value)
        else:
            yield _counted(now, None, now.value)
    for one in before.values():
        yield _counted(one, one.value, None)


def _counted(one: Indicator, last: int | None, this: int | None) -> Change:
    points = one.unit.strip() in _SHARE_UNITS
    return Change(one.key, INDICATORS, one.name, last, this, one.unit, points)


def shares(last: Report, this: Report) -> Iterator[Share]:
    """How requests were dealt with, and who made them: each part of its whole."""
    editions = this.edition, last.edition
    yield from _shares("办理结果", list(outcome_measures(*editions)), last, this)
    yield from _shares("新收申请", list(applicant_measures(*editions)), last, this)


def _shares(of: str, parts: list[Measure], last: Report, this: Report) -> Iterator[Share]:
    before = [added(last.values, part.last_keys) for part in parts]
    now = [added(this.values, part.keys) for part in parts]
    for part, old, new in zip(parts, before, now, strict=True):
        yield Share(part.label, of, _share(old, before), _share(new, now))


def _share(part: Value | None, parts: list[Value | None]) -> Decimal | None:
    known = [one for one in parts if one is not None]
    whole = sum(known)
    if part is None or len(known) < len(parts) or whole < LEAST_BASE:
        return None
    return _rounded(Decimal(part) * 100 / Decimal(whole))


def _rounded(number: Decimal, places: Decimal = _PLACES) -> Decimal:
    # Of more digits than a number can have here, none is behind the point.
    return number.quantize(places, ROUND_HALF_UP) if abs(number) < 10**20 else number
