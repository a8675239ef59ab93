"""Who of a county is added up and who is not, and the sentences that say so: the roll that is
called before figures are.

A county's year is *whole* when every agency of the roster has a sound form whose figures are in,
and every workbook in the year's folder has been read as it is now. Nothing less is ever final.
The roster goes by the agency that a form names, not by its file's name; the folder counts beside
it, since a form that nobody has read may be anybody's, and a corrected one above all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType

from gxgen.county.agency_year import OF_PRINT, Judgement
from gxgen.county.detail.sheet import DETAIL_SHEET, plain_name
from gxgen.county.overview import missing
from gxgen.county.project import County
from gxgen.diagnostics import Finding, Severity
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.letters import shown
from gxgen.model.agency import AgencyKind
from gxgen.model.narrative import Narrative, Paragraph, Passage
from gxgen.places import Place, Sheet

_KIND_WORDS = {AgencyKind.TOWN: "镇（乡）", AgencyKind.OTHER: "其他单位"}
_MOST_PRINTED = 30
"""A report that names more units than this would be a directory; their numbers are given."""
MOST_NAMED = 60
"""A sentence with more names than this is not read; the sheet has them all."""


@dataclass(frozen=True, slots=True)
class RollCall:
    """The units of a county's year, sorted: roster order first, then by name.

    ``filed`` are all of them but the county government's own, ``added`` those whose figures
    count; ``faulty`` come with the reason why theirs do not, and so do ``unread``, the workbooks of
    which nobody knows what they say now.
    """

    county: County
    year: int
    edition: Edition
    filed: tuple[Judgement, ...]
    added: tuple[Judgement, ...]
    missing: tuple[str, ...]
    faulty: tuple[tuple[str, str], ...]
    unread: tuple[tuple[str, str], ...] = ()

    @property
    def whole(self) -> bool:
        """Whether all are in who must be: the one place that says so."""
        return not (self.missing or self.faulty or self.unread)

    @property
    def left_out(self) -> tuple[tuple[str, str], ...]:
        """Those who filed and whose figures are not in, with the reason."""
        return self.faulty + tuple((PurePath(file).stem, why) for file, why in self.unread)

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
        yield from self.waiting()
        if self.missing:
            message = f"{len(self.missing)}个单位没有报送，没有计入：{listed(self.missing)}。"
            yield Finding("GX713", message, sheet)
        if self.faulty:
            said = [f"{name}（{reason}）" for name, reason in self.faulty]
            message = f"{len(said)}个单位的填报表有错误，没有计入：{listed(said)}。"
            yield Finding("GX714", message, sheet)
        called = self.county.called
        strangers = [plain_name(r.agency) for r in self.added if called(r.agency) is None]
        if not self.county.roster:
            yield Finding("GX716", "county.toml 的名册里没有单位，无法知道谁没有报送。")
        elif strangers:
            message = f"{len(strangers)}个单位不在名册里，已计入汇总：{listed(strangers)}。"
            yield Finding("GX715", message)

    def waiting(self) -> Iterator[Finding]:
        """The workbooks of which nobody knows what they say now."""
        whose: dict[str, list[str]] = defaultdict(list)
        for file, reason in self.unread:
            whose[reason].append(file)
        if whose:
            said = [f"{why}的{len(files)}份：{listed(files)}" for why, files in whose.items()]
            count = len(self.unread)
            message = f"{count}份填报表没有读到现在的内容，没有计入。{'；'.join(said)}。"
            yield Finding("GX721", message, Sheet(DETAIL_SHEET))

    def _twice(self) -> Iterator[tuple[str, list[str]]]:
        """Units with more than one form, under whichever of a unit's names each was filed."""
        files: dict[str, list[str]] = defaultdict(list)
        for unit in self.filed:
            files[self.county.own_name(unit.agency)].append(plain_name(unit.workbook))
        return ((plain_name(name), sorted(found)) for name, found in files.items() if found[1:])

    def sentence(self) -> str:
        """How many units the figures come from, by kind, and of few which; in a draft also which
        are wanting. They go by their short names: whose they are the report says above.
        """
        count = len(self.added)
        groups = dict(self._groups())
        named = count <= _MOST_PRINTED
        if len(groups) == 1 and named:
            names = next(iter(groups.values()))
            text = f"本报告汇总了{_enumerated(names)}的数据。"
        else:
            parts = [
                f"{kind}{len(names)}个" + (f"（{'、'.join(names)}）" if named else "")
                for kind, names in groups.items()
            ]
            text = f"本报告汇总了{count}个单位的数据：{'，'.join(parts)}。"
        absent = [self._short(n) for n in (*self.missing, *(name for name, _ in self.left_out))]
        if absent:
            text += f"{_enumerated(absent)}的数据尚未计入。"
        return text

    def _short(self, name: str) -> str:
        """What the roster calls an agency for short, or its name without the county's."""
        unit = self.county.called(name)
        short = (unit.short_name if unit else None) or name.removeprefix(self.county.name) or name
        return plain_name(short)

    def _groups(self) -> Iterator[tuple[str, list[str]]]:
        """Names by kind, in the order in which kinds are declared."""
        units = [(name, self.county.called(name)) for name in (unit.agency for unit in self.added)]
        for kind in AgencyKind:
            names = [
                self._short(name)
                for name, unit in units
                if ((unit and unit.kind) or AgencyKind.OTHER) is kind
            ]
            if names:
                yield _KIND_WORDS.get(kind, kind.value), names


def call_roll(
    county: County,
    year: int,
    edition: Edition,
    units: Iterable[Judgement],
    own: Iterable[str],
    *,
    unread: Mapping[str, str] = MappingProxyType({}),
) -> RollCall:
    """Sort the units of a year; ``own`` are the names of the government, which is no unit.

    ``unread`` are workbooks of which nobody knows what they say now, with the reason: what was
    found in them earlier does not count, and none of theirs is missing.
    """
    places = {agency.name: at for at, agency in enumerate(county.roster)}
    itself = set(own)
    every = list(units)
    filed = sorted(
        (u for u in every if not (u.blank or u.agency in itself or u.workbook in unread)),
        key=lambda unit: (
            places.get(county.own_name(unit.agency), len(places)),
            unit.agency,
            unit.workbook,
        ),
    )
    faults = [_fault(unit, edition) for unit in filed]
    return RollCall(
        county,
        year,
        edition,
        tuple(filed),
        tuple(unit for unit, fault in zip(filed, faults, strict=True) if fault is None),
        tuple(a.name for a in missing(every, county, unread) if a.name not in itself),
        tuple((plain_name(u.agency), f) for u, f in zip(filed, faults, strict=True) if f),
        tuple((plain_name(shown(file)), unread[file]) for file in sorted(unread)),
    )


def listed(names: Sequence[str]) -> str:
    """Names in a sentence; of very many the first ones and their number."""
    text = "、".join(names[:MOST_NAMED])
    return text if len(names) <= MOST_NAMED else f"{text}等，共{len(names)}个"


def _enumerated(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{'、'.join(names[:_MOST_PRINTED])}等{len(names)}个单位"


def _who(unit: Judgement) -> str:
    return f"{plain_name(unit.agency)}（{plain_name(unit.workbook)}）"


def _fault(unit: Judgement, edition: Edition) -> str | None:
    """Why a unit's figures cannot count, or None."""
    errors = sum(
        finding.severity is Severity.ERROR and not finding.code.startswith(OF_PRINT)
        for finding in unit.findings
    )
    if errors:
        return f"有{errors}处错误，待更正"
    if unit.edition is None:
        return "填报表读不出来"
    absent = len(edition.fields.keys() - unit.figures.keys())
    return f"缺{absent}个数" if absent else None


# -- in the report -------------------------------------------------------------------------------

SECTION = "6"
HEADING = "数据汇总范围"


def with_units(edition: Edition, narrative: Narrative, call: RollCall) -> Narrative:
    """The narrative with the units listed at the end of section six.

    A section with sub-headings gets one more; else the list is its last paragraph.
    """
    text = Paragraph(call.sentence(), Sheet(DETAIL_SHEET))
    own = [passage for passage in narrative if passage.section == SECTION]
    before = [passage for passage in narrative if passage.section < SECTION]
    if not own:
        own = [Passage(SECTION, edition.section(SECTION).title)]
    parts = [passage for passage in own if passage.level == 2]
    if parts:
        heading = HEADING + ("。" if all(part.runs_in for part in parts) else "")
        own.append(Passage(f"{SECTION}.{parts[-1].ordinal + 1}", heading, (text,)))
    else:
        first = own[0]
        own[0] = Passage(first.mark, first.heading, (*first.paragraphs, text), first.place)
    return (*before, *own)
