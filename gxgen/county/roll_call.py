"""Who of a county is added up, and who is not: the roll that is called before figures are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gxgen.county.project import County
from gxgen.county.record import UnitRecord
from gxgen.diagnostics import Finding, Severity
from gxgen.editions import EDITIONS, Edition
from gxgen.places import Place, Sheet
from gxgen.workbook.rollup_sheet import DETAIL_SHEET, plain_name

MOST_NAMED = 60
"""A sentence with more names than this is not read; the sheet has them all."""


@dataclass(frozen=True, slots=True)
class RollCall:
    """The units of a county's year, sorted: roster order first, then by name.

    ``filed`` are all of them but the county government's own, ``added`` those whose figures
    count; ``faulty`` come with the reason why theirs do not.
    """

    county: County
    year: int
    edition: Edition
    filed: tuple[UnitRecord, ...]
    added: tuple[UnitRecord, ...]
    missing: tuple[str, ...]
    faulty: tuple[tuple[str, str], ...]

    def refusals(self) -> Iterator[Finding]:
        """What forbids adding up at all: years or editions mixed, a unit twice, no unit."""
        years = [f"{_who(r)}是{r.year}年度" for r in self.filed if r.year not in (None, self.year)]
        if years:
            yield Finding("GX710", f"汇总的是{self.year}年度，这些表不是：{listed(years)}。")
        forms = [
            f"{_who(r)}是{r.edition}版（{EDITIONS[r.edition].notice.number}）"
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
        files: dict[str, list[str]] = defaultdict(list)
        for record in self.filed:
            files[record.agency].append(plain_name(record.workbook))
        return ((plain_name(name), sorted(f)) for name, f in files.items() if len(f) > 1)


def call_roll(
    county: County, year: int, edition: Edition, units: Iterable[UnitRecord], own: Iterable[str]
) -> RollCall:
    """Sort the units of a year; ``own`` are the names of the government, which is no unit."""
    places = {agency.name: at for at, agency in enumerate(county.roster)}

    def order(record: UnitRecord) -> tuple[int, str, str]:
        return places.get(record.agency, len(places)), record.agency, record.workbook

    itself = set(own)
    filed = sorted((r for r in units if r.agency not in itself), key=order)
    names = {record.agency for record in filed} | itself
    reasons = [(record, _fault(record, edition)) for record in filed]
    return RollCall(
        county,
        year,
        edition,
        tuple(filed),
        tuple(record for record, reason in reasons if reason is None),
        tuple(agency.name for agency in county.roster if agency.name not in names),
        tuple((plain_name(r.agency), reason) for r, reason in reasons if reason is not None),
    )


def listed(names: Sequence[str]) -> str:
    """Names in a sentence; of very many the first ones and their number."""
    text = "、".join(names[:MOST_NAMED])
    return text if len(names) <= MOST_NAMED else f"{text}等，共{len(names)}个"


def _who(record: UnitRecord) -> str:
    return f"{plain_name(record.agency)}（{plain_name(record.workbook)}）"


def _fault(record: UnitRecord, edition: Edition) -> str | None:
    """Why a unit's figures cannot count, or None."""
    errors = sum(finding["severity"] == Severity.ERROR for finding in record.findings)
    if errors:
        return f"有{errors}处错误，待更正"
    if not record.passed:
        return "填报表读不出来"
    absent = len(edition.fields.keys() - record.figures.keys())
    return f"缺{absent}个数" if absent else None
