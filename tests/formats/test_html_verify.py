"""A page that says anything but the report is found out, with the place."""

from __future__ import annotations

import re

import pytest

from gxgen.document.blocks import compose
from gxgen.document.comparison import MAX_HEADING
from gxgen.document.page import DRAFT_MARK
from gxgen.formats.html.fragment import html_fragment
from gxgen.formats.html.page import html_page
from gxgen.formats.html.read import HtmlError, read_html
from gxgen.formats.html.verify import verify_html
from gxgen.places import DocumentCell
from tests.reports import make_report, passages


def _page() -> str:
    report = make_report()
    return html_page(compose(report), report).decode()


def _edited(page: str, old: str, new: str) -> bytes:
    changed = re.sub(old, new, page, count=1, flags=re.DOTALL)
    assert changed != page, old
    return changed.encode()


@pytest.mark.parametrize("which", range(0, 200, 7))
def test_any_figure_changed_is_found_with_its_cell(which: int) -> None:
    report = make_report()
    key = list(report.edition.fields)[which]
    wrong = make_report(entries={**report.entries, key: report.entries["requests.received.other"]})
    if wrong.values[key] == report.values[key]:
        return
    document = compose(wrong)
    for written in (html_page(document, wrong), html_fragment(document, wrong)):
        findings = verify_html(written, report)
        assert [(f.code, f.key) for f in findings] == [("GX636", key)]
        assert isinstance(findings[0].place, DocumentCell)


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("公开信息186条。", "公开信息187条。", "GX635", "公开信息186条"),
        ("<h4>1.体制机制</h4>", "", "GX635", "1.体制机制"),
        ("（一）主动公开", "（一）主动 公开", "GX635", "主动公开"),
        ("<h3>（一）主动公开</h3>", "<h4>（一）主动公开</h4>", "GX635", "应为2级标题"),
        ("<h3>（一）主动公开</h3>", "<p>（一）主动公开</p>", "GX635", "写成了正文"),
        ("2026年1月15日", "2026年1月16日", "GX635", "2026年1月15日"),
        ("不足：", "<br>不足", "GX635", "不足"),
        ("</footer>", "</footer>多余", "GX635", "多余"),
        ("</footer>", "</footer><p>多余</p>", "GX635", "多余"),
        ("<title>", "<title>新", "GX635", "网页的名称"),
        ("<main>", f"<main><p>{DRAFT_MARK}</p>", "GX635", "草稿"),
        ("<caption>", "<caption>新", "GX636", "表格的名称"),
        ("<div [^>]*><table.*?</table></div>", "", "GX636", "缺少"),
        ("(<table.*?</table>)", r"\1\1", "GX636", ""),
        (' colspan="4"', "", "GX636", "合并范围"),
        ("社会公益组织", "社会组织", "GX636", "社会公益组织"),
        ('<td headers="[^"]*">[^<]*</td></tr>', "</tr>", "GX636", "缺少"),
        ("</section>", "", "GX634", "没有"),
        ("</body>.*", "", "GX634", "没有结束"),
        ("公开信息186条。", "公开<i>信息</i>186条。", "GX634", "<i>"),
        ("</footer>", "</footer><script></script>", "GX634", "script"),
        ("</footer>", "</footer><!-- 注 -->", "GX634", "注释"),
        ("</footer>", "</footer><?注?>", "GX634", "指令"),
        ("</footer>", "</footer><td>1</td>", "GX634", "不在表格里"),
        ('colspan="7"', 'colspan="7000"', "GX634", "合并数"),
        ('rowspan="22"', 'rowspan="23"', "GX636", "写成了28行11列"),
        ('id="requests-3-9"', 'colspan="2"', "GX634", "重叠"),
        ("<p>", "<p><p>", "GX634", "里又有"),
        ("<caption>", "<table><caption>", "GX634", "不该放"),
    ],
)
def test_damage_is_found(old: str, new: str, code: str, said: str) -> None:
    findings = verify_html(_edited(_page(), old, new), make_report())
    assert code in {f.code for f in findings}
    assert any(said in f.message for f in findings), findings


def test_two_paragraphs_swapped_are_found() -> None:
    report = make_report(narrative=passages(("5", "问题", "第一段。", "第二段。")))
    swapped = make_report(narrative=passages(("5", "问题", "第二段。", "第一段。")))
    assert verify_html(html_page(compose(swapped), swapped), report)
    assert verify_html(html_fragment(compose(swapped), swapped), report)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04\xff", "年度报告".encode("gb18030")])
def test_what_is_no_page_is_not_taken_for_one(data: bytes) -> None:
    assert {f.code for f in verify_html(data, make_report())} & {"GX634", "GX635"}


def test_a_draft_must_say_so() -> None:
    report = make_report()
    final = html_page(compose(report), report)
    assert {f.code for f in verify_html(final, report, draft=True)} == {"GX635"}


def test_other_text_may_stand_between_where_it_is_known() -> None:
    page = _edited(_page(), "</footer>", "</footer><p>主办：某局</p>")
    assert verify_html(page, make_report(), (re.compile("主办：.*"),)) == []


def test_levels_count_from_the_first_heading() -> None:
    page, fragment = _page(), html_fragment(compose(make_report()), make_report())
    levels = [[item.level for item in read_html(text).items] for text in (page, fragment)]
    assert levels[0] == levels[1]
    assert max(level or 0 for level in levels[0]) == MAX_HEADING


def test_columns_are_counted_as_a_browser_does() -> None:
    read = read_html("<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>")
    table = read.items[0].table
    assert table is not None
    assert [(c.row, c.column, c.text) for c in table[2]] == [(0, 0, "a"), (0, 1, "b"), (1, 1, "c")]
    with pytest.raises(HtmlError, match="合并数"):
        read_html("<table><tr><td rowspan=0>a</td></tr></table>")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_caption_that_is_not_its_section_s_title_is_told_at_its_table(number: int) -> None:
    page = _page()
    captions = re.findall(r"<caption>(.*?)</caption>", page)
    assert len(captions) == 3
    for said in ("别的", ""):
        at = -1
        for _ in range(number):
            at = page.index("<caption>", at + 1)
        end = page.index("</caption>", at)
        edited = f"{page[:at]}<caption>{said}{page[end:]}".encode()
        (found,) = verify_html(edited, make_report())
        assert found.code == "GX636"
        assert found.place == DocumentCell(f"{make_report().title}.html", number, 1, 1)
        assert found.message == f"表格的名称应为“{captions[number - 1]}”，写成了“{said}”。"
