"""What was written is read back: any loss, addition or change is found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import compile_template
from gxgen.formats.docx.verify import verify_docx
from gxgen.opc.package import DOCUMENT, FixedZip, read_package
from gxgen.places import DocumentCell
from tests.reports import REAL, make_report, passages, real_report, shipped, shipped_bytes


def _edited(data: bytes, old: str, new: str, count: int = 1) -> bytes:
    members = read_package(data)
    text = members[DOCUMENT].decode()
    assert re.search(old, text, re.DOTALL), old
    members[DOCUMENT] = re.sub(old, new, text, count=count, flags=re.DOTALL).encode()
    return FixedZip(members).build({})


def test_what_was_written_equals_the_report(edition: Edition) -> None:
    report = make_report(edition.id)
    for draft in (True, False):
        assert verify_docx(render_docx(report, shipped(edition.id), draft=draft), report) == []


@pytest.mark.parametrize("name", REAL)
def test_the_real_reports_read_back(name: str) -> None:
    report = real_report(name)
    assert verify_docx(render_docx(report, shipped(report.edition.id)), report) == []


@settings(max_examples=25)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"))), max_size=6))
def test_any_narrative_reads_back(texts: list[str]) -> None:
    clean = [t for t in texts if not {"\ufffe", "\uffff"} & set(t)]
    report = make_report(
        narrative=passages(("0", None, *clean), ("6", "其他"), ("6.1", "小标题", *clean))
    )
    assert verify_docx(render_docx(report, shipped("2021")), report) == []


@pytest.mark.parametrize("which", range(0, 200, 13))
def test_any_figure_changed_is_found_with_its_cell(which: int) -> None:
    report = make_report()
    key = list(report.edition.fields)[which]
    wrong = make_report(entries={**report.entries, key: report.entries["requests.received.other"]})
    if wrong.values[key] == report.values[key]:
        return
    findings = verify_docx(render_docx(wrong, shipped("2021")), report)
    assert [(f.code, f.key) for f in findings] == [("GX623", key)]
    assert isinstance(findings[0].place, DocumentCell)


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("公开信息186条。", "公开信息187条。", "GX622", "公开信息186条"),
        ('<w:p><w:pPr><w:pStyle w:val="3"/>.*?</w:p>', "", "GX622", "1.体制机制"),
        ("（一）主动公开", "（一）主动 公开", "GX622", "主动公开"),
        ('<w:pStyle w:val="2"/>', '<w:pStyle w:val="3"/>', "GX622", "应为2级标题"),
        ("2026年1月15日", "2026年1月16日", "GX622", "2026年1月15日"),
        ("不足：", "<w:br/>不足", "GX622", "不足"),
        ("<w:tbl>.*?</w:tbl>", "", "GX623", "行"),
        ('<w:gridSpan w:val="4"/>', "", "GX623", "合并范围"),
        ("社会公益组织", "社会组织", "GX623", "社会公益组织"),
        ("(<w:tbl>.*?</w:tbl>)", r"\1\1", "GX623", ""),
        ("(<w:sectPr>)", r"<w:p><w:r><w:t>多余</w:t></w:r></w:p>\1", "GX622", "多余"),
        ("</w:body>", "", "GX621", "读不回来"),
    ],
)
def test_damage_is_found(old: str, new: str, code: str, said: str) -> None:
    report = make_report()
    findings = verify_docx(_edited(render_docx(report, shipped("2021")), old, new), report)
    assert code in {f.code for f in findings}
    assert any(said in f.message for f in findings)


def test_two_paragraphs_swapped_are_found() -> None:
    report = make_report(narrative=passages(("5", "问题", "第一段。", "第二段。")))
    swapped = make_report(narrative=passages(("5", "问题", "第二段。", "第一段。")))
    assert verify_docx(render_docx(swapped, shipped("2021")), report)


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF"])
def test_what_is_no_document_is_unreadable(data: bytes) -> None:
    assert [f.code for f in verify_docx(data, make_report())] == ["GX621"]


def test_text_of_the_template_itself_may_stand_between() -> None:
    report = make_report()
    data = _edited(
        render_docx(report, shipped("2021")),
        "(<w:sectPr>)",
        r"<w:p><w:r><w:t>主动公开</w:t></w:r></w:p>\1",
    )
    assert verify_docx(data, report)
    assert verify_docx(data, report, (re.compile("主动公开"),)) == []


def test_a_template_tells_which_paragraphs_are_its_own() -> None:
    members = read_package(shipped_bytes("2021"))
    line = "<w:p><w:r><w:t>（{{ agency }}编）</w:t></w:r></w:p><w:sectPr>"
    members[DOCUMENT] = members[DOCUMENT].replace(b"<w:sectPr>", line.encode())
    template = compile_template(FixedZip(members).build({}), EDITIONS["2021"])
    data = render_docx(make_report(), template)
    assert [f.code for f in verify_docx(data, make_report())] == ["GX622"]
    assert verify_docx(data, make_report(), template.furniture(make_report())) == []


def test_a_paragraph_that_only_names_the_year_lets_no_other_text_pass() -> None:
    members = read_package(shipped_bytes("2021"))
    line = "<w:p><w:r><w:t>{{ year }}</w:t></w:r></w:p><w:sectPr>"
    members[DOCUMENT] = members[DOCUMENT].replace(b"<w:sectPr>", line.encode())
    template = compile_template(FixedZip(members).build({}), EDITIONS["2021"])
    report = make_report()
    own = template.furniture(report)
    data = render_docx(report, template)
    assert verify_docx(data, report, own) == []
    wrong = _edited(
        data, f">{report.year}</w:t></w:r></w:p><w:sectPr", ">别</w:t></w:r></w:p><w:sectPr"
    )
    assert [f.code for f in verify_docx(wrong, report, own)] == ["GX622"]
