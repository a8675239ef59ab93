"""The runner: what it joins, sorts and survives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from gxgen.checks import registry
from gxgen.checks.rule import Rule
from gxgen.checks.runner import run
from gxgen.diagnostics import Finding, Severity
from gxgen.editions.declared import EDITIONS
from gxgen.model.report import Report
from gxgen.places import SheetCell
from tests.checks.check_support import baseline, report_of, with_totals

EDITION = EDITIONS["2021"]


def report(**changes: object) -> Report:
    return report_of(EDITION, with_totals(EDITION, baseline(EDITION)) | changes)


@pytest.fixture
def broken_rule(monkeypatch: pytest.MonkeyPatch) -> Rule:
    def check(_: Report) -> Iterable[Finding]:
        raise ZeroDivisionError("division by zero")

    broken = replace(registry.rule("GX203"), check=check)
    others = tuple(rule for rule in registry.checks() if rule.code != broken.code)
    monkeypatch.setattr(registry, "checks", lambda: (broken, *others))
    return broken


def test_rule_that_crashes_is_named_and_the_others_still_run(broken_rule: Rule) -> None:
    found = run(report(**{"requests.granted.individual": 9}))
    assert [d.code for d in found] == ["GX901", "GX101"]
    assert "GX203（fee-in-yuan）" in found[0].message
    assert found[0].severity is Severity.ERROR


def test_rule_that_crashes_midway_keeps_nothing_half_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def check(_: Report) -> Iterator[Finding]:
        yield Finding("GX203", "半句")
        raise RuntimeError

    broken = replace(registry.rule("GX203"), check=check)
    monkeypatch.setattr(registry, "checks", lambda: (broken,))
    assert [d.code for d in run(report())] == ["GX901"]


def test_strict_lets_it_raise(broken_rule: Rule) -> None:
    with pytest.raises(ZeroDivisionError):
        run(report(), strict=True)


def test_findings_of_the_reader_come_first_by_weight_and_only_once() -> None:
    told = Finding("GX203", "读表时发现。", SheetCell("表二", 17, 1))
    found = run(report(**{"requests.granted.individual": 9}), [told, told], strict=True)
    assert [d.code for d in found] == ["GX101", "GX203"]


def test_diagnostics_tell_whose_they_are() -> None:
    (only,) = run(report(**{"disclosure.rules.in_force": 6}), strict=True)
    record = only.as_json()
    assert (record["agency"], record["year"]) == ("某县农业农村局", 2022)
    assert (record["sheet"], record["cell"]) == ("表二", "D7")
    assert record["key"] == "disclosure.rules.in_force"
    assert record["related"] == [
        {"sheet": "表二", "cell": "B7", "place": "表二!B7", "key": "disclosure.rules.issued"},
        {"sheet": "表二", "cell": "C7", "place": "表二!C7", "key": "disclosure.rules.repealed"},
    ]
