"""The built-in PDF: what it says, how it is tagged, and that it is the same every time."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import subprocess
import sys
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from gxgen.document.blocks import HeadingBlock, TableBlock, compose
from gxgen.document.page import DRAFT_MARK
from gxgen.document.table_looks import LAYOUTS
from gxgen.editions.declared import EDITIONS
from gxgen.editions.grid import Role
from gxgen.editions.schema import Edition
from gxgen.errors import EnvironmentProblemError, InternalError
from gxgen.fonts.faces import folders
from gxgen.formats.pdf import write as typst_pdf
from gxgen.formats.pdf.row_heads import with_row_heads
from gxgen.formats.pdf.structure import read_items
from gxgen.formats.pdf.typst_fonts import engine_name, faces
from gxgen.formats.pdf.verify import verify_pdf
from gxgen.formats.pdf.write import NoGlyphError
from gxgen.model.agency import Agency
from gxgen.model.report import SignOff, SignOffForm
from gxgen.places import DocumentCell
from tests.reports import REAL, make_report, passages, real_report
from tests.support import ROOT

from .pdf_support import RARE, need_faces, pages, printable, written

WORDS = printable()
MARKUP = "#*_$`\\<>[]{}()@=-+/~\"'|&%;:,.^!"
"""What has a meaning in the layout program's own language."""


@pytest.fixture(autouse=True)
def _faces() -> None:
    need_faces()


def catalogue(data: bytes) -> Any:
    return PdfReader(io.BytesIO(data)).trailer["/Root"]


def elements(node: Any) -> list[Any]:
    """All structure elements under a node, in order."""
    node = node.get_object()
    if isinstance(node, list):
        return [one for kid in node for one in elements(kid)]
    if not isinstance(node, dict) or node.get("/Type") == "/MCR":
        return []
    return [node, *(elements(node["/K"]) if "/K" in node else [])]


@pytest.mark.parametrize("draft", [False, True])
def test_what_was_written_equals_the_report(edition: Edition, draft: bool) -> None:
    report = make_report(edition.id, narrative=WORDS)
    assert verify_pdf(written(report, draft=draft), report) == []


@pytest.mark.parametrize("name", REAL)
def test_the_real_reports_read_back(name: str) -> None:
    report = real_report(name)
    assert verify_pdf(written(report), report) == []


@settings(max_examples=12)
@given(st.lists(st.text(MARKUP + "政府信息公开2023年 ", max_size=40), max_size=5))
def test_words_are_never_read_as_markup(texts: list[str]) -> None:
    report = make_report(
        agency=Agency("#panic()[*局*]"),
        narrative=passages(("0", None, *texts), ("6", "其他"), ("6.1", "#pagebreak()。", *texts)),
    )
    assert verify_pdf(written(report), report) == []


@pytest.mark.parametrize("which", range(0, 200, 41))
def test_any_figure_changed_is_found_with_its_cell(which: int) -> None:
    report = make_report(narrative=WORDS)
    key = list(report.edition.fields)[which]
    other = report.entries["requests.received.other"]
    wrong = make_report(narrative=WORDS, entries={**report.entries, key: other})
    findings = verify_pdf(written(wrong), report)
    assert [(f.code, f.key) for f in findings] == [("GX626", key)]
    assert isinstance(findings[0].place, DocumentCell)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("第一段。",), "缺少“第二段。”"),
        (("第二段。", "第一段。"), "多出“第二段。”"),
        (("第一段。", "第二段。", "第三段。"), "多出“第三段。”"),
        (("第一段。", "第2段。"), "缺少“第二段。”"),
    ],
)
def test_words_lost_added_or_changed_are_found(texts: tuple[str, ...], said: str) -> None:
    report = make_report(narrative=passages(("5", "问题", "第一段。", "第二段。")))
    wrong = make_report(narrative=passages(("5", "问题", *texts)))
    findings = verify_pdf(written(wrong), report)
    assert {f.code for f in findings} == {"GX625"}
    assert any(said in f.message for f in findings)


def test_words_after_the_end_are_found() -> None:
    date = dt.date(2026, 1, 8)
    longer, report = (
        make_report(narrative=WORDS, sign_off=SignOff(form, date))
        for form in (SignOffForm.AGENCY_AND_DATE, SignOffForm.NONE)
    )
    findings = verify_pdf(written(longer), report)
    assert [(f.code, "多出" in f.message) for f in findings] == [("GX625", True)] * 2


def test_a_table_of_another_edition_is_found() -> None:
    older = make_report("2019", narrative=WORDS)
    newer = make_report("2021", narrative=WORDS, year=older.year)
    findings = verify_pdf(written(older), newer)
    assert {f.code for f in findings} == {"GX626"}


def test_a_wrong_heading_level_is_found() -> None:
    report = make_report(narrative=passages(("5", "问题"), ("5.1", "不足", "文。")))
    document = compose(report)
    blocks = tuple(
        HeadingBlock(1, b.number, b.text) if isinstance(b, HeadingBlock) and b.level == 2 else b
        for b in document.sections["5"]
    )
    document.sections["5"] = blocks  # type: ignore[index]
    findings = verify_pdf(typst_pdf.pdf_of(document, report), report)
    assert [f.code for f in findings] == ["GX625"]
    assert "应为2级标题，写成了1级标题" in findings[0].message


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"PK\x03\x04"])
def test_what_is_no_pdf_is_unreadable(data: bytes) -> None:
    assert [f.code for f in verify_pdf(data, make_report())] == ["GX624"]


def test_a_pdf_without_structure_is_unreadable() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(written(make_report(narrative=WORDS)))) as document:
        del document.Root.StructTreeRoot
        document.save(out)
    assert [f.code for f in verify_pdf(out.getvalue(), make_report())] == ["GX624"]


def test_marks_of_the_standards(edition: Edition) -> None:
    report = make_report(edition.id, narrative=WORDS)
    data = written(report)
    root = catalogue(data)
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfaid:part>2</.*<pdfaid:conformance>A</", xmp)
    assert "<pdfuaid:part>1</" in xmp
    assert report.title in xmp
    assert [i.get_object()["/S"] for i in root["/OutputIntents"]] == ["/GTS_PDFA1"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    information = PdfReader(io.BytesIO(data)).metadata
    assert information is not None
    assert (information.title, information.author) == (report.title, report.agency.name)
    assert information.creation_date == dt.datetime(2026, 1, 15, tzinfo=dt.UTC)
    assert {tuple(map(round, page.mediabox[2:])) for page in pages(data)} == {(595, 842)}


def test_headings_below_a_run_in_heading_rise_to_its_level() -> None:
    narrative = passages(("5", "问题"), ("5.1", "不足方面。", "文。"), ("5.1.1", "其一", "文。"))
    report = make_report(narrative=narrative)
    data = written(report)
    assert verify_pdf(data, report) == []
    assert [i.level for i in read_items(data) if i.text == "1.其一"] == [2]


def test_bookmarks_are_the_headings() -> None:
    report = make_report(narrative=WORDS)
    reader = PdfReader(io.BytesIO(written(report)))

    def flat(outline: list[Any]) -> list[str]:
        return [t for o in outline for t in (flat(o) if isinstance(o, list) else [o.title])]

    headings = [b for b in compose(report).blocks if isinstance(b, HeadingBlock)]
    assert flat(reader.outline) == [b.number + b.text for b in headings]


def test_every_face_is_inside_with_its_characters() -> None:
    fonts = {}
    for page in pages(written(real_report(REAL[0]))):
        for font in page["/Resources"]["/Font"].values():
            fonts[font.get_object()["/BaseFont"]] = font.get_object()
    assert len(fonts) >= 4
    for name, font in fonts.items():
        inner = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(inner), name
        cmap = font["/ToUnicode"].get_object().get_data()
        assert b"<0000> <" not in cmap.partition(b"endcodespacerange")[2], f"{name}: .notdef"


def test_structure_has_headings_and_three_tables_with_heads(edition: Edition) -> None:
    report = make_report(edition.id, narrative=WORDS)
    data = written(report)
    items = read_items(data)
    assert [i.level for i in items if i.level] == [
        b.level for b in compose(report).blocks if isinstance(b, HeadingBlock)
    ]
    grids = [b.grid for b in compose(report).blocks if isinstance(b, TableBlock)]
    assert len([i for i in items if i.table is not None]) == len(grids) == 3
    tables = [e for e in elements(catalogue(data)["/StructTreeRoot"]["/K"]) if e["/S"] == "/Table"]
    for table, grid in zip(tables, grids, strict=True):
        kinds = [e["/S"] for e in elements(table) if e["/S"] in ("/TH", "/TD")]
        assert kinds == ["/TH" if cell.key is None else "/TD" for cell in grid.cells]


def test_every_figure_names_the_heads_of_its_row_and_column(edition: Edition) -> None:
    root = catalogue(written(make_report(edition.id, narrative=WORDS)))["/StructTreeRoot"]
    parts = (part.get_object() for part in root["/IDTree"]["/Kids"])
    names = [one for part in parts for one in part["/Names"]]
    known = dict(zip(names[::2], (n.get_object() for n in names[1::2]), strict=True))
    assert list(known) == sorted(known)
    tables = [e for e in elements(root["/K"]) if e.get("/S") == "/Table"]
    for table, grid in zip(tables, edition.grids.values(), strict=True):
        assert table["/A"][0]["/Summary"] == LAYOUTS[grid.table].description
        cells = [e for e in elements(table) if e.get("/S") == "/TD"]
        assert len(cells) == len(grid.figures)
        for cell in cells:
            heads = [known[name] for name in cell["/A"][0]["/Headers"]]
            assert {head["/S"] for head in heads} == {"/TH"}
            scopes = {head["/A"][0]["/Scope"] for head in heads}
            labelled = any(c.role is Role.STUB for c in grid.cells)
            assert scopes == ({"/Column", "/Row"} if labelled else {"/Column"})


def test_same_report_same_bytes_in_any_process() -> None:
    report = real_report(REAL[0])
    code = (
        "import sys\n"
        "from gxgen.document.blocks import compose\n"
        "from gxgen.formats.pdf.write import pdf_of\n"
        "from tests.reports import REAL, real_report\n"
        "for name in (*REAL[1:3], REAL[0]):\n"
        "    data = pdf_of(compose(real_report(name)), real_report(name))\n"
        "sys.stdout.buffer.write(data)\n"
    )
    other = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "TZ": "Asia/Shanghai", "SOURCE_DATE_EPOCH": "1"},
    )
    assert other.stdout == written(report) == written(report)


def test_a_draft_bears_its_mark_on_every_page_outside_the_text() -> None:
    report = make_report(narrative=WORDS)
    data = written(report, draft=True)
    assert all(DRAFT_MARK in page.extract_text() for page in pages(data))
    assert not any(DRAFT_MARK in item.text for item in read_items(data))
    assert not any(DRAFT_MARK in page.extract_text() for page in pages(written(report)))


@pytest.mark.parametrize("form", SignOffForm)
def test_forms_of_the_sign_off(form: SignOffForm) -> None:
    report = make_report(narrative=WORDS, sign_off=SignOff(form, dt.date(2026, 1, 8)))
    texts = [item.text for item in read_items(written(report))]
    expected = {
        SignOffForm.AGENCY_AND_DATE: [report.agency.name, "2026年1月8日"],
        SignOffForm.AGENCY: [report.agency.name],
        SignOffForm.NONE: [],
    }[form]
    after = texts.index("（二）本中心没有其他需要报告的事项。") + 1
    assert texts[after:] == expected


def test_a_character_in_no_face_is_named_and_no_pdf_is_made() -> None:
    nowhere = "\U000f0000"
    with pytest.raises(NoGlyphError, match=r"U\+F0000") as caught:
        written(make_report(narrative=passages(("5", "问题", f"甲{nowhere}乙{nowhere}"))))
    assert caught.value.characters == (nowhere,)


def test_no_face_at_all_is_said_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(typst_pdf, "folders", lambda: (tmp_path,))
    with pytest.raises(EnvironmentProblemError, match="没有找到可用的字体：方正小标宋简体、仿宋"):
        written(make_report(narrative=WORDS))


@pytest.mark.parametrize(
    ("family", "name"),
    [
        ("AR PL UMing CN", "AR PL UMing"),
        ("Noto Serif CJK SC", "Noto Serif CJK SC"),
        ("SimSun-ExtB", "SimSun-ExtB"),
        ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05S"),
        ("STHeiti Light", "STHeiti"),
        ("Foo Extra Bold Italic", "Foo"),
    ],
)
def test_names_that_the_engine_gives_families(family: str, name: str) -> None:
    assert engine_name(family) == name


def test_every_face_in_use_is_known_to_the_engine() -> None:
    known = set(typst_pdf.fonts(folders()).families())
    for listed in faces(folders()).values():
        assert listed
        assert {one["name"] if isinstance(one, dict) else one for one in listed} <= known


def test_row_heads_refuse_a_file_that_is_not_as_expected() -> None:
    grids = list(EDITIONS["2021"].grids.values())
    with pytest.raises(InternalError):
        with_row_heads(b"%PDF-1.7\n%%EOF", grids)
    with pytest.raises(InternalError, match="表格标记"):
        with_row_heads(written(make_report("2019", narrative=WORDS)), grids)


def test_the_test_words_hold_no_rare_character() -> None:
    assert not any(RARE in p.text for passage in WORDS for p in passage.paragraphs)
