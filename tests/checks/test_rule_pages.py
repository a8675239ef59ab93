"""The pages of tests/rules, run."""

from __future__ import annotations

import re

import pytest

from gxgen.checks import registry
from gxgen.checks.runner import run
from gxgen.diagnostics import Severity
from gxgen.editions.declared import EDITIONS
from tests.checks.check_support import RULES, Case, baseline, cases, report_of, with_totals

CASES = list(cases())
PAGED = [code for code in registry.modules() if code[2] in "12"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    found = run(case.report(), strict=True)
    assert len(found) == len(case.expected), [f"{d.place} {d.code} {d.message}" for d in found]
    for line, diagnostic in zip(case.expected, found, strict=True):
        place, code, *rest = line.split(" ", 2)
        said = rest[0] if rest else ""
        answered = said.startswith("提示")
        assert (str(diagnostic.place), diagnostic.code) == (place, code)
        assert said.removeprefix("提示").strip() in diagnostic.message
        rule = registry.rule(code)
        assert diagnostic.severity is (Severity.NOTE if answered else rule.severity)


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: e.id)
@pytest.mark.parametrize("live", [False, True])
def test_baseline_is_clean(edition, live) -> None:
    values = with_totals(edition, baseline(edition))
    assert run(report_of(edition, values, live=live), strict=True) == []


@pytest.mark.parametrize("code", PAGED)
def test_every_rule_on_figures_has_a_page(code: str) -> None:
    page = RULES / f"{code}.md"
    assert page.is_file(), f"{code} has no page in tests/rules"
    assert page.read_text(encoding="utf-8").startswith(f"# {code} {registry.rule(code).name}\n")


@pytest.mark.parametrize("code", PAGED)
def test_every_page_has_a_firing_case_and_a_near_miss(code: str) -> None:
    own = [case for case in CASES if case.page == code]
    fires = [any(line.split()[1] == code for line in case.expected) for case in own]
    assert any(fires)
    assert any(code not in " ".join(case.expected) for case in own) or code == "GX210"


@pytest.mark.parametrize("code", PAGED)
def test_every_edition_has_a_case_or_is_said_to_lack_the_subject(code: str) -> None:
    page = (RULES / f"{code}.md").read_text(encoding="utf-8")
    editions = {case.edition.id for case in CASES if case.page == code}
    for edition in EDITIONS:
        assert edition in editions or re.search(rf"Edition {edition} does\s+not", page)


def test_no_page_without_a_rule() -> None:
    assert {path.stem for path in RULES.glob("GX*.md")} <= set(registry.modules())
