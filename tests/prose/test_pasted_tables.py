"""The form's tables pasted into a text file, in every shape: kept out, told once, text kept."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from gxgen.editions.declared import EDITIONS
from gxgen.model.numbering import section_heading
from gxgen.prose.neighbour import NeighbourReading, read_neighbour

EDITION = EDITIONS["2021"]
KEYS = ("disclosure", "requests", "remedies")
Rows = list[list[str]]


def rows(key: str) -> Rows:
    grid = EDITION.grids[key]
    return [
        ["7" if cell.key else cell.text for cell in grid.cells if cell.row == row]
        for row in range(grid.rows)
    ]


def padded(key: str) -> Rows:
    """Each cell at its column, empty ones where others span."""
    grid = EDITION.grids[key]
    width = max(cell.column + cell.column_span for cell in grid.cells)
    found = [[""] * width for _ in range(grid.rows)]
    for cell in grid.cells:
        found[cell.row][cell.column] = "7" if cell.key else cell.text
    return found


def wrapped(key: str) -> list[str]:
    """Columns by blanks, labels wrapped, figures in the middle of a row, as PDF gives them."""
    lines = []
    for row in rows(key):
        labels = [textwrap.wrap(cell, 8) for cell in row if not cell.isdigit() and cell]
        figures = "  ".join(cell for cell in row if cell.isdigit())
        height = max(map(len, labels), default=1)
        for at in range(height):
            pieces = [(label[at] if at < len(label) else "").ljust(8, "　") for label in labels]
            lines.append(
                "   " + "    ".join(pieces) + (f"   {figures}" if at == height // 2 else "")
            )
    return lines


def cells(key: str, between: str | None = None) -> list[str]:
    found = [cell for row in rows(key) for cell in row]
    return found if between is None else [line for cell in found for line in (cell, between)]


def letters(key: str) -> list[str]:
    """三、本年度办理结果 with one character a line."""
    return [x for cell in cells(key) for x in (cell if cell.startswith("三、") else [cell])]


SHAPES: dict[str, Callable[[str], list[str]]] = {
    "tabs, leading ones empty": lambda key: ["\t".join(row) for row in padded(key)],
    "tabs": lambda key: ["\t".join(row) for row in rows(key)],
    "bars at both ends": lambda key: ["| " + " | ".join(row) + " |" for row in rows(key)],
    "bars, runs of empty ones": lambda key: ["|" + "|".join(row) + "|" for row in padded(key)],
    "bars behind": lambda key: [" | ".join(row) + " |" for row in rows(key)],
    "bars between": lambda key: [" | ".join(row) for row in rows(key)],
    "wide bars": lambda key: ["｜".join(row) for row in rows(key)],
    "one cell a line": cells,
    "blank lines between": lambda key: cells(key, ""),
    "bars between lines": lambda key: cells(key, "|"),
    "a bar behind each": lambda key: [f"{cell} |" for cell in cells(key)],
    "glued": lambda key: ["".join(row) for row in rows(key)],
    "commas": lambda key: [",".join(row) for row in rows(key)],
    "wide commas": lambda key: ["，".join(row) for row in rows(key)],
    "blanks": lambda key: ["   ".join(row) for row in rows(key)],
    "single blanks": lambda key: [" ".join(row) for row in rows(key)],
    "wrapped columns": wrapped,
    "one character a line": letters,
}


def read(tables: Callable[[str], list[str]], file: str = "稿.txt") -> NeighbourReading:
    lines = ["一、总体情况", "公开1条。"]
    for at, key in enumerate(KEYS):
        heading = section_heading(EDITION.section(str(at + 2)))
        lines += [heading, f"表前的话{at}。", *tables(key), "", f"表后的话{at}。"]
    lines += ["五、存在的主要问题及改进情况", "不够。", "六、其他需要报告的事项", "无。"]
    return read_neighbour("\n".join(lines).encode(), file, EDITION)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("file", ["稿.txt", "稿.md"])
def test_a_pasted_table_is_kept_out_and_told_once(shape: str, file: str) -> None:
    found = read(SHAPES[shape], file)
    assert [p.text for p in found.narrative] == [
        "公开1条。",
        *(f"表前的话{at}。\n表后的话{at}。" for at in range(3)),
        "不够。",
        "无。",
    ]
    assert {f.code for f in found.findings} == {"GX059"}
    assert len(found.findings) <= 3


def test_labels_in_other_words_and_extra_rows_are_told_in_the_same_finding() -> None:
    def odd(key: str) -> list[str]:
        table = rows(key)
        if key == "disclosure":
            table[2][0] = "规章（县级无此项）"
            table[3][1] = "22（其中修订16件）"
            table.insert(4, ["其他主动公开文件", "3", "0", "9"])
        return ["\t".join(row) for row in table]

    found = read(odd)
    assert found.narrative[1].text == "表前的话0。\n表后的话0。"
    codes = [f.code for f in found.findings]
    assert codes == ["GX055", "GX059", "GX059"]
    assert "其他主动公开文件" in found.findings[0].message


def test_text_between_rows_is_kept_and_told_once() -> None:
    def mixed(key: str) -> list[str]:
        lines = ["\t".join(row) for row in rows(key)]
        return [line for at, row in enumerate(lines) for line in (row, f"说明第{at}句。")][:-1]

    found = read(mixed)
    for at in range(len(rows("requests")) - 1):
        assert f"说明第{at}句。" in found.narrative[2].text
    assert [f.code for f in found.findings].count("GX055") <= 6
    assert "等" in next(f.message for f in found.findings if f.code == "GX055")
