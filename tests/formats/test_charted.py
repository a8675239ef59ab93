"""Native charts and tiles in a template of a county's own: what is printed and read back."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from gxgen.document.blocks import ChartBlock, TilesBlock, compose
from gxgen.document.cell import squash
from gxgen.document.charts import Bar, Chart
from gxgen.document.illustrated.edition import illustrate
from gxgen.document.illustrated.tiles import tiles
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.errors import TemplateError
from gxgen.formats.docx.chart_parts import workbook
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import CompiledTemplate, compile_template
from gxgen.formats.docx.verify import verify_docx
from gxgen.formats.html.page import html_page
from gxgen.formats.html.verify import verify_html
from gxgen.formats.pdf.verify import verify_pdf
from gxgen.model.indicators import Indicator, in_order
from gxgen.model.report import Report
from gxgen.opc.package import CONTENT_TYPES, DOCUMENT, FixedZip, read_package
from gxgen.templates.lint.check import check_template
from tests import factory
from tests.reports import FULL, REAL, make_report, passages, real_report, with_features
from tests.support import need_tool, schema_errors, soffice

from .charted import make_charted

NEWEST = EDITIONS["2021"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@cache
def made(edition: str) -> bytes:
    return make_charted(EDITIONS[edition])


@cache
def template(edition: str) -> CompiledTemplate:
    return compile_template(made(edition), EDITIONS[edition])


def printed(report: Report) -> bytes:
    return render_docx(report, template(report.edition.id))


def judged(data: bytes, report: Report) -> list[str]:
    used = template(report.edition.id)
    found = verify_docx(data, report, used.furniture(report), asked=used.asked)
    return [f"{finding.code} {finding.message}" for finding in found]


def zero(report: Report) -> Report:
    return replace(report, entries={k: replace(e, value=0) for k, e in report.entries.items()})


def with_last_year(edition: Edition = NEWEST) -> Report:
    report = factory.make_report(edition)
    last = factory.make_report(edition, year=report.year - 1)
    return replace(report, previous=last, narrative=FULL)


def charts_in(data: bytes) -> list[str]:
    return sorted(n for n in read_package(data) if re.fullmatch(r"word/charts/\w+\.xml", n))


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    members = read_package(data)
    assert old in members[name], old
    members[name] = members[name].replace(old, new, 1)
    return FixedZip(members).build({})


def test_the_shipped_templates_take_the_fast_way(edition: Edition) -> None:
    assert not template(edition.id).features
    assert template(edition.id).illustrated


@pytest.mark.parametrize("name", REAL)
def test_real_reports_read_back(name: str) -> None:
    report = real_report(name)
    assert judged(printed(report), report) == []


@pytest.mark.parametrize("kind", ["balanced", "zero", "last year", "no words"])
def test_made_reports_read_back(edition: Edition, kind: str) -> None:
    report = with_last_year(edition)
    report = {
        "balanced": factory.make_report(edition),
        "zero": zero(report),
        "last year": report,
        "no words": replace(report, narrative=()),
    }[kind]
    data = printed(report)
    assert judged(data, report) == []
    assert data == printed(report)


def test_a_chart_is_there_only_with_something_to_show() -> None:
    report = with_last_year()
    assert len(charts_in(printed(report))) == 3
    assert len(charts_in(printed(replace(report, previous=None)))) == 2
    data = printed(zero(replace(report, previous=None)))
    assert charts_in(data) == []
    assert b"chart" not in read_package(data)[DOCUMENT]
    assert b"xlsx" not in read_package(data)[CONTENT_TYPES]
    assert "申请办理结果：各项都是0。" in read_package(data)[DOCUMENT].decode()


def test_relations_and_types_hold_for_every_set_of_charts(edition: Edition) -> None:
    for report in (with_last_year(edition), factory.make_report(edition), make_report(edition.id)):
        members = read_package(printed(report))
        assert next(iter(members)) == CONTENT_TYPES
        relations = etree.fromstring(members["word/_rels/document.xml.rels"])
        targets = {r.get("Id"): f"word/{r.get('Target')}" for r in relations}
        assert set(targets.values()) <= set(members)
        asked = set(re.findall(rb'<c:chart[^>]* r:id="(\w+)"', members[DOCUMENT]))
        assert {i.decode() for i in asked} == {i for i, t in targets.items() if "charts/" in t}
        root = etree.fromstring(members[DOCUMENT])
        ids = [node.get("id") for node in root.iter(WP + "docPr")]
        assert len(ids) == len(set(ids)) == len(asked)
        assert all(node.get("descr") for node in root.iter(WP + "docPr"))


def test_docxtpl_own_way_draws_the_same_charts() -> None:
    report = with_last_year()
    slow = render_docx(report, with_features(template("2021"), "forced"))
    assert judged(slow, report) == []
    fast = read_package(printed(report))
    charts = [name for name in fast if "chart" in name]
    assert {n: fast[n] for n in charts} == {n: read_package(slow)[n] for n in charts}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("word/charts/chart_outcomes.xml", b'<c:pt idx="2"><c:v>', b'<c:pt idx="2"><c:v>9'),
        ("word/charts/chart_outcomes.xml", "予以公开".encode(), "不予公开".encode()),
        ("word/charts/chart_years.xml", "2021年".encode(), "2020年".encode()),
        ("word/charts/chart_applicants.xml", b"<c:ser>", b"<c:ser"),
    ],
)
def test_a_drawing_that_lies_is_found(name: str, old: bytes, new: bytes) -> None:
    report = with_last_year()
    found = judged(changed(printed(report), name, old, new), report)
    assert [text[:5] for text in found] == ["GX627"]


def test_a_workbook_that_lies_or_is_missing_is_found() -> None:
    report = with_last_year()
    members = read_package(printed(report))
    name = "word/embeddings/chart_outcomes.xlsx"
    other = workbook(Chart("outcomes", "题", (Bar("予以公开", (1,)),)))
    for data in (other, b"none"):
        found = judged(FixedZip({**members, name: data}).build({}), report)
        assert [text[:5] for text in found] == ["GX627"]
    del members[name]
    assert [t[:5] for t in judged(FixedZip(members).build({}), report)] == ["GX627"]


def test_tiles_that_lie_are_found() -> None:
    report = make_report()
    (figure,) = (tile.figure for tile in tiles(report) if tile.figure)
    data = changed(printed(report), DOCUMENT, f">{figure}件<".encode(), f">{figure}0件<".encode())
    assert [text[:5] for text in judged(data, report)] == ["GX627"]


@pytest.mark.parametrize("count", range(8))
def test_as_many_tiles_as_parts(count: int) -> None:
    parts = [(f"1.{n}", f"部分{n}", f"办理{n}件。") for n in range(1, count + 1)]
    report = make_report(narrative=passages(("1", "总体情况"), *parts))
    data = printed(report)
    assert judged(data, report) == []
    tables = list(etree.fromstring(read_package(data)[DOCUMENT]).iter(W + "tbl"))
    assert len(tables) == (4 if 2 <= count <= 6 else 3)
    if len(tables) == 4:
        for row in tables[0].iter(W + "tr"):
            assert len(row.findall(W + "tc")) == len(tables[0].find(W + "tblGrid")) == count


def test_a_chart_shares_its_paragraph_with_nothing() -> None:
    tag = b"{{ charts.outcomes }}"
    data = changed(made("2021"), DOCUMENT, tag, b"see " + tag)
    found = check_template(data, "report.docx", NEWEST)
    assert [finding.code for finding in found] == ["GX604"]
    with pytest.raises(TemplateError, match="单独成段"):
        compile_template(data, NEWEST)


def test_an_unknown_chart_is_told_by_its_near_name() -> None:
    data = changed(made("2021"), DOCUMENT, b"charts.outcomes", b"charts.outcome")
    found = check_template(data, "report.docx", NEWEST)
    assert "charts.outcomes" in found[0].message


@pytest.mark.parametrize("kind", ["last year", "zero", *REAL])
def test_the_page_shows_the_same_and_reads_back(kind: str) -> None:
    report = {"last year": with_last_year(), "zero": zero(with_last_year())}.get(kind)
    report = report or real_report(kind)
    document = compose(report).illustrated()
    added = [b for b in document.blocks if isinstance(b, TilesBlock | ChartBlock)]
    shown = illustrate(report)
    assert len(added) == bool(shown.tiles) + len(shown.charts)
    page = html_page(document, report)
    assert verify_html(page, report, document=document) == []
    assert page.count(b"<svg") == len(shown.drawn)
    for old, new in (
        (b'class="tiles"><li>', b'class="tiles"><li><b>x</b>'),
        (b"<text", b"<text>9</text><text"),
    ):
        if old in page:
            assert verify_html(page.replace(old, new, 1), report, document=document)


@pytest.mark.tool
def test_the_sdk_finds_no_error(edition: Edition, tmp_path: Path) -> None:
    last = with_last_year(edition)
    for number, data in enumerate((made(edition.id), printed(last), printed(zero(last)))):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(data)
        assert schema_errors(path) == []


@pytest.mark.tool
def test_the_sdk_finds_no_error_in_the_workbook_behind_a_chart(tmp_path: Path) -> None:
    path = tmp_path / "behind.xlsx"
    path.write_bytes(read_package(printed(with_last_year()))["word/embeddings/chart_years.xlsx"])
    assert schema_errors(path) == []


@pytest.mark.tool
def test_libreoffice_draws_the_charts(tmp_path: Path) -> None:
    report = with_last_year()
    path = tmp_path / "report.docx"
    path.write_bytes(printed(report))
    tagged = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
    pdf = soffice(path, tagged, tmp_path, tmp_path / "profile")
    assert verify_pdf(pdf.read_bytes(), report) == []
    text = subprocess.run(
        [need_tool("pdftotext"), "-layout", str(pdf), "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    pages = [page for page in text.split("\f") if page.strip()]
    page = next(p for p in pages if "申请办理结果" in p)
    for chart in illustrate(report).charts:
        assert chart.title.removesuffix("（件）") in page
        for bar in chart.bars:
            assert all(str(value) in page for value in bar.values)
    assert "—1—" in squash(pages[0])


def test_zip_members_come_in_a_fixed_order() -> None:
    with zipfile.ZipFile(io.BytesIO(printed(with_last_year()))) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == CONTENT_TYPES


def counting(edition: Edition = NEWEST) -> Report:
    """A report whose sheet 指标 counts channels, this year and last."""
    rows = (
        ("政府网站发布信息", 9071, 8161),
        ("微信发布信息", 4043, None),
        ("微博发布信息", 0, 777),
    )
    given = in_order(Indicator(name, "条", now, last) for name, now, last in rows)
    return replace(with_last_year(edition), indicators=given)


def test_indicators_are_drawn_and_read_back_in_every_format(edition: Edition) -> None:
    report = counting(edition)
    data = printed(report)
    assert "word/charts/chart_channels.xml" in charts_in(data)
    assert judged(data, report) == []
    document = compose(report).illustrated()
    page = html_page(document, report)
    for number in ("9071", "8161", "4043", "777"):
        assert number in page.decode()
    assert verify_html(page, report, document=document) == []


def test_a_tile_shows_what_the_sheet_counts_for_its_part() -> None:
    rows = (
        ("1", "总体情况"),
        ("1.1", "主动公开情况", "编发简报3期。"),
        ("1.2", "依申请公开", "收到申请。"),
        ("1.3", "监督保障", "开展检查4次。"),
    )
    counted = [Indicator("主动公开信息", "条", 210, 180), Indicator("培训场次", "场", 0)]
    report = make_report(narrative=passages(*rows), indicators=in_order(counted))
    shown = [(tile.figure, tile.text) for tile in tiles(report)]
    received = report.values["requests.received.total"]
    assert shown == [("210", "主动公开信息"), (str(received), "本年新收申请"), ("", "")]
    data = printed(report)
    assert judged(data, report) == []
    lied = changed(data, DOCUMENT, ">210条<".encode(), ">211条<".encode())
    assert [text[:5] for text in judged(lied, report)] == ["GX627"]


@pytest.mark.parametrize("number", ["9071", "8161", "4043", "777"])
def test_an_indicator_that_was_altered_or_lost_is_told(number: str) -> None:
    report = counting()
    data, part = printed(report), "word/charts/chart_channels.xml"
    for instead in (b"9999", b""):
        lied = changed(data, part, f"<c:v>{number}</c:v>".encode(), b"<c:v>%s</c:v>" % instead)
        assert [text[:5] for text in judged(lied, report)] == ["GX627"]
    document = compose(report).illustrated()
    page = html_page(document, report)
    drawn = page.replace(f">{number}</text>".encode(), b">9999</text>")
    assert drawn != page
    assert verify_html(drawn, report, document=document) != []
    assert [t[:5] for t in judged(printed(replace(report, indicators={})), report)] != []
