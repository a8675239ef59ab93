"""Sheet 指标: what is written is read again; what is not sure is told with its cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from gxgen.checks.registry import rule
from gxgen.diagnostics import Finding, Severity
from gxgen.editions.declared import EDITIONS
from gxgen.editions.indicators import INDICATORS
from gxgen.form.layout import INDICATORS_SHEET, INDICATORS_TOP
from gxgen.form.mark.workbook import mark_workbook
from gxgen.form.read.workbook import read_workbook
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.indicators import (
    LONGEST_NAME,
    LONGEST_UNIT,
    MOST_INDICATORS,
    Indicator,
    Indicators,
    in_order,
    letters,
    name_fault,
    stated,
    unit_fault,
)
from gxgen.places import SheetCell
from tests.factory import checked, make_report

EDITION = EDITIONS["2021"]
TRAININGS = INDICATORS_TOP + 1 + [row.name for row in INDICATORS].index("培训场次")
OWN = INDICATORS_TOP + 1 + len(INDICATORS)
"""The first row for an agency's own, as a spreadsheet counts."""
NOW, LAST = f"C{TRAININGS}", f"D{TRAININGS}"
BOTH = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)


@cache
def form_of(*indicators: Indicator) -> bytes:
    report = make_report(EDITION, indicators=in_order(indicators))
    return blank_workbook(EDITION, report.year, fill=report)


def read(data: bytes) -> tuple[Indicators, list[Finding]]:
    """What the sheet says, and what is found on it."""
    reading = read_workbook(data, "a.xlsx")
    assert reading.report is not None
    found = [
        f
        for f in reading.findings
        if str(f.place).startswith(f"{INDICATORS_SHEET}!") or f.code in ("GX097", "GX099")
    ]
    return reading.report.indicators, found


def changed(change: Callable[[Worksheet], object], *indicators: Indicator) -> bytes:
    """A filled form in which somebody has typed."""
    book = openpyxl.load_workbook(io.BytesIO(form_of(*indicators)))
    change(book[INDICATORS_SHEET])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def typed(**cells: object) -> bytes:
    def change(sheet: Worksheet) -> None:
        for name, value in cells.items():
            sheet[name] = value

    return changed(change)


# -- there and back --------------------------------------------------------------------------------


@BOTH
def test_a_blank_form_says_nothing_and_asks_nothing(edition) -> None:
    reading = read_workbook(blank_workbook(edition, edition.first_year + 1), "a.xlsx")
    assert reading.report is not None
    assert list(reading.report.indicators) == [row.name for row in INDICATORS]
    assert stated(reading.report.indicators) == {}
    assert not [f for f in reading.findings if (f.key or "").startswith("indicators")]


NAMES = st.text("培训宣传热线12345（）()-、·", min_size=1, max_size=LONGEST_NAME).map(str.strip)
UNITS = st.text("件次人场篇万", max_size=LONGEST_UNIT)
COUNTS = st.none() | st.integers(0, 999_999_999)
NOTES = st.text("含线上、=+（一）", max_size=40).map(str.strip)
OWN_ROWS = st.builds(Indicator, NAMES, UNITS, COUNTS, COUNTS, NOTES)
STANDARD_ROWS = st.builds(
    lambda row, now, last, note: Indicator(row.name, row.unit, now, last, note),
    st.sampled_from(INDICATORS), COUNTS, COUNTS, NOTES,
)  # fmt: skip


@given(st.lists(OWN_ROWS | STANDARD_ROWS, max_size=20))
@settings(max_examples=15)
def test_what_is_written_is_read_again(rows: list[Indicator]) -> None:
    rows = [one for one in rows if not name_fault(one.name) and not unit_fault(one.unit)]
    wanted = in_order({letters(one.name): one for one in rows}.values())
    found, told = read(form_of(*wanted.values()))
    back = {n: replace(o, place=None, last_place=None) for n, o in stated(found).items()}
    assert back == stated(wanted)
    assert list(back) == list(stated(wanted))
    assert {f.code for f in told} <= {"GX097"}, "a row without unit or number is asked about"


def test_last_years_counts_stand_beside() -> None:
    last = in_order(
        [
            Indicator("培训场次", "场", 8, 7, "含线上"),
            Indicator("热线12345", "件", 30),
            Indicator("旧指标", "件", None, 5),
        ]
    )
    report = make_report(EDITION, indicators=last)
    found, told = read(blank_workbook(EDITION, report.year + 1, previous=report))
    assert told == []
    said = {name: (o.unit, o.value, o.last, o.note) for name, o in stated(found).items()}
    assert said == {"培训场次": ("场", None, 8, ""), "热线12345": ("件", None, 30, "")}


def test_a_form_without_the_sheet_is_a_form() -> None:
    book = openpyxl.load_workbook(io.BytesIO(form_of()))
    del book[INDICATORS_SHEET]
    saved = io.BytesIO()
    book.save(saved)
    with_sheet, without = (checked(data) for data in (form_of(), saved.getvalue()))
    assert without.report is not None
    assert without.report.indicators == {}
    assert without.diagnostics == with_sheet.diagnostics == ()


def test_a_sheet_of_another_name_is_found_and_a_copy_is_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(form_of(Indicator("培训场次", "场", 12))))
    book[INDICATORS_SHEET].title = "我的指标"
    saved = io.BytesIO()
    book.save(saved)
    found, told = read(saved.getvalue())
    assert (found["培训场次"].value, told) == (12, [])
    book.copy_worksheet(book["我的指标"]).title = INDICATORS_SHEET
    again = io.BytesIO()
    book.save(again)
    found, (finding,) = read(again.getvalue())
    assert found["培训场次"].place == SheetCell(INDICATORS_SHEET, TRAININGS - 1, 2)
    assert (finding.code, "我的指标" in finding.message) == ("GX097", True)


def test_a_statistic_of_the_agencys_own_is_none_of_ours() -> None:
    book = openpyxl.load_workbook(io.BytesIO(form_of()))
    del book[INDICATORS_SHEET]
    sheet = book.create_sheet("台账")
    for row in (
        ("指标名称", "单位", "本年", "上年"),
        ("走访", "次", "约12", 9),
        ("走访", "次", 3, 4),
    ):
        sheet.append(row)
    saved = io.BytesIO()
    book.save(saved)
    assert read(saved.getvalue()) == ({}, [])


def test_a_sheet_without_the_heads_is_told() -> None:
    def change(sheet: Worksheet) -> None:
        sheet[f"A{INDICATORS_TOP}"] = "名目"

    found, (finding,) = read(changed(change, Indicator("培训场次", "场", 12)))
    assert (found, finding.code) == ({}, "GX097")


def test_rows_and_columns_that_moved_are_found() -> None:
    def move(sheet: Worksheet) -> None:
        for area in list(sheet.merged_cells.ranges):  # the title's; openpyxl does not move them
            sheet.unmerge_cells(str(area))
        sheet.insert_rows(1, 2)
        sheet.insert_cols(1)

    found, told = read(changed(move, Indicator("培训场次", "场", 12, 10)))
    assert (found["培训场次"].value, found["培训场次"].last, told) == (12, 10, [])
    assert found["培训场次"].place == SheetCell(INDICATORS_SHEET, TRAININGS + 1, 3)


# -- what agencies type ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "value", "code"),
    [
        ("２", 2, "GX022"),
        (" 2 ", 2, "GX022"),
        ("1,234", 1234, "GX022"),
        ("12场", 12, "GX022"),
        ("12 场", 12, "GX022"),
        ("十二场", 12, "GX023"),
        ("十二", 12, "GX023"),
        ("无", 0, "GX023"),
        ("12", 12, None),
        (12, 12, None),
        (0, 0, None),
        ("", None, None),
        ("  ", None, None),
        ("/", None, "GX021"),
        ("-", None, "GX021"),
        ("—", None, "GX021"),
        ("12件", None, "GX021"),
        ("3万", None, "GX021"),
        ("约12", None, "GX021"),
        ("12余场", None, "GX021"),
        ("12、15", None, "GX021"),
        ("场", None, "GX021"),
        ("-3", None, "GX025"),
        (-3, None, "GX025"),
        ("-3场", None, "GX025"),
        (2.5, None, "GX026"),
        (True, None, "GX021"),
        (13_800_138_000, None, "GX021"),
        ("=2+3", None, "GX028"),
        ("=1/0", None, "GX028"),
    ],
)
def test_what_a_count_is_read_as(said: object, value: int | None, code: str | None) -> None:
    found, told = read(typed(**{NOW: said, LAST: said}))
    one = found["培训场次"]
    assert (one.value, one.last) == (value, value)
    assert [f.code for f in told] == ([code, code] if code else [])
    for finding, cell, year in zip(told, (NOW, LAST), ("本年", "上年"), strict=False):
        assert finding.message.startswith(f"{INDICATORS_SHEET}!{cell}（培训场次·{year}）")
        assert str(finding.place) == f"{INDICATORS_SHEET}!{cell}"


def test_a_formula_is_told_and_read_as_it_shows() -> None:
    source = io.BytesIO(form_of(Indicator("培训场次", "场", 12)))
    with zipfile.ZipFile(source) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = "xl/worksheets/sheet6.xml"
    cell = f'<c r="{NOW}"'.encode()
    before, at, rest = parts[name].partition(cell)
    parts[name] = before + at + rest.replace(b"<v>12</v>", b"<f>6+6</f><v>12</v>", 1)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for part, content in parts.items():
            package.writestr(part, content)
    found, (finding,) = read(made.getvalue())
    assert (found["培训场次"].value, finding.code) == (12, "GX029")


def test_a_number_that_is_struck_out_is_refused() -> None:
    def strike(sheet: Worksheet) -> None:
        sheet[NOW].font = openpyxl.styles.Font(strike=True)

    found, (finding,) = read(changed(strike, Indicator("培训场次", "场", 12)))
    assert (found["培训场次"].value, finding.code) == (None, "GX087")


@pytest.mark.parametrize("hide", ["row", "column", "sheet"])
def test_a_number_that_nobody_sees_is_told(hide: str) -> None:
    def change(sheet: Worksheet) -> None:
        if hide == "row":
            sheet.row_dimensions[TRAININGS].hidden = True
        elif hide == "column":
            sheet.column_dimensions["C"].hidden = True
        else:
            sheet.sheet_state = "hidden"

    _, told = read(changed(change, Indicator("培训场次", "场", 12)))
    assert [f.code for f in told] == ["GX086"]


# -- rows that cannot be used ----------------------------------------------------------------------


def own(*rows: tuple[object, ...]) -> bytes:
    """A form with these rows for indicators of the agency's own, from A on."""

    def change(sheet: Worksheet) -> None:
        for number, row in enumerate(rows, OWN):
            for letter, value in zip("ABCDE", row, strict=False):
                sheet[f"{letter}{number}"] = value

    return changed(change)


UNUSABLE_ROWS: list[tuple[tuple[object, ...], str, str, str]] = [
    ((None, "件", 12), "GX097", "C", "却没有指标名称"),
    ((None, None, None, 5), "GX097", "D", "却没有指标名称"),
    ((None, None, None, None, "说明"), "GX097", "E", "却没有指标名称"),
    (("走访", "次"), "GX097", "C", "没有填数"),
    (("走访", None, 12), "GX097", "B", "没有填单位"),
    (("培训 场次", "场", 9), "GX099", "A", "是同一个名称"),
    (("（培训）场次", "场", None), "GX099", "A", "是同一个名称"),
    (("走" * (LONGEST_NAME + 1), "次", 9), "GX099", "A", "超过30个字"),
    (("走访\n群众", "次", 9), "GX099", "A", "换行"),
    (("（）", "次", 9), "GX099", "A", "没有文字"),
    (("2023", "次", 9), "GX099", "A", "只有数字"),
    (("走访", "12次", 9), "GX099", "B", "里有数字"),
    (("走访", "次" * (LONGEST_UNIT + 1), 9), "GX099", "B", "超过8个字"),
]
"""A row from A on, the code that it earns, the column of its cell, and words of the message."""


@pytest.mark.parametrize(("row", "code", "cell", "words"), UNUSABLE_ROWS)
def test_a_row_that_cannot_be_used_is_told(
    row: tuple[object, ...], code: str, cell: str, words: str
) -> None:
    found, told = read(own(row))
    finding = next(f for f in told if f.code == code)
    assert str(finding.place) == f"{INDICATORS_SHEET}!{cell}{OWN}"
    assert words in finding.message
    assert {letters(name) for name in found} <= {
        "走访", *(letters(one.name) for one in INDICATORS)
    }  # fmt: skip


def test_a_blank_row_with_last_years_count_asks_nothing() -> None:
    found, told = read(own(("走访", "次", None, 7)))
    assert (found["走访"].last, told) == (7, [])


def test_too_many_rows_are_refused_as_a_whole() -> None:
    rows = [(f"指标{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{n}", "件", n) for n in range(MOST_INDICATORS)]
    found, told = read(own(*rows))
    assert len(found) == MOST_INDICATORS
    assert [f.code for f in told] == ["GX099"]


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "=1+1", "<b>", "\u202e", "\u200b", "_x0007_", "⼯作", "😀", "a\tb"]
)
def test_hostile_names_do_no_harm(text: str) -> None:
    found, told = read(own((text, text, 9, 9, text)))
    for one in found.values():
        assert not name_fault(one.name)
        assert not unit_fault(one.unit)
    assert told or text == "<b>", "a text like any other"


def test_the_return_copy_marks_the_cell() -> None:
    data = typed(**{NOW: "约12"})
    judgement = checked(data)
    assert [d.code for d in judgement.diagnostics if d.severity is Severity.ERROR] == ["GX021"]
    marked = mark_workbook(data, judgement.findings)
    assert marked is not None
    sheet = openpyxl.load_workbook(io.BytesIO(marked))[INDICATORS_SHEET]
    assert "GX021" in sheet[NOW].comment.text


def test_codes_weigh_what_they_should() -> None:
    assert rule("GX097").severity is Severity.WARNING
    assert rule("GX099").severity is Severity.ERROR
