"""What a form gives a clerk: contact data typed once, names that are not published, this year's
examples, and how to fill in many zeros."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from gxgen.diagnostics import Finding
from gxgen.editions.declared import EDITIONS
from gxgen.form.layout import GUIDE_SHEET, INFO_FIELDS, INFO_SHEET
from gxgen.form.read.workbook import read_workbook
from gxgen.form.write.workbook import blank_workbook
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import load_template
from gxgen.model.agency import Agency, Contact
from gxgen.model.report import Report
from gxgen.prose.filled import filled
from gxgen.templates.styles import shipped_templates
from tests.form.mark_support import filled as a_filled_form

YEAR = 2025
EDITION = EDITIONS["2021"]


def _read(data: bytes) -> tuple[Report, list[Finding]]:
    report = read_workbook(data, "x.xlsx").report
    assert report is not None
    return filled(report)


def _with(data: bytes, **typed: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for key, text in typed.items():
        name = book.defined_names["gx." + key.replace("__", ".")].attr_text
        book[INFO_SHEET][name.rpartition("!")[2]].value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _preamble(report: Report) -> str:
    return "\n".join(p.text for one in report.narrative if one.mark == "0" for p in one.paragraphs)


def test_contact_data_typed_once_are_printed() -> None:
    blank = blank_workbook(EDITION, YEAR, agency=Agency("试县财政局"))
    report, findings = _read(
        _with(blank, contact__phone="0536-1234567", contact__address="某路1号")
    )
    assert findings == []
    assert _preamble(report).endswith(
        "如对本报告有疑问，请与本机关联系（地址：某路1号，电话：0536-1234567）。"
    )


def test_without_contact_data_the_offered_sentence_is_not_printed() -> None:
    report, findings = _read(blank_workbook(EDITION, YEAR, agency=Agency("试县财政局")))
    assert findings == [] and "联系" not in _preamble(report)
    assert len(_preamble(report).split("\n")) == 1


def test_a_sentence_that_needs_them_says_what_to_fill_in() -> None:
    report, _ = _read(a_filled_form())
    bare = replace(report, agency=replace(report.agency, contact=Contact()), source=())
    (passage, *rest) = bare.narrative
    (paragraph, *_) = passage.paragraphs
    asking = replace(passage, paragraphs=(replace(paragraph, text="电话{{ 联系方式 }}"),))
    _, (finding,) = filled(replace(bare, narrative=(asking, *rest)))
    assert finding.code == "GX422" and "一项都没有填" in finding.message


STAFF = {"staff__preparer": "张三丰", "staff__reviewer": "李四维", "staff__head": "王五岳"}


def test_who_filled_it_in_is_read_by_nobody_and_printed_nowhere() -> None:
    data = _with(a_filled_form(), **STAFF)
    plain, named = (read_workbook(one, "x.xlsx") for one in (a_filled_form(), data))
    assert named.findings == plain.findings
    report = named.report
    assert report is not None and not any(name in repr(report) for name in STAFF.values())
    template = load_template(shipped_templates() / "official", report.edition)
    docx = render_docx(report, template)
    assert not any(name in str(docx) for name in STAFF.values())


@pytest.mark.parametrize("year", [2021, 2025])
def test_examples_are_of_the_year_in_which_the_report_is_signed(year: int) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook(EDITION, year)))
    texts = [str(c.value) for sheet in book for row in sheet for c in row if c.value]
    assert any(f"例如：{year + 1}年1月13日" in text for text in texts)
    assert not any("{next_year}" in text for text in texts)
    assert "Ctrl＋Enter" in " ".join(str(c.value) for row in book[GUIDE_SHEET] for c in row)


def test_a_form_without_the_new_lines_reads_the_same() -> None:
    """A form of an older layout has neither the names nor their cells."""
    book = openpyxl.load_workbook(io.BytesIO(a_filled_form()))
    sheet = book[INFO_SHEET]
    old = [field for field in INFO_FIELDS if field.key.startswith("staff.")]
    sheet.delete_rows(sheet.max_row - len(old) + 1, len(old))
    for field in old:
        del book.defined_names["gx." + field.key]
    out = io.BytesIO()
    book.save(out)
    now, then = (read_workbook(one, "x.xlsx") for one in (_with(a_filled_form()), out.getvalue()))
    assert (then.report, then.findings) == (now.report, now.findings)
