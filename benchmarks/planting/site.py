"""Where a fault is planted: one agency of an invented county, what it files, and what is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random

from gxgen.a1 import cell_name
from gxgen.county.files import safe_name
from gxgen.demo.agencies import DemoAgency, demo_agency
from gxgen.demo.county import Demo, clean_report
from gxgen.diagnostics import Diagnostic
from gxgen.form.layout import (
    INFO_SHEET,
    NARRATIVE_SHEET,
    NARRATIVE_TEXT_COLUMN,
    NARRATIVE_TOP,
    figure_position,
)
from gxgen.form.write.narrative import plan_narrative
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.numbering import number_text
from gxgen.model.report import Report
from tests.form.faulty.form import Form

YEAR, PAGES_YEAR, FORMER = 2025, 2022, 2020
"""Years of counties: of most faults, of the pages' own reports, and of the edition before."""
_CELL = re.compile(r"表[二三四]![A-Z]+\d+")


@dataclass(frozen=True)
class Plant:
    """One fault, as files of the county's folder (None: the file is taken away).

    ``where`` are the places any of which is right, as a clerk reads them; empty where the whole
    file is at fault. ``says`` must stand in the message. What names one of these places, or of
    ``follows`` (the totals over them), rightly comes of the fault, as sentences that tell the right
    number do; so do the codes ``also``.
    """

    code: str
    files: Mapping[str, bytes | None]
    where: frozenset[str] = frozenset()
    says: str = ""
    also: frozenset[str] = frozenset()
    follows: frozenset[str] = frozenset()

    def found(self, told: list[Diagnostic]) -> bool:
        """Whether the right code is told at the right place."""
        return any(one.code == self.code and self._is_here(one) for one in told)

    def false(self, told: list[Diagnostic]) -> list[Diagnostic]:
        """What is told of anything but the planted fault and what comes of it."""
        return [
            one
            for one in told
            if one.code not in (self.code, *self.also)
            and not (self.where | self.follows) & places(one)
        ]

    def _is_here(self, one: Diagnostic) -> bool:
        here = not self.where or bool(self.where & places(one))
        return here and self.says in f"{one.message}{one.quote or ''}"


def places(one: Diagnostic) -> set[str]:
    """Every place that a finding names, in its message too."""
    named = {str(p) for p in (one.place, *(r.place for r in one.related), *one.cells) if p}
    return named | set(_CELL.findall(one.message))


@dataclass(frozen=True)
class Site:
    """One agency in a county's year; ``beside`` is another that is free."""

    demo: Demo
    base: Path = field(repr=False)
    index: int
    beside: Site | None = field(default=None, repr=False)

    @property
    def unit(self) -> DemoAgency:
        """Whose it is."""
        return demo_agency(self.demo.county, self.index)

    @cached_property
    def report(self) -> Report:
        """What it files, without a fault."""
        return clean_report(self.unit, self.demo.year)

    @cached_property
    def last(self) -> Report:
        """What it filed last year."""
        return clean_report(self.unit, self.demo.year - 1)

    @property
    def stem(self) -> str:
        """The name of its form without the ending."""
        return safe_name(self.unit.agency.name)

    @property
    def path(self) -> str:
        """Its form in the county's folder."""
        return f"{self.demo.year}/{self.stem}.xlsx"

    @property
    def last_path(self) -> str:
        """Last year's form."""
        return f"{self.demo.year - 1}/{self.stem}.xlsx"

    def text_path(self, ending: str) -> str:
        """A text file of the form's name."""
        return f"{self.demo.year}/{self.stem}{ending}"

    @property
    def data(self) -> bytes:
        """Its form as a file."""
        return (self.base / self.path).read_bytes()

    def form(self) -> Form:
        """Its form, to be damaged as people and programs do it."""
        return Form(self.report.edition.id, self.data)

    # -- what is planted ---------------------------------------------------------------------------

    def filed(self, code: str, data: bytes, *where: str, says: str = "", also: str = "") -> Plant:
        """Another file in the form's place."""
        follows = frozenset(self._totals_over(where))
        codes = frozenset(also.split())
        return Plant(code, {self.path: data}, frozenset(where), says, codes, follows)

    def _totals_over(self, where: Iterable[str]) -> Iterator[str]:
        """The cells of the totals that these cells go into."""
        totals = self.report.edition.totals
        cells = {cell_of(self.report, key): key for key in self.report.edition.fields}
        new = {cells[one] for one in where if one in cells}
        while new:
            new = {total for total, sums in totals.items() if new & set(sums.right)}
            yield from (cell_of(self.report, key) for key in new)

    def changed(self, code: str, report: Report, *, says: str = "", also: str = "") -> Plant:
        """A report that differs from the sound one, as a form; right are the places that differ."""
        where = frozenset({*self._cells(report), *self._lines(report), *self._signed(report)})
        return self.filed(code, written(report), *where, says=says, also=also)

    def _cells(self, report: Report) -> set[str]:
        changed = {
            cell_of(report, key)
            for key, entry in report.entries.items()
            if (entry.value, entry.raw)
            != (self.report.entries[key].value, self.report.entries[key].raw)
        }
        typed = {
            cell_of(report, k) for k in report.edition.fields if k not in report.edition.totals
        }
        sheets = {cell.partition("!")[0] for cell in typed}
        whole = {s for s in sheets if {c for c in typed if c.startswith(f"{s}!")} <= changed}
        return changed | {f"工作表“{sheet}”" for sheet in whole}

    def _lines(self, report: Report) -> set[str]:
        """The cells of the lines of text that the sound report has not."""
        known = {text for _, text in text_cells(self.report)}
        return {cell for cell, text in text_cells(report) if text not in known}

    def _signed(self, report: Report) -> set[str]:
        if report.sign_off == self.report.sign_off:
            return set()
        return {f"{INFO_SHEET}!B8", f"{INFO_SHEET}!B9", f"工作表“{INFO_SHEET}”"}


Planting = Callable[[Site, Random], Plant | None]
"""None where an agency offers no occasion."""


@dataclass(frozen=True)
class Planter:
    """One way to earn a code, in a county of that year."""

    code: str
    name: str
    plant: Planting
    year: int = YEAR


def written(report: Report) -> bytes:
    """A report as a form."""
    return blank_workbook(report.edition, report.year, agency=report.agency, fill=report)


def cell_of(report: Report, key: str) -> str:
    """The cell of a figure."""
    sheet, row, column = figure_position(report.edition, key)
    return f"{sheet}!{cell_name(row, column)}"


def text_cells(report: Report) -> Iterator[tuple[str, str]]:
    """The cells of a report's lines of text, each with the line."""
    rows = plan_narrative(report.edition, report.agency.name, report.year, report).rows
    for at, row in enumerate(rows):
        cell = cell_name(NARRATIVE_TOP + at, NARRATIVE_TEXT_COLUMN)
        yield f"{NARRATIVE_SHEET}!{cell}", row.text


def lines_of(report: Report) -> list[str]:
    """The whole text of a report as it is typed elsewhere: headings with their numbers."""
    lines = []
    for passage in report.narrative:
        if passage.heading:
            lines.append(f"{number_text(passage.mark)}{passage.heading}")
        lines += [paragraph.text for paragraph in passage.paragraphs]
    return lines
