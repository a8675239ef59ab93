"""Screens stay quiet: errors first, then a handful of questions of every kind; none is lost."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from gxgen.checks import registry
from gxgen.diagnostics import Diagnostic, Finding, Severity, worst_first
from gxgen.show.text import MOST_QUESTIONS, few_questions, findings_text

CODES = [
    rule.code
    for rule in registry.rules()
    if rule.code in ("GX101", "GX202", "GX203", "GX302", "GX303", "GX304", "GX210", "GX401")
]


def _said(code: str, number: int) -> Diagnostic:
    return registry.diagnose(Finding(code, f"第{number}句"), agency=None, year=None, file=None)


SOME = st.lists(st.sampled_from(CODES), max_size=20).map(
    lambda codes: worst_first(_said(code, number) for number, code in enumerate(codes))
)


def _asks(one: Diagnostic) -> bool:
    return one.severity is Severity.WARNING


@given(SOME)
def test_only_questions_are_left_out_and_they_are_counted(found) -> None:
    shown, more = few_questions(found)
    assert [one for one in shown if not _asks(one)] == [one for one in found if not _asks(one)]
    assert sum(map(_asks, shown)) == min(MOST_QUESTIONS, sum(map(_asks, found)))
    assert len(shown) + more == len(found)
    assert [one for one in found if one in shown] == shown


@given(SOME)
def test_a_code_has_a_second_question_only_if_every_code_has_one(found) -> None:
    shown = Counter(one.code for one in few_questions(found)[0] if _asks(one))
    kinds = {one.code for one in found if _asks(one)}
    if len(shown) < len(kinds):
        assert set(shown.values()) == {1}


@given(SOME)
def test_questions_come_after_errors_and_those_of_one_code_together(found) -> None:
    lines = findings_text(found).splitlines()
    told = [(line.split()[0], line.split()[1]) for line in lines if not line.startswith("       ")]
    assert len(told) == len(found)
    weights = [weight for weight, _ in told]
    assert weights == sorted(weights, key=["错误", "核实", "提示"].index)
    asked = [code for weight, code in told if weight == "核实"]
    runs = [code for at, code in enumerate(asked) if not at or asked[at - 1] != code]
    assert len(runs) == len(set(runs))
