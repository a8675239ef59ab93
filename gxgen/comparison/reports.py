"""Two years of one agency as one comparison: plain data, without the reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gxgen.checks.wording import label
from gxgen.checks.yearly import carried, in_force
from gxgen.comparison.figures import (
    Change,
    Share,
    changes,
    indicator_changes,
    shares,
    uncompared,
)
from gxgen.comparison.sentences import Pair, Sameness, aligned, sentences
from gxgen.editions.schema import FieldKey
from gxgen.errors import UsageError
from gxgen.model.numbering import fold
from gxgen.model.report import EntryState, Report, Value
from gxgen.places import Published
from gxgen.prose.alike.lawful import ANYTHING, Lawful, lawful
from gxgen.prose.alike.passages import names_of
from gxgen.prose.filled.tags import MARK


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two years: whose report, and out of which file; ``blank`` figures are not known,
    ``unread`` of them because what is there could not be read for certain; ``published``: it is no
    form but a finished report. Figures on ``other_sheets`` have no counterpart in the other year's
    form, and in ``unfilled`` paragraphs a name stands where a figure should."""

    agency: str
    year: int
    edition: str
    file: str | None
    blank: int
    unread: int
    published: bool
    other_sheets: tuple[str, ...]
    unfilled: int


@dataclass(frozen=True, slots=True)
class Tie:
    """What this year should be by last year's figures: ``expected``, with how it comes about."""

    key: FieldKey
    label: str
    how: str
    expected: Value | None
    this: Value | None

    @property
    def holds(self) -> bool | None:
        """Whether it is; None where a figure is not known."""
        return None if None in (self.expected, self.this) else self.expected == self.this


@dataclass(frozen=True, slots=True)
class Section:
    """What became of the sentences of one section, those left out that are nobody's own."""

    mark: str
    title: str
    counts: Counter[Sameness] = field(default_factory=Counter)

    @property
    def last(self) -> int:
        """How many it had."""
        return self.counts.total() - self.counts[Sameness.NEW]

    @property
    def this(self) -> int:
        """How many it has."""
        return self.counts.total() - self.counts[Sameness.GONE]

    @property
    def alike(self) -> Decimal | None:
        """How many per cent of this year's sentences say what last year's said, numbers apart;
        None where there are none."""
        kept = self.counts[Sameness.SAME] + self.counts[Sameness.NUMBERS]
        return Decimal(100 * kept) / self.this if self.this else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that was compared. ``carried`` and ``in_force`` are empty unless one year follows on the
    other."""

    last: Side
    this: Side
    changes: tuple[Change, ...]
    shares: tuple[Share, ...]
    indicators: tuple[Change, ...]
    carried: tuple[Tie, ...]
    in_force: tuple[Tie, ...]
    titles: tuple[tuple[str, str], ...]
    """The mark and title of each section of this year's form."""
    pairs: tuple[Pair, ...]

    @property
    def successive(self) -> bool:
        """Whether one year follows on the other."""
        return self.this.year == self.last.year + 1

    @property
    def sections(self) -> Iterator[Section]:
        """The sections that have sentences of the agency's own, as the form orders them."""
        for mark, title in self.titles:
            counts = Counter(one.sameness for one in self.pairs_of(mark) if not one.fixed)
            if counts:
                yield Section(mark, title, counts)

    @property
    def whole(self) -> Section:
        """All sections together."""
        counts = Counter(one.sameness for one in self.pairs if not one.fixed)
        return Section("", "全文", counts)

    def pairs_of(self, section: str) -> list[Pair]:
        """The sentences that stand in a section, or stood there and are gone."""
        return [one for one in self.pairs if one.section == section]


def compared(one: Report, other: Report, *, renamed: bool = False) -> Comparison:
    """Two years of an agency, in whichever order they are given.

    Raises:
        UsageError: both are of one year, or of different agencies and not ``renamed``.
    """
    last, this = sorted((one, other), key=lambda report: report.year)
    _refuse(last, this, renamed)
    figures = tuple(changes(last, this))
    known = _fixed_wording(last, this)
    old, new = sentences(last.narrative, known), sentences(this.narrative, known)
    return Comparison(
        _side(last, [key for one in figures for key in one.last_keys]),
        _side(this, [key for one in figures for key in one.this_keys]),
        figures,
        tuple(shares(last, this)),
        tuple(indicator_changes(last, this)),
        tuple(_carried(last, this)),
        tuple(_in_force(last, this)),
        tuple((section.mark, section.title) for section in this.edition.sections),
        tuple(aligned(old, new, _names(last, this))),
    )


def _refuse(last: Report, this: Report, renamed: bool) -> None:
    if last.year == this.year:
        raise UsageError(f"两份都是{this.year}年度的；对照要用同一单位两个年度的。")
    if fold(last.agency.name) != fold(this.agency.name) and not renamed:
        raise UsageError(
            f"两份不是同一个单位的：{last.year}年度是“{last.agency.name}”，"
            f"{this.year}年度是“{this.agency.name}”。单位改了名称的，请加 --renamed。"
        )


def _names(last: Report, this: Report) -> tuple[str, ...]:
    """What an agency that was renamed is called in the two years; else names are compared too."""
    if fold(last.agency.name) == fold(this.agency.name):
        return ()
    return (*names_of(last.agency), *names_of(this.agency))


def _fixed_wording(*reports: Report) -> Lawful:
    """The sentences that nobody words himself. Of those that a county's agencies may share, the
    whole ones: where … stands in one, each agency fills in its own."""
    shared = dict.fromkeys(text for report in reports for text in report.words.shared)
    return lawful(tuple(text for text in shared if ANYTHING not in text and "..." not in text))


def _side(report: Report, keys: Sequence[FieldKey]) -> Side:
    paragraphs = (one.text for passage in report.narrative for one in passage.paragraphs)
    return Side(
        report.agency.name,
        report.year,
        report.edition.id,
        report.file,
        len(report.entries) - len(report.values),
        sum(one.state is EntryState.UNREADABLE for one in report.entries.values()),
        any(isinstance(one.place, Published) for one in report.entries.values()),
        uncompared(report, keys),
        sum(MARK.search(text) is not None for text in paragraphs),
    )


def _carried(last: Report, this: Report) -> Iterator[Tie]:
    if this.year != last.year + 1:
        return
    for one in carried(this, last):
        source = this.edition.fields[one.out_of].row_label
        yield Tie(one.key, label(this, one.key), f"上年“{source}”同一列", one.last, one.this)


def _in_force(last: Report, this: Report) -> Iterator[Tie]:
    if this.year != last.year + 1:
        return
    for one in in_force(this, last):
        how = f"上年 {_told(one.last)}＋制发 {_told(one.issued)}－废止 {_told(one.repealed)}"
        yield Tie(one.keys[2], label(this, one.keys[2]), how, one.expected, one.this)


def _told(value: Value | None) -> str:
    return "未知" if value is None else format(value, "f" if isinstance(value, Decimal) else "d")
