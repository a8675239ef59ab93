"""Reports for tests of rules, built from an edition alone, and the cases of tests/rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition, Kind, Section
from gxgen.form.layout import (
    ANSWERS_SHEET,
    ANSWERS_TOP,
    INDICATORS_SHEET,
    INDICATORS_TOP,
    figure_position,
)
from gxgen.model.agency import Agency, AgencyKind
from gxgen.model.facts import CountyFacts
from gxgen.model.indicators import STANDARD, Indicator, in_order, letters
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Answer, Entry, EntryState, Report, SignOff
from gxgen.model.siblings import named
from gxgen.places import SheetCell
from gxgen.prose.claims.segment import LONGEST

RULES = Path(__file__).parent.parent / "rules"
AGENCY = Agency("某县农业农村局", kind=AgencyKind.DEPARTMENT)
CELL = re.compile(r"[^\s!]+![A-Z]+\d+")
TITLE_SIX = SheetCell("正文", 20, 2)
SECTION_SIX = "本年度未收取信息处理费。"


def places(edition: Edition) -> dict[str, SheetCell]:
    return {key: SheetCell(*figure_position(edition, key)) for key in edition.fields}


def with_totals(edition: Edition, leaves: Mapping[str, object]) -> dict[str, object]:
    """All figures: those given, 0 elsewhere, totals added up; a total of a blank is blank."""
    values: dict[str, object] = dict.fromkeys(edition.fields, 0) | dict(leaves)
    for _ in range(2):
        for key, identity in edition.totals.items():
            parts = [values[part] for part in identity.right]
            values[key] = None if None in parts else sum(parts)
    return values


def report_of(edition: Edition, values: Mapping[str, object], *, live: bool = False) -> Report:
    def entry(key: str) -> Entry:
        value, place = values[key], places_of[key]
        if live and key in edition.totals:
            return Entry(value, None, place, EntryState.COMPUTED)
        state = EntryState.BLANK if value is None else EntryState.GIVEN
        return Entry(value, None if value is None else str(value), place, state)

    places_of = places(edition)
    entries = {key: entry(key) for key in edition.fields}
    words = narrative(edition, SECTION_SIX)
    return Report(edition, AGENCY, edition.first_year + 1, entries, words)


def narrative(edition: Edition, section_six: str) -> tuple[Passage, ...]:
    def text(section: Section) -> str:
        draft = section.draft.format(agency=AGENCY.name, year=edition.first_year + 1)
        return section_six if section.mark == "6" else draft or "本机关按要求开展工作。"

    return tuple(
        Passage(
            section.mark,
            section.title if section.mark != "0" else None,
            (Paragraph(text(section)),),
        )
        for section in edition.sections
        if section.narrative or section.draft
    )


def baseline(edition: Edition) -> dict[str, object]:
    """The valid report of tests/rules/README.md, without its totals and what is not asked for."""
    lines = [line.split(" = ") for line in baseline_lines()]
    return {key: number(edition, key, text) for key, text in lines if key in edition.fields}


def baseline_lines() -> list[str]:
    text = (RULES / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```baseline\n(.*?)^```", text, re.M | re.S)
    return [line for block in blocks for line in block.splitlines()]


def number(edition: Edition, key: str, text: str) -> object:
    if text == "空":
        return None
    return Decimal(text) if edition.fields[key].kind is Kind.MONEY else int(text)


@dataclass(frozen=True)
class Case:
    """One fenced case of a page."""

    page: str
    number: int
    edition: Edition
    live: bool
    changes: tuple[str, ...]
    expected: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}-{self.number}-{self.edition.id}"

    @property
    def told(self) -> list[tuple[str, str]]:
        """Place and code of each expected finding."""
        return [(place, code) for place, code, *_ in (line.split() for line in self.expected)]

    @property
    def fires(self) -> bool:
        return self.page in {code for _, code in self.told}

    def on(self, edition: Edition) -> Case | None:
        """The case on another edition, cell by cell; None if that does not ask for some figure."""
        keys = {str(place): key for key, place in places(self.edition).items()}
        there = {key: str(place) for key, place in places(edition).items()}

        def moved(found: re.Match[str]) -> str:
            cell = found.group()
            return there[keys[cell]] if cell in keys else cell

        try:
            changes = [CELL.sub(moved, change, count=1) for change in self.changes]
            expected = [CELL.sub(moved, " ".join(told), count=1) for told in self.told]
        except KeyError:
            return None
        loose = any(c.startswith("说明 ") and not CELL.match(c.split()[2]) for c in changes)
        return (
            None
            if loose
            else replace(self, edition=edition, changes=tuple(changes), expected=tuple(expected))
        )

    def report(self) -> Report:
        figures: dict[str, object] = {}
        last_year: dict[str, object] = {}
        settings = []
        counted: dict[bool, list[Indicator]] = {False: [], True: []}
        cells = {str(place): key for key, place in places(self.edition).items()}
        for change in self.changes:
            name, _, value = (part.strip() for part in change.partition("="))
            then = last_year if name.startswith("上年 ") else figures
            cell = name.removeprefix("上年 ")
            if cell.startswith("指标 "):
                counted[then is last_year].append(indicator(cell.split()[1], value))
            elif cell in cells:
                then[cells[cell]] = number(self.edition, cells[cell], value)
            else:
                settings.append((name, value))
        report = replace(self._figures(figures), indicators=in_order(counted[False]))
        if last_year or counted[True]:
            last = replace(self._figures(last_year), year=report.year - 1)
            last = replace(last, indicators=in_order(counted[True]))
            report = replace(report, previous=last)
        for name, value in settings:
            report = apply(report, name, value)
        return report

    def _figures(self, changes: Mapping[str, object]) -> Report:
        leaves = baseline(self.edition)
        values = with_totals(self.edition, leaves | dict(changes) if self.live else leaves)
        return report_of(self.edition, values | dict(changes), live=self.live)


def indicator(name: str, text: str) -> Indicator:
    """``12 场 / 10``: this year, unit, last year; it stands where the form has that row."""
    now, _, last = text.partition(" / ")
    value, _, unit = now.partition(" ")
    row = INDICATORS_TOP + list(STANDARD).index(letters(name))
    here, there = (SheetCell(INDICATORS_SHEET, row, column) for column in (2, 3))
    numbers = (int(part) if part and part != "空" else None for part in (value, last))
    return Indicator(name, unit or STANDARD[letters(name)].unit, *numbers, "", here, there)


def apply(report: Report, name: str, value: str) -> Report:
    for word, years in (("{年}", 0), ("{上年}", -1), ("{次年}", 1)):
        value = value.replace(word, str(report.year + years))
    value = value.replace("{长段}", "字" * (LONGEST + 1))
    if name == "成文日期":
        return replace(report, sign_off=SignOff(date=dt.date.fromisoformat(value)))
    if name == "单位":
        agency, _, kind = value.partition(" ")
        return replace(report, agency=Agency(agency, kind=AgencyKind(kind) if kind else None))
    if name == "公布期限":
        month, day = map(int, value.split("-"))
        return replace(report, facts=CountyFacts(publish_by=(month, day)))
    if name == "名册":
        return replace(report, facts=CountyFacts(named(roster(value), None)))
    if name == "第六部分":
        words = narrative(report.edition, value)
        titled = (replace(p, place=TITLE_SIX) if p.mark == "6" else p for p in words)
        return replace(report, narrative=tuple(titled))
    if name == "第一部分":
        return replace(report, narrative=tuple(with_text(p, value) for p in report.narrative))
    mark, code, cell = name.split()
    assert mark == "说明", f"no such change: {name}"
    reason, _, figures = value.partition(" / ")
    row = ANSWERS_TOP + len(report.answers)
    answer = Answer(code, cell, reason, SheetCell(ANSWERS_SHEET, row, 0), figures)
    return replace(report, answers=(*report.answers, answer))


def roster(value: str) -> tuple[Agency, ...]:
    """``某县水务局、某镇人民政府 某镇``: full names, behind a blank the short one."""
    pairs = (one.partition(" ") for one in value.split("、"))
    return tuple(Agency(name, short or None) for name, _, short in pairs)


def with_text(passage: Passage, text: str) -> Passage:
    """The passage, section one with this text at 正文!C6."""
    if passage.mark != "1":
        return passage
    return replace(passage, paragraphs=(Paragraph(text, SheetCell("正文", 5, 2)),))


def cases() -> Iterator[Case]:
    for path in sorted(RULES.glob("GX*.md")):
        text = path.read_text(encoding="utf-8")
        blocks = re.findall(r"^```case (\d{4})( live)?\n(.*?)^```", text, re.M | re.S)
        for at, (edition, live, body) in enumerate(blocks, 1):
            lines = [line for line in body.splitlines() if line.strip()]
            cut = lines.index("---")
            changes, expected = tuple(lines[:cut]), tuple(lines[cut + 1 :])
            yield Case(path.stem, at, EDITIONS[edition], bool(live), changes, expected)
