"""What the format of a cell says: struck, raised, hidden; numbers and dates in text as shown."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

import pytest

from gxgen.checks.registry import diagnose
from gxgen.diagnostics import Diagnostic, Finding
from gxgen.form.mark.workbook import mark_workbook
from gxgen.form.read.display import BUILT_IN, displayed
from gxgen.form.read.styles import Style, Styles
from gxgen.form.read.workbook import read_workbook
from tests.form.faulty.form import FILE, Form

STRUCK, RAISED, LOWERED = (
    "<strike/>",
    '<vertAlign val="superscript"/>',
    '<vertAlign val="subscript"/>',
)
WHITE = '<color rgb="FFFFFFFF"/>'
HIDING = [
    '<color rgb="FFFFFFFF"/>',
    '<color theme="0"/>',
    '<color indexed="9"/>',
    '<color indexed="65"/>',
    '<color theme="0" tint="-0.05"/>',
]
AUTOMATIC = '<color indexed="64"/>'
FIGURES = ["表二!B11", "表二!C8", "表三!D8", "表三!H20", "表四!B8"]


def run(text: str, font: str | None = None) -> str:
    properties = "" if font is None else f"<rPr>{font}<sz val='11'/></rPr>"
    return f'<r>{properties}<t xml:space="preserve">{text}</t></r>'


def put_rich(form: Form, place: str, *runs: str, shared: bool) -> Form:
    """Rich text in a cell, inline or among the shared strings."""
    if not shared:
        return form.put_raw(place, ' t="inlineStr"', f"<is>{''.join(runs)}</is>")
    strings = form.parts["xl/sharedStrings.xml"].decode()
    number = strings.count("<si>")
    form.edit("xl/sharedStrings.xml", "</sst>", f"<si>{''.join(runs)}</si></sst>")
    return form.put_raw(place, ' t="s"', f"<v>{number}</v>")


def restyle(
    form: Form, place: str, font: str = "", fill: str | None = None, code: str | None = None
) -> Form:
    """The cell in a new style of that font, fill and number format."""
    styles = form.parts["xl/styles.xml"].decode()
    fonts = len(re.findall(r"<font>|<font/>", styles.split("</fonts>")[0]))
    fills = len(re.findall(r"<fill>", styles.split("</fills>")[0]))
    formats = len(re.findall(r"<xf ", styles.split("<cellXfs")[1].split("</cellXfs>")[0]))
    new = f'<xf numFmtId="{900 if code is not None else 0}" fontId="{fonts}" '
    new += f'fillId="{fills if fill else 0}" borderId="0" xfId="0"/>'
    styles = styles.replace("</fonts>", f"<font>{font}<sz val='11'/></font></fonts>", 1)
    if fill:
        pattern = f'<fill><patternFill patternType="solid">{fill}</patternFill></fill>'
        styles = styles.replace("</fills>", f"{pattern}</fills>", 1)
    styles = styles.replace("</cellXfs>", f"{new}</cellXfs>", 1)
    if code is not None:
        escaped = code.replace("&", "&amp;").replace('"', "&quot;")
        styles = re.sub(
            r"<numFmts[^>]*>",
            lambda found: f'{found[0]}<numFmt numFmtId="900" formatCode="{escaped}"/>',
            styles,
            count=1,
        )
    form.parts["xl/styles.xml"] = styles.encode()
    sheet, cell = place.split("!")
    return form.edit(
        form.part(sheet), rf'<c r="{cell}"(?: s="\d+")?', f'<c r="{cell}" s="{formats}"'
    )


def only(form: Form, code: str) -> Finding:
    (finding,) = [f for f in form.read().findings if f.code == code]
    return finding


def told(form: Form) -> list[Diagnostic]:
    return [diagnose(f, agency=None, year=None, file=None) for f in form.read().findings]


def texts(form: Form) -> list[str]:
    return [q.text for p in form.read().report.narrative for q in p.paragraphs]


def entry(form: Form, place: str):
    return next(e for e in form.read().report.entries.values() if str(e.place) == place)


@pytest.mark.parametrize("shared", [False, True], ids=["inline", "shared"])
@pytest.mark.parametrize("font", [STRUCK, RAISED, LOWERED, '<strike val="1"/>', *HIDING])
@pytest.mark.parametrize("place", FIGURES)
def test_a_figure_of_two_readings_has_none(place: str, font: str, shared: bool) -> None:
    form = put_rich(Form(), place, run("30", font), run("33"), shared=shared)
    finding = only(form, "GX087")
    assert str(finding.place) == place
    assert "“30”" in finding.message
    assert "其余是“33”" in finding.message
    assert entry(form, place).value is None


@pytest.mark.parametrize(
    "font", ["<b/>", '<strike val="0"/>', '<color rgb="FFFF0000"/>', None, AUTOMATIC]
)
def test_a_figure_in_runs_that_only_look_different_is_read(font: str | None) -> None:
    form = put_rich(Form(), "表二!B11", run("3", font), run("3"), shared=False)
    assert entry(form, "表二!B11").value == 33
    assert [f.code for f in form.read().findings if f.code == "GX087"] == []


def test_struck_white_space_is_no_figure() -> None:
    form = put_rich(Form(), "表二!B11", run(" ", STRUCK), run("33"), shared=True)
    assert entry(form, "表二!B11").value == 33


@pytest.mark.parametrize("font", [STRUCK, *HIDING])
@pytest.mark.parametrize("place", FIGURES)
def test_a_figure_whose_style_takes_it_back_is_none(place: str, font: str) -> None:
    form = restyle(Form().put(place, 30), place, font)
    assert "“30”" in only(form, "GX087").message
    assert entry(form, place).value is None


def test_a_figure_blank_by_its_number_format_is_hidden() -> None:
    form = restyle(Form().put("表二!B11", 30), "表二!B11", code=";;;")
    assert "“30”看不见" in only(form, "GX087").message
    assert entry(form, "表二!B11").value is None


@pytest.mark.parametrize("code", ["0;-0;;@", ";;;"])
def test_a_zero_that_is_not_shown_is_a_zero(code: str) -> None:
    form = restyle(Form().put("表二!B11", 0), "表二!B11", code=code)
    assert entry(form, "表二!B11").value == 0


def test_white_on_a_dark_fill_is_seen_and_black_on_it_is_not() -> None:
    dark = '<fgColor rgb="FF101010"/>'
    form = restyle(Form().put("表二!B11", 30), "表二!B11", WHITE, fill=dark)
    assert entry(form, "表二!B11").value == 30
    form = restyle(Form().put("表二!B11", 30), "表二!B11", fill=dark)
    assert only(form, "GX087")


def test_the_mark_of_a_return_copy_does_not_show_what_is_hidden() -> None:
    form = restyle(Form().put("表二!B11", 30), "表二!B11", WHITE)
    copy = mark_workbook(form.data(), told(form))
    assert "GX087" in [f.code for f in read_workbook(copy, FILE).findings]


@pytest.mark.parametrize("shared", [False, True], ids=["inline", "shared"])
@pytest.mark.parametrize("font", [STRUCK, *HIDING])
def test_text_taken_back_is_left_out_and_told(font: str, shared: bool) -> None:
    runs = run("公开信息"), run("30", font), run("33条。", "<b/>")
    form = put_rich(Form(), "正文!C6", *runs, shared=shared)
    finding = only(form, "GX088")
    assert str(finding.place) == "正文!C6"
    assert "“30”" in finding.message
    assert "印的是“公开信息33条。”" in finding.message
    assert "公开信息33条。" in texts(form)


def test_a_whole_text_taken_back_is_not_printed() -> None:
    for look in ({"font": STRUCK}, {"font": WHITE}, {"code": ";;;"}):
        form = restyle(Form().put("正文!C6", "旧的一段。"), "正文!C6", **look)
        assert "“旧的一段。”" in only(form, "GX088").message
        assert not any("旧的一段" in text for text in texts(form))


def test_a_struck_run_in_a_struck_cell_with_a_run_that_is_not() -> None:
    form = restyle(Form(), "正文!C6", STRUCK)
    put_rich(form, "正文!C6", run("旧的"), run("新的。", "<b/>"), shared=False)
    assert "“旧的”加了删除线" in only(form, "GX088").message
    assert "新的。" in texts(form)


def test_raised_and_lowered_text_stays_so_where_there_are_letters() -> None:
    runs = (
        run("10"),
        run("3", RAISED),
        run("吨CO"),
        run("2", LOWERED),
        run("，面积5m"),
        run("2", RAISED),
    )
    form = put_rich(Form(), "正文!C6", *runs, shared=False)
    assert "10³吨CO₂，面积5m²" in texts(form)
    assert [f.code for f in form.read().findings] == []
    form = put_rich(Form(), "正文!C6", run("见附件"), run("注", RAISED), shared=False)
    assert "“注”是上标" in only(form, "GX088").message
    assert "见附件注" in texts(form)


@pytest.mark.parametrize("look", [RAISED, LOWERED])
def test_what_cannot_be_raised_never_joins_a_number(look: str) -> None:
    form = put_rich(Form(), "正文!C6", run("公开10"), run("5a", look), run("3条"), shared=False)
    assert "公开10 5a 3条" in texts(form)
    assert "“5a”" in only(form, "GX088").message


def test_a_struck_part_of_a_name_is_left_out_and_told() -> None:
    form = put_rich(Form(), "基本信息!B5", run("旧", STRUCK), run("𡌴里镇"), shared=True)
    assert str(only(form, "GX088").place) == "基本信息!B5"
    assert form.read().report.agency.short_name == "𡌴里镇"


def test_a_hidden_line_of_information_is_read_and_asked_about() -> None:
    form = Form().put("基本信息!B10", "某路1号")
    form.edit(form.part("基本信息"), '<row r="10"', '<row r="10" hidden="1"')
    assert str(only(form, "GX085").place) == "基本信息!B10"
    assert form.read().report.agency.contact.address == "某路1号"


SHOWN = [
    (46022.0, "General", "46022"),
    (0.985, "0.00%", "98.50%"),
    (0.985, "0%", "99%"),
    (1234.0, "#,##0", "1,234"),
    (1234567.891, "#,##0.00", "1,234,567.89"),
    (-5.0, "#,##0;[Red]-#,##0", "-5"),
    (-5.0, "0;(0)", "(5)"),
    (0.0, "0;-0;无", "无"),
    (26210.0, "000000", "026210"),
    (33.0, '0"件"', "33件"),
    (33.0, '"共"#,##0"件"', "共33件"),
    (20.5, "￥0.00", "￥20.50"),
    (20.5, "[$￥-804]#,##0.00", "￥20.50"),
    (12.0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "12"),
    (0.125, "General", "0.125"),
    (-0.3, "0", "0"),
    (7.0, "@", "7"),
    (dt.date(2025, 12, 31), 'yyyy"年"m"月"d"日"', "2025年12月31日"),
    (dt.date(2025, 1, 8), "yyyy年m月d日", "2025年1月8日"),
    (dt.date(2025, 1, 8), "yyyy/m/d", "2025/1/8"),
    (dt.date(2025, 1, 8), r"yyyy\-mm\-dd;@", "2025-01-08"),
    (dt.date(2025, 1, 8), "[$-F800]dddd, mmmm dd, yyyy", "2025年1月8日"),
    (dt.date(2025, 1, 8), 'yyyy"年"m"月"', "2025年1月"),
    (dt.date(2025, 1, 8), "aaaa", "星期三"),
    (dt.datetime(2025, 1, 8, 14, 5), "yyyy/m/d h:mm", "2025/1/8 14:05"),
    (dt.datetime(2025, 1, 8, 14, 5), '上午/下午h"时"mm"分"', "下午2时05分"),
    (dt.time(9, 30), "h:mm", "9:30"),
    (dt.timedelta(hours=30, minutes=5), "[h]:mm:ss", "30:05:00"),
    (dt.date(2025, 1, 8), "General", None),
    (0.5, "# ?/?", None),
    (123456.0, "0.00E+00", None),
    (5.0, "[>3]0;0", None),
    (5.0, "[DBNum1]0", None),
    (5.0, "0.####", None),
    (1 / 3, "General", None),
    (12345.0, "0,", None),
    (dt.date(2025, 1, 8), "d-mmm-yy", None),
    (dt.date(2025, 1, 8), "yy/m/d", "25/1/8"),
    (dt.date(2025, 1, 8), "yyyy-mmm", None),
    (dt.date(2025, 1, 8), "yyyy-ddd", None),
    (dt.date(2025, 1, 8), '[DBNum1][$-804]yyyy"年"m"月"d"日"', None),
]


@pytest.mark.parametrize(("value", "code", "shown"), SHOWN)
def test_a_number_looks_as_in_its_cell_or_is_not_sure(value: object, code: str, shown: str) -> None:
    assert displayed(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"), [s for s in SHOWN if s[1] != "General" and isinstance(s[0], float)]
)
def test_text_that_is_a_number_prints_as_shown_or_is_asked_about(
    value: object, code: str, shown: str | None
) -> None:
    form = restyle(Form().put("正文!C6", value), "正文!C6", code=code)
    codes = [f.code for f in form.read().findings]
    assert codes == ([] if shown is not None else ["GX089"])
    if shown is not None:
        assert shown in texts(form)


@pytest.mark.parametrize(
    ("number", "value", "shown"),
    [(31, 46022, "2025年12月31日"), (10, 0.985, "98.50%"), (14, 46022, "2025/12/31")],
)
def test_formats_that_a_file_names_by_number(number: int, value: float, shown: str) -> None:
    form = restyle(Form().put("正文!C6", value), "正文!C6")
    form.edit("xl/styles.xml", r'numFmtId="0"(?=[^>]*/></cellXfs>)', f'numFmtId="{number}"')
    assert shown in texts(form)


def test_a_formula_a_picture_and_an_error_in_text_are_told() -> None:
    form = Form().formula("正文!C6", "A1", "算出来的一段。")
    assert "算出来的一段。" in only(form, "GX029").message
    assert "算出来的一段。" in texts(form)
    form = Form().formula("正文!C6", '_xlfn.DISPIMG("ID_1",1)', '=DISPIMG("ID_1",1)')
    assert str(only(form, "GX056").place) == "正文!C6"
    assert not any("DISPIMG" in text for text in texts(form))
    assert only(Form().error("正文!C6", "#NAME?"), "GX027")


def test_a_picture_for_a_figure_is_refused() -> None:
    form = Form().formula("表二!B11", '_xlfn.DISPIMG("ID_1",1)', '=DISPIMG("ID_1",1)')
    assert only(form, "GX021")


def test_letters_that_only_look_ordinary_are_made_so_and_told_once() -> None:
    form = Form().put("正文!C6", "信息公开⼯作。").put("基本信息!B5", "⻓里镇")
    finding = only(form, "GX090")
    assert finding.quote == "⻓⼯"
    assert "等2处" in finding.message
    assert "信息公开工作。" in texts(form)
    assert form.read().report.agency.short_name == "长里镇"


def test_labels_and_markers_are_known_after_folding() -> None:
    form = Form()
    for sheet, old, new in (
        ("表二", "行政许可", "⾏政许可"),
        ("正文", "一、总体情况", "⼀、总体情况"),
    ):
        where = "xl/sharedStrings.xml"
        if old not in form.parts[where].decode():
            where = form.part(sheet)
        form.edit(where, f">{old}<", f">{new}<", times=0)
    assert [f.code for f in form.read().findings] == []
    assert form.read().report.values == Form().read().report.values


@pytest.mark.parametrize(
    "text",
    [
        "二〇二四年一月十三日",
        "二○二四年一月十三日",
        "二零二四年一月十三日",
        "二O二四年一月十三日",
        "２０２４年１月13日",
    ],
)
def test_a_date_in_chinese_figures_with_any_zero(text: str) -> None:
    form = Form().put("基本信息!B9", text)
    assert form.read().report.sign_off.date == dt.date(2024, 1, 13)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("基本信息!B9", "2024年1月1③日"),
        ("基本信息!B9", "2〇24年1月13日"),
        ("基本信息!B7", "202²"),
        ("基本信息!B9", "2024年1月1³日"),
    ],
)
def test_what_looks_like_a_digit_makes_no_date(place: str, text: str) -> None:
    assert str(only(Form().put(place, text), "GX032").place) == place


# -- packages ----------------------------------------------------------------------------------


def renamed(form: Form, how: Callable[[str], str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in form.parts.items():
            archive.writestr(how(name), content)
    return out.getvalue()


def moved(form: Form, target: str) -> Form:
    """The main part under another name, by an absolute or a relative target."""
    form.parts["xl/book two.xml"] = form.parts.pop("xl/workbook.xml")
    form.parts["xl/_rels/book two.xml.rels"] = form.parts.pop("xl/_rels/workbook.xml.rels")
    form.edit("_rels/.rels", r'Target="/?xl/workbook.xml"', f'Target="{target}"')
    return form.edit("[Content_Types].xml", "/xl/workbook.xml", "/xl/book two.xml")


def sheets_as(new: str) -> Callable[[str], str]:
    return lambda name: name.replace("xl/worksheets/", new)


PACKAGES = {
    "backslashes": lambda: renamed(Form(), lambda n: n.replace("/", "\\")),
    "some backslashes": lambda: renamed(
        Form(), lambda n: n.replace("xl/worksheets/", "xl\\worksheets\\")
    ),
    "leading slash": lambda: renamed(Form(), lambda n: "/" + n),
    "capitals": lambda: renamed(
        Form(), lambda n: n.upper() if n.startswith("xl/worksheets") else n
    ),
    "all capitals": lambda: renamed(Form(), str.upper),
    "styles in capitals": lambda: renamed(Form(), lambda n: n.replace("styles", "Styles")),
    "main part elsewhere": lambda: moved(Form(), "xl/book two.xml").data(),
    "main part elsewhere, absolute": lambda: moved(Form(), "/xl/book two.xml").data(),
    "absolute targets": lambda: (
        Form().edit("xl/_rels/workbook.xml.rels", 'Target="', 'Target="/xl/', times=0).data()
    ),
}


@pytest.mark.parametrize("kind", PACKAGES)
def test_a_workbook_is_read_as_excel_opens_it(kind: str) -> None:
    reading = read_workbook(PACKAGES[kind](), FILE)
    assert reading.findings == ()
    assert reading.report == Form().read().report


@pytest.mark.parametrize("kind", PACKAGES)
def test_a_return_copy_of_it_is_marked_and_read_again(kind: str) -> None:
    data = PACKAGES[kind]()
    found = [
        diagnose(f, agency=None, year=None, file=None)
        for f in Form().put("表二!B11", "1025①").read().findings
    ]
    copy = mark_workbook(data, found)
    assert read_workbook(copy, FILE).report == Form().read().report
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        marked = [n for n in archive.namelist() if "1025①".encode() in archive.read(n)]
        assert len({name.casefold() for name in archive.namelist()}) == len(archive.namelist())
    assert len(marked) == 2


# -- answers -----------------------------------------------------------------------------------


def answered() -> Form:
    form = Form().put("说明!A4", "GX201").put("说明!B4", "表二!B7")
    return form.put("说明!C4", "确有规章")


def test_answers_are_found_by_their_heads() -> None:
    form = answered().edit("xl/workbook.xml", 'name="说明"', 'name="说明 - 表格 1"')
    assert [a.code for a in form.read().report.answers] == ["GX201"]


def test_answers_without_heads_on_a_sheet_of_another_name_are_missed_aloud() -> None:
    form = answered().put("说明!A3", "号").edit("xl/workbook.xml", 'name="说明"', 'name="表格 1"')
    finding = only(form, "GX037")
    assert str(finding.place) == "工作表“表格 1”"
    assert form.read().report.answers == ()


def test_a_workbook_without_the_sheet_says_nothing_of_it() -> None:
    form = Form().edit("xl/workbook.xml", 'name="说明"', 'name="备忘"').put("备忘!A3", "号")
    assert "GX037" not in [f.code for f in form.read().findings]


NUMBERED = {
    **dict.fromkeys((1, 3, 37, 38), "-1234"),
    **dict.fromkeys((2,), "-1234.50"),
    3: "-1,235", 4: "-1,234.50", 9: "-123450%", 10: "-123450.00%",
    37: "-1,235", 38: "-1,235", 39: "-1,234.50", 40: "-1,234.50", 1: "-1235",
}  # fmt: skip
"""What Excel shows of -1234.5 in the formats that a file names by number (ECMA-376, 18.8.30)."""
MOMENTS = {
    14: "2025/1/8", 22: "2025/1/8 14:05", 20: "14:05", 21: "14:05:09", 31: "2025年1月8日",
    32: "14时05分", 33: "14时05分09秒", 27: "2025年1月", 28: "1月8日", 30: "1-8-25",
    36: "2025年1月", 50: "2025年1月", 57: "2025年1月", 29: "1月8日", 51: "1月8日", 53: "1月8日",
    54: "1月8日", 58: "1月8日", 52: "2025年1月",
}  # fmt: skip
NOT_SURE = {11, 12, 13, 48}


def test_every_format_that_is_named_by_number_is_shown_or_not_sure() -> None:
    moment = dt.datetime(2025, 1, 8, 14, 5, 9)
    for number, code in BUILT_IN.items():
        if number in NUMBERED:
            assert displayed(-1234.5, code) == NUMBERED[number], number
        elif number in MOMENTS:
            assert displayed(moment, code) == MOMENTS[number], number
        elif number in NOT_SURE:
            assert displayed(-1234.5, code) is None, number
    known = {*NUMBERED, *MOMENTS, *NOT_SURE}
    assert {*BUILT_IN} - known == {0, 15, 16, 17, 18, 19, 34, 35, 45, 46, 47, 49, 55, 56}


@pytest.mark.parametrize("key", ["2", "3", "99", "-1", "x", ""])
def test_a_style_that_is_not_there_is_the_ordinary_one(key: str) -> None:
    first, second = Style(code="0"), Style(code="0%")
    styles = Styles(every=[first, second])
    assert styles.of("1") is second
    assert styles.of(key).code == ("General" if key in ("2", "3", "99") else "0")
