"""A form's sheets as a person sees them: every cell once, with its own text and use."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gxgen.a1 import cell_name
from gxgen.editions.schema import Edition
from gxgen.form.labels import core
from gxgen.form.layout import INFO_FIELDS, sheet_order
from gxgen.form.read.seen import Role, SeenCell, SeenSheet, seen
from gxgen.form.read.text import plain_text
from gxgen.form.read.workbook import read_workbook
from gxgen.model.report import Report
from tests.form.faulty.form import FILE, Form
from tests.form.hostile_forms import into_rows

SHOWN = ("基本信息", "表二", "表三", "表四", "指标", "正文", "说明")


def looked(form: Form) -> tuple[Report, dict[str, SeenSheet]]:
    """What was read of a form, and its sheets by title; each is whole."""
    data = form.data()
    report = read_workbook(data, FILE).report
    assert report is not None
    sheets = {one.title: one for one in seen(data, FILE, report)}
    for one in sheets.values():
        _tiles(one)
    return report, sheets


def cells(sheet: SeenSheet) -> dict[str, SeenCell]:
    found = {one.place.cell: one for row in sheet.rows for one in row}
    assert len(found) == sum(map(len, sheet.rows)), "no cell twice"
    return found


def _tiles(sheet: SeenSheet) -> None:
    """Its cells with what they cover fill a rectangle, each place once."""
    covered: dict[tuple[int, int], SeenCell] = {}
    for row, line in enumerate(sheet.rows):
        column = 0
        for one in line:
            while (row, column) in covered:
                column += 1
            for at in ((r, c) for r in range(one.rows) for c in range(one.columns)):
                place = row + at[0], column + at[1]
                assert place not in covered, (sheet.name, one)
                covered[place] = one
    width = 1 + max(column for _, column in covered)
    assert len(covered) == len(sheet.rows) * width
    assert max(row for row, _ in covered) == len(sheet.rows) - 1


def test_every_figure_stands_in_its_cell_and_every_label_beside_it(edition: Edition) -> None:
    report, sheets = looked(Form(edition.id))
    assert [*sheets] == [one for one in sheet_order(edition) if one in SHOWN]
    for key, entry in report.entries.items():
        place = entry.place
        one = cells(sheets[place.sheet])[place.cell]
        assert (one.role, one.key, one.text) == (Role.FIGURE, key, plain_text(entry.value))
    for form in edition.tables:
        roles = {core(one.text): one.role for one in cells(sheets[form.sheet]).values()}
        declared = {core(one.text) for one in edition.grids[form.key].labels if core(one.text)}
        assert {roles[word] for word in declared} <= {Role.HEAD, Role.LABEL}
        assert declared <= roles.keys()


def test_fields_and_paragraphs_have_their_use() -> None:
    report, sheets = looked(Form())
    info = {one.key: one for one in cells(sheets["基本信息"]).values() if one.role is Role.ENTRY}
    assert [*info] == [field.key for field in INFO_FIELDS]
    assert info["agency.name"].text == report.agency.name
    text = cells(sheets["正文"]).values()
    said = [one.text for one in text if one.role is Role.PASSAGE]
    assert said == [p.text for passage in report.narrative for p in passage.paragraphs]
    heads = {one.text for one in text if one.role is Role.HEAD}
    assert {"导语", "一、总体情况", "六、其他需要报告的事项"} <= heads
    rows = [{one.text for one in row} - {""} for row in sheets["正文"].rows]
    assert all(rows), "no empty row of the text"


WRONG = {
    "约3": "约3",
    "a text that a number was meant to be": "１２",
    "an error": "#REF!",
    "a date": "2024-01-13",
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_shown_as_it_stands(what: str) -> None:
    form = Form()
    if what == "an error":
        form.error("表三!D8", "#REF!")
    elif what == "a date":
        form.date("表三!D8")
    else:
        form.put("表三!D8", WRONG[what])
    one = cells(looked(form)[1]["表三"])["D8"]
    assert one.role is Role.FIGURE
    assert one.text == {"a date": "2024年1月13日"}.get(what, WRONG[what])


def test_a_total_that_nobody_has_worked_out_shows_what_an_office_would_show() -> None:
    before = cells(looked(Form())[1]["表三"])
    after = cells(looked(Form().forget("表三"))[1]["表三"])
    totals = [name for name, one in before.items() if one.role is Role.FIGURE]
    assert [after[name].text for name in totals] == [before[name].text for name in totals]


def test_sheets_that_were_renamed_shifted_or_lost_are_found_by_what_was_read() -> None:
    form = Form().rename("表三", "申请情况").insert_row("申请情况", 3)
    report, sheets = looked(form)
    assert sheets["表三"].name == "申请情况"
    for entry in report.entries.values():
        if entry.place.sheet == "申请情况":
            assert cells(sheets["表三"])[entry.place.cell].role is Role.FIGURE
    assert "表四" not in looked(Form().delete("表四"))[1]


AREA = st.tuples(
    st.integers(0, 40), st.integers(0, 12), st.integers(-1, 40), st.integers(-1, 12)
).map(lambda a: f"{cell_name(a[0], a[1])}:{cell_name(a[0] + a[2] + 1, a[1] + a[3] + 1)}")
ODD = st.sampled_from(("A1:XFD1048576", "B2", "A0:B1", "", ":", "C3:A1", "甲:乙"))


@cache
def _plain() -> dict[str, str]:
    return {name: one.text for name, one in cells(looked(Form())[1]["表三"]).items() if one.text}


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.lists(AREA | ODD, max_size=20))
def test_whatever_is_merged_nothing_that_is_said_is_lost(areas: list[str]) -> None:
    form, plain = Form(), _plain()
    part = form.part("表三")
    head, _, rest = form.parts[part].partition(b"<mergeCells")
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    tail = rest.partition(b"</mergeCells>")[2]
    form.parts[part] = head + f"<mergeCells>{merges}</mergeCells>".encode() + tail
    shown = cells(looked(form)[1]["表三"])
    assert {name: shown[name].text for name in plain} == plain


def test_what_lies_too_far_out_is_counted() -> None:
    form = Form()
    into_rows(form, "表二", '<row r="300"><c r="CZ300"><v>1</v></c><c r="A300"><v>1</v></c></row>')
    sheet = looked(form)[1]["表二"]
    assert sheet.beyond == 1
    assert cells(sheet)["A300"].text == "1"
