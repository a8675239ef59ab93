"""A draft shows on its pages which figures are wanting and which are wrong; a final has none."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from dataclasses import replace

import pypdfium2
import pytest

from gxgen.document.blocks import MARKS, UNREADABLE, WANTING, TableBlock, compose
from gxgen.document.page import DRAFT_COLOUR
from gxgen.editions.schema import Edition
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.verify import verify_docx
from gxgen.formats.docx.wordml import W, parse_xml
from gxgen.formats.html.fragment import html_fragment
from gxgen.formats.html.page import html_page
from gxgen.formats.html.verify import verify_html
from gxgen.formats.pdf.verify import verify_pdf
from gxgen.formats.pdf.write import pdf_of
from gxgen.model.report import Entry, EntryState, Report
from gxgen.opc.package import DOCUMENT, read_package
from tests.reports import make_report, shipped

from .pdf_support import need_faces, pages, printable

NARROW = "requests.received.individual"
OTHER = "remedies.reconsideration.total"
SEEN = "requests.received.total"


def flawed(edition: Edition) -> Report:
    """One figure blank, one no number."""
    report = make_report(edition.id, narrative=printable())
    entries = {
        **report.entries,
        NARROW: Entry(None, None, state=EntryState.BLANK),
        OTHER: Entry(None, "3件", state=EntryState.UNREADABLE),
    }
    return replace(report, entries=entries)


def test_a_mark_stands_in_the_cell_of_each_figure_that_is_not_known(edition: Edition) -> None:
    figures = compose(flawed(edition)).figures
    assert (figures[NARROW], figures[OTHER]) == (WANTING, UNREADABLE)
    assert [key for key, text in figures.items() if text in MARKS] == [NARROW, OTHER]


def test_a_whole_report_has_no_mark(edition: Edition) -> None:
    document = compose(make_report(edition.id))
    assert not set(MARKS) & set(document.figures.values())
    assert not any(b.marked for b in document.blocks if isinstance(b, TableBlock))


def in_docx(report: Report, wrong: set[str]) -> list[str]:
    document = compose(report, wrong)
    data = render_docx(report, shipped(report.edition.id), draft=True, document=document)
    assert verify_docx(data, report) == []
    root = parse_xml(read_package(data)[DOCUMENT], DOCUMENT)
    return [
        "".join(text.text or "" for text in run.iter(W + "t"))
        for run in root.iter(W + "r")
        if any(c.get(W + "val") == DRAFT_COLOUR for c in run.iter(W + "color"))
    ]


def in_page(report: Report, wrong: set[str]) -> list[str]:
    page = html_page(compose(report, wrong), report, draft=True)
    assert verify_html(page, report, draft=True) == []
    return re.findall(r'<td class="marked"[^>]*>(.*?)</td>', page.decode())


def in_fragment(report: Report, wrong: set[str]) -> list[str]:
    page = html_fragment(compose(report, wrong), report)
    assert verify_html(page, report) == []
    return re.findall(rf"<td[^>]*color:#{DRAFT_COLOUR}[^>]*>(.*?)</td>", page)


@pytest.mark.parametrize("shown", [in_docx, in_page, in_fragment])
def test_wanting_and_wrong_figures_are_red_and_no_others(
    shown: Callable[[Report, set[str]], list[str]], edition: Edition
) -> None:
    report = flawed(edition)
    told = shown(report, {SEEN})
    assert sorted(told) == sorted([WANTING, UNREADABLE, str(report.values[SEEN])])
    assert shown(make_report(edition.id), set()) == []


def test_the_built_in_pdf_shows_them_in_red(edition: Edition) -> None:
    need_faces()
    report = flawed(edition)
    data = pdf_of(compose(report, {SEEN}), report, draft=True)
    assert verify_pdf(data, report) == []
    texts = "".join(page.extract_text() for page in pages(data))
    whole = pdf_of(compose(make_report(edition.id, narrative=printable())), report, draft=True)
    assert texts.count(WANTING) == texts.count(UNREADABLE) == 1
    seen = len(str(report.values[SEEN]))
    assert reds(data) - reds(whole) == len(WANTING + UNREADABLE) + seen
    assert reds(pdf_of(compose(report), report)) == len(WANTING + UNREADABLE)


def reds(data: bytes) -> int:
    """How many letters are in the draft's red."""
    red = tuple(int(DRAFT_COLOUR[n : n + 2], 16) for n in (0, 2, 4))
    found = 0
    channels = [ctypes.c_uint() for _ in range(4)]
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        for at in range(text.count_chars()):
            known = pypdfium2.raw.FPDFText_GetFillColor(text, at, *channels)
            seen = not pypdfium2.raw.FPDFText_IsGenerated(text, at)
            found += bool(known and seen) and tuple(c.value for c in channels[:3]) == red
    return found
