"""Sentences that a county remembers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gxgen.checks.runner import run
from gxgen.diagnostics import Severity
from gxgen.model.agency import Agency
from gxgen.model.report import Report
from gxgen.model.words import NO_WORDS, CountyWords, Remembered
from gxgen.prose.claims import claims_of, own_names
from gxgen.prose.claims.memory import masked
from tests.checks.test_answered_sentences import WEB, saying

RECEIVED = "requests.received.total"


def clause(report: Report) -> str:
    (asked,) = (one for one in claims_of(report) if one.kind == "requests")
    found = masked(asked, report.year, own_names(report.agency))
    assert found is not None
    return found


def remembering(report: Report, reads: str, of: str = "") -> Report:
    """The report in a county that remembers its sentence."""
    words = CountyWords(frames=(Remembered(of or clause(report), reads),))
    return replace(report, words=words)


def weights(report: Report) -> list[Severity]:
    return [d.severity for d in run(report, strict=True) if d.code.startswith("GX4")]


def test_the_same_sentence_next_year_fits_silently_or_is_wrong() -> None:
    first = clause(saying(WEB))
    right = WEB.replace("30", "15").replace("3次", "7次")
    wrong = WEB.replace("30", "16").replace("3次", "7次")
    assert weights(remembering(saying(right), RECEIVED, first)) == []
    assert weights(saying(wrong)) != [Severity.ERROR]
    assert weights(remembering(saying(wrong), RECEIVED, first)) == [Severity.ERROR]


def test_a_number_that_counts_nothing_is_asked_about_once() -> None:
    assert weights(saying(WEB)) == [Severity.WARNING]
    assert weights(remembering(saying(WEB), "")) == []


@pytest.mark.parametrize("reads", ["", "requests.granted.total"])
def test_no_explanation_silences_what_the_words_make_certain(reads: str) -> None:
    """An error cannot be waived, whatever a county has written into its file of words."""
    wrong = saying("全年收到政府信息公开申请84件。")
    assert weights(wrong) == [Severity.ERROR]
    assert weights(remembering(wrong, reads)) == [Severity.ERROR]


def test_what_is_forgotten_asks_again() -> None:
    known = remembering(saying(WEB), "")
    assert weights(replace(known, words=NO_WORDS)) == [Severity.WARNING]


@pytest.mark.parametrize(
    "text",
    [WEB.replace("科室", "前台"), WEB.replace("培训", "讲座"), "其中，" + WEB, "2019年，" + WEB],
)
def test_another_sentence_is_not_taken_for_it(text: str) -> None:
    other = remembering(saying(text), RECEIVED, clause(saying(WEB)))
    assert weights(other) == weights(saying(text))


def test_years_and_names_are_masked() -> None:
    for name, year in (("某县农业农村局", 2022), ("某县财政局", 2023)):
        report = replace(
            saying(f"{year}年，{name}经科室环节受理的政府信息公开申请{year - 2000}件。"),
            agency=Agency(name),
            year=year,
        )
        assert clause(report) == "{本年}年,{本机关}经科室环节受理的政府信息公开申请[#件]"


def test_an_approximate_number_is_never_an_error() -> None:
    report = saying(WEB.replace("30", "约30"))
    assert Severity.ERROR not in weights(remembering(report, RECEIVED))


def test_a_figure_that_the_form_lacks_changes_nothing() -> None:
    report = saying(WEB)
    assert weights(remembering(report, "requests.nothing.total")) == weights(report)
