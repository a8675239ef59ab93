"""What a reader of a page or a Word file does not see is no figure, and no word of a sentence."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace

import lxml.html
import pytest

from gxgen.published import sight
from gxgen.published.blocks import Para
from gxgen.published.html_text import ASIDE
from gxgen.published.reader import read_published
from gxgen.published.sight import HIDDEN, PICTURES, READING_AID, STRUCK
from tests.published import corpus
from tests.published.corpus import Rows, Truth, docx_of, page_of, tables_of, truth
from tests.published.measured import counted

UNSEEN = {
    "<del>7</del>": STRUCK,
    "<s>7</s>": STRUCK,
    "<strike>7</strike>": STRUCK,
    '<span style="text-decoration: underline line-through">7</span>': STRUCK,
    '<span style="display: none">7</span>': HIDDEN,
    '<span style="visibility:hidden">7</span>': HIDDEN,
    "<span hidden>7</span>": HIDDEN,
    '<p style="display:none">7</p>': HIDDEN,
    "<ruby><rt>7</rt></ruby>": READING_AID,
}
VEILED = (
    '<b class="off">7</b>',
    '<b id="old">7</b>',
    '<b class="sr-only">7</b>',
    '<b style="font-size:0">7</b>',
    '<b style="opacity:0">7</b>',
    '<b style="position:absolute; left:-9999px">7</b>',
    '<b style="mso-hide:all">7</b>',
    '<b style="color:#fff">7</b>',
    '<font color="white">7</font>',
    "<bdo dir=rtl>7</bdo>",
    *(f"<{tag}></{tag}>" for tag in sorted(PICTURES)),
)
SHEET = (
    "<style>/* .x{} */ td .off, #old {display:none} .tab{display:none} .tab.on{display:block}"
    " @media print{.screen{display:none}} @media all{@supports (a:b){.wide{display:none}}}</style>"
)


def _busy() -> Truth:
    return next(w for w in map(truth, range(99)) if int(w.values["requests.received.total"]) > 99)


def _with(behind: str, row: str = "<tr>", table: str = "<table>") -> Callable[[Rows], str]:
    """A table with something behind each figure."""

    def write(rows: Rows) -> str:
        out = []
        for cells in rows:
            said = "".join(
                f"<td colspan={c.width} rowspan={c.height}>{html.escape(c.text)}"
                f"{behind if c.figure else ''}</td>"
                for c in cells
                if not c.covered
            )
            out.append(f"{row}{said}</tr>")
        return f"{table}{''.join(out)}</table>"

    return write


def _page(what: Truth, table: Callable[[Rows], str]) -> bytes:
    return page_of(what, tables_of(what), table, around=(SHEET, "")).encode()


@pytest.mark.parametrize("behind", UNSEEN)
def test_what_is_surely_not_seen_is_told_and_no_part_of_a_figure(behind: str) -> None:
    what = _busy()
    read = read_published(_page(what, _with(behind)), "报告.html")
    found = counted(read, what)
    assert (found.right, found.wrong) == (len(what.values), ())
    told = [one for one in read.left_out if one.why == UNSEEN[behind]]
    assert len(told) == len(what.values)
    assert {one.text for one in told} == {"7"}


@pytest.mark.parametrize("behind", VEILED)
def test_what_may_not_be_seen_costs_the_figure(behind: str) -> None:
    what = _busy()
    found = counted(read_published(_page(what, _with(behind)), "报告.html"), what)
    assert (found.right, found.blank, found.wrong) == (0, 0, ())


@pytest.mark.parametrize("kept", [1, sight._MOST_KINDS])
def test_what_is_seen_of_an_element_does_not_rest_on_those_before(
    kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every mark, on an element that holds another and on one that holds none."""
    monkeypatch.setattr(sight, "_MOST_KINDS", kept)
    looks = [*UNSEEN, *VEILED, "<b>7</b>", '<p class="x">7</p>']
    each = [*looks, *(look.replace("7", "<i>7</i>") for look in looks)]
    root = lxml.html.fromstring(f"<html>{SHEET}<body>{''.join([*each, *reversed(each)])}</body>")
    sheet = sight.Sheet(root)
    for element in root.iter():
        tag = str(element.tag)
        fresh = sight.Sheet(root)
        white = sheet.is_white(element, root)
        assert sheet.sight(element, tag) is fresh._sight(element, tag)
        assert not sheet.is_plain(element, tag) or not (white or fresh._style(element).tiny)


@pytest.mark.parametrize("name", ["tab", "screen", "wide", "on"])
def test_what_a_sheet_hides_at_times_only_is_read(name: str) -> None:
    what = _busy()
    page = _page(what, _with("", table=f'<table class="{name}">'))
    assert counted(read_published(page, "报告.html"), what).right == len(what.values)


@pytest.mark.parametrize("hidden", ['style="display:none"', "hidden", 'class="off"'])
def test_a_hidden_row_or_table_gives_no_figure(hidden: str) -> None:
    what = _busy()
    other = truth(1)
    other = replace(other, agency=what.agency, year=what.year)
    for table in (_with("", row=f"<tr {hidden}>"), _with("", table=f"<table {hidden}>")):
        page = page_of(what, tables_of(other), table, around=(SHEET, "")).encode()
        found = counted(read_published(page, "报告.html"), what)
        assert (found.right, found.wrong) == (0, ())


@pytest.mark.parametrize("behind", UNSEEN)
def test_words_around_what_is_not_seen_stay_one_sentence(behind: str) -> None:
    if behind.startswith("<p"):
        return  # A block ends the paragraph for browsers as well.
    what = truth(2)
    page = page_of(what, tables_of(what), _with("")).replace("件，均", f"{behind}件，均")
    read = read_published(page.encode(), "报告.html")
    found = counted(read, what)
    assert (found.lost, found.foreign) == ((), ())
    assert [one.why for one in read.left_out if one.text == "7"] == [UNSEEN[behind]]


@pytest.mark.parametrize("tag", sorted(PICTURES))
def test_a_picture_amid_a_sentence_is_told(tag: str) -> None:
    """It may be a number; one that stands alone or ends a line is an ornament."""
    what = truth(2)
    plain = page_of(what, tables_of(what), _with(""))
    for behind, told in (("件，均", ["图片"]), ("</p>", [])):
        page = plain.replace(behind, f"<{tag}></{tag}>{behind}", 1)
        assert page != plain
        read = read_published(page.encode(), "报告.html")
        assert [one.text for one in read.left_out if "图片" in one.why] == told


def test_words_between_the_cells_of_a_table_are_told() -> None:
    what = truth(2)
    read = read_published(_page(what, _with("", row="<tr>注：含上年的数")), "报告.html")
    told = {one.text for one in read.left_out}
    told |= {one.text for one in read.blocks if isinstance(one, Para)}
    assert "注：含上年的数" in told


def _word(what: Truth, behind: str, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A Word report; what stands behind each figure goes into the cell's paragraphs."""
    tables = {
        key: [[replace(c, text=f"{c.text}⟧") if c.figure else c for c in row] for row in rows]
        for key, rows in tables_of(what).items()
    }
    plain = corpus._word_paragraph

    def paragraph(text: str) -> str:
        if not text.endswith("⟧"):
            return plain(text)
        return plain(text[:-1]).replace("</w:p>", behind + "</w:p>")

    monkeypatch.setattr(corpus, "_word_paragraph", paragraph)
    return docx_of(what, tables)


def test_two_paragraphs_of_a_cell_are_not_one_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    what = _busy()
    data = _word(what, "</w:p><w:p><w:r><w:t>7</w:t></w:r>", monkeypatch)
    found = counted(read_published(data, "报告.docx"), what)
    assert (found.right, found.wrong) == (0, ())


@pytest.mark.parametrize("look", ["vanish/", "strike/", "dstrike/", 'sz w:val="2"/'])
def test_a_look_that_hides_is_no_part_of_a_figure(
    look: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    what = _busy()
    data = _word(what, f"<w:r><w:rPr><w:{look}></w:rPr><w:t>7</w:t></w:r>", monkeypatch)
    found = counted(read_published(data, "报告.docx"), what)
    assert (found.right, found.wrong) == (len(what.values), ())


def _totals_first(rows: Rows) -> str:
    """Table three without its heads, the totals before the others."""
    bodies = [row for row in rows if any(c.figure for c in row)]
    if len(bodies) < 20:
        return _with("")(rows)
    out = []
    for row in bodies:
        figures = [c for c in row if c.figure]
        labels = [c for c in row if not c.figure and not c.covered]
        out.append([*labels, figures[-1], *figures[:-1]])
    return _with("")(out)


@pytest.mark.parametrize("seed", range(12))
def test_an_order_that_most_rows_contradict_is_no_row_s(seed: int) -> None:
    """A row whose one figure stands first or last adds up both ways."""
    what = truth(seed)
    found = counted(read_published(_page(what, _totals_first), "报告.html"), what)
    assert found.wrong == ()


@pytest.mark.parametrize("tag", sorted(ASIDE))
def test_words_that_a_browser_shows_and_nobody_reads_are_told(tag: str) -> None:
    what = truth(2)
    plain = page_of(what, tables_of(what), _with(""))
    page = plain.replace("件，均", f"件，<{tag}>另有三十件。</{tag}>均", 1)
    assert page != plain
    read = read_published(page.encode(), "报告.html")
    assert [one.text for one in read.left_out if "三十件" in one.text] == ["另有三十件。"]


@pytest.mark.parametrize("mark", ["&#8203;", "&zwnj;", "&lrm;", "&shy;", "&#x3164;"])
def test_a_letter_without_a_shape_divides_no_number_of_a_page(mark: str) -> None:
    what = truth(2)
    page = page_of(what, tables_of(what), _with("")).replace("件，均", f"件，受理3{mark}0件，均", 1)
    read = read_published(page.encode(), "报告.html")
    assert any("受理30件，" in block.text for block in read.blocks if isinstance(block, Para))
