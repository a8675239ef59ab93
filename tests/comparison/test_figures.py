"""Figures of two years: what is told equals arithmetic that knows nothing of gxgen."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from gxgen.cli import main
from gxgen.comparison.figures import changes
from gxgen.comparison.reports import compared
from gxgen.demo.county import Demo, demo_settings, write_forms
from gxgen.editions.declared import EDITIONS
from gxgen.errors import UsageError
from gxgen.model.agency import Agency
from gxgen.model.indicators import Indicator
from gxgen.model.report import Entry, EntryState, Report
from tests.factory import make_report

PARTS = ("individual", "company", "research", "charity", "legal_service", "other")


SOME = (3, 56, 62, 66)
"""Agencies of the demo county: a small one, and three that have many requests."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    demo = Demo("对照县", 2024, 70)
    write_forms(folder, demo, SOME)
    (folder / "county.toml").write_text(demo_settings(demo), encoding="utf-8")
    return folder


def _raw(path: Path) -> dict[str, Decimal]:
    """Each figure of a form as openpyxl finds it by its defined name."""
    book = load_workbook(path, data_only=True)
    found = {}
    for name, defined in book.defined_names.items():
        for sheet, cell in defined.destinations if name.startswith("gx.") else ():
            value = book[sheet][cell].value
            if re.fullmatch(r"\d+(\.\d+)?", str(value)):
                found[name.removeprefix("gx.")] = Decimal(str(value))
    for key in [one for one in found if one.endswith(".individual")]:
        row = key.removesuffix(".individual")  # totals are formulas: they are added here
        found[f"{row}.total"] = sum((found[f"{row}.{part}"] for part in PARTS), Decimal())
    return found


def _half_up(number: Fraction) -> Decimal:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_figures_of_a_demo_county_equal_independent_arithmetic(county, capsys) -> None:
    asked = ["compare", str(county), "--year", "2024", "--format", "json", "--quiet"]
    assert main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert (len(told["agencies"]), told["not_compared"]) == (len(SOME), [])
    figures = percents = 0
    for record in told["agencies"]:
        name = f"{record['agency']}.xlsx"
        last, now = _raw(county / "2023" / name), _raw(county / "2024" / name)
        for one in record["figures"]:
            if one["key"] in last and one["key"] in now:  # of totals of rows the parts are there
                figures += 1
                percents += _figure_agrees(one, last[one["key"]], now[one["key"]])
        _ties_agree(record, last, now)
        _shares_agree(record, last, now)
    assert figures > 600
    assert percents > 20


def _figure_agrees(one: dict[str, Any], last: Decimal, now: Decimal) -> bool:
    """Asserts it; whether a per cent is told."""
    assert Decimal(str(one["last"])) == last
    assert Decimal(str(one["this"])) == now
    assert Decimal(str(one["change"])) == now - last
    if last < 30:
        assert one["percent"] is None
        return False
    assert Decimal(one["percent"]) == _half_up(Fraction(now - last) * 100 / Fraction(last))
    return True


def _ties_agree(record: dict[str, Any], last: dict[str, Decimal], now: dict[str, Decimal]) -> None:
    assert len(record["carried"]) == 7
    for one in record["carried"]:
        column = one["key"].rpartition(".")[2]
        assert one["expected"] == last[f"requests.carried_out.{column}"]
        assert one["this"] == now[f"requests.carried_in.{column}"]
        assert one["holds"] == (one["expected"] == one["this"])
    assert len(record["in_force"]) == 2
    for one in record["in_force"]:
        row = one["key"].removesuffix(".in_force")
        should = last[one["key"]] + now[f"{row}.issued"] - now[f"{row}.repealed"]
        assert (one["expected"], one["this"]) == (should, now[one["key"]])


def _shares_agree(
    record: dict[str, Any], last: dict[str, Decimal], now: dict[str, Decimal]
) -> None:
    """Who asked: each kind of applicant's part of all new requests."""
    told = {one["label"]: one for one in record["shares"] if one["of"] == "新收申请"}
    for figures, side in ((last, "last"), (now, "this")):
        received = {part: figures[f"requests.received.{part}"] for part in PARTS}
        whole = sum(received.values())
        said = told["自然人"][side]
        if whole < 30:
            assert said is None
        else:
            assert Decimal(said) == _half_up(
                Fraction(received["individual"]) * 100 / Fraction(whole)
            )


# -- ends and edges --------------------------------------------------------------------------------


def _two(last: dict[str, Any], this: dict[str, Any]) -> tuple[Report, Report]:
    """Two years with these figures, all others equal."""
    sides = []
    for year, own in ((2023, last), (2024, this)):
        report = make_report(EDITIONS["2021"], year=year)
        entries = {key: Entry(value, str(value)) for key, value in own.items()}
        sides.append(replace(report, entries={**report.entries, **entries}))
    return sides[0], sides[1]


LICENCES = "disclosure.licensing.decisions"


@pytest.mark.parametrize(
    ("last", "this", "percent"),
    [
        (0, 5, None),
        (29, 58, None),
        (30, 45, Decimal("50.00")),
        (257, 267, Decimal("3.89")),
        (400, 399, Decimal("-0.25")),
        (30, 0, Decimal("-100.00")),
        (80, 80, Decimal("0.00")),
    ],
)
def test_per_cent_is_told_from_a_base_of_thirty(last, this, percent) -> None:
    found = {one.key: one for one in changes(*_two({LICENCES: last}, {LICENCES: this}))}
    assert (found[LICENCES].change, found[LICENCES].percent) == (this - last, percent)


def test_what_is_not_known_has_no_change() -> None:
    last, this = _two({}, {})
    blank = {LICENCES: Entry(None, None, state=EntryState.BLANK)}
    this = replace(this, entries={**this.entries, **blank})
    whole = compared(last, this)
    (one,) = [each for each in whole.changes if each.key == LICENCES]
    assert (one.this, one.change, one.percent) == (None, None, None)
    assert (whole.last.blank, whole.this.blank) == (0, 1)


def test_what_does_not_follow_from_last_year_is_told() -> None:
    key = "requests.carried_in.individual"
    row = "disclosure.normative_documents"
    last, this = _two(
        {"requests.carried_out.individual": 4, f"{row}.in_force": 9},
        {key: 3, f"{row}.issued": 2, f"{row}.repealed": 1, f"{row}.in_force": 2},
    )
    whole = compared(last, this)
    (carried,) = [one for one in whole.carried if one.key == key]
    assert (carried.expected, carried.this, carried.holds) == (4, 3, False)
    (documents,) = [one for one in whole.in_force if one.key == f"{row}.in_force"]
    assert (documents.expected, documents.this, documents.holds) == (10, 2, False)
    assert "上年 9＋制发 2－废止 1" in documents.how


def test_across_editions_only_what_both_count_is_compared_and_split_rows_are_added() -> None:
    last = make_report(EDITIONS["2019"], year=2020)
    this = make_report(EDITIONS["2021"], year=2021)
    whole = compared(this, last)
    assert not any(one.key.startswith("disclosure.") for one in whole.changes)
    assert whole.last.other_sheets == whole.this.other_sheets == ("表二",)
    assert whole.in_force == ()
    split = [one for one in whole.changes if len(one.this_keys) > 1]
    assert split
    for one in split:
        assert one.last == last.values[one.key]
        assert one.this == sum(this.values[key] for key in one.this_keys)
        assert set(one.this_keys) <= this.values.keys()
    used = [key for one in whole.changes for key in one.this_keys]
    assert len(used) == len(set(used)), "a figure stands in two lines"


def test_years_that_do_not_follow_have_no_ties() -> None:
    whole = compared(
        make_report(EDITIONS["2021"], year=2022), make_report(EDITIONS["2021"], year=2024)
    )
    assert (whole.successive, whole.carried, whole.in_force) == (False, (), ())


def test_the_order_in_which_they_are_given_is_nothing() -> None:
    last, this = _two({LICENCES: 40}, {LICENCES: 50})
    assert compared(last, this) == compared(this, last)


def test_one_year_twice_and_another_agency_are_refused() -> None:
    last, this = _two({}, {})
    with pytest.raises(UsageError, match="都是2024年度"):
        compared(this, this)
    other = replace(last, agency=Agency("某县农业局"))
    with pytest.raises(UsageError, match="--renamed"):
        compared(other, this)
    assert compared(other, this, renamed=True).last.agency == "某县农业局"


def test_indicators_are_compared_in_one_unit_and_shares_in_points() -> None:
    last, this = _two({}, {})
    last = replace(
        last,
        indicators={
            one.name: one
            for one in (
                Indicator("群众满意率", "%", 90),
                Indicator("走访", "户", 40),
                Indicator("宣传", "场", 33),
                Indicator("旧项", "件", 5),
            )
        },
    )
    this = replace(
        this,
        indicators={
            one.name: one
            for one in (
                Indicator("群众满意率", "%", 95),
                Indicator("走 访", "户", 50),
                Indicator("宣传", "次", 44),
            )
        },
    )
    found = {(one.label, one.unit): one for one in compared(last, this).indicators}
    assert (found["群众满意率", "%"].change, found["群众满意率", "%"].percent) == (5, None)
    assert found["走 访", "户"].percent == Decimal("25.00")
    assert (found["宣传", "次"].last, found["宣传", "场"].this) == (None, None)
    assert (found["旧项", "件"].last, found["旧项", "件"].this) == (5, None)
