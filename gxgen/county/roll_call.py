"""Who of a county is added up, and who is not: the roll that is called before figures are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gxgen.county.project import County
from gxgen.county.record import UnitRecord
from gxgen.diagnostics import Finding, Severity
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.form.detail.sheet import DETAIL_SHEET, plain_name
from gxgen.places import Place, Sheet

MOST_NAMED = 60
"""A sentence with more names than this is not read; the sheet has them all."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A unit that filed: its place among the records, and what the roll is called by."""

    at: int
    agency: str
    year: int | None
    edition: str | None


@dataclass(frozen=True, slots=True)
class RollCall:
    """The units of a county's year, sorted: roster order first, then by name.

    ``filed`` are all of them but the county government's own, ``added`` those whose figures
    count; ``faulty`` come with the reason why theirs do not. ``records`` are in an order of their
    own and may be read one by one.
    """

    county: County
    year: int
    edition: Edition
    records: Sequence[UnitRecord]
    filed: tuple[Filed, ...]
    added: tuple[Filed, ...]
    missing: tuple[str, ...]
    faulty: tuple[tuple[str, str], ...]

    def record(self, unit: Filed) -> UnitRecord:
        """All that is known of a unit."""
        return self.records[unit.at]

    def refusals(self) -> Iterator[Finding]:
        """What forbids adding up at all: years or editions mixed, a unit twice, no unit."""
        years = [
            f"{self._who(r)}是{r.year}年度" for r in self.filed if r.year not in (None, self.year)
        ]
        if years:
            yield Finding("GX710", f"汇总的是{self.year}年度，这些表不是：{listed(years)}。")
        forms = [
            f"{self._who(r)}是{r.edition}版（{EDITIONS[r.edition].notice.number}）"
            for r in self.filed
            if r.edition is not None and r.edition != self.edition.id
        ]
        if forms:
            own = f"{self.edition.id}版表样（{self.edition.notice.number}）"
            yield Finding("GX711", f"{self.year}年度用{own}，这些表不是：{listed(forms)}。")
        for name, files in self._twice():
            yield Finding("GX712", f"“{name}”有{len(files)}份填报表：{listed(files)}。")
        if not self.added:
            yield Finding("GX720", f"{self.year}年度没有一份可以汇总的填报表，没有做汇总。")

    def gaps(self) -> Iterator[Finding]:
        """What a roll-up that can be made lacks, or may have too much."""
        sheet: Place = Sheet(DETAIL_SHEET)
        if self.missing:
            message = f"{len(self.missing)}个单位没有报送，没有计入：{listed(self.missing)}。"
            yield Finding("GX713", message, sheet)
        if self.faulty:
            said = [f"{name}（{reason}）" for name, reason in self.faulty]
            message = f"{len(said)}个单位的填报表有错误，没有计入：{listed(said)}。"
            yield Finding("GX714", message, sheet)
        known = {agency.name for agency in self.county.roster}
        strangers = [plain_name(r.agency) for r in self.added if r.agency not in known]
        if not known:
            yield Finding("GX716", "county.toml 的名册里没有单位，无法知道谁没有报送。")
        elif strangers:
            message = f"{len(strangers)}个单位不在名册里，已计入汇总：{listed(strangers)}。"
            yield Finding("GX715", message)

    def _twice(self) -> Iterator[tuple[str, list[str]]]:
        times = Counter(unit.agency for unit in self.filed)
        files: dict[str, list[str]] = defaultdict(list)
        for unit in self.filed:
            if times[unit.agency] > 1:
                files[unit.agency].append(plain_name(self.record(unit).workbook))
        return ((plain_name(name), sorted(found)) for name, found in files.items())

    def _who(self, unit: Filed) -> str:
        return f"{plain_name(unit.agency)}（{plain_name(self.record(unit).workbook)}）"


def call_roll(
    county: County, year: int, edition: Edition, units: Sequence[UnitRecord], own: Iterable[str]
) -> RollCall:
    """Sort the units of a year; ``own`` are the names of the government, which is no unit."""
    places = {agency.name: at for at, agency in enumerate(county.roster)}
    itself = set(own)
    found: list[tuple[tuple[int, str, str], Filed, str | None]] = []
    for at, record in enumerate(units):
        if record.agency not in itself:
            # The roster's own word for the name: thousands of units need not keep two.
            place = places.get(record.agency, len(places))
            name = county.roster[place].name if place < len(places) else record.agency
            unit = Filed(at, name, record.year, record.edition)
            found.append(((place, name, record.workbook), unit, _fault(record, edition)))
    found.sort(key=lambda one: one[0])
    names = {unit.agency for _, unit, _ in found} | itself
    return RollCall(
        county,
        year,
        edition,
        units,
        tuple(unit for _, unit, _ in found),
        tuple(unit for _, unit, reason in found if reason is None),
        tuple(agency.name for agency in county.roster if agency.name not in names),
        tuple((plain_name(u.agency), reason) for _, u, reason in found if reason is not None),
    )


def listed(names: Sequence[str]) -> str:
    """Names in a sentence; of very many the first ones and their number."""
    text = "、".join(names[:MOST_NAMED])
    return text if len(names) <= MOST_NAMED else f"{text}等，共{len(names)}个"


def _fault(record: UnitRecord, edition: Edition) -> str | None:
    """Why a unit's figures cannot count, or None."""
    errors = sum(finding["severity"] == Severity.ERROR for finding in record.findings)
    if errors:
        return f"有{errors}处错误，待更正"
    if not record.passed:
        return "填报表读不出来"
    absent = len(edition.fields.keys() - record.figures.keys())
    return f"缺{absent}个数" if absent else None
