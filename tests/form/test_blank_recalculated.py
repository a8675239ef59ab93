"""The form recalculated and printed by a spreadsheet program."""

from __future__ import annotations

import io
import random
import subprocess
from dataclasses import replace

import openpyxl
import pytest

from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.form import layout as form
from gxgen.form.write.formula import BALANCED, DIFFERENCE, FAULTY
from gxgen.form.write.workbook import blank_workbook
from gxgen.model.report import Entry, EntryState, Report
from tests.factory import make_report
from tests.support import need_tool, schema_errors, soffice

pytestmark = pytest.mark.tool

RED = (255, 199, 206)
"""The fill of what is broken, as the form declares it."""


def messy(edition: Edition, seed: int) -> Report:
    """A report with blanks, text, negatives and wrong totals here and there."""
    dice = random.Random(seed)
    good = make_report(edition)
    entries = dict(good.entries)
    for key in dice.sample(sorted(entries), 12):
        entries[key] = dice.choice(
            [
                Entry(None, None, None, EntryState.BLANK),
                Entry(None, "约20", None, EntryState.UNREADABLE),
                Entry(-3, "-3"),
                Entry(1000 + seed, "x"),
            ]
        )
    return replace(good, entries=entries, narrative=good.narrative[: dice.randrange(8)])


def cases() -> dict[str, bytes]:
    """Forms in every state that a clerk may hand in."""
    out = {}
    for edition in EDITIONS.values():
        year = edition.first_year + 1
        last = make_report(edition, year=year - 1)
        out[f"{edition.id}-blank"] = blank_workbook(edition, year)
        out[f"{edition.id}-prefilled"] = blank_workbook(edition, year, previous=last)
        out[f"{edition.id}-full"] = blank_workbook(edition, year, fill=make_report(edition))
        for seed in range(2):
            name = f"{edition.id}-messy{seed}"
            out[name] = blank_workbook(edition, year, previous=last, fill=messy(edition, seed))
    return out


def formulas(book: openpyxl.Workbook) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_cached_values_are_what_a_spreadsheet_computes(tmp_path):
    made, again = tmp_path / "made", tmp_path / "again"
    made.mkdir()
    for name, data in cases().items():
        # Without cached values the program has to compute every formula.
        book = openpyxl.load_workbook(io.BytesIO(data))
        book.save(made / f"{name}.xlsx")
        recalculated = openpyxl.load_workbook(
            soffice(made / f"{name}.xlsx", "xlsx", again, tmp_path / "profile"), data_only=True
        )
        cached = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        for sheet, cell in formulas(book):
            ours, theirs = cached[sheet][cell].value, recalculated[sheet][cell].value
            assert ours == theirs, f"{name} {sheet}!{cell} {book[sheet][cell].value}"


def test_a_slip_in_a_filled_form_turns_the_check_and_the_page_red(tmp_path):
    edition = EDITIONS["2021"]
    data = blank_workbook(edition, 2022, fill=make_report(edition))
    book = openpyxl.load_workbook(io.BytesIO(data))
    key = "requests.granted.individual"
    sheet, row, column = form.figure_position(edition, key)
    before = book[sheet].cell(row + 1, column + 1).value
    book[sheet].cell(row + 1, column + 1).value = before + 4
    path = tmp_path / "slip.xlsx"
    book.save(path)
    profile = tmp_path / "profile"
    after = openpyxl.load_workbook(soffice(path, "xlsx", tmp_path / "x", profile), data_only=True)
    texts = [cell.value for line in after[sheet].iter_rows() for cell in line]
    assert texts.count(f"{DIFFERENCE} 4") == 2, "the slip's column and the total column"
    assert any(str(text).startswith(f"{FAULTY} 本表有 2 处不平") for text in texts)
    total = form.figure_position(edition, "requests.processed.individual")
    now = after[sheet].cell(total[1] + 1, total[2] + 1).value
    good = make_report(edition).values["requests.processed.individual"]
    assert now == good + 4
    assert reddish(path, profile) > reddish(_written(tmp_path / "good.xlsx", data), profile) + 500


def test_a_full_form_says_that_it_can_be_filed():
    edition = EDITIONS["2021"]
    data = blank_workbook(edition, 2022, fill=make_report(edition))
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    texts = [c.value for row in book[form.GUIDE_SHEET].iter_rows() for c in row]
    assert f"{BALANCED} 可以报送" in texts


@pytest.mark.parametrize("name", ["2021-blank", "2021-messy0", "2019-prefilled"])
def test_the_schema_holds(name, tmp_path):
    assert schema_errors(_written(tmp_path / f"{name}.xlsx", cases()[name])) == []


def _written(path, data):
    path.write_bytes(data)
    return path


def reddish(path, profile) -> int:
    """Pixels in the colour of what is broken, over all printed pages of tables and texts."""
    pdf = soffice(path, "pdf", path.parent / path.stem, profile)
    pages = subprocess.run(
        [need_tool("pdftoppm"), "-r", "40", "-f", "2", str(pdf)], capture_output=True, check=True
    ).stdout
    return sum(pages[i : i + 3] == bytes(RED) for i in range(0, len(pages), 3))
