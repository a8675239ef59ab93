"""One thing changed in what was read back: exactly one finding, at that place, in those words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from gxgen.diagnostics import Finding
from gxgen.document.blocks import Block, TableBlock, TextBlock, TitleBlock, compose
from gxgen.document.cell import Cell
from gxgen.document.comparison import Furniture, Medium, Wanted, Written, compare, expected
from gxgen.places import DocumentCell, DocumentParagraph, FilePart
from tests.reports import make_report, passages

FILE = "甲.docx"
MEDIUM = Medium(FILE, "文档", "文字", "表格")
BLOCKS = tuple(compose(make_report()).blocks)
TABLES = tuple(block for block in BLOCKS if isinstance(block, TableBlock))


def read_back(blocks: Iterable[Block]) -> list[Written]:
    """A document without fault, as a reader of any format gives it."""
    out: list[Written] = []
    paragraphs = tables = 0
    for wanted in expected(blocks):
        if isinstance(wanted, TableBlock):
            tables += 1
            out.append(Written(tables, table=cells_of(wanted)))
        else:
            paragraphs += 1
            out.append(Written(paragraphs, *wanted))
    return out


def cells_of(block: TableBlock) -> tuple[int, int, Sequence[Cell]]:
    grid, cells = block.grid, []
    for row in range(grid.rows):
        for number, one in enumerate((c for c in grid.cells if c.row == row), 1):
            text = one.text if one.key is None else block.values[one.key]
            cells.append(Cell(row, one.column, one.row_span, one.column_span, text, number))
    return grid.rows, grid.columns, cells


WRITTEN = tuple(read_back(BLOCKS))
TEXTS = Counter(one.text for one in WRITTEN)
PARAGRAPHS = [at for at, one in enumerate(WRITTEN) if TEXTS[one.text] == 1]
"""Those whose text stands once: of two alike nobody can say which one is missing."""


def found(written: Sequence[Written], furniture: Furniture = ()) -> list[Finding]:
    return list(compare(expected(BLOCKS), written, MEDIUM, furniture))


def with_cells(number: int, cells: Sequence[Cell]) -> list[Written]:
    """The document with other cells in a table (from 1)."""
    out = []
    for one in WRITTEN:
        if one.table is not None and one.number == number:
            rows, columns, _ = one.table
            one = replace(one, table=(rows, columns, cells))
        out.append(one)
    return out


def every_cell() -> list[tuple[int, int]]:
    """(table from 1, place in the sequence of its cells), some of each table."""
    return [
        (number, at)
        for number, block in enumerate(TABLES, 1)
        for at in range(0, len(block.grid.cells), 5)
    ]


def test_nothing_is_found_where_nothing_differs() -> None:
    assert found(WRITTEN) == []


@pytest.mark.parametrize("at", PARAGRAPHS)
def test_a_paragraph_that_is_missing_is_told_where_it_should_be(at: int) -> None:
    (one,) = found([*WRITTEN[:at], *WRITTEN[at + 1 :]])
    near = WRITTEN[at + 1] if at + 1 < len(WRITTEN) else None
    assert one.code == "文字"
    assert one.quote == WRITTEN[at].text
    assert one.message.startswith("写好的文档缺少“")
    assert one.place == (DocumentParagraph(FILE, near.number) if near else FilePart(FILE))
    assert ("这里是" in one.message) == (near is not None and near.text != "")


@pytest.mark.parametrize("at", range(len(WRITTEN) + 1))
def test_a_paragraph_too_many_is_told_unless_it_is_known(at: int) -> None:
    written = [*WRITTEN[:at], Written(77, "多余的一段"), *WRITTEN[at:]]
    (one,) = found(written)
    assert (one.code, one.place, one.quote) == ("文字", DocumentParagraph(FILE, 77), "多余的一段")
    assert one.message == "写好的文档多出“多余的一段”，报告中没有这段文字。"
    assert found(written, (re.compile("别的"), re.compile("多余.*"))) == []
    assert found(written, (re.compile("多余"),)) == [one]


@pytest.mark.parametrize("at", PARAGRAPHS)
def test_a_heading_of_another_level_is_told_with_both(at: int) -> None:
    right = WRITTEN[at].level
    for wrong in {None, 1, 2, 3, 4} - {right}:
        written = [*WRITTEN[:at], replace(WRITTEN[at], level=wrong), *WRITTEN[at + 1 :]]
        (one,) = found(written)
        names = ["正文" if level is None else f"{level}级标题" for level in (right, wrong)]
        assert one.message.endswith(f"应为{names[0]}，写成了{names[1]}。")
        assert (one.code, one.place) == ("文字", DocumentParagraph(FILE, WRITTEN[at].number))


@pytest.mark.parametrize("number", range(1, len(TABLES) + 1))
def test_a_table_too_many_or_missing_or_of_another_size_is_told(number: int) -> None:
    at = next(at for at, one in enumerate(WRITTEN) if one.table and one.number == number)
    table = WRITTEN[at].table
    assert table is not None
    rows, columns, cells = table
    (more,) = found([*WRITTEN, Written(9, table=table)])
    assert (more.code, more.message) == ("表格", "写好的文档多出一个表格。")
    assert more.place == DocumentCell(FILE, 9, 1, 1)
    for size in ((rows + 1, columns), (rows, columns - 1)):
        other = replace(WRITTEN[at], table=(*size, cells))
        (one,) = found([*WRITTEN[:at], other, *WRITTEN[at + 1 :]])
        assert (one.code, one.place) == ("表格", DocumentCell(FILE, number, 1, 1))
        said = f"表格应为{rows}行{columns}列，写成了{size[0]}行{size[1]}列。"
        assert one.message == said
    without = [one for one in WRITTEN if one.table is None]
    lacking = [one for one in found(without) if "缺少一个表格" in one.message]
    assert len(lacking) == len(TABLES)
    assert {one.code for one in lacking} == {"表格"}


@pytest.mark.parametrize(("number", "at"), every_cell())
def test_a_cell_that_is_otherwise_is_told_with_its_place_and_key(number: int, at: int) -> None:
    block = TABLES[number - 1]
    _, _, cells = cells_of(block)
    cell, want = cells[at], block.grid.cells[at]
    place = DocumentCell(FILE, number, cell.row + 1, cell.number)

    def edited(*instead: Cell) -> list[tuple[str, object, object, str]]:
        told = found(with_cells(number, [*cells[:at], *instead, *cells[at + 1 :]]))
        return [(one.code, one.place, one.key, one.message) for one in told]

    said = f"这一格应为“{cell.text}”，写成了“{cell.text}1”。"
    ((code, where, key, message),) = edited(cell._replace(text=f"{cell.text}1"))
    assert (code, where, key) == ("表格", place, want.key)
    if len(cell.text) < 24:
        assert message == said
    for spans in (
        {"row_span": cell.row_span + 1},
        {"column_span": cell.column_span + 1},
    ):
        told = f"“{cell.text}”一格的合并范围与规定格式不同。"
        assert edited(cell._replace(**spans)) == [("表格", place, want.key, told)]
    gap = DocumentCell(FILE, number, want.row + 1, want.column + 1)
    assert edited() == [("表格", gap, want.key, f"表格缺少“{cell.text}”一格。")]
    more = Cell(50, 60, 1, 1, "多", 7)
    assert edited(cell, more) == [
        ("表格", DocumentCell(FILE, number, 51, 7), None, "表格多出一格“多”。")
    ]
    broken = edited(cell._replace(text=f"{cell.text}\n"))
    assert (broken == []) == (want.key is None), "only a label may be broken into lines"


def test_a_report_s_title_may_be_broken_elsewhere_and_no_other_text() -> None:
    wanted: list[Wanted] = [("甲乙丙", 1), ("甲乙丙", 2), ("甲乙丙", None)]
    broken = [Written(n, "甲乙\n丙", level) for n, (_, level) in enumerate(wanted, 1)]  # type: ignore[misc]
    codes = [
        [f.message for f in compare([w], [b], MEDIUM)] for w, b in zip(wanted, broken, strict=True)
    ]
    assert [bool(messages) for messages in codes] == [False, True, True]


def test_what_is_blank_is_not_looked_for_and_what_is_joined_is_one() -> None:
    blocks: list[Block] = [TitleBlock(("甲", "乙")), TextBlock(lead="（一）", text="丙")]
    assert list(expected(blocks)) == [("甲\n乙", None), ("（一）丙", None)]
    wanted: list[Wanted] = [("甲", None), (" \n", None), ("", 2), ("乙", None)]
    assert list(compare(wanted, [Written(1, "甲"), Written(2, "乙")], MEDIUM)) == []


def test_headings_deeper_than_a_page_knows_count_as_its_deepest() -> None:
    deep = passages(("1", "甲"), ("1.1", "乙"), ("1.1.1", "丙"), ("1.1.1.1", "丁"))
    levels = [
        level
        for level in (
            one[1]
            for one in expected(compose(make_report(narrative=deep)).blocks)
            if isinstance(one, tuple)
        )
        if level
    ]
    assert max(levels) == 4
    assert {1, 2, 3, 4} == set(levels)


def test_two_that_changed_places_are_told_as_lost_and_added() -> None:
    wanted: list[Wanted] = [("甲", None), ("乙", None)]
    told = list(compare(wanted, [Written(1, "乙"), Written(2, "甲")], MEDIUM))
    assert [(one.quote, one.place) for one in told] == [
        ("乙", DocumentParagraph(FILE, 1)),
        ("乙", FilePart(FILE)),
    ]
