"""The measure of printed pages sees each fault that is put on a page, and finds none on ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from benchmarks.audit import demo_report
from benchmarks.pages import RULES, Page, measured
from benchmarks.printed import FOOT, LEFT, TOP, Letter, Printed, printed
from benchmarks.printers import chromium
from benchmarks.samples import reports
from gxgen.document import page as measures
from gxgen.document.blocks import compose
from gxgen.model.agency import Agency
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Report
from tests.support import need_tool

from .pdf_support import need_faces, written

LINE = measures.LINE / measures.TWIPS


@pytest.fixture(autouse=True)
def _faces() -> None:
    need_faces()


@pytest.mark.parametrize("at", [1, 3])
def test_demo_reports_of_both_editions_stand_without_a_fault(at: int) -> None:
    clean(demo_report(at - 1))
    clean(demo_report(at))


def test_the_samples_stand_without_a_fault() -> None:
    for report in reports():
        clean(report)


@pytest.mark.tool
@pytest.mark.parametrize("more", range(4))
def test_the_sign_off_of_a_printed_page_stands_by_the_last_paragraph(more: int) -> None:
    """And ends where the standard says; the text is so many lines longer that its date would fall
    onto a page of its own."""
    need_tool("chromium")
    report = demo_report(6)
    first, *others = report.narrative
    longer = replace(first, paragraphs=(*first.paragraphs, *[Paragraph("短句。")] * more))
    report = replace(report, narrative=(longer, *others))
    ((_, pdf),) = chromium([report])
    assert measured(report, pdf)["落款不合规则"] == []


@pytest.mark.tool
@pytest.mark.parametrize("at", [0, 1], ids=["2021", "2019"])
def test_a_page_that_a_browser_prints_is_without_a_fault(at: int) -> None:
    """The faces that it draws are named in their descriptors only."""
    need_tool("chromium")
    ((report, pdf),) = chromium([demo_report(at)])
    assert {name: found for name, found in measured(report, pdf).items() if found} == {}
    other = replace(report, agency=Agency("某某县另一个机关"))
    assert measured(other, pdf)["与doctor所报不同的字体"] == ["页上的文字与报告的文字对不上"]
    fonts = {letter.font for page in printed(pdf).letters for letter in page}
    assert len(fonts) > 1 and all(fonts)


def clean(report: Report) -> None:
    faults = {name: found for name, found in measured(report, written(report)).items() if found}
    assert faults == {}


@cache
def sound() -> Page:
    report = demo_report(2)
    return Page(report, compose(report), printed(written(report)))


Change = Callable[[Letter], Letter]


def changed(change: Change) -> Printed:
    pages = sound().pages
    return replace(pages, letters=tuple(tuple(map(change, page)) for page in pages.letters))


def lines_of(*texts: str, wide: int | None = None) -> Printed:
    """A paragraph of these lines on a page, one of them set wider by a tenth."""
    letters = [
        Letter(
            char,
            LEFT + (x * (1.1 if y == wide else 1) + (0 if y else 2)) * measures.CHARACTER,
            TOP + (y + 0.8) * LINE,
            measures.BODY_SIZE,
            "any",
        )
        for y, text in enumerate(texts)
        for x, char in enumerate(text)
    ]
    return Printed((tuple(letters),), (TOP,))


PLANTED: dict[str, Callable[[], Printed]] = {
    "拉得过开的行": lambda: lines_of("永" * 26, "永" * 25, "永" * 9, wide=1),
    "拆开的文号、破折号、省略号": lambda: lines_of("依据国办公开办函〔2021", "〕30号的规定。"),
    "不该在行首、行末的标点": lambda: lines_of("依据国务院的规定（", "试行）办理。"),
    "越出版心的行": lambda: lines_of("永" * 28),
    "空了三分之一以上的中间页": lambda: replace(
        sound().pages, depths=(FOOT - (FOOT - TOP) * 0.34, FOOT, FOOT)
    ),
    "小于7.5磅的字": lambda: changed(
        lambda one: replace(one, size=7.0) if one.char.isdecimal() else one
    ),
    "与doctor所报不同的字体": lambda: changed(
        lambda one: replace(one, font="UMingCN") if one.char == "的" else one
    ),
    "落款不合规则": lambda: changed(
        lambda one: replace(one, x=one.x + 5) if one.char.isdecimal() else one
    ),
}


def test_each_rule_has_a_planted_fault() -> None:
    assert set(PLANTED) == set(RULES)


@pytest.mark.parametrize("name", PLANTED)
def test_a_rule_sees_its_fault(name: str) -> None:
    assert list(RULES[name](replace(sound(), pages=PLANTED[name]())))


@pytest.mark.parametrize("two", ["——", "……"])
def test_signs_of_two_characters_are_not_split(two: str) -> None:
    page = replace(sound(), pages=lines_of("永" * 20 + two[0], two[1] + "永。"))
    assert list(RULES["拆开的文号、破折号、省略号"](page)) == [two]
