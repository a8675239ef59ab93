"""Answers to questions about sentences: bound to the figures and to the words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from gxgen.checks.runner import run
from gxgen.diagnostics import Diagnostic, Finding, Severity
from gxgen.editions.declared import EDITIONS
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Answer, Report, SignOff
from gxgen.places import SheetCell
from tests.checks.check_support import baseline, report_of, with_totals

EDITION = EDITIONS["2021"]
CELL = SheetCell("正文", 5, 2)
FIRST = "全年收到政府信息公开申请约30件。"
SECOND = "新收到政府信息公开申请约40件。"
WEB = "我局共开展培训3次，本年经科室环节受理的政府信息公开申请30件。"


def saying(text: str, *, last: Report | None = None, **changes: object) -> Report:
    """The valid report with a section one of its own; 15 requests were received."""
    report = report_of(EDITION, with_totals(EDITION, baseline(EDITION)) | changes)
    words = tuple(
        replace(passage, paragraphs=(Paragraph(text, CELL),)) if passage.mark == "1" else passage
        for passage in report.narrative
    )
    return replace(report, narrative=words, previous=last)


def answered(report: Report, *answers: Answer) -> list[Diagnostic]:
    return run(replace(report, answers=answers), strict=True)


def copied(diagnostic: Diagnostic, reason: str = "属实") -> Answer:
    """The line that a finding's advice asks for, as a clerk copies it."""
    line = re.search(r"编号 (\S+?)，单元格 (\S+?)，当时的数 (.*)，理由……", diagnostic.hint)
    assert line is not None
    return Answer(line[1], line[2], reason, SheetCell("说明", 3, 0), line[3])


@pytest.mark.parametrize("text", [FIRST, WEB])
def test_answer_as_advised_settles_the_question(text: str) -> None:
    (asked,) = answered(saying(text))
    (settled,) = answered(saying(text), copied(asked, "只算网站渠道"))
    assert settled.severity is Severity.NOTE
    assert settled.message == f"{asked.message}单位说明：只算网站渠道。"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (WEB.replace("30", "31"), "说明时的句子是"),
        (WEB.replace("培训3次", "培训4次"), "说明时的句子是"),
        (WEB.replace("环节", "步骤"), "说明时的句子是"),
    ],
)
def test_answer_lapses_when_a_word_of_the_sentence_changed(text: str, told: str) -> None:
    (asked,) = answered(saying(WEB))
    found = [d for d in answered(saying(text), copied(asked)) if d.code == asked.code]
    assert [d.severity for d in found] == [Severity.WARNING]
    assert told in found[0].message


def test_answer_lapses_when_a_figure_changed() -> None:
    (asked,) = answered(saying(WEB))
    changed = saying(WEB, **{"requests.received.total": 16})
    (found,) = (d for d in answered(changed, copied(asked)) if d.code == asked.code)
    assert found.severity is Severity.WARNING
    assert "说明时的数是 15、1、15，现在是 16、1、15" in found.message


def test_answer_lapses_when_a_figure_of_last_year_changed() -> None:
    text = "2021年收到政府信息公开申请约30件。"
    last, later = (
        replace(saying("无。", **{"requests.received.total": n}), year=2021) for n in (20, 21)
    )
    report = replace(saying(text, last=last), year=2022)
    (asked,) = (d for d in answered(report) if d.code == "GX401")
    for previous, severity in ((last, Severity.NOTE), (later, Severity.WARNING)):
        found = answered(replace(report, previous=previous), copied(asked))
        assert [d.severity for d in found if d.code == "GX401"] == [severity]


def test_blanks_and_widths_do_not_lapse_it() -> None:
    (asked,) = answered(saying(WEB))
    answer = copied(asked)
    typed = replace(answer, figures=answer.figures.replace("30", "３０").replace("、", " , "))
    (settled,) = answered(saying(WEB.replace("30件", " 30 件")), typed)
    assert settled.severity is Severity.NOTE


@pytest.mark.parametrize(
    ("figures", "holds"),
    [("9487、550", True), ("9,487、550", True), ("9，487、550", True), ("9,487、551", False)],
)
def test_figures_typed_as_excel_shows_them_do_not_lapse_it(figures: str, holds: bool) -> None:
    key = "disclosure.licensing.decisions"
    last = saying("无。", **{key: 550})
    report = saying("无。", last=replace(last, year=last.year - 1), **{key: 9487})
    found = of("GX302", answered(report, Answer("GX302", "表二!B11", "新增事项", figures=figures)))
    assert (found.severity is Severity.NOTE) == holds


def test_questions_on_one_paragraph_are_told_apart() -> None:
    one, two = answered(saying(FIRST + SECOND))
    found = answered(saying(FIRST + SECOND), copied(two))
    assert {d.quote: d.severity for d in found} == {
        one.quote: Severity.WARNING,
        two.quote: Severity.NOTE,
    }
    both = answered(saying(FIRST + SECOND), copied(two, "乙"), copied(one, "甲"))
    assert [d.message[-7:] for d in both] == ["单位说明：甲。", "单位说明：乙。"]


def test_of_two_answers_only_that_of_the_changed_sentence_lapses() -> None:
    answers = [copied(d) for d in answered(saying(FIRST + SECOND))]
    changed = saying(FIRST.replace("30", "50") + SECOND)
    found = {d.quote: d for d in answered(changed, *answers)}
    assert found[SECOND.rstrip("。")].severity is Severity.NOTE
    assert found[FIRST.replace("30", "50").rstrip("。")].severity is Severity.WARNING


def test_answer_without_words_is_not_guessed_among_several() -> None:
    found = answered(saying(FIRST + SECOND), Answer("GX401", "正文!C6", "属实"))
    assert [d.severity for d in found] == [Severity.WARNING, Severity.WARNING, Severity.NOTE]
    assert "一处一行" in found[-1].message


def test_answer_without_words_is_taken_where_there_is_one_and_said_to_be_unbound() -> None:
    (found,) = answered(saying(FIRST), Answer("GX401", "正文!C6", "属实", figures="15"))
    assert found.severity is Severity.NOTE
    assert "句子以后改动时不会自动失效" in found.message


def test_an_error_beside_a_question_is_never_settled() -> None:
    wrong = "全年收到政府信息公开申请30件。"
    found = answered(saying(wrong + SECOND))
    errors = [d for d in found if d.severity is Severity.ERROR]
    assert len(errors) == 1
    question = next(d for d in found if d.severity is Severity.WARNING)
    as_if = replace(copied(question), figures="15、“全年收到政府信息公开申请30件”")
    for answer in (copied(question), as_if, Answer("GX401", "正文!C6", "属实")):
        still = answered(saying(wrong + SECOND), answer)
        assert [d for d in still if d.severity is Severity.ERROR] == errors


# -- questions about no figure and no sentence -----------------------------------------------------


LACKS = "主动公开及时，依申请公开规范，监督保障有力，"
NO_PLATFORM, NO_MANAGEMENT = f"{LACKS}信息管理有序。", f"{LACKS}平台建设完善。"


def of(code: str, found: list[Diagnostic]) -> Diagnostic:
    (only,) = (one for one in found if one.code == code)
    return only


def test_answer_on_a_missing_part_lapses_when_another_is_missing() -> None:
    asked = of("GX511", answered(saying(NO_PLATFORM)))
    settled = of("GX511", answered(saying(NO_PLATFORM), copied(asked, "写在第五部分")))
    assert settled.message == f"{asked.message}单位说明：写在第五部分。"
    other = of("GX511", answered(saying(NO_MANAGEMENT), copied(asked, "写在第五部分")))
    assert other.severity is Severity.WARNING
    assert "说明时的句子是" in other.message


def test_answer_on_a_date_lapses_when_the_date_changes() -> None:
    def dated(day: int) -> Report:
        report = saying("无。")
        return replace(report, sign_off=SignOff(date=dt.date(report.year + 1, 2, day)))

    asked = of("GX530", answered(dated(10)))
    for day, severity in ((10, Severity.NOTE), (20, Severity.WARNING)):
        assert of("GX530", answered(dated(day), copied(asked))).severity is severity


def test_one_answer_does_not_settle_two_questions_about_no_figure() -> None:
    place = SheetCell("正文", 8, 2)
    found = [Finding("GX085", f"第{row}行隐藏了，没有印出。", place) for row in (9, 12)]
    report = saying("无。")
    one, two = (d for d in run(report, found, strict=True) if d.code == "GX085")
    answers = (copied(one),)
    after = run(replace(report, answers=answers), found, strict=True)
    assert {d.words: d.severity for d in after if d.code == "GX085"} == {
        one.words: Severity.NOTE,
        two.words: Severity.WARNING,
    }
    unclear = (Answer("GX085", "正文!C9", "属实"),)
    after = run(replace(report, answers=unclear), found, strict=True)
    assert [d.severity for d in after if d.code == "GX085"] == [Severity.WARNING] * 2
