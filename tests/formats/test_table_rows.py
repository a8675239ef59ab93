"""Rows of table two: as low as the page before asks for, as high as the page after."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from itertools import pairwise

import pytest

from benchmarks.audit import demo_report
from benchmarks.pages import measured
from benchmarks.printers import office
from gxgen.document.blocks import TableBlock, compose
from gxgen.document.page import LINE, MOST_EMPTY, TWIPS
from gxgen.document.table_looks import LAYOUTS
from gxgen.document.table_rows import PAGE, filling, fitting_height
from gxgen.editions.schema import Edition
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.rows import lowered, row_heights
from gxgen.formats.docx.template import load_template
from gxgen.opc.package import DOCUMENT
from gxgen.templates.styles import style_templates
from tests import factory
from tests.reports import passages
from tests.support import need_tool

POINTS = LINE / TWIPS
EMPTY = "空了三分之一以上的中间页"


def _heights(edition: Edition) -> list[int | None]:
    """For texts a line longer each, over two pages."""
    report = factory.make_report(edition)
    found = []
    for count in range(1, 45):
        words = passages(("1", "总体情况", *["一行。"] * count))
        document = compose(replace(report, narrative=words))
        table = next(b for b in document.blocks if isinstance(b, TableBlock))
        found.append(fitting_height(document, table))
    return found


def test_rows_are_as_high_as_the_room_allows(edition: Edition) -> None:
    heights = _heights(edition)
    grid = edition.grids["disclosure"]
    least, _ = LAYOUTS[grid.table].fitting or (0, 0)
    known = [one for one in heights if one is not None]
    assert known and heights.count(None) > len(known)
    assert all(least <= one < filling(grid) for one in known)
    for one, longer in pairwise(heights):
        if one is not None and longer is not None:
            assert longer <= one
            assert (one - longer) * grid.rows <= POINTS + grid.rows


def test_a_page_of_its_own_is_not_left_more_than_a_third_empty(edition: Edition) -> None:
    grid = edition.grids["disclosure"]
    assert filling(grid) * grid.rows + POINTS >= PAGE * (1 - MOST_EMPTY) - grid.rows


@pytest.mark.parametrize("at", [0, 1], ids=["2021", "2019"])
def test_only_heights_of_the_shipped_table_change(at: int) -> None:
    edition = demo_report(at).edition
    grid = edition.grids["disclosure"]
    path = next(path for e, path in style_templates("official") if e.id == edition.id)
    template = load_template(path.read_bytes(), edition)
    before = template.members[DOCUMENT]
    usual, lower = lowered(template.members, grid, 17) or (b"", b"")
    assert before.count(usual) == grid.rows
    assert len(lower) == len(usual) and lower != usual
    drawn = {**template.members, DOCUMENT: before.replace(usual, b'<w:trHeight w:val="999"', 1)}
    assert lowered(drawn, grid, 17) is None


def test_a_written_document_has_the_lower_rows_and_nothing_else_changed() -> None:
    report = next(r for r in map(demo_report, range(12)) if row_heights(compose(r)))
    template = load_template(
        next(p for e, p in style_templates("official") if e.id == report.edition.id).read_bytes(),
        report.edition,
    )
    grid, height = row_heights(compose(report)) or (None, 0)
    assert grid is not None
    usual, lower = lowered(template.members, grid, height) or (b"", b"")
    with zipfile.ZipFile(io.BytesIO(render_docx(report, template))) as package:
        written = package.read(DOCUMENT)
    others = template.members[DOCUMENT].count(lower)
    assert (written.count(usual), written.count(lower)) == (0, others + grid.rows)


@pytest.mark.tool
def test_libreoffice_leaves_no_page_half_empty() -> None:
    need_tool("soffice")
    given = [report for report in map(demo_report, range(12)) if row_heights(compose(report))][:3]
    assert len(given) == 3
    for report, pdf in office(given):
        assert measured(report, pdf)[EMPTY] == []
