"""Text that means something to XML, Word or Jinja is printed as it stands, and nothing after it
is lost; control characters are refused with their cell."""

import dataclasses
import io
import zipfile

import openpyxl
import pytest
from lxml import etree

from gxgen.county.agency_year import Filing
from gxgen.county.gate import Gate
from gxgen.county.unit import Style, build_unit
from gxgen.editions.schema import Edition
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.agency import Agency
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Report
from tests.factory import checked, make_report

HOSTILE = [
    "关于A&B公司的申请",
    "依据<办法>第三条办理",
    "结束]]>之后还有字",
    "双引号\"直\"与“弯”和'单'",
    "一列\t二列\t三列",
    "垟塆𡌴里等地名",
    "{ 7*7 }与{# 注 #}",
    "=SUM(A1:A9)",
    "+86 电话",
    "&lt;已转义&gt;与&#x41;",
    "末尾一段。",
]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _text(document: bytes) -> str:
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml"))
    nodes = root.iter(f"{W}t", f"{W}tab", f"{W}p", f"{W}br")
    signs = {f"{W}tab": "\t", f"{W}p": "\n", f"{W}br": ""}
    return "".join(node.text or "" if node.tag == f"{W}t" else signs[node.tag] for node in nodes)


@pytest.fixture(scope="module")
def templates() -> Style:
    return Style(Gate.of("official").files)


def _with_text(report: Report, texts: list[str]) -> Report:
    narrative = tuple(
        dataclasses.replace(p, paragraphs=tuple(Paragraph(t) for t in texts))
        if p.mark == "5"
        else p
        for p in report.narrative
    )
    return dataclasses.replace(report, narrative=narrative)


def test_hostile_text_is_printed_literally(edition: Edition, templates: Style) -> None:
    report = _with_text(make_report(edition), HOSTILE)
    data = blank_workbook(edition, report.year, agency=report.agency, fill=report)
    built = build_unit(Filing("填报表.xlsx", data), templates)
    assert [d.message for d in built.diagnostics if d.severity == "error"] == []
    text = _text(built.documents["docx"])
    for line in HOSTILE:
        assert line in text
    assert text.index(HOSTILE[0]) < text.index(HOSTILE[-1])
    assert "六、其他需要报告的事项" in text


def test_line_breaks_in_a_cell_make_paragraphs(edition: Edition, templates: Style) -> None:
    report = make_report(edition)
    data = blank_workbook(edition, report.year, agency=report.agency, fill=report)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["正文"]
    row = next(r for r in range(1, sheet.max_row) if str(sheet.cell(r, 1).value).startswith("五、"))
    sheet.cell(row + 2, 3).value = "第一行{ 1 }\n第二行<b>\r\n第三行_x000D_完"
    out = io.BytesIO()
    book.save(out)
    built = build_unit(Filing("填报表.xlsx", out.getvalue()), templates)
    assert built.documents, [d.message for d in built.diagnostics]
    text = _text(built.documents["docx"])
    assert "第一行{ 1 }\n" in text
    assert "第二行<b>\n" in text
    assert "第三行完" in text


@pytest.mark.parametrize(
    "name", ["A&B<办法>]]>管委会", "“垟塆”𡌴{{ 7*7 }}局", "{% raise %}'\"中心"]
)
def test_hostile_names(edition: Edition, templates: Style, name: str) -> None:
    report = make_report(edition, agency=Agency(name))
    data = blank_workbook(edition, report.year, agency=report.agency, fill=report)
    built = build_unit(Filing("填报表.xlsx", data), templates)
    assert built.documents, [d.message for d in built.diagnostics]
    assert name in _text(built.documents["docx"])


@pytest.mark.parametrize("code", [0x01, 0x08, 0x0B, 0x0C, 0x1F])
def test_control_characters_are_refused_with_their_cell(edition: Edition, code: int) -> None:
    report = make_report(edition)
    data = blank_workbook(edition, report.year, agency=report.agency, fill=report)
    mark = "存在的主要问题及改进情况的一段文字"
    plain = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(plain, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            escaped = f"控制_x{code:04X}_符" + mark
            new.writestr(name, part.replace(mark.encode(), escaped.encode()))
    found = checked(plain.getvalue()).diagnostics
    errors = [d for d in found if d.severity == "error"]
    assert errors, found
    assert any(d.place is not None and str(d.place).startswith("正文!C") for d in errors)
