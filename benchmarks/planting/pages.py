"""The sentences of the pages in tests/rules, put into real reports: those that must be told, and
the near misses, of which nothing may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from benchmarks.planting.figures import added
from benchmarks.planting.site import Plant, Planter, Site, written
from gxgen.model.report import SignOff
from tests.checks.check_support import Case, cases

TEXT = "第一部分"
_FIGURES = ["GX1", "GX2", "GX3", "GX4"]


def planters() -> Iterator[Planter]:
    """A planter for each page whose cases are sentences or a date."""
    for code, found in _by_page(fires=True).items():
        yield Planter(code, "规则页的例子", _one_of(code, found))


def near_misses() -> Iterator[Planter]:
    """The same for the cases of which nothing is told: what is told of them is false."""
    for code, found in _by_page(fires=False).items():
        yield Planter(code, "规则页的相近例子", _one_of(code, found))


def _by_page(*, fires: bool) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in cases():
        names = {change.partition(" = ")[0] for change in case.changes}
        plain = names <= {TEXT, "单位", "成文日期"} and names != {"单位"}
        told = {code for _, code in case.told}
        if plain and case.page[:3] not in _FIGURES and told == ({case.page} if fires else set()):
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
