"""An invented county to try things on: roster, two years of filled forms, faults on request.

Everything follows from the county's name, the year and an agency's index: the same call gives
the same bytes, in any order and on any number of processes. Memory does not grow with the
number of agencies beyond the roster's text: a form is made from an index and written at once.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gxgen.county.batch import Progress
from gxgen.county.files import safe_name, write_whole
from gxgen.county.project import FILE_NAME
from gxgen.county.scaffold import entry
from gxgen.county.words import WORDS_FILE
from gxgen.demo.agencies import GOVERNMENT, MOST_AGENCIES, DemoAgency, demo_agency, government_of
from gxgen.demo.copies import with_copies
from gxgen.demo.faults import Fault, make_faults
from gxgen.demo.figures import demo_figures
from gxgen.demo.indicators import demo_indicators
from gxgen.demo.text import demo_narrative, demo_words
from gxgen.editions.declared import edition_for_year
from gxgen.editions.schema import Edition
from gxgen.errors import UsageError
from gxgen.model.report import Entry, EntryState, Report, SignOff, SignOffForm, Value
from gxgen.toml import quoted

_CHUNK = 20
"""Agencies that a process is handed at a time."""
_WORTH_PROCESSES = 80
"""Fewer forms than this are written sooner than processes start."""
_FORMS = (SignOffForm.AGENCY_AND_DATE,) * 8 + (SignOffForm.AGENCY, SignOffForm.NONE)


@dataclass(frozen=True, slots=True)
class Demo:
    """What is wanted: ``agencies`` of them, ``faulty`` of these with faults, 1 or 2 years."""

    county: str
    year: int
    agencies: int
    faulty: int = 0
    years: int = 2

    def __post_init__(self) -> None:
        """Refuse what cannot be made.

        Raises:
            UsageError: a number out of range, or a year without an edition.
        """
        if not self.county.strip() or not self.county.isprintable() or len(self.county) > 40:
            raise UsageError("县的名称应是40字以内的文字，不含换行、制表等不可见字符。")
        if not 1 <= self.agencies <= MOST_AGENCIES:
            raise UsageError(f"虚拟单位的个数应在1到{MOST_AGENCIES}之间，写的是{self.agencies}。")
        if not 0 <= self.faulty <= self.agencies:
            raise UsageError(
                f"有错误的单位应在0到{self.agencies}个之间（不多于单位总数），写的是{self.faulty}。"
            )
        if self.years not in (1, 2):
            raise UsageError(f"年数只能是1（只要当年）或2（当年和上年），写的是{self.years}。")
        if edition_for_year(self.year) is None:
            raise UsageError(f"年度 {self.year} 没有对应的表样。")

    @property
    def reporting_years(self) -> tuple[int, ...]:
        """The years that forms are written for, this year first; none before the first edition."""
        years = (self.year, self.year - 1)[: self.years]
        return tuple(year for year in years if edition_for_year(year))

    @property
    def indices(self) -> tuple[int, ...]:
        """The county's government, then every agency."""
        return (GOVERNMENT, *range(self.agencies))

    def fault_ordinal(self, index: int) -> int | None:
        """Which of the faulty agencies this one is, or None; they are spread evenly."""
        if index == GOVERNMENT:
            return None
        before = index * self.faulty // self.agencies
        return before if (index + 1) * self.faulty // self.agencies > before else None


def write_demo(folder: Path, demo: Demo, progress: Progress | None = None) -> Path:
    """Fill ``folder`` with county.toml, words.toml and a folder of forms a year; returns the
    county.toml.

    The settings are written last: until then the folder is no county.

    Raises:
        UsageError: forms or settings are there already.
        EnvironmentProblemError: a file cannot be written.
    """
    target = folder / FILE_NAME
    _refuse_existing(target, [folder / str(year) for year in demo.reporting_years])
    for done, name in enumerate(_written(folder, demo), 1):
        if progress is not None:
            progress(name, done, len(demo.indices))
    write_whole(folder / WORDS_FILE, demo_words().encode())
    write_whole(target, demo_settings(demo).encode())
    return target


def _refuse_existing(target: Path, folders: list[Path]) -> None:
    for path in (target, *folders):
        if path.is_file() or (path.is_dir() and any(path.iterdir())):
            raise UsageError(f"{path} 已经存在，没有改动它；请换一个新的文件夹。")


def demo_settings(demo: Demo) -> str:
    """The text of ``county.toml``, with every agency of the roster."""
    head = f"""# {demo.county}：虚拟的县，供试用；单位、数字和联系方式都是编造的。
county = {quoted(demo.county)}
government = {quoted(government_of(demo.county))}
year = {demo.year}
style = "official"
formats = ["docx"]
"""
    return head + "".join(entry(demo_agency(demo.county, i).agency) for i in range(demo.agencies))


def _written(folder: Path, demo: Demo) -> Iterator[str]:
    """Write every form; yields the agencies' names as they are done."""
    indices = demo.indices
    chunks = [indices[at : at + _CHUNK] for at in range(0, len(indices), _CHUNK)]
    workers = min(os.cpu_count() or 1, len(chunks))
    if workers == 1 or len(indices) * demo.years < _WORTH_PROCESSES:
        for chunk in chunks:
            yield from write_forms(folder, demo, chunk)
        return
    from gxgen.county.pool import Pool

    with Pool(workers) as pool:
        for names in pool.map(partial(write_forms, folder, demo), chunks):
            yield from names


def write_forms(folder: Path, demo: Demo, indices: tuple[int, ...]) -> list[str]:
    """Write the forms of some agencies; returns their names."""
    names = []
    for index in indices:
        unit = demo_agency(demo.county, index)
        for year in demo.reporting_years:
            path = folder / str(year) / f"{safe_name(unit.agency.name)}.xlsx"
            write_whole(path, demo_form(demo, index, year))
        names.append(unit.agency.name)
    return names


def demo_form(demo: Demo, index: int, year: int) -> bytes:
    """One agency's filled form of one year, as an .xlsx file."""
    from gxgen.form.write.workbook import blank_workbook

    report, _ = demo_report(demo, index, year)
    return blank_workbook(report.edition, year, agency=report.agency, fill=report)


def demo_report(demo: Demo, index: int, year: int) -> tuple[Report, tuple[Fault, ...]]:
    """What an agency files, and the faults in it; last year's forms have none."""
    unit = demo_agency(demo.county, index)
    report = clean_report(unit, year)
    ordinal = demo.fault_ordinal(index)
    if ordinal is None:
        return report, ()
    before = year != demo.year
    made: tuple[Fault, ...] = ()
    if not before:
        previous = year - 1 in demo.reporting_years
        random = unit.random(year, "faults")
        report, made = make_faults(report, random, ordinal, previous=previous)
    years = len(demo.reporting_years)
    copied = with_copies(
        report, demo.county, ordinal, faulty=demo.faulty, before=before, years=years
    )
    return copied, made


def clean_report(unit: DemoAgency, year: int) -> Report:
    """A complete report without a fault; the government's has words only."""
    edition = _edition(year)
    values = demo_figures(unit, edition, year)
    return Report(
        edition,
        unit.agency,
        year,
        {key: _figure(values.get(key)) for key in edition.fields},
        demo_narrative(unit, edition, year, values),
        _sign_off(unit, year),
        indicators=demo_indicators(unit, year),
    )


def _figure(value: Value | None) -> Entry:
    return Entry(None, None, state=EntryState.BLANK) if value is None else Entry(value, str(value))


def _edition(year: int) -> Edition:
    edition = edition_for_year(year)
    if edition is None:
        raise UsageError(f"年度 {year} 没有对应的表样。")
    return edition


def _sign_off(unit: DemoAgency, year: int) -> SignOff:
    form = unit.random("sign-off").choice(_FORMS)
    if form is not SignOffForm.AGENCY_AND_DATE:
        return SignOff(form)
    day = unit.random(year, "signed").randint(4, 30)
    return SignOff(form, dt.date(year + 1, 1, day))
