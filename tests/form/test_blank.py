"""The form as a spreadsheet program sees it."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Kind
from gxgen.errors import UsageError
from gxgen.form import layout as form
from gxgen.form.write.formula import Rectangle, rectangles
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.agency import Agency, Contact
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Answer, Entry, EntryState
from tests.factory import make_report

BOTH = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
ALLOWED = {"SUM", "IF", "AND", "OR", "COUNTIF", "COUNTBLANK", "ROUND", "LEN", "TEXT"}
ALLOWED |= {"ISNUMBER", "ABS"}


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def blank(edition, **more):
    return blank_workbook(edition, edition.first_year + 1, **more)


def target(book, name):
    [(sheet, cell)] = book.defined_names[name].destinations
    return book[sheet][cell.replace("$", "")]


@BOTH
def test_sheets_stand_in_order_and_the_hidden_one_is_out_of_reach(edition):
    book = opened(blank(edition))
    assert book.sheetnames == [*form.sheet_order(edition), form.META_SHEET]
    assert book[form.META_SHEET].sheet_state == "veryHidden"
    cells = {row[0].value: row[1].value for row in book[form.META_SHEET].iter_rows()}
    assert cells == {
        "program": form.PROGRAM,
        "form_version": form.FORM_VERSION,
        "edition": edition.id,
        "year": edition.first_year + 1,
        "agency": None,
    }


@BOTH
def test_merges_and_labels_are_those_of_the_grid(edition):
    book = opened(blank(edition))
    for table in edition.tables:
        grid, sheet = edition.grids[table.key], book[table.sheet]
        inside = {
            str(merge)
            for merge in sheet.merged_cells.ranges
            if form.GRID_TOP < merge.min_row <= form.GRID_TOP + grid.rows
            and merge.max_col <= grid.columns
        }
        expected = {
            str(Rectangle(form.GRID_TOP + c.row, c.column, c.row_span, c.column_span))
            for c in grid.cells
            if c.row_span * c.column_span > 1
        }
        assert inside == expected
        for cell in grid.labels:
            assert sheet.cell(form.GRID_TOP + cell.row + 1, cell.column + 1).value == cell.text


@BOTH
def test_every_figure_bears_its_name_and_only_inputs_are_unlocked(edition):
    book = opened(blank(edition))
    for key in edition.fields:
        sheet, row, column = form.figure_position(edition, key)
        cell = target(book, form.NAME_PREFIX + key)
        assert (cell.parent.title, cell.row, cell.column) == (sheet, row + 1, column + 1)
        assert cell.protection.locked is (key in edition.totals)
        assert (cell.data_type == "f") is (key in edition.totals)
    for field in form.INFO_FIELDS:
        assert not target(book, form.NAME_PREFIX + field.key).protection.locked
    assert all(not name.attr_text.startswith("#") for name in book.defined_names.values())
    for sheet in book:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert sheet.protection.formatRows is False, "False means: not forbidden"


@BOTH
def test_labels_checks_and_last_year_stay_locked(edition):
    last = make_report(edition, year=edition.first_year)
    book = opened(blank(edition, previous=last))
    unlocked = {
        (sheet.title, cell.row, cell.column)
        for table in edition.tables
        for sheet in [book[table.sheet]]
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked and type(cell).__name__ == "Cell"
    }
    inputs = [key for key in edition.fields if key not in edition.totals]
    positions = (form.figure_position(edition, key) for key in inputs)
    assert unlocked == {(sheet, row + 1, column + 1) for sheet, row, column in positions}


@BOTH
def test_each_input_is_validated_by_its_kind(edition):
    book = opened(blank(edition))
    kinds = {Kind.COUNT: ("whole", "0"), Kind.SIGNED: ("whole", "-"), Kind.MONEY: ("custom", "=")}
    for key, field in edition.fields.items():
        if key in edition.totals:
            continue
        cell = target(book, form.NAME_PREFIX + key)
        rules = cell.parent.data_validations.dataValidation
        [rule] = [r for r in rules if cell.coordinate in r.sqref]
        type_, begins = kinds[field.kind]
        assert rule.type == type_
        assert (rule.formula1 or "").startswith(begins) or field.kind is Kind.MONEY
        assert 0 < len(rule.errorTitle) <= 32
        assert 0 < len(rule.error) <= 255


@BOTH
def test_formulas_keep_to_functions_that_every_program_has(edition):
    book = opened(blank(edition))
    formulas = [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(formulas) > len(edition.totals)
    used = {name for text in formulas for name in re.findall(r"([A-Z.]+)\(", text)}
    assert used <= ALLOWED


def test_text_never_becomes_a_formula_a_link_or_a_number():
    edition = EDITIONS["2021"]
    odd = "=1+1"
    agency = Agency(
        odd, "+8", None, Contact("@SUM(A1)", "00123", "-1", None, "a@b.cn", "http://x.cn")
    )
    passage = Passage("1", "总体情况", (Paragraph('=HYPERLINK("http://x.cn")'), Paragraph("{=1}")))
    fill = make_report(
        edition, agency=agency, narrative=(passage,), answers=(Answer("GX201", "=A1", "+理由"),)
    )
    book = opened(blank(edition, fill=fill))
    assert target(book, "gx.agency.name").data_type == "s"
    assert target(book, "gx.agency.name").value == odd
    assert target(book, "gx.contact.postcode").value == "00123"
    for name in (form.NARRATIVE_SHEET, form.ANSWERS_SHEET, form.INFO_SHEET):
        assert all(cell.data_type != "f" for row in book[name].iter_rows() for cell in row)
        assert not book[name]._hyperlinks


def test_rows_of_text_can_be_inserted_and_deleted_whole():
    data = blank(EDITIONS["2021"])
    book = opened(data)
    sheet = book[form.NARRATIVE_SHEET]
    raw = zipfile.ZipFile(io.BytesIO(data)).read(f"xl/worksheets/sheet{book.index(sheet) + 1}.xml")
    rows = dict(re.findall(r'<row r="(\d+)"([^>]*)>', raw.decode()))
    assert sheet.protection.insertRows is False
    assert sheet.protection.deleteRows is False
    own = [row for row in sheet.iter_rows(min_row=form.NARRATIVE_TOP + 1) if not row[0].value]
    assert len(own) > 20
    for row in own:
        assert not any(cell.protection.locked for cell in row)
        assert " s=" in rows[str(row[0].row)], "the whole row must be unlocked"
        assert "customHeight" not in rows[str(row[0].row)], "text would outgrow a fixed height"


def test_the_draft_names_the_year_and_sections_stand_in_order():
    edition = EDITIONS["2021"]
    sheet = opened(blank(edition))[form.NARRATIVE_SHEET]
    column = [row[0].value for row in sheet.iter_rows(min_row=form.NARRATIVE_TOP + 1)]
    bands = [text for text in column if text and text != form.NARRATIVE_GUIDANCE_MARKER]
    assert bands == [form.section_marker(s.mark, s.title) for s in edition.sections]
    texts = [row[2].value or "" for row in sheet.iter_rows(min_row=form.NARRATIVE_TOP + 1)]
    assert any("2022年1月1日起至2022年12月31日止" in text for text in texts)


@BOTH
def test_last_years_figures_stand_beside_and_carry_over(edition):
    last = make_report(edition, year=edition.first_year)
    book = opened(blank(edition, previous=last))
    for key, source in edition.carries.items():
        cell = target(book, form.NAME_PREFIX + key)
        if key in edition.totals:
            assert cell.data_type == "f"
        else:
            assert cell.value == last.values[source]
    for table in edition.tables:
        keys = [key for key, field in edition.fields.items() if field.table == table.key]
        grid = edition.grids[table.key]
        outside = [
            cell.value
            for row in book[table.sheet].iter_rows(min_row=form.GRID_TOP + 1)
            for cell in row
            if isinstance(cell.value, int)
            and (cell.column > grid.columns or cell.row > form.GRID_TOP + grid.rows)
        ]
        assert sorted(outside) == sorted(last.values[key] for key in keys)


def test_another_editions_year_gives_what_can_be_compared():
    new, old = EDITIONS["2021"], EDITIONS["2019"]
    last = make_report(old, year=2020)
    book = opened(blank_workbook(new, 2021, previous=last))
    assert book["表二"].max_column == new.grids["disclosure"].columns + 1
    key = "requests.carried_in.individual"
    assert (
        target(book, form.NAME_PREFIX + key).value == last.values["requests.carried_out.individual"]
    )


def test_a_total_that_was_filed_wrong_stays_as_filed():
    edition = EDITIONS["2021"]
    good = make_report(edition)
    key = "remedies.reconsideration.total"
    wrong = replace(good, entries={**good.entries, key: Entry(good.values[key] + 5, "x")})
    cell = target(opened(blank(edition, fill=wrong)), form.NAME_PREFIX + key)
    assert cell.value == good.values[key] + 5
    assert not cell.protection.locked
    absent = replace(good, entries={**good.entries, key: Entry(None, None, None, EntryState.BLANK)})
    assert target(opened(blank(edition, fill=absent)), form.NAME_PREFIX + key).value is None


@pytest.mark.parametrize(
    "text", ["20.30", "0.0000", "2648.52", "0", "20.3", "123456789012.12345678"]
)
def test_money_is_kept_as_written(text):
    edition = EDITIONS["2021"]
    key = "disclosure.fees.amount"
    good = make_report(edition)
    fill = replace(good, entries={**good.entries, key: Entry(Decimal(text), text)})
    value = target(opened(blank(edition, fill=fill)), form.NAME_PREFIX + key).value
    assert str(value) == text


@pytest.mark.parametrize("bad", ["a\x07b", "\ud800", "\uffff", "长" * 32_768])
def test_text_that_no_cell_holds_is_refused_with_its_cell(bad):
    with pytest.raises(UsageError, match=r"基本信息!B4"):
        blank(EDITIONS["2021"], agency=Agency(bad))


def test_same_bytes_whatever_the_run_and_the_time_zone():
    program = (
        "import hashlib, time; time.sleep(float({pause}));"
        "from gxgen.editions.declared import EDITIONS;"
        "from gxgen.form.write.workbook import blank_workbook;"
        "print(hashlib.sha256(blank_workbook(EDITIONS['2021'], 2023)).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program.format(pause=pause)],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zone, seed, pause in (("UTC", "1", 0), ("Asia/Shanghai", "2", 2.1))
    }
    assert len(hashes) == 1


@given(st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8))))
def test_rectangles_cover_exactly_their_cells(cells):
    covered = [cell for area in rectangles(cells) for cell in area.cells]
    assert sorted(covered) == sorted(cells)


def test_what_last_year_left_blank_is_not_taken_for_zero():
    edition = EDITIONS["2021"]
    last = make_report(edition, year=2022)
    key = "requests.carried_out.individual"
    gap = replace(last, entries={**last.entries, key: Entry(None, None, None, EntryState.BLANK)})
    book = opened(blank_workbook(edition, 2023, previous=gap))
    full = opened(blank_workbook(edition, 2023, previous=last))
    assert target(book, "gx.requests.carried_in.individual").value is None
    _, row, _ = form.figure_position(edition, key)
    beside = [cell.value for cell in full["表三"][row + 1]]
    gapped = [cell.value for cell in book["表三"][row + 1]]
    assert [a for a, b in zip(beside, gapped, strict=True) if a != b] == [last.values[key]]
