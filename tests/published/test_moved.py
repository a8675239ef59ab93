"""Figures of table three that stand in another column or row than their own are not read."""

from __future__ import annotations

from random import Random

import pytest

from gxgen.editions.declared import PUBLISHED_EDITIONS
from gxgen.published.reader import read_published
from tests.published.corpus import Cell, Rows, Truth, docx_of, page_of, tables_of, truth
from tests.published.measured import counted

SEEDS = range(4)


def _page(what: Truth, rows: Rows) -> bytes:
    def table(own: Rows) -> str:
        cells = (
            "".join(
                f"<td colspan={c.width} rowspan={c.height}>{c.text}</td>"
                for c in row
                if not c.covered
            )
            for row in own
        )
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"

    return page_of(what, tables_of(what) | {"requests": rows}, table).encode()


def _figures(rows: Rows) -> list[list[int]]:
    return [[at for at, cell in enumerate(row) if cell.figure] for row in rows]


def _put(row: list[Cell], places: list[int], texts: list[str]) -> None:
    for at, text in zip(places, texts, strict=True):
        row[at] = Cell(text, figure=True)


def _turned(rows: Rows, by: int) -> None:
    """Every row's seven figures, the total among them, so many columns to the right."""
    for row, places in zip(rows, _figures(rows), strict=True):
        texts = [row[at].text for at in places]
        _put(row, places, [*texts[-by:], *texts[:-by]] if texts else [])


def _pushed(rows: Rows, by: int, first: str) -> None:
    """Every row's figures so many rows lower; ``first`` stands in those that are left."""
    own = [(row, places) for row, places in zip(rows, _figures(rows), strict=True) if places]
    texts = [[row[at].text for at in places] for row, places in own]
    for number, (row, places) in enumerate(own):
        before = texts[number - by] if 0 <= number - by < len(texts) else [first] * len(places)
        _put(row, places, before)


def _said(what: Truth, rows: Rows) -> set[str]:
    """The columns whose figures are not the same wherever they are put."""
    read = read_published(_page(what, rows), "报告.html")
    return {wrong.partition(":")[0].rpartition(".")[2] for wrong in counted(read, what).wrong}


@pytest.mark.parametrize("edition", sorted(PUBLISHED_EDITIONS))
@pytest.mark.parametrize("by", range(1, 7))
def test_columns_that_were_turned_with_their_total(edition: str, by: int) -> None:
    for seed in SEEDS:
        what = truth(seed, edition)
        rows = tables_of(what)["requests"]
        _turned(rows, by)
        assert not _said(what, rows), seed


@pytest.mark.parametrize("first", ["", "0"])
@pytest.mark.parametrize("edition", sorted(PUBLISHED_EDITIONS))
@pytest.mark.parametrize("by", [-2, -1, 1])
def test_rows_that_were_moved(edition: str, by: int, first: str) -> None:
    """Two rows lower the sums' own row is gone with the last one, and nothing tells."""
    for seed in SEEDS:
        what = truth(seed, edition)
        rows = tables_of(what)["requests"]
        _pushed(rows, by, first)
        assert not _said(what, rows), seed


def test_one_broken_sum_is_the_reports_own() -> None:
    for seed in SEEDS:
        what = truth(seed)
        rows = tables_of(what)["requests"]
        spots = [(row, at) for row, at in zip(rows, _figures(rows), strict=True) if at]
        row, places = Random(seed).choice(spots)
        row[places[2]] = Cell(str(int(row[places[2]].text) + 1), figure=True)
        read = read_published(_page(what, rows), "报告.html")
        assert counted(read, what).right == len(what.values) - 1


def test_the_same_in_word() -> None:
    what = truth(3)
    tables = tables_of(what)
    _pushed(tables["requests"], 1, "0")
    read = read_published(docx_of(what, tables), "报告.docx")
    assert counted(read, what).wrong == ()
    assert any("错开1行" in finding.message for finding in read.findings)
