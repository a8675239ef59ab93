"""The cases of the pages in tests/rules as filed forms: those that must be told, and the near
misses, of which nothing may be. A case that is a sentence or a date goes into an invented agency's
own report; every case is filed as the page's own report too, last year's beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from benchmarks.planting.figures import added, rewritten
from benchmarks.planting.site import (
    FORMER,
    PAGES_YEAR,
    Plant,
    Planter,
    Site,
    text_cells,
    written,
)
from gxgen.model.report import Report, SignOff
from tests.checks.check_support import AGENCY, Case, cases

TEXT = "第一部分"
_FIGURES = ["GX1", "GX2", "GX3", "GX4"]
_WHOLE = {"GX511", "GX512", "GX732"}
"""These ask about a section or a report as a whole: benchmarks/planting/texts.py changes these."""


def planters() -> Iterator[Planter]:
    """A planter for each page whose cases are sentences or a date."""
    for code, found in _by_page(fires=True).items():
        yield Planter(code, "规则页的例子", _one_of(code, found))
    yield from _as_forms(fires=True)


def near_misses() -> Iterator[Planter]:
    """The same for the cases of which nothing is told: what is told of them is false."""
    for code, found in _by_page(fires=False).items():
        yield Planter(code, "规则页的相近例子", _one_of(code, found))
    yield from _as_forms(fires=False)


def _by_page(*, fires: bool) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in cases():
        names = {change.partition(" = ")[0] for change in case.changes}
        plain = names <= {TEXT, "单位", "成文日期"} and names != {"单位"}
        told = {code for _, code in case.told}
        whole = case.page in _WHOLE
        if (
            plain
            and not whole
            and case.page[:3] not in _FIGURES
            and told == ({case.page} if fires else set())
        ):
            found.setdefault(case.page, []).append(case)
    return found


def _one_of(code: str, found: list[Case]):
    def plant(site: Site, random: Random) -> Plant | None:
        fitting = [case for case in found if _fits(case, site)]
        return _planted(code, random.choice(fitting), site, random) if fitting else None

    return plant


def _fits(case: Case, site: Site) -> bool:
    """Whether the case is about an agency of that kind."""
    agency = case.report().agency
    own = site.unit.agency
    return (agency.kind, agency.name[-1]) == (own.kind, own.name[-1])


def _planted(code: str, case: Case, site: Site, random: Random) -> Plant:
    year = site.demo.year
    report = site.report
    for change in case.changes:
        name, _, value = change.partition(" = ")
        for word, years in (("{年}", 0), ("{上年}", -1), ("{次年}", 1)):
            value = value.replace(word, str(year + years))
        if name == TEXT:
            report = added(report, value, random)
        elif name == "成文日期":
            report = replace(report, sign_off=SignOff(date=dt.date.fromisoformat(value)))
    found = site.changed(code, report)
    return found if found.where else site.filed(code, written(report))


# -- the page's own report -------------------------------------------------------------------------

_YEARS = {"2019": FORMER, "2021": PAGES_YEAR}
_OURS = ("某县", "某镇", "某街道")


def _as_forms(*, fires: bool) -> Iterator[Planter]:
    """A planter for each page and edition."""
    by_page: dict[tuple[str, str], list[Case]] = {}
    for case in cases():
        if case.page in _WHOLE or any(map(_no_form_has, case.changes)):
            continue
        if case.fires is fires and case.report().agency.name.startswith(_OURS):
            by_page.setdefault((case.page, case.edition.id), []).append(case)
    for (code, edition), found in by_page.items():
        yield Planter(code, f"规则页的表（{edition}版）", _filed(code, found), _YEARS[edition])


def _no_form_has(change: str) -> bool:
    """A line of 说明 without its reason is told by who reads the form; one on a sentence names its
    cell on the page, which is another in a form."""
    return change.endswith("=") or (change.startswith("说明") and "正文!" in change)


def _filed(code: str, found: list[Case]):
    def plant(site: Site, random: Random) -> Plant | None:
        fitting = [case for case in found if _fits(case, site)]
        return _form(code, random.choice(fitting), site) if fitting else None

    return plant


def _form(code: str, case: Case, site: Site) -> Plant:
    """The case as two years' forms of an agency; without a last year that form is taken away."""
    report = _of_agency(case.report(), site)
    before = report.previous
    told = {place for place, one in case.told if one == code}
    lines = _lines(case, report) if any(place.startswith("正文!") for place in told) else set()
    files = {
        site.path: written(replace(report, previous=None)),
        site.last_path: None if before is None else written(_of_agency(before, site)),
    }
    also = {one for _, one in case.told} | ({"GX704"} if before is None else set())
    # Rules pass over a blank cell; who reads the form does not.
    blank = {"GX020"} if any(change.endswith("= 空") for change in case.changes) else set()
    return Plant(code, files, frozenset(told | lines), also=frozenset(also | blank))


def _of_agency(report: Report, site: Site) -> Report:
    """As that agency would have filed it."""
    own = site.unit.agency
    named = rewritten(report, lambda text: text.replace(AGENCY.name, own.name)) or report
    date = report.sign_off.date or dt.date(report.year + 1, 1, 20)
    return replace(named, agency=own, sign_off=SignOff(date=date))


def _lines(case: Case, report: Report) -> set[str]:
    """Where the text of section one stands in the form."""
    texts = {p.text for one in report.narrative if one.mark == "1" for p in one.paragraphs}
    return {cell for cell, text in text_cells(report) if text in texts}
