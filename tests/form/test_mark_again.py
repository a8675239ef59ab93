"""A marked copy comes back: its marks are known again, whoever saved it and whatever was moved."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.comments import Comment

from gxgen.diagnostics import Severity
from gxgen.form.layout import FINDINGS_SHEET
from tests.factory import checked
from tests.form.mark_support import (
    changed,
    differences,
    faulty,
    filled,
    finding,
    load,
    marked,
    marks,
    mend,
    parts,
)

G9, D10, B7 = (8, 6), (9, 3), (6, 1)


def fills(data: bytes) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): repr(cell.fill)
        for sheet in load(data)
        if not sheet.title.startswith(FINDINGS_SHEET)
        for row in sheet
        for cell in row
        if cell.has_style
    }


def comments(data: bytes) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in load(data)
        for row in sheet
        for cell in row
        if cell.comment
    }


def test_marking_twice_is_marking_once() -> None:
    data, diagnostics = faulty()
    once = marked(data, diagnostics)
    assert marked(once, diagnostics) == once


def test_earlier_marks_go_when_others_come() -> None:
    data = filled()
    first = marked(data, [finding("表三", G9), finding("表二", B7, Severity.WARNING)])
    second = marked(first, [finding("表三", D10)])
    assert marks(load(second)) == {("表三", "D10")}
    assert list(differences(data, second)) == []
    left = set(parts(second)) - set(parts(data))
    assert {name.rpartition("/")[2] for name in left} == {
        "comments1.xml", "vmlDrawing1.vml", "sheet10.xml", "sheet4.xml.rels",
    }  # fmt: skip


def test_with_no_finding_left_all_marks_are_gone() -> None:
    data = filled()
    clean = marked(marked(data, [finding("表三", G9)]), [])
    assert marks(load(clean)) == set()
    assert list(differences(data, clean)) == []


@pytest.mark.parametrize("times", [1, 3])
def test_saved_by_another_program_and_corrected(times: int) -> None:
    data, diagnostics = faulty()
    copy = marked(data, diagnostics)
    for _ in range(times):
        copy = changed(copy, lambda book: None)
    back = changed(copy, mend)
    assert checked(back).passed
    again = marked(back, [])
    assert fills(again) == fills(data)
    assert comments(again) == {}


def test_rows_inserted_and_sheets_moved() -> None:
    """The mark of a cell that moved is known by its colour, not by its address."""

    def move(book) -> None:
        book["表三"].move_range("D9:J9", rows=60)
        book.move_sheet(FINDINGS_SHEET, -8)

    data = filled()
    copy = changed(marked(data, [finding("表三", (8, 3))]), move)
    again = load(marked(copy, []))
    assert repr(again["表三"]["D69"].fill) == repr(load(data)["表三"]["D9"].fill)
    assert again.sheetnames == [*load(data).sheetnames, FINDINGS_SHEET]
    assert again["表三"].print_area == load(data)["表三"].print_area


def test_the_list_was_deleted() -> None:
    data = filled()
    copy = marked(data, [finding("表三", G9), finding("表二", B7, Severity.WARNING)])
    again = marked(changed(copy, lambda book: book.remove(book[FINDINGS_SHEET])), [])
    assert fills(again) == fills(data)
    assert marks(load(again)) == set()


def note(book) -> None:
    book["表三"]["G9"].comment = Comment("本局批注", "某局", width=300, height=90)
    book["表三"]["D20"].comment = Comment("另一条", "某局")


def test_comments_of_the_agency_are_kept_and_continued() -> None:
    data = changed(filled(), note)
    copy = marked(data, [finding("表三", G9), finding("表三", D10)])
    texts = comments(copy)
    assert texts["表三", "G9"].startswith("本局批注\n【填报检查】\n错误 GX101：不对。")
    assert texts["表三", "D20"] == "另一条"
    assert ("表三", "D10") in texts
    assert list(differences(data, copy)) == []
    assert comments(marked(copy, [])) == comments(data)
    through = changed(copy, lambda book: None)
    assert comments(marked(through, [])) == comments(data)


def test_discussions_are_left_alone() -> None:
    def thread(book) -> None:
        book["表三"]["G9"].comment = Comment("[线程批注]", "tc={2B0E}")

    data = changed(filled(), thread)
    copy = marked(data, [finding("表三", G9)])
    assert comments(copy) == {("表三", "G9"): "[线程批注]"}
    assert load(copy)["表三"]["G9"].fill.fgColor.rgb.startswith("FFFE")


def test_a_style_changed_in_between_stays_changed() -> None:
    def bold(book) -> None:
        cell = book["表三"]["G9"]
        cell.number_format = "0.00"

    data = filled()
    again = load(marked(changed(marked(data, [finding("表三", G9)]), bold), []))
    assert again["表三"]["G9"].number_format == "0.00"
    assert repr(again["表三"]["G9"].fill) == repr(load(data)["表三"]["G9"].fill)


def test_what_was_typed_into_the_list_does_not_change_what_is_read() -> None:
    """The list is passed over even where a whole table was pasted into it."""
    data, diagnostics = faulty()

    def paste(book) -> None:
        for row in book["表三"].iter_rows():
            for cell in row:
                if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                    book[FINDINGS_SHEET].cell(cell.row + 200, cell.column, cell.value)

    copy = changed(marked(data, diagnostics), paste)
    assert list(checked(copy).diagnostics) == diagnostics


def test_boxes_of_removed_comments_are_removed() -> None:
    data = changed(filled(), note)
    again = parts(marked(marked(data, [finding("表三", D10)]), []))
    drawn = b"".join(again[n] for n in again if n.endswith(".vml"))
    assert drawn.count(b'ObjectType="Note"') == 2


def test_there_is_one_list_however_often_it_goes_round() -> None:
    data, diagnostics = faulty()
    for _ in range(3):
        data = changed(marked(data, diagnostics), lambda book: None)
    assert load(data).sheetnames.count(FINDINGS_SHEET) == 1
    assert len([n for n in load(data).sheetnames if n.startswith(FINDINGS_SHEET)]) == 1
