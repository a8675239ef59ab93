"""Each way in which a published report departs from the form of its year is told, alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from gxgen.audit.judged import ALTERED
from gxgen.checks import registry
from gxgen.checks.runner import rule_findings
from gxgen.diagnostics import Severity, Side
from gxgen.document.blocks import compose
from gxgen.editions.declared import EDITIONS, PUBLISHED_EDITIONS
from gxgen.formats.html.page import html_page
from gxgen.model.report import Report
from tests.audit.support import demo, judged, made
from tests.factory import make_report

OWN = {f"GX{number}" for number in range(820, 830)}


def swapped(old: str, new: str) -> Callable[[str], str]:
    """A page with one text for another, which must be there."""

    def change(page: str) -> str:
        assert old in page, old
        return page.replace(old, new, 1)

    return change


def without(pattern: str) -> Callable[[str], str]:
    def change(page: str) -> str:
        found = re.search(pattern, page, re.DOTALL)
        assert found, pattern
        return page[: found.start()] + page[found.end() :]

    return change


def _exchanged(page: str) -> str:
    """Sections three and four in each other's place."""
    heads = [m.start() for m in re.finditer("<h2", page)]
    three, four, five = (next(h for h in heads if f"{n}、" in page[h : h + 60]) for n in "三四五")
    return page[:three] + page[four:five] + page[three:four] + page[five:]


CHANGES = {
    "words": (swapped("四、政府信息公开行政复议、", "四、行政复议、"), "GX820", Side.REPORT),
    "number": (swapped("五、存在的主要", "六、存在的主要"), "GX821", Side.REPORT),
    "number lost": (swapped("二、主动公开政府", "、主动公开政府"), "GX821", Side.DAMAGE),
    "missing": (without(r"<h2[^>]*>四、.*?</h2>"), "GX822", Side.DAMAGE),
    "label": (swapped("社会公益组织", "社会组织"), "GX823", Side.REPORT),
    "note": (swapped(">规章<", ">规章（县级无此项）<"), "GX823", Side.REPORT),
    "eaten": (swapped("其他法律行政法规禁止公开", "其他法律行政止公开"), "GX823", Side.DAMAGE),
    "bookmark": (swapped(">行政处罚<", ">[bookmark: _Hlk1]行政处罚<"), "GX823", Side.DAMAGE),
    "span": (swapped('colspan="3"', 'colspan="2"'), "GX824", Side.REPORT),
    "unit": (swapped("本年收费金额（单位：万元）", "本年收费金额"), "GX825", Side.REPORT),
    "notice": (lambda page: re.sub("国办公开办函〔2021〕30号", "", page), "GX828", Side.REPORT),
    "order": (_exchanged, "GX829", Side.REPORT),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_departure_is_told(name: str) -> None:
    change, code, side = CHANGES[name]
    page = change(made(demo(3), "html").decode())
    audit = judged(page.encode())
    assert audit.read.report is not None
    own = {one.code for one in audit.found} & OWN
    assert code in own
    assert {one.side for one in audit.found if one.code == code} == {side}
    if name != "order":  # a section that is taken for another's text has no heading either
        assert own == {code}
    assert not [one for one in audit.found if one.severity is Severity.ERROR]


def test_every_code_of_the_form_is_planted() -> None:
    elsewhere = {"GX826", "GX827"}
    assert {code for _, code, _ in CHANGES.values()} | elsewhere == OWN
    assert ALTERED <= OWN


def test_a_blank_cell_is_told_with_its_row() -> None:
    page = made(demo(3), "html").decode()
    row = re.search(r"行政强制</t[dh]><td[^>]*>(\d+)<", page)
    assert row
    blank = page[: row.start(1)] + page[row.end(1) :]
    (found,) = (one for one in judged(blank.encode()).found if one.code == "GX826")
    assert found.key == "disclosure.coercive_measures.decisions"
    assert "第10行第2格" in str(found.place) or "第11行第2格" in str(found.place)


@pytest.mark.parametrize(
    ("form", "year", "severity"),
    [("2019", 2023, Severity.ERROR), ("2021-one-row", 2023, Severity.WARNING)],
)
def test_the_form_of_another_year_is_told(form: str, year: int, severity: Severity) -> None:
    report = replace(make_report(PUBLISHED_EDITIONS[form]), year=year)
    audit = judged(html_page(compose(report), report))
    assert {one.severity for one in audit.found if one.code == "GX827"} == {severity}


@pytest.mark.parametrize("form", EDITIONS)
def test_the_form_of_its_year_is_not(form: str) -> None:
    report = make_report(EDITIONS[form])
    audit = judged(html_page(compose(report), report))
    assert not [one for one in audit.found if one.code in OWN - {"GX828"}]


@pytest.mark.parametrize("form", PUBLISHED_EDITIONS)
def test_every_rule_reads_a_report_in_any_published_form(form: str) -> None:
    list(rule_findings(make_report(PUBLISHED_EDITIONS[form]), strict=True))


def _with(report: Report, key: str, add: int) -> Report:
    entry = report.entries[key]
    assert entry.value is not None
    return replace(report, entries={**report.entries, key: replace(entry, value=entry.value + add)})


def test_a_broken_sum_is_an_error_at_its_cell() -> None:
    report = _with(demo(3), "remedies.reconsideration.total", 1)
    (found,) = (one for one in judged(made(report, "html")).found if one.code == "GX101")
    assert found.severity is Severity.ERROR
    assert found.side is Side.REPORT
    assert "个表格" in str(found.place)


def test_a_broken_sum_of_figures_read_with_doubt_is_a_question() -> None:
    """A head that nobody knows: the rows add up, and their order alone says which is which."""
    report = _with(demo(3), "requests.processed.individual", 1)
    page = made(_with(report, "requests.processed.total", 1), "html").decode()
    sure = [one for one in judged(page.encode()).found if one.code in ("GX101", "GX102")]
    assert {one.severity for one in sure} == {Severity.ERROR}
    doubtful = judged(page.replace("自然人", "自然人和别人").encode())
    found = [one for one in doubtful.found if one.code in ("GX101", "GX102")]
    assert {one.severity for one in found} == {Severity.WARNING}
    assert all("不是按原位逐格读出" in one.message for one in found)
    assert not doubtful.faulty


def test_advice_is_for_somebody_without_the_form() -> None:
    audit = judged(made(_with(demo(3), "remedies.reconsideration.total", 1), "html"))
    for one in audit.found:
        assert "填报表" not in one.hint
        assert one.hint != registry.rule(one.code).hint or one.code in OWN
