"""What is caught of faults planted in a county's forms, and what is said falsely.

    python -m benchmarks.planted [AGENCIES] [SEED]

Makes a sound county of two years and checks it: every finding is false. Then each planter of
``benchmarks/planting`` plants its fault in several agencies' files, drawn at random, and the county
is checked again: the code must be told, of that agency, at that cell or sentence; what is told of
anything else is false. Codes of the edition before and the reports of the rules' pages have
counties of their own years, those of the county's own report small ones that are built.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.planting import counties, figures, forms, pages, texts
from benchmarks.planting.site import YEAR, Plant, Planter, Site
from benchmarks.planting.unearned import UNEARNED
from gxgen import api
from gxgen.checks import registry
from gxgen.demo.county import Demo
from gxgen.diagnostics import Diagnostic, Severity

COUNTY = "云垟县"
TIMES = 4
"""So often each planter plants."""
SMALL = 3
"""Agencies of a county that is built for one fault of the whole."""


def all_planters() -> list[Planter]:
    """Every planter of single forms."""
    rooms = (figures, forms, pages, texts, counties)
    return [one for room in rooms for one in room.planters()]


def planted_codes() -> set[str]:
    """The codes that some planter plants."""
    whole = {one.code for one in counties.county_planters()}
    return {one.code for one in all_planters()} | whole


def uncovered() -> set[str]:
    """The codes without a planter and without a reason."""
    return set(registry.homes()) - planted_codes() - set(UNEARNED)


@dataclass
class Tally:
    """What came of it: faults by code, and each that was missed or falsely told as a line."""

    clean: Counter[Severity] = field(default_factory=Counter)
    reports: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    near: int = 0
    beyond: Counter[str] = field(default_factory=Counter)
    """Of what the rules do not claim to find: ``planted`` and ``found``."""
    lines: list[str] = field(default_factory=list)

    def note(self, name: str, plant: Plant, told: Sequence[Diagnostic]) -> None:
        """One plant and what was told of its agency."""
        told = list(told)
        hit = plant.found(told)
        self.planted[plant.code] += 1
        self.found[plant.code] += hit
        if not hit:
            self.lines.append(f"MISSED {plant.code} {name} {sorted(plant.where)} {_said(told)}")
        self.untrue(plant.code, name, plant.false(told))

    def untrue(self, code: str, name: str, told: Iterable[Diagnostic]) -> None:
        """Findings that should not be."""
        for one in told:
            self.false[code] += 1
            self.lines.append(f"FALSE beside {code} {name}: {_said([one])}")

    @property
    def missed(self) -> int:
        """Plants that nobody told rightly."""
        return self.planted.total() - self.found.total()


def _said(told: Sequence[Diagnostic]) -> str:
    return "; ".join(f"{d.agency} {d.code} {d.place}: {d.message[:90]}" for d in told[:4])


# -- forms -----------------------------------------------------------------------------------------


def sound(folder: Path, demo: Demo, tally: Tally) -> Path:
    """A county without a fault, on disk and checked; gives its folder."""
    api.init(folder, county=demo.county, year=demo.year, demo=demo.agencies, years=demo.years)
    told = api.check([folder / "inputs"], workers=os.cpu_count())
    tally.reports += len(told.outcomes)
    tally.clean.update(d.severity for d in told.diagnostics)
    tally.untrue("clean", "sound county", told.diagnostics)
    return folder / "inputs"


def plant_all(
    base: Path, demo: Demo, planters: Sequence[Planter], times: int, seed: int, tally: Tally
) -> None:
    """Round by round: in each a planter has an agency of its own."""
    random = Random(seed)
    left = [one for one in planters for _ in range(times)]
    random.shuffle(left)
    number = 0
    while left:
        number += 1
        made, left = _round(base, demo, left, random)
        if not made:
            for one in left:
                tally.planted[one.code] += 1
                tally.lines.append(f"MISSED {one.code} {one.name}: no agency offers an occasion")
            return
        folder = base.parent / f"planted{number}"
        shutil.copytree(base, folder)
        _checked(folder, demo, made, tally)
        shutil.rmtree(folder)


Made = list[tuple[Planter, Plant, frozenset[str]]]


def _round(
    base: Path, demo: Demo, wanted: Sequence[Planter], random: Random
) -> tuple[Made, list[Planter]]:
    """What is planted in one round, and the planters that must wait for another."""
    free = [*range(demo.agencies)]
    random.shuffle(free)
    made: Made = []
    wait: list[Planter] = []
    for planter in wanted:
        for index in free:
            other = next((i for i in free if i != index), None)
            beside = None if other is None else Site(demo, base, other)
            site = Site(demo, base, index, beside)
            plant = planter.plant(site, random)
            if plant is None:
                continue
            about = frozenset({site.path, *plant.files})
            both = beside is not None and beside.path in plant.files
            free = [i for i in free if i not in ({index, other} if both else {index})]
            made.append((planter, plant, about))
            break
        else:
            wait.append(planter)
    return made, wait


def _checked(folder: Path, demo: Demo, made: Made, tally: Tally) -> None:
    """Write what was planted, check the county, and hold what is told against it."""
    for _, plant, _ in made:
        for name, data in plant.files.items():
            if data is None:
                (folder / name).unlink()
            else:
                (folder / name).write_bytes(data)
    result = api.check([folder], workers=os.cpu_count())
    told: dict[str, list[Diagnostic]] = defaultdict(list)
    for outcome in result.outcomes:
        told[f"{demo.year}/{outcome.path.name}"] += outcome.diagnostics
    for planter, plant, about in made:
        tally.note(planter.name, plant, [d for name in sorted(about) for d in told.pop(name, [])])
    tally.untrue("nothing", "sound agency", (d for rest in told.values() for d in rest))


def near_misses(
    base: Path, demo: Demo, planters: Sequence[Planter], times: int, seed: int, tally: Tally
) -> None:
    """What looks like a fault and is none: its rule must say nothing."""
    left = [one for one in planters for _ in range(times)]
    random = Random(f"near {seed}")
    while left:
        made, left = _round(base, demo, left, random)
        if not made:
            return
        folder = base.parent / "near"
        shutil.copytree(base, folder)
        quiet = Tally()
        _checked(folder, demo, made, quiet)
        shutil.rmtree(folder)
        tally.near += len(made)
        tally.false.update({f"near {code}": n for code, n in quiet.found.items() if n})
        tally.lines += [f"FALSE near miss of {code}" for code, n in quiet.found.items() if n]


def beyond(base: Path, demo: Demo, times: int, seed: int, tally: Tally) -> None:
    """What no rule claims to find is planted too and counted apart."""
    more = Tally()
    plant_all(base, demo, [*figures.beyond()], times, seed, more)
    tally.beyond.update(planted=more.planted.total(), found=more.found.total())
    tally.lines += [line.replace("MISSED", "BEYOND") for line in more.lines]


# -- the county's own report -----------------------------------------------------------------------


def plant_county(folder: Path, seed: int, tally: Tally) -> None:
    """Each fault of the whole in a county of its own, which is built."""
    base = Demo(COUNTY, YEAR, SMALL)
    sound(folder / "small", base, Tally())
    for planter in counties.county_planters():
        here = folder / planter.code
        shutil.copytree(folder / "small", here)
        asked = planter.change(here / "inputs", base, Random(f"{planter.code} {seed}"))
        result = api.build(asked or [here / "inputs"], output=here / "output", workers=1)
        told = [d for *_, found in result.rollups for d in found]
        known = {planter.code, *planter.also.split()}
        tally.planted[planter.code] += 1
        hit = any(d.code == planter.code for d in told)
        tally.found[planter.code] += hit
        if not hit:
            tally.lines.append(f"MISSED {planter.code} {planter.name}: {_said(told)}")
        tally.untrue(planter.code, planter.name, (d for d in told if d.code not in known))
        shutil.rmtree(here)


# -- all of it -------------------------------------------------------------------------------------


def measured(agencies: int = 100, seed: int = 1, times: int = TIMES) -> Tally:
    """Make, plant, check, count."""
    tally = Tally()
    planters, near = all_planters(), [*pages.near_misses()]
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for year in sorted({one.year for one in planters}, reverse=True):
            size = agencies if year == YEAR else max(8, agencies // 4)
            demo = Demo(COUNTY, year, size)
            base = sound(root / str(year) / "c", demo, tally)
            plant_all(base, demo, [p for p in planters if p.year == year], times, seed, tally)
            near_misses(base, demo, [p for p in near if p.year == year], times, seed, tally)
            if year == YEAR:
                beyond(base, demo, times, seed, tally)
        plant_county(root / "whole", seed, tally)
    return tally


def report(tally: Tally) -> Iterator[str]:
    """What was measured, as lines."""
    yield from tally.lines
    yield "code    planted  found  false"
    for code in sorted({*tally.planted, *tally.false}):
        yield f"{code:<9}{tally.planted[code]:>5}{tally.found[code]:>7}{tally.false[code]:>7}"
    errors, asked = tally.clean[Severity.ERROR], tally.clean[Severity.WARNING]
    told, found = tally.planted.total(), tally.found.total()
    yield f"sound: {tally.reports} reports, {errors} errors, {asked / tally.reports:.2f} questions"
    yield f"planted: {told} faults of {len(tally.planted)} codes, found {found}"
    yield f"beyond the rules: {tally.beyond['planted']}, found {tally.beyond['found']}"
    yield f"near misses: {tally.near}; told falsely in all: {tally.false.total()}"
    yield f"codes that nothing filed can earn: {len(UNEARNED)}; without either: {[*uncovered()]}"


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:3]]
    print("\n".join(report(measured(*given))))
