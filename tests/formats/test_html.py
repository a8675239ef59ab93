"""The page and the fragment: every word and figure is there, escaped, and named by its labels."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from gxgen.demo.county import Demo, demo_report
from gxgen.document.blocks import TableBlock, compose
from gxgen.document.page import DRAFT_MARK
from gxgen.editions.declared import EDITIONS
from gxgen.editions.grid import Role
from gxgen.editions.schema import Edition
from gxgen.formats.html.fragment import html_fragment
from gxgen.formats.html.page import html_page
from gxgen.formats.html.read import read_html
from gxgen.formats.html.table import labels_of, row_groups
from gxgen.formats.html.verify import verify_html
from gxgen.model.agency import Agency
from gxgen.model.report import Report, SignOff, SignOffForm
from tests.acceptance.test_hostile_text import HOSTILE
from tests.reports import REAL, make_report, passages, real_report

STYLE = re.compile(r' style="[^"]*"')
NAMES = (
    "A&B<办法>]]>管委会",
    "“垟塆”𡌴{{ 7*7 }}局",
    "{% raise %}'\"中心",
    "</title><script>alert(1)</script>局",
)
ALLOWED = {
    "lang", "charset", "http-equiv", "content", "name", "rel", "href", "class", "id", "role",
    "aria-label", "aria-labelledby", "tabindex", "scope", "headers", "colspan", "rowspan",
}  # fmt: skip
EDITORS_KEEP = {
    "style", "lang", "aria-label", "role", "tabindex", "border", "scope", "colspan", "rowspan",
}  # fmt: skip


def page_of(report: Report, *, draft: bool = False) -> bytes:
    return html_page(compose(report), report, draft=draft)


def fragment_of(report: Report) -> str:
    return html_fragment(compose(report), report)


def assert_reads_back(report: Report) -> None:
    """Page, draft, fragment, and fragment without any style all say what the report says."""
    fragment = fragment_of(report)
    assert verify_html(page_of(report), report) == []
    assert verify_html(page_of(report, draft=True), report, draft=True) == []
    assert verify_html(fragment, report) == []
    assert verify_html(STYLE.sub("", fragment), report) == []


def test_every_text_and_figure_reads_back(edition: Edition) -> None:
    assert_reads_back(make_report(edition.id))


@pytest.mark.parametrize("name", REAL)
def test_the_real_reports_read_back(name: str) -> None:
    assert_reads_back(real_report(name))


@pytest.mark.parametrize("year", [2020, 2024])
def test_a_hundred_invented_reports_read_back(year: int) -> None:
    demo = Demo("云垟县", year, agencies=100)
    for index in range(100):
        report, _ = demo_report(demo, index, year)
        document = compose(report)
        assert verify_html(html_page(document, report), report, document=document) == []
        assert verify_html(html_fragment(document, report), report, document=document) == []


@settings(max_examples=40)
@given(
    st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"))), max_size=5),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=40),
)
def test_any_words_read_back(texts: list[str], name: str) -> None:
    words = passages(("0", None, *texts), ("6", "其他"), ("6.1", "小标题。", *texts))
    assert_reads_back(make_report(narrative=words, agency=Agency(name)))


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_is_no_markup(edition: Edition, name: str) -> None:
    report, calm = (
        make_report(
            edition.id,
            agency=Agency(agency),
            narrative=passages(("0", None, *texts), ("6", "其他"), ("6.1", texts[1], *texts)),
        )
        for agency, texts in ((name, HOSTILE), ("某" * len(name), ["一"] * len(HOSTILE)))
    )
    assert_reads_back(report)
    for write in (page_of, fragment_of):
        assert tags(write(report)) == tags(write(calm))


def tags(markup: bytes | str) -> set[tuple[str, tuple[str, ...]]]:
    """Every element with the names of its attributes."""
    root = lxml_html.document_fromstring(markup)
    return {(str(node.tag), tuple(map(str, node.attrib))) for node in root.iter("*")}


def test_same_report_gives_the_same_bytes(edition: Edition) -> None:
    first, again = make_report(edition.id), make_report(edition.id)
    assert page_of(first) == page_of(again)
    assert fragment_of(first) == fragment_of(again)


def test_a_page_needs_nothing_from_outside(edition: Edition) -> None:
    page = page_of(make_report(edition.id))
    root = lxml_html.document_fromstring(page)
    named = set(chain.from_iterable(map(str, node.attrib) for node in root.iter("*")))
    assert named <= ALLOWED
    assert [node.get("href") for node in root.iter("link")] == ["data:,"]
    assert not list(root.iter("script", "img", "iframe", "a"))
    style = root.findtext(".//style") or ""
    assert "url(" not in style
    assert "@import" not in style
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy[0].startswith("default-src 'none'; style-src 'sha256-")


def test_headings_and_sections(edition: Edition) -> None:
    report = make_report(edition.id)
    root = lxml_html.document_fromstring(page_of(report))
    assert root.get("lang") == "zh-CN"
    assert root.findtext(".//title") == report.title
    assert len(list(root.iter("h1"))) == len(list(root.iter("main"))) == 1
    names = [root.get_element_by_id(s.get("aria-labelledby")).text for s in root.iter("section")]
    assert [name[2:] for name in names] == [s.title for s in edition.sections if s.mark != "0"]
    levels = [int(node.tag[1]) for node in root.iter("h1", "h2", "h3", "h4", "h5")]
    assert levels[0] == 1
    assert max(levels) == 5
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_every_figure_names_its_labels(edition: Edition) -> None:
    report = make_report(edition.id)
    root = lxml_html.document_fromstring(page_of(report))
    ids = [node.get("id") for node in root.iter("*") if node.get("id")]
    assert len(ids) == len(set(ids))
    cells = [cell for cell in root.iter("td") if cell.get("headers")]
    assert len(cells) == len(edition.fields)
    for cell, field in zip(cells, grid_order(report), strict=True):
        heads = [root.get_element_by_id(name) for name in cell.get("headers").split()]
        assert all(head.tag == "th" and head.get("scope") for head in heads)
        labels = [head.text_content() for head in heads]
        for part in filter(None, (*field.row_label.split("·"), *field.column_label.split("·"))):
            assert part in labels, (field.key, labels)
        assert cell.text == compose(report).figures[field.key]


def grid_order(report: Report) -> list:
    """The fields as their cells are read, table by table."""
    tables = [block for block in compose(report).blocks if isinstance(block, TableBlock)]
    keys = [cell.key for table in tables for cell in table.grid.cells if cell.key]
    return [report.edition.fields[key] for key in keys]


def test_labels_of_different_figures_differ(edition: Edition) -> None:
    for grid in edition.grids.values():
        said = [
            tuple(label.text for label in labels_of(grid, figure))
            for figure in grid.figures.values()
        ]
        assert len(set(said)) == len(said)


def test_no_label_reaches_over_its_group_of_rows(edition: Edition) -> None:
    for grid in edition.grids.values():
        groups = list(row_groups(grid))
        rows = [row for group in groups for row in group]
        assert rows == list(range(grid.head_rows, grid.rows))
        for cell in grid.cells:
            if cell.row >= grid.head_rows:
                group = next(g for g in groups if cell.row in g)
                assert cell.row + cell.row_span <= group.stop
            if cell.role is Role.BAND:
                assert cell.row in {group.start for group in groups}


def test_a_table_bears_the_title_of_its_section(edition: Edition) -> None:
    read = read_html(page_of(make_report(edition.id)).decode())
    assert read.captions == [s.title for s in edition.sections if s.table]


def test_a_fragment_has_no_more_than_editors_keep(edition: Edition) -> None:
    root = lxml_html.fragment_fromstring(fragment_of(make_report(edition.id)))
    named = set(chain.from_iterable(map(str, node.attrib) for node in root.iter("*")))
    assert named == EDITORS_KEEP
    assert not list(root.iter("script", "style", "link", "h1", "caption", "img"))
    assert not re.search(r"position|float|url\(|expression", " ".join(root.xpath("//@style")))


@pytest.mark.parametrize("form", list(SignOffForm))
def test_the_sign_off_is_as_asked(form: SignOffForm) -> None:
    given = make_report().sign_off
    report = make_report(sign_off=SignOff(form, given.date))
    lines = report.sign_off.lines(report.agency.name)
    root = lxml_html.document_fromstring(page_of(report))
    assert [p.text for p in root.xpath("//footer/p")] == list(lines)
    assert bool(root.xpath("//footer")) == bool(lines)


def test_a_draft_says_so_on_screen_and_on_every_sheet() -> None:
    report = make_report()
    draft, final = page_of(report, draft=True).decode(), page_of(report).decode()
    assert draft.count(DRAFT_MARK) == 2
    assert f'content:"{DRAFT_MARK}"' in draft
    assert "（草稿）</title>" in draft
    assert "草稿" not in final


def test_no_paragraph_is_blank() -> None:
    report = make_report(narrative=passages(("0", None, "", "  ", "　"), ("5", "问题", "")))
    assert not re.search(r"<p[^>]*>\s*</p>", fragment_of(report))
    assert b"<p>" not in page_of(report).partition(b"<footer")[0]


def test_both_editions_are_drawn_by_the_same_sheet() -> None:
    """But for the height of table two's rows on paper."""
    sheets = {
        str(lxml_html.document_fromstring(page_of(make_report(name))).findtext(".//style"))
        for name in EDITIONS
    }
    assert len({sheet.partition("@media print{.disclosure")[0] for sheet in sheets}) == 1


def test_long_figures_are_fitted_in_on_paper(edition: Edition) -> None:
    """A long one takes width from other columns; where all are long, they are set smaller."""
    usual = page_of(make_report(edition.id)).decode()
    narrow = "requests.received.individual"
    report = make_report(edition.id)
    long = replace(report.entries[narrow], value=1234567)
    page = page_of(replace(report, entries={**report.entries, narrow: long})).decode()
    assert 'class="size-' not in page
    rule = ".requests col:nth-child(4){width:"
    assert (usual.count(rule), page.count(rule)) == (1, 2)
    entries = {key: replace(entry, value=1234567) for key, entry in report.entries.items()}
    page = page_of(replace(report, entries=entries)).decode()
    size = re.search(r'class="(size-\d+)"[^>]*>1234567<', page)
    assert size is not None
    assert f".{size[1]}{{font-size:" in page
