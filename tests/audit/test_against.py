"""What became of a report since it was built."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree

from benchmarks import audit as planted
from gxgen.audit.against import Against, Fate
from gxgen.model.report import Report
from tests.audit.support import demo, judged, made


def against(data: bytes, report: Report) -> Against:
    found = judged(data, report).against
    assert found is not None
    return found


@pytest.mark.parametrize("style", ["official", "illustrated"])
@pytest.mark.parametrize("kind", ["docx", "html", "fragment"])
@pytest.mark.parametrize("year", [2020, 2024])
def test_nothing_is_told_of_a_file_as_it_was_built(kind: str, style: str, year: int) -> None:
    report = demo(5, year)
    audit = judged(made(report, kind, style), report)
    assert audit.against is not None
    assert audit.against.equal
    assert not audit.faulty
    assert not [one for one in audit.found if one.severity.value != "note"]


def test_nothing_is_told_of_a_pdf_as_it_was_built() -> None:
    report = demo(8)
    assert against(made(report, "pdf"), report).equal


def test_every_edit_is_told_and_nothing_else() -> None:
    """A slice of ``python -m benchmarks.audit``."""
    out = planted.measured(40, 3)
    assert out.missed == []
    assert out.else_told == []
    assert out.told.total() == out.planted.total() >= 40


def test_the_benchmark_sees_what_is_missed() -> None:
    """A comparison with another report than the one that was edited tells other things."""
    out = planted.Outcome()
    plan = planted.Planted(["word"], [{(("changed", "甲。", "乙。"),)}])
    report = demo(5)
    planted._weigh(plan, judged(made(demo(6), "html"), report), out, "x")
    assert out.missed
    assert out.else_told


def test_words_that_changed_are_marked() -> None:
    report = demo(5)
    text = next(p.text for one in report.narrative for p in one.paragraphs if "监督" in p.text)
    page = made(report, "html").decode().replace(text, text.replace("监督", "督促", 1))
    (said,) = (one for one in against(page.encode(), report).sentences if one.fate != Fate.EQUAL)
    assert said.fate is Fate.CHANGED
    (found,) = against(page.encode(), report).findings
    assert found.code == "GX832"
    assert "【" in found.message


def test_a_figure_that_is_blank_or_gone_is_told() -> None:
    report = demo(5)
    page = made(report, "html").decode()
    row = re.search(r"<tr[^>]*>(?:(?!</tr>).)*行政强制.*?</tr>", page, re.DOTALL)
    assert row
    cell = re.search(r">(\d+)</td>", row[0])
    assert cell
    start = row.start() + cell.start(1)
    blank = against((page[:start] + page[start + len(cell[1]) :]).encode(), report)
    assert [one.code for one in blank.findings] == ["GX830"]
    gone = against((page[: row.start()] + page[row.end() :]).encode(), report)
    assert [one.code for one in gone.findings] == ["GX831"]
    assert gone.counts("figures")[Fate.UNREAD] == 1
    assert not gone.equal


def test_a_heading_or_a_label_that_was_changed_is_no_report_as_built() -> None:
    report = demo(5)
    page = made(report, "html").decode()
    for old, new in (("四、政府信息公开行政复议", "四、行政复议"), ("社会公益组织", "社会组织")):
        found = judged(page.replace(old, new, 1).encode(), report)
        assert found.against is not None
        assert found.against.form == 1
        assert found.faulty


@pytest.mark.parametrize(
    ("changes", "what"),
    [({"year": 2023}, "年度"), ({"agency": replace(demo(5).agency, name="别的局")}, "单位名称")],
)
def test_whose_and_which_year_is_told(changes: dict, what: str) -> None:
    report = demo(5)
    codes = [
        one.message for one in against(made(report, "html"), replace(report, **changes)).findings
        if one.code == "GX836"
    ]  # fmt: skip
    assert any(message.startswith(what) for message in codes)


ANYWHERE = "院内新栽的两株石榴今秋首次挂果。"


@pytest.mark.parametrize(("kind", "style"), [("docx", "illustrated"), ("html", "official")])
def test_a_paragraph_added_anywhere_is_told(kind: str, style: str) -> None:
    """Before the title, behind the sign-off, between tables: every eighth place."""
    report = demo(5)
    data = made(report, kind, style)
    file = planted.opened(data, kind)
    places = [at for at, one in enumerate(file.paragraphs) if file.text(one)]
    for at in (places[0], *places[1:-1:8], places[-1]):
        file = planted.opened(data, kind)
        beside = file.paragraphs[at]
        added = etree.fromstring(etree.tostring(beside, with_tail=False))
        file.write(added, ANYWHERE)
        beside.addnext(added)
        told = {(one.code, one.message) for one in against(file.close(), report).findings}
        assert any(code == "GX834" and ANYWHERE in message for code, message in told), at


@pytest.mark.parametrize(("kind", "style"), [("docx", "illustrated"), ("html", "official")])
def test_a_label_or_tile_that_says_something_else_is_told(kind: str, style: str) -> None:
    """Whatever stands in a cell that holds words: every fourth."""
    report = demo(5)
    data = made(report, kind, style)
    file = planted.opened(data, kind)
    cells = [
        (table, row, cell)
        for table, each in enumerate(file.tables)
        for row, one in enumerate(planted._rows(each))
        for cell, said in enumerate(planted._cells(one))
        if file.text(said) and not file.text(said).strip().isdigit()
    ]
    for table, row, cell in cells[::4]:
        file = planted.opened(data, kind)
        file.write(planted._cells(planted._rows(file.tables[table])[row])[cell], "荷塘月色")
        found = judged(file.close(), report)
        assert found.faulty, (table, row, cell)


def test_a_tile_of_a_page_that_says_something_else_is_told() -> None:
    report = demo(4)
    page = made(report, "html", "illustrated").decode()
    assert "<strong>2880<" in page
    findings = against(page.replace("<strong>2880<", "<strong>2881<", 1).encode(), report).findings
    assert "GX837" in {one.code for one in findings}


def test_what_an_illustrated_edition_says_in_place_of_charts_is_nobodys() -> None:
    """A figure that was changed leaves them standing: they are of the figures as built."""
    report = demo(5)
    file = planted.opened(made(report, "html", "illustrated"), "html")
    own = [t for t in file.tables if len(planted._rows(t)) == 28][-1]
    row = planted._rows(own)[3]
    file.write(planted._cells(row)[1], "77")
    told = planted.told_of(against(file.close(), report))
    assert [fate for fate, *_ in told] == ["figure requests.received.individual"]
