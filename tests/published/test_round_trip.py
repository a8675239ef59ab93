"""Our own documents, read as a stranger's: the same report comes back, without a mark of ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from gxgen.cli import main
from gxgen.document.blocks import Document, compose
from gxgen.editions.declared import EDITIONS, PUBLISHED_EDITIONS
from gxgen.formats.docx.template import CompiledTemplate, compile_template
from gxgen.formats.html.fragment import html_fragment
from gxgen.formats.html.page import html_page
from gxgen.formats.manuscript import Manuscript
from gxgen.formats.registry import FORMATS
from gxgen.model.agency import Agency
from gxgen.model.record import to_record
from gxgen.model.report import Report
from gxgen.published.reader import read_published
from gxgen.published.readings import Certainty
from tests.factory import make_report
from tests.support import ROOT, sample_reports, soffice

REPORTS = ("2019", "2021", *sorted(sample_reports()))


@cache
def template(style: str, edition: str) -> CompiledTemplate:
    path = ROOT / "templates" / style / f"report-{edition}.docx"
    return compile_template(path.read_bytes(), EDITIONS[edition])


def report(name: str) -> Report:
    if name in PUBLISHED_EDITIONS:
        return make_report(PUBLISHED_EDITIONS[name])
    return sample_reports()[name]


def content(report: Report) -> dict[str, object]:
    """All that a published report says."""
    return {
        "edition": report.edition.id,
        "agency": report.agency.name,
        "year": report.year,
        "values": dict(report.values),
        "narrative": [
            (p.mark, p.heading, tuple(x.text for x in p.paragraphs)) for p in report.narrative
        ],
        "sign-off": report.sign_off,
    }


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("style", ["official", "illustrated"])
@pytest.mark.parametrize("kind", ["docx", "html", "fragment"])
def test_a_document_of_ours_comes_back_whole(kind: str, style: str, name: str) -> None:
    made = report(name)
    text = Manuscript(made, compose(made), template(style, made.edition.id))
    writer = FORMATS[kind].writer
    assert writer is not None
    read = read_published(writer.write(text), "报告")
    assert read.report is not None, [finding.message for finding in read.findings]
    assert content(read.report) == content(made)
    assert read.figures is not None
    kinds = {one.certainty for one in read.figures.readings.values()}
    assert kinds == {Certainty.EXACT}


@pytest.mark.parametrize("write", [html_page, html_fragment], ids=["page", "fragment"])
def test_the_form_with_one_row_comes_back_whole(
    write: Callable[[Document, Report], str | bytes],
) -> None:
    made = make_report(PUBLISHED_EDITIONS["2021-one-row"])
    said = write(compose(made), made)
    read = read_published(said if isinstance(said, bytes) else said.encode(), "报告.html")
    assert read.report is not None
    assert content(read.report) == content(made)


def test_a_document_becomes_the_form_that_it_was_made_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = sample_reports()["安丘市行政审批服务局"]
    page = tmp_path / "某页.html"
    page.write_bytes(html_page(compose(made), made))
    assert main(["import", str(page), "--to", str(tmp_path)]) == 0
    capsys.readouterr()
    assert main(["show", str(tmp_path / "安丘市行政审批服务局.xlsx"), "--format", "json"]) == 0
    shown, want = json.loads(capsys.readouterr().out), to_record(made)
    for part in ("edition", "agency", "year", "signed", "values", "narrative"):
        assert shown[part] == want[part]


@pytest.mark.tool
def test_what_libreoffice_makes_of_ours_comes_back_whole(tmp_path: Path) -> None:
    """Another program's markup: merged cells, blanks and breaks of its own."""
    made = sample_reports()["安丘市凌河街道办事处"]
    text = Manuscript(made, compose(made), template("official", made.edition.id))
    writer = FORMATS["docx"].writer
    assert writer is not None
    source = tmp_path / "报告.docx"
    source.write_bytes(writer.write(text))
    for kind in ("html", "txt:Text", "docx:MS Word 2007 XML"):
        file = soffice(source, kind, tmp_path / "out", tmp_path / "profile")
        read = read_published(file.read_bytes(), file.name)
        assert read.report is not None, kind
        assert content(read.report) == content(made), kind


@pytest.mark.parametrize("kind", ["docx", "html", "pdf"])
def test_a_name_signed_in_two_lines_is_read_as_one(kind: str) -> None:
    name = "黄三角农业高新技术产业示范区管理委员会住房和城乡建设综合行政执法服务中心"
    given = replace(sample_reports()[REPORTS[2]], agency=Agency(name))
    document = compose(given)
    assert "\n" in document.sign_off.broken[0]
    writer = FORMATS[kind].writer
    assert writer is not None
    text = Manuscript(given, document, template("official", given.edition.id))
    read = read_published(writer.write(text), f"report.{kind}").report
    assert read is not None
    assert content(read)["agency"] == name
    assert read.sign_off == given.sign_off
    assert content(read)["narrative"] == content(given)["narrative"]
