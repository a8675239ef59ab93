"""Reading back what the form's writer wrote; editions; sheets of odd shape; hostile bytes."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gxgen.a1 import cell_reference
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Kind
from gxgen.form.layout import figure_position
from gxgen.form.read.workbook import read_workbook
from gxgen.form.write.workbook import blank_workbook
from gxgen.letters import odd_letters
from gxgen.model.agency import Agency, AgencyKind, Contact
from gxgen.model.narrative import Paragraph
from gxgen.model.report import Answer, Entry, EntryState, Report, SignOff, SignOffForm
from gxgen.places import SheetCell
from tests.factory import balanced_values, make_report
from tests.form.faulty.form import FILE, Form, filled
from tests.support import soffice

EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: e.id)
FULL_AGENCY = Agency(
    "垟塆县𡌴里镇人民政府",
    "𡌴里镇",
    AgencyKind.TOWN,
    Contact("某路1号", "026210", "0536-4000000", None, "a@b.cn", "www.example.gov.cn"),
)


def words(report: Report) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(p.mark, p.heading, tuple(q.text for q in p.paragraphs)) for p in report.narrative]


@EACH_EDITION
def test_what_was_filled_is_read(edition) -> None:
    answers = (Answer("GX201", "表二!B7", "确有规章", None, "3"),)
    report = make_report(edition, agency=FULL_AGENCY, answers=answers)
    reading = read_workbook(blank_workbook(edition, report.year, fill=report), FILE)
    assert reading.findings == ()
    read = reading.report
    assert read.values == report.values
    assert (read.agency, read.year, read.sign_off) == (report.agency, report.year, report.sign_off)
    assert words(read) == words(report)
    assert [replace(a, place=None) for a in read.answers] == list(answers)
    for key, entry in read.entries.items():
        assert entry.place == SheetCell(*figure_position(edition, key))
        state = EntryState.COMPUTED if key in edition.totals else EntryState.GIVEN
        assert entry.state is state


@settings(max_examples=15)
@given(st.data())
def test_any_figures_come_back(data) -> None:
    edition = data.draw(st.sampled_from(list(EDITIONS.values())))
    numbers = {
        Kind.COUNT: st.integers(0, 10**9 - 1),
        Kind.SIGNED: st.integers(-(10**6), 10**6),
        Kind.MONEY: st.decimals(0, 10**6, places=4, allow_nan=False),
    }
    values = balanced_values(edition)
    few = st.lists(st.sampled_from(sorted(values)), max_size=8, unique=True)
    for key in data.draw(few):
        values[key] = data.draw(numbers[edition.fields[key].kind])
    report = make_report(edition, entries={k: Entry(v, str(v)) for k, v in values.items()})
    read = read_workbook(blank_workbook(edition, report.year, fill=report), FILE).report
    assert read.values == values
    assert {k: str(v) for k, v in read.values.items()} == {
        k: format(Decimal(v), "f") for k, v in values.items()
    }


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn")), min_size=1, max_size=60
).filter(lambda t: t.strip() == t and not t.startswith("_x") and not odd_letters(t))


@settings(max_examples=25)
@given(st.lists(TEXT, min_size=1, max_size=4))
def test_any_paragraphs_come_back(texts) -> None:
    report = make_report(EDITIONS["2021"])
    narrative = tuple(
        replace(p, paragraphs=tuple(map(Paragraph, texts))) if p.mark == "5" else p
        for p in report.narrative
    )
    report = replace(report, narrative=narrative)
    read = read_workbook(blank_workbook(report.edition, report.year, fill=report), FILE).report
    assert [q.text for q in read.passages("5")[0].paragraphs] == texts


def test_blank_form_lacks_everything_and_says_so_once_a_table() -> None:
    edition = EDITIONS["2021"]
    reading = read_workbook(blank_workbook(edition, 2023), FILE)
    codes = [f.code for f in reading.findings if f.code in ("GX020", "GX031")]
    assert codes.count("GX020") == len(edition.tables)
    assert reading.report.values == {}
    assert set(reading.report.entries) == set(edition.fields)


def test_total_without_one_part_is_absent_and_silent() -> None:
    form = Form().put("表三!D8", None)
    reading = form.forget("表三").read()
    assert "requests.received.total" not in reading.report.values
    assert "requests.carried_in.total" in reading.report.values


def test_typed_total_is_taken_as_typed() -> None:
    form = Form().put("表三!J8", 7)
    entry = form.read().report.entries["requests.received.total"]
    assert (entry.value, entry.state) == (7, EntryState.GIVEN)


def test_number_typed_as_text_explains_a_smaller_total() -> None:
    """A spreadsheet's SUM leaves text out; the cell's own remark says all there is to say."""
    form = Form()
    total = form.value("requests.received.total") - form.value("requests.received.individual")
    form.put("表三!D8", "２").formula("表三!J8", "SUM(D8:I8)", total)
    assert [f"{f.code} {f.place}" for f in form.read().findings] == ["GX022 表三!D8"]


def test_inserted_row_moves_the_places() -> None:
    report = Form().insert_row("表三", 10).read().report
    assert str(report.place("requests.granted.individual")) == "表三!D11"
    assert report.values == Form().read().report.values


@pytest.mark.parametrize("sheet", ["表二", "表三", "表四"])
def test_names_lost_every_figure_is_found_again(sheet: str) -> None:
    for change in (
        lambda f: f.drop_names(),
        lambda f: f.drop_names().rename(sheet, "Sheet9"),
        lambda f: f.drop_names().insert_row(sheet, 3),
        lambda f: f.drop_names().insert_column(sheet, "A"),
    ):
        form = Form()
        change(form)
        reading = form.read()
        assert reading.report.values == Form().read().report.values
        assert {f.code for f in reading.findings} == {"GX013"}


def test_last_years_figures_beside_the_table_are_not_taken_for_this_years() -> None:
    edition = EDITIONS["2021"]
    report = make_report(edition)
    doubled = {k: Entry(v * 2, str(v * 2)) for k, v in report.values.items()}
    previous = replace(report, year=report.year - 1, entries=doubled)
    data = blank_workbook(edition, report.year, fill=report, previous=previous)
    for form in (Form(data=data), Form(data=data).drop_names()):
        assert form.read().report.values == report.values


def test_table_of_the_other_edition_is_named() -> None:
    form = Form("2019").put("_gxgen!B3", "2021").put("_gxgen!B4", 2022).put("基本信息!B7", 2022)
    found = {f"{f.code} {f.place}" for f in form.read().findings}
    assert found >= {"GX018 工作表“表二”", "GX018 工作表“表三”"}
    assert not any(line.startswith("GX012") for line in found)


def test_form_of_the_other_edition_stops_the_reading() -> None:
    reading = Form("2019").put("_gxgen!B4", 2023).put("基本信息!B7", 2023).read()
    assert reading.report is None
    (finding,) = [f for f in reading.findings if f.code == "GX018"]
    assert "2019版" in finding.message
    assert "2023年度应使用2021版" in finding.message


@pytest.mark.parametrize("year", [2018, 1999])
def test_year_before_the_first_edition(year: int) -> None:
    reading = Form("2019").put("_gxgen!B4", year).put("基本信息!B7", year).read()
    assert reading.report is None
    assert "GX038" in [f.code for f in reading.findings]


@pytest.mark.parametrize(
    "written", ["2023年1月13日", "2023-01-13", "2023.1.13", "2023/1/13", "二〇二三年一月十三日"]
)
def test_dates_as_agencies_write_them(written: str) -> None:
    reading = Form().put("基本信息!B9", written).read()
    assert reading.findings == ()
    assert reading.report.sign_off == SignOff(SignOffForm.AGENCY_AND_DATE, dt.date(2023, 1, 13))


@pytest.mark.parametrize("written", ["2022年", "２０２２", "2022年度"])
def test_years_as_agencies_write_them(written: str) -> None:
    reading = Form().put("基本信息!B7", written).read()
    assert (reading.findings, reading.report.year) == ((), 2022)


def test_numbers_in_text_fields_stay_plain() -> None:
    report = Form().put("基本信息!B11", 262100).put("正文!C6", 2022).read().report
    assert report.agency.contact.postcode == "262100"
    assert report.passages("0")[0].paragraphs[0].text == "2022"


def test_line_breaks_split_and_spreadsheet_residue_goes() -> None:
    report = Form().put("正文!C6", "甲_x000D_\n\u200b乙\t丙\n\n丁").read().report
    assert [p.text for p in report.passages("0")[0].paragraphs] == ["甲", "乙\t丙", "丁"]


@pytest.mark.parametrize("mark", "\xad\u034f\u180e\u200b\u200e\u2060\u3164\ufeff")
def test_letters_without_a_shape_divide_no_number(mark: str) -> None:
    report = Form().put("正文!C6", f"受理3{mark}0件").read().report
    assert [p.text for p in report.passages("0")[0].paragraphs] == ["受理30件"]


@pytest.mark.parametrize("text", ["_x0041_号文件", "甲_x000D_乙", "_x005F_x0041_"])
def test_a_text_that_looks_like_an_escape_is_itself(text: str) -> None:
    """A workbook writes it as ``_x005F_x0041_``; read twice it became another text."""
    stored = text.replace("_x", "_x005F_x")
    report = Form().put("正文!C6", stored).read().report
    assert [p.text for p in report.passages("0")[0].paragraphs] == [text]


def test_content_in_a_far_column_is_refused_and_formats_there_are_not() -> None:
    far = Form().put("表三!XFD9", 1).read()
    assert (far.report, [f"{f.code} {f.place}" for f in far.findings]) == (
        None,
        ["GX009 工作表“表三”"],
    )
    assert "XFD" in far.findings[0].message
    form = Form()
    row = "".join(f'<c r="{c}9" s="1"/>' for c in ("XFB", "XFC", "XFD"))
    form.edit(form.part("表三"), r"(<row r=\"9\".*?)</row>", rf"\1{row}</row>")
    assert form.read().findings == ()


def test_thousands_of_rows_are_bounded() -> None:
    form = Form()
    rows = "".join(
        f'<row r="{n}"><c r="C{n}" t="inlineStr"><is><t>段</t></is></c></row>'
        for n in range(300, 6300)
    )
    form.edit(form.part("正文"), "</sheetData>", rows + "</sheetData>")
    assert "GX036" in [f.code for f in form.read().findings]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("'表三'!$D$8", ("表三", 7, 3)),
        ("表三!$D$8", ("表三", 7, 3)),
        ("表三!D8", ("表三", 7, 3)),
        ("'表 三''号'!$AB$10:$AD$10", ("表 三'号", 9, 27)),
        ("#REF!$D$8", None),
        ("表三!#REF!", None),
        ("[1]表三!$D$8", None),
        ("'[1]表三'!$D$8", None),
        ("SUM(表三!$D$8)", None),
        ("3", None),
    ],
)
def test_references(text: str, target: object) -> None:
    assert cell_reference(text) == target


@settings(max_examples=60)
@given(
    st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0"])
)
def test_random_bytes_never_raise(data: bytes, head: bytes) -> None:
    assert read_workbook(head + data, FILE).report is None


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutated_workbook_never_raises(data) -> None:
    whole = bytearray(filled())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.none(), st.integers(0, len(whole))))
    read_workbook(bytes(whole[:cut]), FILE)


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutated_parts_never_raise(data) -> None:
    """Mutations under a valid check sum, where they reach the XML readers."""
    form = Form()
    part = data.draw(st.sampled_from([p for p in form.parts if p.startswith("xl/")]))
    content = bytearray(form.parts[part])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 12))
        content[at : at + length] = data.draw(st.binary(max_size=8))
    form.parts[part] = bytes(content)
    form.read()


@pytest.mark.tool
def test_form_saved_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    source = tmp_path / "form.xlsx"
    source.write_bytes(filled())
    out = tmp_path / "saved"
    saved = soffice(source, "xlsx", out, tmp_path / "profile")
    reading = read_workbook(saved.read_bytes(), FILE)
    assert reading.findings == ()
    assert reading.report.values == Form().read().report.values


def test_openpyxl_saves_formulas_without_results_and_that_is_fine() -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(filled()))
    out = io.BytesIO()
    book.save(out)
    reading = read_workbook(out.getvalue(), FILE)
    assert reading.findings == ()
    assert reading.report.values == Form().read().report.values


def test_the_name_on_the_sheet_counts_and_where_there_is_none_the_one_it_was_made_for() -> None:
    assert Form().put("基本信息!B4", "云垟县新名局").read().report.agency.name == "云垟县新名局"
    made_for = Form().read().report.agency.name
    assert Form().put("基本信息!B4", None).read().report.agency.name == made_for
