"""The workbook of a roll-up: totals are formulas, names never are, gaps are no zero."""

from __future__ import annotations

import io
import itertools
import os
import random
import re
import subprocess
import sys
import time
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from gxgen.a1 import cell_name
from gxgen.county.detail.headings import head_cells, on_pages, page_starts
from gxgen.county.detail.sheet import (
    DETAIL_SHEET,
    FIRST_COLUMN,
    FIRST_ROW,
    HEADS_TOP,
    KEY_ROW,
    NAME_COLUMN,
    NOT_FILED,
    TOTAL_ROW,
    VIEW_SHEET,
    plain_name,
    rollup_workbook,
    total_place,
)
from gxgen.county.detail.view import UNITS, column_edges
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition, Kind
from tests.support import schema_errors, soffice

EDITION = EDITIONS["2021"]
EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
HOSTILE = [
    "=1+1",
    "+1",
    "@SUM(A1)",
    '=HYPERLINK("http://x.invalid","x")',
    "<b>&\"'",
    "甲\x01\n局\ud800",
    "  局 ",
    "https://x.invalid",
    "007",
    "长" * 40_000,
]

Row = tuple[str, dict[str, int | Decimal]]


def units(edition: Edition, names: list[str], seed: int = 1) -> list[Row]:
    dice = random.Random(seed)
    return [
        (
            name,
            {
                key: Decimal(dice.randint(0, 10**7)).scaleb(-dice.randint(0, 4))
                if field.kind is Kind.MONEY
                else dice.randint(-9 if field.kind is Kind.SIGNED else 0, 999)
                for key, field in edition.fields.items()
            },
        )
        for name in names
    ]


def opened(data: bytes, *, cached: bool) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=cached)


def value(sheet: Worksheet, row: int, column: int) -> object:
    return sheet.cell(row + 1, column + 1).value


@EACH_EDITION
def test_rows_are_units_and_columns_are_keys(edition: Edition) -> None:
    rows = units(edition, ["甲局", "乙镇人民政府", "丙街道办事处"])
    sheet = opened(rollup_workbook(edition, "某县", 2023, rows), cached=True)[DETAIL_SHEET]
    for index, (name, figures) in enumerate(rows):
        assert value(sheet, FIRST_ROW + index, NAME_COLUMN) == name
        for column, key in enumerate(edition.fields, FIRST_COLUMN):
            assert value(sheet, KEY_ROW, column) == key
            assert float(value(sheet, FIRST_ROW + index, column)) == float(figures[key])


@EACH_EDITION
def test_totals_are_formulas_over_all_units_with_their_value_beside(edition: Edition) -> None:
    rows = units(edition, [f"单位{i}" for i in range(7)])
    data = rollup_workbook(edition, "某县", 2023, rows)
    live, cached = opened(data, cached=False), opened(data, cached=True)
    for key in edition.fields:
        place = total_place(edition, key)
        letters = place.cell.rstrip("0123456789")
        first, last = FIRST_ROW + 1, FIRST_ROW + len(rows)
        assert live[place.sheet][place.cell].value == f"=SUM({letters}{first}:{letters}{last})"
        total = float(sum(figures[key] for _, figures in rows))
        assert cached[place.sheet][place.cell].value == total


@EACH_EDITION
def test_official_tables_point_at_the_totals(edition: Edition) -> None:
    rows = units(edition, ["甲局", "乙局"])
    data = rollup_workbook(edition, "某县", 2023, rows)
    live, cached = opened(data, cached=False)[VIEW_SHEET], opened(data, cached=True)[VIEW_SHEET]
    seen: dict[str, float] = {}
    for line in live.iter_rows():
        for cell in line:
            if cell.data_type == "f":
                assert cell.value.startswith(f"='{DETAIL_SHEET}'!")
                seen[cell.value.partition("!")[2]] = cached[cell.coordinate].value
    assert seen == {
        total_place(edition, key).cell: float(sum(figures[key] for _, figures in rows))
        for key in edition.fields
    }
    texts = {cell.value for line in live.iter_rows() for cell in line if cell.data_type == "s"}
    assert {c.text for g in edition.grids.values() for c in g.labels} <= texts


def test_the_same_units_give_the_same_bytes_in_any_time_zone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = units(EDITION, ["甲局", "乙局"])
    first = rollup_workbook(EDITION, "某县", 2023, rows, missing=["丙局"])
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert rollup_workbook(EDITION, "某县", 2023, rows, missing=["丙局"]) == first
    finally:
        monkeypatch.undo()
        time.tzset()


def test_missing_and_faulty_are_listed_in_red_with_reason_and_without_figures() -> None:
    data = rollup_workbook(
        EDITION, "某县", 2023, units(EDITION, ["甲局"]),
        missing=["乙局"], faulty=[("丙局", "有3处错误，待更正")],
    )  # fmt: skip
    sheet = opened(data, cached=True)[DETAIL_SHEET]
    found = {}
    for row in range(FIRST_ROW + 1, sheet.max_row):
        cells = [c for c in sheet[row + 1] if c.value is not None]
        assert all(c.font.color.rgb.endswith("9C0006") for c in cells)
        assert all(isinstance(c.value, str) for c in cells)
        if len(cells) == 2:
            found[cells[0].value] = cells[1].value
    assert found == {"乙局": NOT_FILED, "丙局": "有3处错误，待更正"}
    assert "2个单位没有计入" in " ".join(str(c.value) for c in sheet[2])


def test_hostile_names_are_text_everywhere() -> None:
    rows = units(EDITION, HOSTILE)
    faulty = [(name, "=1+1") for name in HOSTILE]
    data = rollup_workbook(EDITION, "=1+1", 2023, rows, missing=HOSTILE, faulty=faulty)
    book = opened(data, cached=False)
    for sheet in book:
        for line in sheet.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    assert cell.value.startswith(("=SUM(", f"='{DETAIL_SHEET}'!"))
    names = [value(book[DETAIL_SHEET], FIRST_ROW + i, NAME_COLUMN) for i in range(len(HOSTILE))]
    assert names == [plain_name(name) for name in HOSTILE]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"<hyperlink" in archive.read(name) for name in archive.namelist())


def test_without_units_there_is_no_total_rather_than_zero() -> None:
    data = rollup_workbook(EDITION, "某县", 2023, [], missing=["甲局"])
    book = opened(data, cached=True)
    assert all(
        value(book[DETAIL_SHEET], TOTAL_ROW, column) is None
        for column in range(FIRST_COLUMN, FIRST_COLUMN + len(EDITION.fields))
    )
    assert not [
        c for line in book[VIEW_SHEET].iter_rows() for c in line if c.data_type == "n" and c.value
    ]


def test_a_unit_that_lacks_a_figure_is_refused() -> None:
    ((name, figures),) = units(EDITION, ["甲局"])
    figures.popitem()
    with pytest.raises(KeyError):
        rollup_workbook(EDITION, "某县", 2023, [(name, figures)])


def test_the_sheet_can_be_worked_with_and_printed() -> None:
    rows = units(EDITION, ["甲局", "乙局"])
    sheet = opened(rollup_workbook(EDITION, "某县", 2023, rows), cached=False)[DETAIL_SHEET]
    assert sheet.freeze_panes == cell_name(FIRST_ROW, FIRST_COLUMN)
    last = cell_name(FIRST_ROW + 1, FIRST_COLUMN + len(EDITION.fields) - 1)
    assert sheet.auto_filter.ref == f"{cell_name(KEY_ROW, 0)}:{last}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == f"$1:${KEY_ROW + 1}"
    assert sheet.print_title_cols == "$A:$B"
    assert sheet.dimensions == f"A1:{last}"


@EACH_EDITION
def test_headings_cover_every_figure_on_every_level_once(edition: Edition) -> None:
    heads = list(head_cells(edition))
    covered = [
        (level, at)
        for head in heads
        for level in range(head.level, head.level + head.levels)
        for at in range(head.first, head.first + head.length)
    ]
    assert sorted(covered) == [
        (level, at) for level in range(4) for at in range(len(edition.fields))
    ]
    for at, field in enumerate(edition.fields.values()):
        labels = {h.text for h in heads if h.first <= at < h.first + h.length}
        assert field.row_label in labels | {""}
        assert field.column_label.rpartition("·")[2] in labels


@EACH_EDITION
def test_headings_on_pages_stand_over_the_same_figures(edition: Edition) -> None:
    heads = list(head_cells(edition))
    starts = page_starts(heads, [8.0] * len(edition.fields), 112.0)
    assert starts[0] == 0
    assert {h.first for h in heads if h.level == 0} <= set(starts)
    pieces = list(on_pages(heads, starts))
    assert sum(p.length * p.levels for p in pieces) == sum(h.length * h.levels for h in heads)
    for piece in pieces:
        assert not [cut for cut in starts if piece.first < cut < piece.first + piece.length]


@EACH_EDITION
def test_tables_of_the_view_are_equally_wide(edition: Edition) -> None:
    for grid in edition.grids.values():
        edges = column_edges(grid)
        assert (edges[0], edges[-1], len(edges)) == (0, UNITS, grid.columns + 1)
        assert all(a < b for a, b in itertools.pairwise(edges))


def test_names_are_cut_and_cleaned_but_otherwise_kept() -> None:
    assert plain_name("垟塆县𡌴里镇人民政府") == "垟塆县𡌴里镇人民政府"
    assert plain_name("甲\n乙\x00") == "甲 乙\ufffd"
    assert len(plain_name("长" * 999)) == 200


def test_fifteen_thousand_units_are_written_in_little_memory() -> None:
    code = (
        "import resource, sys, time\n"
        "from gxgen.editions.declared import EDITIONS\n"
        "from gxgen.county.detail.sheet import rollup_workbook\n"
        "edition = EDITIONS['2021']\n"
        "values = dict.fromkeys(edition.fields, 7)\n"
        "def peak(n):\n"
        "    rollup_workbook(edition, '某省', 2023, [(f'单位{i}', values) for i in range(n)])\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "small, start = peak(100), time.perf_counter()\n"
        "large = peak(15_000)\n"
        "print(small, large, time.perf_counter() - start)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    small, large, seconds = map(float, done.stdout.split())
    assert large < small * 2
    assert seconds < 60


@pytest.mark.tool
@EACH_EDITION
def test_cached_values_are_what_a_spreadsheet_computes(edition: Edition, tmp_path) -> None:
    rows = units(edition, [f"单位{i}" for i in range(30)], seed=5)
    data = rollup_workbook(edition, "某县", 2023, rows, missing=["乙局"])
    made = tmp_path / "made.xlsx"
    opened(data, cached=False).save(made)  # Without cached values everything is computed.
    again = soffice(made, "xlsx", tmp_path / "again", tmp_path / "profile")
    ours, theirs = opened(data, cached=True), openpyxl.load_workbook(again, data_only=True)
    formulas = 0
    for sheet in opened(data, cached=False):
        for line in sheet.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    formulas += 1
                    mine = ours[sheet.title][cell.coordinate].value
                    other = theirs[sheet.title][cell.coordinate].value
                    assert mine == pytest.approx(other, rel=1e-12), cell.coordinate
    assert formulas == 2 * len(edition.fields)


@pytest.mark.tool
@EACH_EDITION
def test_the_schema_holds(edition: Edition, tmp_path) -> None:
    path = tmp_path / "a.xlsx"
    rows = units(edition, ["甲局", *HOSTILE])
    path.write_bytes(rollup_workbook(edition, "某县", 2023, rows, missing=["乙局"]))
    assert schema_errors(path) == []


def test_heads_stand_where_the_totals_begin() -> None:
    assert HEADS_TOP + 4 == TOTAL_ROW < KEY_ROW < FIRST_ROW
    assert re.fullmatch(r"汇总明细!C7", str(total_place(EDITION, next(iter(EDITION.fields)))))
