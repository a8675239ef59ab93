"""No line of what others print is torn apart: a paragraph that would have one is set flush left."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from benchmarks.audit import demo_report
from benchmarks.pages import measured
from benchmarks.printers import PRINTERS
from benchmarks.samples import reports
from gxgen.document.blocks import compose
from gxgen.document.torn import BROWSER, OFFICE, Breaker, count_lines, is_torn
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import load_template
from gxgen.formats.html.page import html_page
from gxgen.templates.styles import style_templates
from tests.reports import make_report, passages
from tests.support import need_tool

from .pdf_support import need_faces

FIRST = 26
"""Characters of a paragraph's first line."""
NUMBER = "国办公开办函〔2021〕30号"
SOLID = "永" * 80
TEARING = "永" * (FIRST - 9) + "，" + NUMBER + SOLID


@pytest.mark.tool
@pytest.mark.parametrize("printer", ["office", "chromium"])
def test_no_line_is_torn_in_print(printer: str) -> None:
    need_faces()
    need_tool({"office": "soffice"}.get(printer, printer))
    given = [*(demo_report(at) for at in (3, 6)), *list(reports())[3:]]
    found = [measured(*made)["拉得过开的行"] for made in PRINTERS[printer](given)]
    assert found == [[]] * len(given)


@pytest.mark.parametrize("breaker", [OFFICE, BROWSER])
@pytest.mark.parametrize("at", range(FIRST + 2))
def test_a_number_tears_a_line_that_it_leaves_short(at: int, breaker: Breaker) -> None:
    """All of it goes to the next line, or what begins with the character before the bracket."""
    text = "永" * at + "，" + NUMBER + SOLID
    kept = "函〔2021〕30号" if breaker is OFFICE else NUMBER
    begins = text.index(kept)
    width = len(kept) - 3
    lacks = FIRST - begins if begins < FIRST < begins + width else 0
    assert is_torn(text, breaker) == (lacks > 1)


@pytest.mark.parametrize("breaker", [OFFICE, BROWSER])
def test_what_fills_its_lines_is_justified(breaker: Breaker) -> None:
    assert not is_torn(SOLID, breaker)
    assert not is_torn("永" * 10 + NUMBER, breaker)
    assert is_torn("见（http://www.example.gov.cn/）" + SOLID, breaker)


def test_signs_that_a_browser_sets_close_leave_a_line_short() -> None:
    """Of 》， the first is half as wide there; 永， has no room on the line."""
    text = "永" * FIRST + "永》，" + "永" * 24 + "永，" + SOLID
    assert is_torn(text, BROWSER)
    assert not is_torn(text, OFFICE)
    assert not is_torn(text.replace("》，", "》永"), BROWSER)
    opened = "永" * FIRST + "永。“" + "永" * 24 + "永，" + SOLID
    assert is_torn(opened, BROWSER)
    assert not is_torn("永" * FIRST + "“" + "永" * 26 + "永，" + SOLID, BROWSER)


def test_a_figure_at_the_beginning_of_a_line_has_no_joint_before_it() -> None:
    text = "永" * FIRST + "12345678" + "永" * 24
    assert count_lines(text, BROWSER) == 2
    assert count_lines(text + "永", BROWSER) == 3


@pytest.mark.parametrize("breaker", [OFFICE, BROWSER])
def test_lines_are_counted(breaker: Breaker) -> None:
    counts = [count_lines("永" * n, breaker) for n in (1, 26, 27, 54, 55, 82)]
    assert counts == [1, 1, 2, 2, 3, 3]
    assert count_lines("永" * 20 + "," * 12 + "永" * 8, breaker) == 2


def test_word_and_the_page_set_such_a_paragraph_flush_left_and_no_other() -> None:
    report = make_report(narrative=passages(("1", "总体情况", TEARING, SOLID)))
    (path,) = (p for e, p in style_templates("official") if e.id == report.edition.id)
    docx = render_docx(report, load_template(path.read_bytes(), report.edition))
    aligned = {p.text: p.alignment for p in Document(BytesIO(docx)).paragraphs}
    assert (aligned[TEARING], aligned[SOLID]) == (
        WD_ALIGN_PARAGRAPH.LEFT,
        WD_ALIGN_PARAGRAPH.JUSTIFY,
    )
    page = html_page(compose(report), report).decode()
    assert re.findall('<p class="ragged">(永+)，', page) == ["永" * (FIRST - 9)]
    assert f"<p>{SOLID}</p>" in page
