"""Answers of the agency on sheet 说明."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gxgen.checks.runner import run
from gxgen.diagnostics import Diagnostic, Finding, Related, Severity
from gxgen.editions.declared import EDITIONS
from gxgen.model.report import Answer, Entry, Report
from gxgen.places import SheetCell
from tests.checks.check_support import baseline, report_of, with_totals
from tests.factory import make_report

EDITION = EDITIONS["2021"]
RULES_IN_FORCE = "disclosure.rules.in_force"
FEE = "disclosure.fees.amount"


def asked(**changes: object) -> Report:
    """A report that raises GX201 at 表二!D7 (figures 6, 0, 0)."""
    values = with_totals(EDITION, baseline(EDITION)) | {RULES_IN_FORCE: 6} | changes
    return report_of(EDITION, values)


def answered(report: Report, *answers: Answer) -> dict[str, Diagnostic]:
    return {d.code: d for d in run(replace(report, answers=answers), strict=True)}


def test_warning_tells_the_line_that_would_answer_it() -> None:
    (only,) = run(asked(), strict=True)
    assert only.hint.endswith(
        "如情况属实，请在“说明”表填写：编号 GX201，单元格 表二!D7，当时的数 6、0、0，理由……"
    )


@pytest.mark.parametrize(
    "cell", ["表二!D7", "表二!$D$7", "D7", "d7", "表二！Ｄ７", " 表二 ! D7 ", "'表二'!D7"]
)
@pytest.mark.parametrize("code", ["GX201", "gx201", "ＧＸ２０１ "])
def test_cell_and_code_as_people_type_them(code: str, cell: str) -> None:
    found = answered(asked(), Answer(code, cell, "代管文本", figures="6、0、0"))
    assert set(found) == {"GX201"}
    assert found["GX201"].severity is Severity.NOTE
    assert found["GX201"].message.endswith("单位说明：代管文本。")


@pytest.mark.parametrize("figures", ["6、0、0", "6,0,0", "６， ０， ０", "6 0 0", "6;0;0、"])
def test_figures_as_people_type_them(figures: str) -> None:
    found = answered(asked(), Answer("GX201", "D7", "代管文本", figures=figures))
    assert found["GX201"].severity is Severity.NOTE


@pytest.mark.parametrize("figures", ["5、0、0", "6、0", "6、0、0、0", "六"])
def test_answer_lapses_when_a_figure_changed(figures: str) -> None:
    found = answered(asked(), Answer("GX201", "D7", "代管文本", figures=figures))
    assert found["GX201"].severity is Severity.WARNING
    assert f"说明时的数是 {figures}，现在是 6、0、0" in found["GX201"].message
    assert found["GX201"].hint.endswith("当时的数 6、0、0，理由……")


def test_money_is_compared_as_a_number() -> None:
    report = asked(**{FEE: 26550, RULES_IN_FORCE: 0})
    found = answered(report, Answer("GX203", "表二!B18", "土地出让", figures="26550.00"))
    assert found["GX203"].severity is Severity.NOTE


def test_answer_without_figures_is_taken_and_said_to_be_unbound() -> None:
    found = answered(asked(), Answer("GX201", "D7", "代管文本。"))
    assert found["GX201"].severity is Severity.NOTE
    assert "单位说明：代管文本。（说明没有写“当时的数”" in found["GX201"].message


def test_errors_stay_errors() -> None:
    report = asked(**{RULES_IN_FORCE: 0, "requests.granted.individual": 9})
    found = answered(report, Answer("GX101", "表三!D10", "就是这样"))
    assert found["GX101"].severity is Severity.ERROR
    assert found["GX210"].severity is Severity.NOTE
    assert "必须改正" in found["GX210"].message


@pytest.mark.parametrize(
    ("code", "cell"), [("GX999", "表二!D7"), ("", ""), ("GX201", "表三!D7"), ("GX201", "")]
)
def test_answer_to_nothing_is_told(code: str, cell: str) -> None:
    place = SheetCell("说明", 3, 0)
    found = answered(asked(), Answer(code, cell, "代管文本", place))
    assert found["GX201"].severity is Severity.WARNING
    assert found["GX210"].place == place


def test_second_answer_to_the_same_is_idle() -> None:
    answer = Answer("GX201", "D7", "代管文本", figures="6、0、0")
    found = answered(asked(), answer, answer)
    assert found["GX201"].severity is Severity.NOTE
    assert "已有说明" in found["GX210"].message
    assert found["GX201"].message.count("单位说明") == 1


def test_cell_that_means_two_sheets_is_not_guessed() -> None:
    findings = [Finding("GX203", f"{s}。", SheetCell(s, 6, 3)) for s in ("表二", "表三")]
    report = asked(**{RULES_IN_FORCE: 0})
    found = run(replace(report, answers=(Answer("GX203", "D7", "属实"),)), findings, strict=True)
    assert [d.severity for d in found] == [Severity.WARNING, Severity.WARNING, Severity.NOTE]
    assert "请写明工作表" in found[-1].message


def test_finding_on_text_can_be_answered_too() -> None:
    finding = Finding("GX203", "疑似。", SheetCell("正文", 4, 2), related=(Related(None, None),))
    report = asked(**{RULES_IN_FORCE: 0})
    (only,) = run(report, [finding], strict=True)
    line = "编号 GX203，单元格 正文!C5，当时的数 “疑似。”〔a4b1c8〕，理由……"
    assert only.hint.endswith(line)
    answer = Answer("GX203", "正文!C5", "属实", figures="“疑似。”〔a4b1c8〕")
    (only,) = run(replace(report, answers=(answer,)), [finding])
    assert only.message == "疑似。单位说明：属实。"


@pytest.mark.parametrize(
    ("reason", "severity", "said"),
    [
        ("上年漏计1件，已更正为4", Severity.WARNING, "已更正为4"),
        ("上年漏计1件，已更正为５", Severity.ERROR, "更正为5，但本年这一格是4"),
        ("上年公布错了", Severity.ERROR, ""),
    ],
)
def test_a_corrected_figure_of_last_year_is_answered(
    reason: str, severity: Severity, said: str
) -> None:
    """An error is answered only by the reason and the very figure that this year begins with."""
    key = "requests.carried_in.individual"
    last = make_report(EDITION, year=2023)
    entries = {**last.entries, key: Entry(4, "4", SheetCell("表三", 8, 4))}
    report = replace(
        last, year=2024, previous=last, entries=entries, answers=(Answer("GX301", key, reason, ""),)
    )
    (told,) = [d for d in run(report, []) if d.code == "GX301"]
    assert (told.severity, said in told.message) == (severity, True)
