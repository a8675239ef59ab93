"""Words in a workbook that no reader takes are told: nothing that was written is lost unsaid."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from gxgen.editions.schema import Edition
from gxgen.form.read.workbook import read_workbook
from gxgen.form.write.workbook import blank_workbook
from tests.factory import make_report
from tests.form.faulty.form import FILE, Form

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = (
    '<x:wsDr xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><x:twoCellAnchor>'
    '<x:sp textlink="{link}"><x:nvSpPr><x:cNvPr id="2" name="文本框 1"{hidden}/></x:nvSpPr>'
    "<x:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></x:txBody></x:sp>"
    "</x:twoCellAnchor></x:wsDr>"
)


def sheet(form: Form, name: str, *lines: str, state: str = "visible", number: int = 0) -> Form:
    """One more sheet, with these lines in its first column."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{line}</t></is></c></row>'
        for n, line in enumerate(lines, 1)
    )
    if number:
        rows += f'<row r="90"><c r="A90"><v>{number}</v></c></row>'
    form.parts["xl/worksheets/more.xml"] = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()
    relation = f'<Relationship Id="m1" Type="{OFFICE}/worksheet" Target="worksheets/more.xml"/>'
    form.edit("xl/_rels/workbook.xml.rels", "</Relationships>", relation + "</Relationships>")
    new = f'<sheet name="{name}" sheetId="98" state="{state}" r:id="m1"/></sheets>'
    return form.edit("xl/workbook.xml", "</sheets>", new)


def box(form: Form, on: str, text: str, *, link: str = "", hidden: str = "") -> Form:
    """A text box on a sheet."""
    drawing = DRAWING.format(text=text, link=link, hidden=hidden)
    form.parts["xl/drawings/drawing9.xml"] = drawing.encode()
    listed = form.part(on).replace("worksheets/", "worksheets/_rels/") + ".rels"
    form.parts[listed] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="d9" Type="{OFFICE}/drawing" Target="../drawings/drawing9.xml"/>'
        "</Relationships>"
    ).encode()
    return form


TOLD: dict[str, tuple[Callable[[Form], Form], str, str]] = {
    "a sheet": (
        lambda f: sheet(f, "正文续", "全年共办理三件。"),
        "工作表“正文续”",
        "全年共办理三件",
    ),
    "a default sheet": (lambda f: sheet(f, "Sheet1", "另有说明"), "工作表“Sheet1”", "另有说明"),
    "a copied text": (lambda f: f.copy("正文", "正文 (2)"), "工作表“正文 (2)”", "正文"),
    "copied fields": (lambda f: f.copy("基本信息", "信息"), "工作表“信息”", "基本信息"),
    "copied answers": (
        lambda f: f.copy("说明", "说明 (2)"),
        "工作表“说明 (2)”",
        "对核实事项的说明",
    ),
    "a text box": (lambda f: box(f, "正文", "框里的话"), "工作表“正文”", "框里的话"),
    "a text box on a table": (lambda f: box(f, "表三", "框里的话"), "工作表“表三”", "框里的话"),
    "a note below": (lambda f: f.put("表三!A36", "注：含上年补登。"), "表三!A36", "含上年补登"),
    "a note beside": (lambda f: f.put("表三!M9", "另有检察监督"), "表三!M9", "另有检察监督"),
    "a note below table two": (lambda f: f.put("表二!B25", "不含乡镇"), "表二!B25", "不含乡镇"),
    "a note below table four": (lambda f: f.put("表四!A30", "不含乡镇"), "表四!A30", "不含乡镇"),
    "a field of their own": (lambda f: f.put("基本信息!B21", "已更名"), "基本信息!B21", "已更名"),
    "beside a field": (lambda f: f.put("基本信息!D4", "已更名"), "基本信息!D4", "已更名"),
    "beside indicators": (lambda f: f.put("指标!H5", "只含网站"), "指标!H5", "只含网站"),
}
NOT_TOLD: dict[str, Callable[[Form], Form]] = {
    "an empty sheet": lambda f: sheet(f, "Sheet1"),
    "a sheet of numbers": lambda f: sheet(f, "Sheet1", number=5),
    "a hidden sheet": lambda f: sheet(f, "底稿", "单位台账", state="hidden"),
    "a sheet that nobody can show": lambda f: sheet(f, "底稿", "台账", state="veryHidden"),
    "the guide renamed": lambda f: f.rename("填报说明", "填报说明 - 表格 1"),
    "all renamed": lambda f: f.rename("正文", "正文 - 表格 1").rename("指标", "指标 - 表格 1"),
    "answers renamed": lambda f: f.rename("说明", "说明 - 表格 1"),
    "no sheet of answers": lambda f: f.delete("说明"),
    "a number beside": lambda f: f.put("表三!M9", 7),
    "who signed": lambda f: f.put(
        "表三!A36", "单位负责人：张三　审核人：李四　填表日期：2023年1月"
    ),
    "who filled it in": lambda f: f.put("表四!A30", "填表人（签字）"),
    "a formula beside": lambda f: f.formula("表三!M9", '"合计相符"', "合计相符"),
    "a box that shows a cell": lambda f: box(f, "表三", "张三", link="$D$8"),
    "a hidden box": lambda f: box(f, "表三", "张三", hidden=' hidden="1"'),
    "an empty box": lambda f: box(f, "表三", " "),
}


@pytest.mark.parametrize("name", TOLD)
def test_words_that_no_reader_takes_are_told(name: str) -> None:
    change, place, quoted = TOLD[name]
    (finding,) = change(Form()).read().findings
    assert (finding.code, str(finding.place)) == ("GX056", place)
    assert quoted in finding.message


@pytest.mark.parametrize("name", NOT_TOLD)
def test_what_says_nothing_is_not(name: str) -> None:
    assert [f.code for f in NOT_TOLD[name](Form()).read().findings] == []


def test_no_form_of_ours_has_leftovers(edition: Edition) -> None:
    """Blank, filled, with last year's figures beside: the program's own words are none."""
    report = make_report(edition)
    last = dataclasses.replace(report, year=report.year - 1)
    for filled in (None, report):
        for previous in (None, last):
            data = blank_workbook(edition, report.year, previous=previous, fill=filled)
            found = read_workbook(data, FILE).findings
            assert [f.message for f in found if f.code == "GX056"] == []


def test_last_years_form_is_asked_for_its_figures_only() -> None:
    form = sheet(Form(), "Sheet1", "另有说明")
    assert read_workbook(form.data(), FILE, words=False).findings == ()
