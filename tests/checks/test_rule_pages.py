"""The pages of tests/rules, run."""

from __future__ import annotations

import re

import pytest

from gxgen.checks import registry
from gxgen.checks.runner import run
from gxgen.diagnostics import Severity
from gxgen.editions.declared import EDITIONS
from tests.checks.check_support import (
    RULES,
    Case,
    baseline,
    baseline_lines,
    cases,
    report_of,
    with_totals,
)

CASES = list(cases())
SEVERITIES = {"提示": Severity.NOTE, "核实": Severity.WARNING}
CARRIED = [
    carried
    for case in CASES
    for edition in EDITIONS.values()
    if edition is not case.edition and (carried := case.on(edition))
]
PAGED = [code for code in registry.homes() if code[2] in "12" or (RULES / f"{code}.md").is_file()]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    found = run(case.report(), strict=True)
    assert len(found) == len(case.expected), [f"{d.place} {d.code} {d.message}" for d in found]
    for line, diagnostic in zip(case.expected, found, strict=True):
        place, code, *rest = line.split(" ", 2)
        said = rest[0] if rest else ""
        weight = SEVERITIES.get(said[:2], registry.rule(code).severity)
        assert (str(diagnostic.place), diagnostic.code) == (place, code)
        assert said.removeprefix("提示").removeprefix("核实").strip() in diagnostic.message
        assert diagnostic.severity is weight


@pytest.mark.parametrize("case", CARRIED, ids=str)
def test_case_holds_on_every_edition_that_declares_its_cells(case: Case) -> None:
    found = run(case.report(), strict=True)
    assert sorted((str(d.place), d.code) for d in found) == sorted(case.told)


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: e.id)
@pytest.mark.parametrize("live", [False, True])
def test_baseline_is_clean(edition, live) -> None:
    values = with_totals(edition, baseline(edition))
    assert run(report_of(edition, values, live=live), strict=True) == []


def test_every_figure_of_the_baseline_is_asked_for_by_some_edition() -> None:
    asked = {key for edition in EDITIONS.values() for key in edition.fields}
    assert {line.partition(" = ")[0] for line in baseline_lines()} <= asked


@pytest.mark.parametrize("code", PAGED)
def test_every_rule_on_figures_has_a_page(code: str) -> None:
    page = RULES / f"{code}.md"
    assert page.is_file(), f"{code} has no page in tests/rules"
    assert page.read_text(encoding="utf-8").startswith(f"# {code} {registry.rule(code).name}\n")


@pytest.mark.parametrize("code", PAGED)
def test_every_page_has_a_firing_case_and_a_near_miss(code: str) -> None:
    own = [case for case in CASES if case.page == code]
    assert any(case.fires for case in own)
    assert any(code not in " ".join(case.expected) for case in own) or code == "GX210"


@pytest.mark.parametrize("code", PAGED)
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_has_a_case_that_fires_or_lacks_the_subject(code: str, edition: str) -> None:
    page = (RULES / f"{code}.md").read_text(encoding="utf-8")
    lacking = re.findall(r"Edition (\d{4}) does\s+not", page)
    told_of = {case.edition.id for case in CASES if case.page == code}.union(lacking)
    fires = any(c.fires for c in (*CASES, *CARRIED) if (c.page, c.edition.id) == (code, edition))
    if edition in lacking:
        assert not fires
    elif edition in told_of or not lacking:
        assert fires


def test_no_page_without_a_rule() -> None:
    assert {path.stem for path in RULES.glob("GX*.md")} <= set(registry.homes())
