"""Every code that a form can earn is planted and found; of a sound county nothing is told."""

from __future__ import annotations

import pytest

from benchmarks.planted import Tally, all_planters, measured, planted_codes, uncovered
from benchmarks.planting.site import Plant
from benchmarks.planting.unearned import UNEARNED
from gxgen.checks import registry
from gxgen.diagnostics import Diagnostic, Finding
from gxgen.places import SheetCell


def test_every_code_has_a_planter_or_a_reason_why_nothing_filed_can_earn_it() -> None:
    assert uncovered() == set()
    assert planted_codes().isdisjoint(UNEARNED)
    assert set(UNEARNED) | planted_codes() <= set(registry.homes())


def test_every_rule_with_a_check_is_planted() -> None:
    """A rule reads what was filed, so none of them may be excused."""
    assert {rule.code for rule in registry.checks()} <= planted_codes()


def test_planters_of_a_code_have_names_of_their_own() -> None:
    names = [(one.code, one.name) for one in all_planters()]
    assert len(names) == len(set(names))


def _told(code: str, sheet: str, row: int, message: str = "") -> Diagnostic:
    finding = Finding(code, message, SheetCell(sheet, row, 1))
    return registry.diagnose(finding, agency="某局", year=2025, file="某局.xlsx")


def test_a_fault_told_elsewhere_or_otherwise_is_missed() -> None:
    plant = Plant("GX201", {}, frozenset({"表二!B7"}), follows=frozenset({"表二!B9"}))
    right = _told("GX201", "表二", 6)
    assert plant.found([right])
    assert not plant.found([_told("GX201", "表二", 7)])
    assert not plant.found([_told("GX202", "表二", 6)])
    assert plant.false([right, _told("GX405", "正文", 5, "对不上：表二!B9")]) == []
    other = _told("GX405", "正文", 5, "对不上：表二!B10")
    assert plant.false([right, other]) == [other]
    tally = Tally()
    tally.note("错填", plant, [other])
    assert (tally.missed, tally.false["GX201"]) == (1, 1)


@pytest.mark.slow
def test_all_planted_faults_are_found_and_nothing_else_is_told() -> None:
    tally = measured(agencies=20, seed=7, times=1)
    assert (tally.clean.total(), tally.missed, tally.false.total()) == (0, 0, 0), tally.lines
    assert set(tally.planted) == planted_codes()
    assert tally.near >= 10
