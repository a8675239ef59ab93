"""What is said when a table, a file or a field is not as the form has it: the cause, once."""

from __future__ import annotations

import io

import openpyxl
import pytest

from gxgen.diagnostics import Finding
from gxgen.form.read.workbook import read_workbook
from tests.form.faulty.form import FILE, Form, filled


def found(form: Form) -> list[Finding]:
    """Findings about the tables and fields, not about the narrative."""
    return [f for f in form.read().findings if not f.code.startswith("GX04")]


def told(form: Form) -> list[str]:
    return [f"{f.code} {f.place}" for f in found(form)]


def by_program(form: Form, change: str, *where: object) -> Form:
    """A change of rows by a program that leaves the names where they were."""
    book = form.parts["xl/workbook.xml"]
    getattr(form, change)(*where)
    form.parts["xl/workbook.xml"] = book
    return form


@pytest.mark.parametrize("cell", ["C28", "C29", "C30"])
def test_one_label_of_this_edition_does_not_make_it_another_edition(cell: str) -> None:
    form = Form().forget("表三").put(f"表三!{cell}", "1.逾期不补正")
    assert told(form) == [f"GX015 表三!{cell}"]


def test_row_inserted_by_a_program_is_read_by_labels() -> None:
    form = by_program(Form().forget("表三"), "insert_row", "表三", 20)
    assert [line[:5] for line in told(form)] == ["GX014"]


def test_row_removed_by_a_program_is_one_finding() -> None:
    right = Form().read().report.values
    form = by_program(Form().forget("表三"), "delete_row", "表三", 15)
    reading = form.read()
    (finding,) = found(form)
    assert (finding.code, str(finding.place)) == ("GX012", "工作表“表三”")
    assert "“4.保护第三方合法权益”一行不见了，下面各行上移；缺少的7格" in finding.message
    assert "4.保护第三方合法权益" in finding.hint
    values = reading.report.values
    assert not any(key.startswith("requests.refused.third_party_rights.") for key in values)
    assert values["requests.refused.internal_affairs.other"] is not None
    assert all(values[key] == right[key] for key in values if not key.endswith(".total"))


def test_blank_row_under_the_heads_is_the_row_of_figures() -> None:
    form = Form().drop_names(r"gx\.remedies")
    for column in "ABCDEFGHIJKLMNO":
        form.put(f"表四!{column}8", None)
    findings = found(form)
    assert [f.code for f in findings] == ["GX013", "GX020"]
    assert "填报检查" not in "".join(f.message for f in findings)


def test_label_that_another_word_replaced_is_named_with_its_cell() -> None:
    form = Form().drop_names(r"gx\.requests").put("表三!J6", "合计")
    (finding,) = found(form)
    assert finding.code == "GX012"
    assert "没有找到标题“总计”（J6写的是“合计”）" in finding.message
    assert "（七）" not in finding.message


def pasted(sheets: list[str], *, one: bool) -> bytes:
    """The sheets' values in a new workbook: on Sheet1 one below the other, or a sheet each."""
    report = Form().read().report
    figures = {str(report.place(key)): float(value) for key, value in report.values.items()}
    source, book = openpyxl.load_workbook(io.BytesIO(filled())), openpyxl.Workbook()
    top, out = 0, io.BytesIO()
    for number, name in enumerate(sheets, 1):
        if not one or number == 1:
            sheet, top = book.create_sheet(f"Sheet{number}"), 0
        for cell in (cell for row in source[name].iter_rows() for cell in row):
            value = figures.get(f"{name}!{cell.coordinate}", cell.value)
            if value is not None and not str(value).startswith("="):
                sheet.cell(cell.row + top, cell.column).value = value
        top += source[name].max_row + 2
    book.save(out)
    return out.getvalue()


TABLES = ["表二", "表三", "表四"]


@pytest.mark.parametrize("one", [True, False])
def test_tables_pasted_without_fields_lack_only_those(one: bool) -> None:
    reading = read_workbook(pasted(TABLES, one=one), FILE)
    assert reading.report is None
    said = [f.message for f in reading.findings if f.code in ("GX011", "GX012", "GX031", "GX035")]
    assert said == [
        "没有找到“单位全称”：工作表里没有这个标题。",
        "没有找到“报告年度”：工作表里没有这个标题。",
    ]


@pytest.mark.parametrize("one", [True, False])
def test_tables_and_fields_pasted_are_all_found(one: bool) -> None:
    reading = read_workbook(pasted(["基本信息", *TABLES], one=one), FILE)
    right = Form().read().report
    assert reading.report.values == right.values
    assert (reading.report.agency, reading.report.year) == (right.agency, right.year)
    assert sorted(f.code for f in reading.findings) == ["GX013"] * 3 + ["GX034"]


def test_cleared_total_is_told_by_its_sum() -> None:
    form = Form()
    total = form.value("requests.received.total")
    (finding,) = found(form.forget("表三").put("表三!J8", None))
    assert (
        f"表三!J8（一、本年新收政府信息公开申请数量·总计）没有填，合计应为{total}（或恢复公式）"
        in (finding.message)
    )
    assert "恢复" in finding.hint


def test_many_cleared_totals_are_one_finding() -> None:
    form = Form()
    values = form.read().report.values
    for row in range(8, 33):
        form.put(f"表三!J{row}", None)
    (finding,) = found(form)
    assert (finding.code, str(finding.place)) == ("GX020", "表三!J8")
    assert f"25个合计没有填：J8应为{values['requests.received.total']}、" in finding.message
    assert len(finding.related) == 24


def test_cleared_total_over_a_blank_part() -> None:
    form = Form().put("表三!J8", None).put("表三!E8", None).forget("表三")
    said = [f.message for f in found(form)]
    assert any("E8" in line and "没有数的请填 0" in line for line in said)
    assert any("J8" in line and "合计应等于各分项之和" in line for line in said)


def test_blank_row_or_block_is_one_finding_and_single_cells_keep_theirs() -> None:
    form = Form().forget("表三")
    blanks = [f"{column}{row}" for row in (10, 11, 12) for column in "DEFGHI"] + ["E15", "H20"]
    for cell in blanks:
        form.put(f"表三!{cell}", None)
    findings = found(form)
    assert [f"{f.code} {f.place}" for f in findings] == [
        "GX020 表三!D10",
        "GX020 表三!E15",
        "GX020 表三!H20",
    ]
    assert "表三!D10:I12等18格没有填" in findings[0].message


def test_untouched_form_with_one_line_prefilled_is_a_few_findings() -> None:
    form = Form().forget("表三")
    for row in (8, *range(10, 31), 32):
        for column in "DEFGHI":
            form.put(f"表三!{column}{row}", None)
    assert told(form) == ["GX020 表三!D8", "GX020 表三!D10"]


XML = b'<?xml version="1.0" encoding="UTF-8"?>'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("指标,自然人\n新收,1\n结转,2\n".encode("utf-8-sig") * 400, "CSV 文本"),
        (b"??,??(2023),,\n??:\x97,,,\n" * 30, "CSV 文本"),
        (XML + b"<office:document><table:table/></office:document>", "XML 文本"),
        (XML + b"<!DOCTYPE html><html><table></table></html>", "网页（HTML）"),
        ('county = "青石县"\n[[agency]]\nname = "局", kind = "部门"\n'.encode(), "文本文件"),
    ],
)
def test_text_is_told_for_what_it_surely_is(data: bytes, kind: str) -> None:
    (finding,) = read_workbook(data, FILE).findings
    assert (finding.code, f"其实是{kind}，" in finding.message) == ("GX007", True)


def test_break_inside_a_field_is_shown_as_a_sign() -> None:
    (finding,) = found(Form().put("基本信息!B4", "某县\n某局"))
    assert "“某县↵某局”" in finding.message


def test_hidden_character_in_a_figure_is_shown_and_named() -> None:
    (finding,) = found(Form().forget("表三").put("表三!D8", "1\u200b2"))
    assert "填的是“1[U+200B]2”，含有看不见的字符U+200B（零宽空格），按12读取" in finding.message


FIELDS = [
    ("B9", "2022年1月13日", "GX080", "2022年度的报告应在2023年成文"),
    ("B9", "2030年1月13日", "GX080", "2030年1月13日"),
    ("B9", "0024年1月13日", "GX080", "0024年1月13日"),
    ("B9", "20230113", "GX022", "按2023年1月13日读取"),
    ("B11", "26210", "GX081", "不是六位数字"),
    ("B12", "13800000000", "GX082", "手机号码"),
    ("B12", "0536-4000000、138 0000 0000", "GX082", "手机号码"),
    ("B14", "abc#163.com", "GX081", "电子邮箱"),
    ("B15", "政府网", "GX081", "网址"),
    ("B4", "……", "GX031", "不是单位的名称"),
    ("B4", "无", "GX031", "不是单位的名称"),
    ("B10", "某路\ue0011号", "GX084", "U+E001，在“某路”之后"),
    ("B10", "某路\u202e1号", "GX083", "U+202E"),
]


@pytest.mark.parametrize(("cell", "text", "code", "words"), FIELDS)
def test_field_that_can_hardly_be_meant(cell: str, text: str, code: str, words: str) -> None:
    (finding,) = found(Form().put(f"基本信息!{cell}", text))
    assert (finding.code, str(finding.place)) == (code, f"基本信息!{cell}")
    assert words in finding.message


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("B11", 262100.0),
        ("B12", "0536-4000000"),
        ("B12", "（0536）4000000、4000001"),
        ("B14", "a@b.gov.cn；c@d.cn"),
        ("B15", "某县政府网（http://www.example.gov.cn/）"),
        ("B15", "政务.example.cn"),
    ],
)
def test_contact_as_agencies_write_it_is_fine(cell: str, text: str) -> None:
    assert told(Form().put(f"基本信息!{cell}", text)) == []


def test_character_that_may_not_print_is_told_in_text() -> None:
    form = Form().put("正文!C6", "一年来\U0001f44d工作")
    (finding,) = [f for f in found(form) if f.code == "GX084"]
    assert "U+1F44D，在“一年来”之后" in finding.message
    (finding,) = found(Form().put("正文!C6", "一年来\u2067工作"))
    assert (finding.code, str(finding.place)) == ("GX083", "正文!C6")


@pytest.mark.parametrize("attribute", ['hidden="1"', "hidden='true'"])
def test_hidden_row_of_text_is_told(attribute: str) -> None:
    form = Form()
    form.edit(form.part("正文"), r'<row r="6"', f'<row r="6" {attribute}')
    (finding,) = found(form)
    assert (finding.code, str(finding.place)) == ("GX085", "正文!C6")
    right = Form().read().report.narrative
    lost = right[0].paragraphs[0].text
    assert f"所在的行是隐藏的，“{lost}”没有印出" in finding.message
    assert form.read().report.narrative != right
    assert lost not in str(form.read().report.narrative)


def test_hidden_sheet_of_text_is_told() -> None:
    form = hide_sheet(Form(), "正文")
    (finding,) = found(form)
    assert (finding.code, str(finding.place)) == ("GX085", "工作表“正文”")
    assert form.read().report.narrative == Form().read().report.narrative


def hide_sheet(form: Form, sheet: str, state: str = "hidden") -> Form:
    return form.edit(
        "xl/workbook.xml",
        f'<sheet name="{sheet}" sheetId',
        f'<sheet name="{sheet}" state="{state}" sheetId',
    )


def hide_row(form: Form, sheet: str, row: int, attribute: str = 'hidden="1"') -> Form:
    return form.edit(form.part(sheet), f'<row r="{row}"', f'<row r="{row}" {attribute}')


@pytest.mark.parametrize("attribute", ['hidden="1"', "hidden='true'"])
def test_hidden_row_of_figures_is_told_with_what_stands_in_it(attribute: str) -> None:
    form = hide_row(Form().forget("表三").put("表三!F9", 77), "表三", 9, attribute)
    form.put("表三!F8", Form().value("requests.received.research"))
    (finding,) = [f for f in found(form) if f.code == "GX086"]
    assert (str(finding.place), finding.key) == ("表三!D9", "requests.carried_in.individual")
    assert "“表三”的第9行是隐藏的，里面有不是0的数" in finding.message
    assert "F9（二、上年结转政府信息公开申请数量·科研机构）是77" in finding.message
    assert form.value("requests.carried_in.research") == 77


def test_hidden_rows_with_zeros_are_nobodys_concern() -> None:
    form = hide_row(hide_row(Form(), "表二", 14), "表二", 15).put("表二!B14", 0).put("表二!B15", 0)
    assert not found(form)


def test_hidden_column_of_figures_is_told() -> None:
    form = Form()
    sheet = form.part("表三")
    if "<cols>" not in form.parts[sheet].decode():
        form.edit(sheet, "<sheetData>", "<cols></cols><sheetData>")
    form.edit(sheet, "<cols>.*?</cols>", '<cols><col min="5" max="6" width="9" hidden="1"/></cols>')
    (finding,) = found(form)
    assert (finding.code, str(finding.place)) == ("GX086", "表三!E8")
    assert "“表三”的E、F列是隐藏的，里面有不是0的数" in finding.message
    assert form.read().report.values == Form().read().report.values


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
@pytest.mark.parametrize("quick", [True, False])
def test_hidden_sheet_of_figures_is_told(state: str, quick: bool) -> None:
    form = hide_sheet(Form(), "表四", state)
    if not quick:
        form.edit("xl/workbook.xml", '<sheet name="表四"', '<sheet  name="表四"')
    (finding,) = found(form)
    assert (finding.code, str(finding.place)) == ("GX086", "工作表“表四”")


@pytest.mark.parametrize("row", [1, 3, 40])
def test_hidden_row_without_figures_is_nobody_s_concern(row: int) -> None:
    form = Form()
    if f'<row r="{row}"' not in form.parts[form.part("表三")].decode():
        form.edit(form.part("表三"), "</sheetData>", f'<row r="{row}"/></sheetData>')
    assert told(hide_row(form, "表三", row)) == []
