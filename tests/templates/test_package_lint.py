"""A written DOCX as a package: nothing to repair in ours, and every planted fault is told."""

from __future__ import annotations

import re

import pytest

from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.template import compile_template
from gxgen.opc.package import CONTENT_TYPES, DOCUMENT, FixedZip, read_package
from gxgen.templates.scaffold.illustrated import make_illustrated
from tests.formats.page_cases import cases
from tests.formats.soundness import package_faults
from tests.reports import make_report, real_report, shipped, shipped_bytes

RELATIONS = "word/_rels/document.xml.rels"


@pytest.mark.parametrize("name", sorted(cases()))
def test_no_fault_in_what_is_written(name: str) -> None:
    case = cases()[name]
    edition = case.report.edition
    assert package_faults(render_docx(case.report, shipped(edition.id), draft=case.draft)) == []


def test_no_fault_in_the_templates_and_illustrated_reports(edition: Edition) -> None:
    data = make_illustrated(edition)
    assert package_faults(shipped_bytes(edition.id)) == package_faults(data) == []
    report = make_report(edition.id)
    assert package_faults(render_docx(report, compile_template(data, edition))) == []


CELL = re.compile(r"<w:p>(?:(?!<w:p>).)*</w:p></w:tc>")
TABLES = re.compile("</w:tbl>.*?<w:tbl>")
UNTYPED = re.compile('<Default Extension="xml".*?/>(.*)<Override PartName="/word/footer1.*?/>')
PLANTED = {
    "不以段落结束": (DOCUMENT, CELL, "</w:tc>"),
    "不以段落": (DOCUMENT, "</w:p></w:tc>", "</w:p><w:tbl/></w:tc>"),
    "表格第2行共3列": (DOCUMENT, re.compile("<w:tc>(?:(?!<w:tc>).)*制发.*?</w:tc>"), ""),
    "表格第1行共5列": (DOCUMENT, '<w:gridSpan w:val="4"/>', '<w:gridSpan w:val="5"/>'),
    "向上合并": (DOCUMENT, '<w:vMerge w:val="restart"/>', "<w:vMerge/>"),
    "连成一个": (DOCUMENT, TABLES, "</w:tbl><w:tbl>"),
    "没有定义的样式": (DOCUMENT, '<w:pStyle w:val="Title"/>', '<w:pStyle w:val="Titel"/>'),
    "引用了没有定义的关系": (DOCUMENT, 'r:id="rId5"', 'r:id="rId99"'),
    "修订": (DOCUMENT, "<w:body>", '<w:body><w:p><w:ins w:id="1"/></w:p>'),
    "首尾的空格": (DOCUMENT, ' xml:space="preserve">一、', "> 一、"),
    "document.xml的内容已损坏": (DOCUMENT, ">一、", ">\ufffe一、"),
    "不以页面设置结束": (DOCUMENT, "</w:sectPr>", "</w:sectPr><w:p/>"),
    "不存在的部件word/footer9": (RELATIONS, "footer1.xml", "footer9.xml"),
    "用了2次": (RELATIONS, 'Id="rId2"', 'Id="rId1"'),
    "没有登记部件": (CONTENT_TYPES, UNTYPED, r"\1"),
    "登记了不存在的部件": (CONTENT_TYPES, "/word/footer1.xml", "/word/footer8.xml"),
    "不是有效的XML": (DOCUMENT, "</w:body>", ""),
    "打不开压缩包": ("", "", ""),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_told(fault: str) -> None:
    name, old, new = PLANTED[fault]
    members = read_package(render_docx(make_report(), shipped("2021")))
    data = b"PK\x03\x04"
    if name:
        text = members[name].decode()
        broken = re.sub(old if isinstance(old, re.Pattern) else re.escape(old), new, text, count=1)
        assert broken != text
        data = FixedZip({**members, name: broken.encode()}).build({})
    assert any(fault in told for told in package_faults(data))


def test_a_figure_s_number_is_used_once() -> None:
    edition = EDITIONS["2021"]
    members = read_package(
        render_docx(
            real_report("安丘市凌河街道办事处"),
            compile_template(make_illustrated(edition), edition),
        )
    )
    text = members[DOCUMENT].decode()
    numbers = re.findall(r'<wp:docPr id="(\d+)"', text)
    assert len(numbers) > 1
    twice = text.replace(f'<wp:docPr id="{numbers[1]}"', f'<wp:docPr id="{numbers[0]}"')
    data = FixedZip({**members, DOCUMENT: twice.encode()}).build({})
    assert any("图形编号" in told for told in package_faults(data))
