"""Whatever is wrong with a figure: the message says its sheet, its cell and its labels in words."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import openpyxl
import pytest

from benchmarks.planting import figures, forms
from benchmarks.planting.site import YEAR, Plant, Planter, Site, written
from gxgen import api
from gxgen.county.agency_year import Filing
from gxgen.county.unit import OWN_FIGURES, check_unit
from gxgen.demo.county import Demo
from gxgen.diagnostics import Diagnostic
from gxgen.editions.declared import EDITIONS
from gxgen.places import SheetCell
from tests.factory import make_report

OF_MANY = {
    "GX014": "names that moved away from their cells; the first one stands for all",
    "GX410": "sentences that do not agree with each other: no cell is wrong",
}
"""Codes whose finding has a figure's key and is about something else."""
LEAST = 22
"""So many codes are told of figures here at least."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Diagnostic]:
    """All that is said of the forms in which each planter has planted its fault."""
    root = tmp_path_factory.mktemp("words")
    demo = Demo("云垟县", YEAR, 3)
    api.init(root, county=demo.county, year=YEAR, demo=3, years=2)
    base = root / "inputs"
    found: list[Diagnostic] = []
    readers = [one for one in forms.planters() if one.code in OWN_FIGURES]
    for planter in (*figures.planters(), *readers):
        for site, plant in _planted(planter, demo, base):
            found += _judged(site, plant, base)
    return found


def _planted(planter: Planter, demo: Demo, base: Path) -> Iterator[tuple[Site, Plant]]:
    """The first agency that offers an occasion."""
    if planter.year != YEAR:
        return
    for index in range(demo.agencies):
        site = Site(demo, base, index, Site(demo, base, (index + 1) % demo.agencies))
        plant = planter.plant(site, Random(planter.code))
        if plant is not None and plant.files.get(site.path):
            yield site, plant
            return


def _judged(site: Site, plant: Plant, base: Path) -> tuple[Diagnostic, ...]:
    name, last = Path(site.path).name, Path(site.last_path).name
    before = plant.files.get(site.last_path) or (base / site.last_path).read_bytes()
    data = plant.files[site.path] or b""
    return check_unit(Filing(name, data, None, (last, before), YEAR)).diagnostics


def test_a_figure_is_named_with_sheet_cell_and_labels(told: list[Diagnostic]) -> None:
    codes, silent = set(), []
    fields = {key: field for edition in EDITIONS.values() for key, field in edition.fields.items()}
    for one in told:
        if one.key not in fields or one.code in OF_MANY:
            continue
        if isinstance(one.place, SheetCell) and one.place.sheet.startswith("表"):
            codes.add(one.code)
            whole = one.message.replace(one.place.sheet, "") != one.message
            words = fields[one.key].label.split("·")
            if not (
                whole and one.place.cell in one.message and all(w in one.message for w in words)
            ):
                silent.append((one.code, str(one.place), fields[one.key].label, one.message))
    assert silent == []
    assert len(codes) >= LEAST, sorted(codes)


def test_a_sentence_that_disagrees_names_the_figure_s_labels(told: list[Diagnostic]) -> None:
    cells = re.compile(r"表[二三四]![A-Z]+\d+(.)")
    codes, bare = set(), []
    for one in told:
        if one.code.startswith("GX40") and not one.message.count(" 至 "):
            codes.add(one.code)
            bare += [one.message for after in cells.findall(one.message) if after not in "（“"]
    assert bare == []
    assert len(codes) >= 4


@pytest.mark.parametrize(
    ("typed", "says", "advice"),
    [
        (13_800_000_000, "太大", "多打了数位"),
        (1e15, "太大", "多打了数位"),
        ("约20", "不", "只填数字"),
        ("见附件", "不", "只填数字"),
    ],
)
def test_the_advice_fits_the_cause(typed: object, says: str, advice: str) -> None:
    """A number that is too large is one: nobody is told to write a number."""
    report = make_report(EDITIONS["2021"], year=YEAR)
    book = openpyxl.load_workbook(io.BytesIO(written(report)))
    book["表三"]["D8"] = typed
    out = io.BytesIO()
    book.save(out)
    found = check_unit(Filing("甲.xlsx", out.getvalue(), year=YEAR)).diagnostics
    [one] = (one for one in found if one.code == "GX021")
    assert says in one.message and advice in one.hint
    assert ("只填数字" in one.hint) == (advice == "只填数字")
