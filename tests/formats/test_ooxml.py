"""The package itself: what Word needs and the schema does not say, then the schema."""

from __future__ import annotations

import posixpath
import re
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from gxgen.editions.schema import Edition
from gxgen.formats.docx.fill import render_docx
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Report
from gxgen.opc.package import CONTENT_TYPES, DOCUMENT, read_package
from gxgen.templates.scaffold.styles import LINE
from tests.reports import REAL, make_report, real_report, shipped, shipped_bytes
from tests.support import need_tool, schema_errors, soffice

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def _documents(edition: str) -> list[bytes]:
    return [shipped_bytes(edition), render_docx(make_report(edition), shipped(edition), draft=True)]


def test_every_cell_ends_with_a_paragraph_and_rows_fill_the_grid(edition: Edition) -> None:
    for data in _documents(edition.id):
        root = etree.fromstring(read_package(data)[DOCUMENT])
        assert all(tc[-1].tag == W + "p" for tc in root.iter(W + "tc"))
        for table in root.iter(W + "tbl"):
            columns = len(table.find(W + "tblGrid"))
            for row in table.iter(W + "tr"):
                spans = [s.get(W + "val") for s in row.iter(W + "gridSpan")]
                cells = len(row.findall(W + "tc"))
                assert cells + sum(int(s) - 1 for s in spans) == columns


def test_a_vertical_merge_continues_only_under_its_start(edition: Edition) -> None:
    root = etree.fromstring(read_package(shipped_bytes(edition.id))[DOCUMENT])
    for table in root.iter(W + "tbl"):
        open_columns: set[int] = set()
        for row in table.iter(W + "tr"):
            column, here = 0, set()
            for tc in row.findall(W + "tc"):
                merge = tc.find(f"{W}tcPr/{W}vMerge")
                if merge is not None:
                    assert merge.get(W + "val") == "restart" or column in open_columns
                    here.add(column)
                span = tc.find(f"{W}tcPr/{W}gridSpan")
                column += 1 if span is None else int(span.get(W + "val"))
            open_columns = here


def test_all_relationships_resolve_and_all_parts_are_typed(edition: Edition) -> None:
    for data in _documents(edition.id):
        members = read_package(data)
        types = etree.fromstring(members[CONTENT_TYPES])
        typed = {n.get("PartName") for n in types} | {"." + n.get("Extension", "") for n in types}
        for name, content in members.items():
            assert f"/{name}" in typed or "." + name.rpartition(".")[2] in typed
            if name.endswith(".rels"):
                base = posixpath.dirname(posixpath.dirname(name))
                for relation in etree.fromstring(content):
                    assert posixpath.join(base, relation.get("Target")) in members
            used = set(re.findall(rb'r:id="(rId\d+)"', content))
            rels = members.get(f"{posixpath.dirname(name)}/_rels/{posixpath.basename(name)}.rels")
            if used:
                assert used <= {n.get("Id").encode() for n in etree.fromstring(rels)}


def test_styles_that_are_named_exist(edition: Edition) -> None:
    for data in _documents(edition.id):
        members = read_package(data)
        styles = {
            s.get(W + "styleId")
            for s in etree.fromstring(members["word/styles.xml"]).iter(W + "style")
        }
        for name in (DOCUMENT, *(n for n in members if re.search(r"(header|footer)\d", n))):
            root = etree.fromstring(members[name])
            named = {n.get(W + "val") for n in root.iter(W + "pStyle", W + "rStyle")}
            assert named <= styles


def test_the_page_is_that_of_the_standard(edition: Edition) -> None:
    root = etree.fromstring(read_package(shipped_bytes(edition.id))[DOCUMENT])
    margins = root.find(f".//{W}pgMar")
    assert [margins.get(W + side) for side in ("top", "bottom", "left", "right")] == [
        "2098",
        "1984",
        "1587",
        "1474",
    ]
    grid = root.find(f".//{W}docGrid")
    assert (grid.get(W + "type"), grid.get(W + "linePitch")) == ("lines", str(LINE))


def test_lines_are_as_high_as_the_grid_and_rows_grow_with_their_labels(edition: Edition) -> None:
    """LibreOffice hides a wrong line behind the grid; what a fixed row cuts off is still read."""
    members = read_package(shipped_bytes(edition.id))
    normal = etree.fromstring(members["word/styles.xml"]).find(f"{W}style[@{W}default='1']")
    spacing = normal.find(f"{W}pPr/{W}spacing")
    assert (spacing.get(W + "line"), spacing.get(W + "lineRule")) == (str(LINE), "exact")
    assert normal.find(f"{W}pPr/{W}widowControl").get(W + "val") == "0"
    assert normal.find(f"{W}pPr/{W}overflowPunct").get(W + "val") == "0"
    root = etree.fromstring(members[DOCUMENT])
    assert {node.get(W + "hRule") for node in root.iter(W + "trHeight")} == {"atLeast"}
    for row in root.iter(W + "tr"):
        assert row.find(f"{W}trPr/{W}cantSplit") is not None


def test_tables_have_heads_captions_and_descriptions(edition: Edition) -> None:
    root = etree.fromstring(read_package(shipped_bytes(edition.id))[DOCUMENT])
    titles = [section.title for section in edition.sections if section.table]
    tables = list(root.iter(W + "tbl"))
    assert [t.find(f"{W}tblPr/{W}tblCaption").get(W + "val") for t in tables] == titles
    assert all(t.find(f"{W}tblPr/{W}tblDescription").get(W + "val") for t in tables)
    grids = [edition.grids[section.table] for section in edition.sections if section.table]
    assert [len(list(t.iter(W + "tblHeader"))) for t in tables] == [g.head_rows for g in grids]


def test_languages_are_named(edition: Edition) -> None:
    """Chinese for the document; English for the Latin of a text, whose numbers then stay whole."""
    styles = etree.fromstring(read_package(shipped_bytes(edition.id))["word/styles.xml"])
    default = styles.find(f"{W}docDefaults//{W}lang")
    assert {default.get(W + name) for name in ("val", "eastAsia")} == {"zh-CN"}
    body = styles.find(f"{W}style[@{W}styleId='BodyText']/{W}rPr/{W}lang")
    assert (body.get(W + "val"), body.get(W + "eastAsia")) == ("en-US", "zh-CN")


def test_a_text_with_a_long_address_is_set_flush_left_and_no_other() -> None:
    address = "https://www.yunyang.gov.cn/zwgk/"
    texts = ("没有网址。", f"网址：{address}。", "电话：0536-4641001。")
    report = make_report(narrative=(Passage("6", "其他", tuple(map(Paragraph, texts))),))
    root = etree.fromstring(read_package(render_docx(report, shipped("2021")))[DOCUMENT])
    found = {
        "".join(p.itertext()): p.find(f"{W}pPr/{W}jc").get(W + "val")
        for p in root.iter(W + "p")
        if p.find(f"{W}pPr/{W}jc") is not None
    }
    assert found == dict(zip(texts, ("both", "left", "both"), strict=True))


def test_headings_are_real_styles() -> None:
    root = etree.fromstring(read_package(render_docx(make_report(), shipped("2021")))[DOCUMENT])
    styles = {
        "".join(p.itertext()): p.find(f"{W}pPr/{W}pStyle").get(W + "val")
        for p in root.iter(W + "p")
    }
    assert styles["一、总体情况"] == "1"
    assert styles["（一）主动公开"] == "2"
    assert styles["1.体制机制"] == "3"
    assert styles["（1）细分"] == "4"


def _kept(report: Report) -> list[str]:
    """The paragraphs that a slot keeps on the page of the next one."""
    root = etree.fromstring(read_package(render_docx(report, shipped("2021")))[DOCUMENT])
    flags = root[0].iterfind(f"{W}p/{W}pPr/{W}keepNext[@{W}val='1']")
    return ["".join(flag.getparent().getparent().itertext()) for flag in flags]


def test_the_last_words_stay_with_the_sign_off() -> None:
    assert _kept(make_report())[-1] == "（二）本中心没有其他需要报告的事项。"
    assert _kept(make_report(narrative=make_report().narrative[:-1]))[-1] == "未收取。"


@pytest.mark.parametrize(("characters", "kept"), [(470, True), (700, False)])
def test_last_words_that_leave_the_sign_off_no_room_are_not_kept(
    characters: int, kept: bool
) -> None:
    """As a county's list of its units: kept, it would leave its heading alone on a page."""
    report = make_report(narrative=(Passage("6", "其他", (Paragraph("字" * characters),)),))
    assert ("字" * characters in _kept(report)) is kept


def test_nothing_of_the_templates_making_is_left(edition: Edition) -> None:
    members = read_package(render_docx(make_report(edition.id), shipped(edition.id)))
    core = members["docProps/core.xml"].decode()
    assert edition.notice.number not in core
    assert "<dc:language>zh-CN</dc:language>" in core
    assert "2026-01-15T00:00:00Z" in core


@pytest.mark.tool
def test_the_sdk_finds_no_error_in_the_templates(edition: Edition, tmp_path: Path) -> None:
    for number, data in enumerate(_documents(edition.id)):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(data)
        assert schema_errors(path) == []


@pytest.mark.tool
@pytest.mark.parametrize("name", REAL[:2])
def test_table_three_and_its_heading_share_a_page(name: str, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(render_docx(real_report(name), shipped("2021")))
    text = soffice(path, "pdf", tmp_path, tmp_path / "profile")
    need_tool("pdftotext")
    pages = subprocess.run(
        ["pdftotext", "-layout", str(text), "-"], capture_output=True, text=True, check=True
    ).stdout.split("\f")
    page = next(p for p in pages if "三、收到和处理政府信息公开申请情况" in p and "申请人情况" in p)
    assert "四、结转下年度继续办理" in page
