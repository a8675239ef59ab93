"""A return copy holds the rows of 说明, all there but the reason."""

from __future__ import annotations

import io

import openpyxl
import pytest

from gxgen.checks.registry import rules
from gxgen.checks.runner import run
from gxgen.diagnostics import Diagnostic, Severity
from gxgen.form.invitation import invitation, invited
from gxgen.form.layout import ANSWERS_ROWS, ANSWERS_SHEET, ANSWERS_TOP
from gxgen.form.mark.workbook import mark_workbook
from gxgen.form.read.workbook import read_workbook
from tests.form.mark_support import filled, load

FEE = ("表二", "B14")


def _questioned() -> tuple[bytes, list[Diagnostic]]:
    """A sound form with rules above 0, which is asked about (GX201)."""
    book = openpyxl.load_workbook(io.BytesIO(filled()))
    book["表二"][_rules(book)].value = 6
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), _judged(out.getvalue())


def _rules(book: openpyxl.Workbook) -> str:
    name = book.defined_names["gx.disclosure.rules.in_force"]
    return name.attr_text.rpartition("!")[2].replace("$", "")


def _judged(data: bytes) -> list[Diagnostic]:
    report, findings = (reading := read_workbook(data, "x.xlsx")).report, reading.findings
    assert report is not None
    assert not [one for one in findings if one.code == "GX037"]
    return run(report, strict=True)


def _rows(data: bytes) -> list[tuple[object, ...]]:
    sheet = load(data)[ANSWERS_SHEET]
    rows = sheet.iter_rows(ANSWERS_TOP + 1, ANSWERS_TOP + ANSWERS_ROWS, 1, 4, values_only=True)
    return [row for row in rows if any(row)]


def _edited(data: bytes, row: int, column: int, text: str | None) -> bytes:
    book = load(data)
    book[ANSWERS_SHEET].cell(ANSWERS_TOP + 1 + row, column).value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _asked(found: list[Diagnostic]) -> list[Diagnostic]:
    return [one for one in found if one.severity is Severity.WARNING and invited(one.hint)]


def test_only_the_reason_is_missing() -> None:
    """The copy as it is says nothing of its rows; with the reason the question is answered."""
    data, found = _questioned()
    asked = _asked(found)
    assert "GX201" in {one.code for one in asked}
    copy = mark_workbook(data, found)
    assert copy is not None
    rows = _rows(copy)
    assert [row[0] for row in rows] == [one.code for one in asked]
    assert all(row[1] and row[3] and not row[2] for row in rows)
    assert _asked(_judged(copy)) == asked
    at = next(n for n, row in enumerate(rows) if row[0] == "GX201")
    answered = _judged(_edited(copy, at, 3, "代市政府管理的文本"))
    (told,) = [one for one in answered if one.code == "GX201"]
    assert told.severity is Severity.NOTE and "单位说明：代市政府管理的文本" in told.message


def test_marking_again_does_not_double_the_rows() -> None:
    data, found = _questioned()
    copy = mark_workbook(data, found)
    assert copy is not None
    again = mark_workbook(copy, _judged(copy))
    assert again is not None and _rows(again) == _rows(copy)
    assert mark_workbook(copy, []) is not None
    assert _rows(mark_workbook(copy, []) or b"") == []


def test_what_the_agency_wrote_is_left_alone() -> None:
    data, found = _questioned()
    own = _edited(_edited(data, 0, 1, "GX999"), 0, 3, "我们写的")
    copy = mark_workbook(own, found)
    assert copy is not None
    assert _rows(copy)[0] == ("GX999", None, "我们写的", None)
    assert len(_rows(copy)) == 1 + len(_asked(found))


@pytest.mark.parametrize("figures", ["6、0、0", "15、“收到申请30件”〔ef6d8c〕", "“一，二\n三”"])
def test_the_line_is_read_as_it_was_written(figures: str) -> None:
    line = invitation("GX201", "表二!D7", figures)
    assert invited(f"改。如情况属实，请填写：{line}") == ("GX201", "表二!D7", figures)
    assert invited(invitation("GX201", "表二!D7", "")) is None


def test_no_advice_says_change_it_and_explain_it_at_once() -> None:
    """What invites to explain is added to a question, once, and to nothing else."""
    told = {one.code for one in rules() if "“说明”" in one.hint}
    assert told == {"GX301"}  # last year's published figure was wrong: nothing to change here
    _, found = _questioned()
    for one in found:
        assert one.hint.count("“说明”") == (one.severity is Severity.WARNING)
