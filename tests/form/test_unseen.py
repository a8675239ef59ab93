"""What nobody sees on a sheet is never printed unasked: lines without room, cells under others."""

from __future__ import annotations

import pytest

from gxgen.form.read.display import displayed, is_plain
from tests.form.faulty.form import Form

LOW = {"none": "0", "less than a pixel": "0.6", "a pixel": "0.75", "with places": "2.25"}
HIGH = {"a line": "15", "a low line": "6", "no number": "x", "far too many digits": "0" * 50}


def merge(form: Form, sheet: str, area: str) -> Form:
    """As a format painter does it: what the other cells hold stays."""
    part = form.part(sheet)
    if b"</mergeCells>" in form.parts[part]:
        return form.edit(part, "</mergeCells>", f'<mergeCell ref="{area}"/></mergeCells>')
    merges = f'</sheetData><mergeCells><mergeCell ref="{area}"/></mergeCells>'
    return form.edit(part, "</sheetData>", merges)


def row_height(form: Form, sheet: str, row: int, height: str) -> Form:
    pattern = rf'<row r="{row}"[^>]*>'
    return form.edit(form.part(sheet), pattern, f'<row r="{row}" ht="{height}" customHeight="1">')


def told(form: Form) -> list[tuple[str, str]]:
    return [(f.code, str(f.place)) for f in form.read().findings]


def printed(form: Form) -> list[str]:
    report = form.read().report
    assert report is not None
    return [p.text for passage in report.narrative for p in passage.paragraphs]


@pytest.mark.parametrize("height", LOW.values(), ids=LOW)
def test_a_row_without_room_is_hidden(height: str) -> None:
    assert told(row_height(Form(), "表三", 9, height)) == [("GX086", "表三!D9")]
    text = row_height(Form().put("正文!C7", "上年的一段。"), "正文", 7, height)
    assert told(text) == [("GX085", "正文!C7")]
    assert "上年的一段。" not in printed(text)


@pytest.mark.parametrize("height", HIGH.values(), ids=HIGH)
def test_a_row_with_room_is_not(height: str) -> None:
    assert told(row_height(Form(), "表三", 9, height)) == []


@pytest.mark.parametrize(("width", "hidden"), [("0", True), ("0.3", True), ("1.5", False)])
def test_a_column_without_room_is_hidden(width: str, hidden: bool) -> None:
    form = Form()
    columns = f'<cols><col min="5" max="5" width="{width}" customWidth="1"/></cols>'
    form.edit(form.part("表三"), "<cols>.*?</cols>", columns)
    assert told(form) == ([("GX086", "表三!E8")] if hidden else [])


def usual(form: Form, sheet: str, said: str, columns: str = "<cols>.*?</cols>") -> Form:
    """With other measures for the lines that have none of their own."""
    form.edit(form.part(sheet), "<sheetFormatPr[^>]*/>", f"<sheetFormatPr {said}/>")
    if columns:
        form.edit(form.part(sheet), columns, "")
    return form


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ('defaultRowHeight="15" defaultColWidth="0"', True),
        ('defaultRowHeight="15" defaultColWidth="9"', False),
        ('defaultRowHeight="15"', False),
        # A program lists the rows that it shows.
        ('defaultRowHeight="15" zeroHeight="1"', False),
        ('defaultRowHeight="0"', False),
    ],
)
def test_columns_without_a_width_have_the_usual_one(said: str, hidden: bool) -> None:
    found = told(usual(Form(), "表三", said))
    assert bool(found) == hidden
    assert {code for code, _ in found} <= {"GX086"}


def test_columns_with_a_width_are_seen_whatever_the_usual_one() -> None:
    assert told(usual(Form(), "表三", 'defaultRowHeight="15" defaultColWidth="0"', "")) == []


def test_rows_without_a_height_have_the_usual_one() -> None:
    form = usual(Form(), "表三", 'defaultRowHeight="0" customHeight="1"', "")
    form.edit(form.part("表三"), r'(<row r="9"[^>]*?) ht="[^"]*"', r"\1")
    assert told(form) == [("GX086", "表三!D9")]


@pytest.mark.parametrize("area", ["D9:E9", "E8:E9", "D8:F10", "D9:XFD9"])
def test_a_figure_under_a_merged_cell_is_not_printed_unasked(area: str) -> None:
    report = merge(Form(), "表三", area).read()
    (finding,) = report.findings
    assert (finding.code, finding.place.sheet) == ("GX086", "表三")
    assert "取消合并" in finding.message


def test_zeros_and_blanks_under_a_merged_cell_are_nobodys_concern() -> None:
    assert told(merge(Form(), "表二", "B7:D7")) == []
    assert told(merge(Form(), "正文", "C6:C8")) == []


def test_text_under_a_merged_cell_is_told_and_not_printed() -> None:
    form = merge(Form().put("正文!C7", "盖住的一段。").put("正文!C8", "又一段。"), "正文", "C6:C8")
    assert told(form) == [("GX085", "正文!C7"), ("GX085", "正文!C8")]
    assert not {"盖住的一段。", "又一段。"} & set(printed(form))


def test_an_indicator_under_a_merged_cell_is_told() -> None:
    form = merge(Form().put("指标!C4", 5).put("指标!C5", 3), "指标", "C4:C5")
    assert told(form) == [("GX086", "指标!C5")]


SCALED = ("0,", "0,.", "0,.00", "#,##0,.0", "#,", "0.0,", "0.00,,")
FILLED = ("0*1", "*10", "0*0")


@pytest.mark.parametrize("code", [*SCALED, *FILLED])
def test_a_format_that_adds_or_leaves_out_digits_is_no_plain_one(code: str) -> None:
    assert not is_plain(code)
    assert displayed(26485200.0, code) is None


@pytest.mark.parametrize("code", ["0", "#,##0", "#,##0.00", "0.", "_ * #,##0.00_ ", "0*-"])
def test_a_usual_format_stays_plain(code: str) -> None:
    assert is_plain(code)


DATES = {
    'yyyy"年"m"月"': "GX032",
    "yyyy-mm": "GX032",
    "mmm-yy": "GX032",
    "yyyy": "GX032",
    'yyyy"年"m"月"d"日"': None,
    "YYYY/MM/DD": None,
    'm"月"d"日"': None,
    "[$-F800]dddd, mmmm dd, yyyy": None,
}


@pytest.mark.parametrize("code", DATES)
def test_the_day_of_the_sign_off_is_one_that_somebody_has_seen(code: str) -> None:
    """Excel takes 2024年1月 for the first of January, and shows the month alone."""
    form = Form()
    quoted = code.replace('"', "&quot;")
    cells = form.parts["xl/styles.xml"].decode().partition("<cellXfs")[2]
    style = cells.partition("</cellXfs>")[0].count("<xf ")
    own = f'<numFmt numFmtId="900" formatCode="{quoted}"/>'
    form.edit("xl/styles.xml", "</numFmts>", own.replace("\\", r"\\") + "</numFmts>")
    xf = '<xf numFmtId="900" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    form.edit("xl/styles.xml", "</cellXfs>", xf)
    cell = f'<c r="B9" s="{style}"><v>44927</v></c>'
    form.edit(form.part("基本信息"), '<c r="B9".*?</c>', cell)
    reading = form.read()
    wrong = [f.code for f in reading.findings]
    assert wrong == ([DATES[code]] if DATES[code] else [])
    assert reading.report is not None
    date = reading.report.sign_off.date
    assert (date is None) == bool(DATES[code])


SIGNS = ("Wingdings", "wingdings", "Wingdings 2", "Webdings", "Symbol")
FONTS = ("宋体", "Segoe UI Symbol", "仿宋_GB2312", "Arial")


def styled(form: Form, place: str, font: str, value: str) -> Form:
    """A cell of a font of its own."""
    styles = form.parts["xl/styles.xml"].decode()
    fonts = styles.partition("</fonts>")[0].count("<font>")
    number = styles.partition("<cellXfs")[2].partition("</cellXfs>")[0].count("<xf ")
    form.edit("xl/styles.xml", "</fonts>", f"<font>{font}</font></fonts>")
    xf = f'<xf numFmtId="0" fontId="{fonts}" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    form.edit("xl/styles.xml", "</cellXfs>", xf)
    sheet, cell = place.split("!")
    new = f'<c r="{cell}" s="{number}" t="str"><v>{value}</v></c>'
    return form.edit(form.part(sheet), rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', new)


@pytest.mark.parametrize("name", SIGNS)
def test_letters_of_a_font_of_pictures_are_not_what_is_seen(name: str) -> None:
    font = f'<sz val="11"/><name val="{name}"/>'
    assert told(styled(Form(), "表三!D9", font, "3")) == [("GX087", "表三!D9")]
    text = styled(Form(), "正文!C7", font, "R P")
    assert told(text) == [("GX088", "正文!C7")]
    assert "R P" not in printed(text)
    run = f'<is><r><t>合格</t></r><r><rPr><rFont val="{name}"/></rPr><t>ü</t></r></is>'
    form = Form().put_raw("正文!C7", ' t="inlineStr"', run)
    assert told(form) == [("GX088", "正文!C7")]
    assert "合格" in printed(form)


@pytest.mark.parametrize("name", FONTS)
def test_letters_of_any_other_font_are(name: str) -> None:
    font = f'<sz val="11"/><name val="{name}"/>'
    assert told(styled(Form(), "表三!D9", font, "3")) == []
    assert told(styled(Form(), "正文!C7", font, "R P")) == []


def test_chinese_is_read_whatever_the_font() -> None:
    form = styled(Form(), "正文!C7", '<name val="Wingdings"/>', "全年办结")
    assert (told(form), "全年办结" in printed(form)) == ([], True)


@pytest.mark.parametrize(("size", "seen"), [("1", False), ("2", False), ("5", True), ("72", True)])
def test_type_that_is_too_small_is_not_seen(size: str, seen: bool) -> None:
    font = f'<sz val="{size}"/><name val="宋体"/>'
    figure, text = styled(Form(), "表三!D9", font, "3"), styled(Form(), "正文!C7", font, "甲乙")
    assert told(figure) == ([] if seen else [("GX087", "表三!D9")])
    assert told(text) == ([] if seen else [("GX088", "正文!C7")])
    assert ("甲乙" in printed(text)) == seen
