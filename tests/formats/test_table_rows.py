"""Rows of table two: as low as the page before asks for, as high as the page after."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from benchmarks.audit import demo_report
from benchmarks.pages import measured
from benchmarks.printers import chromium, office
from gxgen.document.blocks import Document, TableBlock, compose
from gxgen.document.page import BEFORE_HEADING, LINE, MOST_EMPTY, TWIPS
from gxgen.document.table_looks import LAYOUTS
from gxgen.document.table_rows import PAGE, TIGHTEST, Rows, filling, fitted, last_bands
from gxgen.document.torn import BROWSER
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.rows import rows_setter
from gxgen.formats.docx.template import CompiledTemplate, load_template
from gxgen.formats.html.page import html_page
from gxgen.model.report import Report
from gxgen.opc.package import DOCUMENT
from gxgen.templates.styles import style_templates
from tests import factory
from tests.reports import passages
from tests.support import need_tool

POINTS = LINE / TWIPS
EMPTY = "空了三分之一以上的中间页"
NEXT = {"2021": 573.0, "2019": 497.0}
"""What the rows of table three take."""
OLD = EDITIONS["2019"]
HEIGHTS = re.compile(rb'<w:trHeight w:val="([0-9]+)"')


def _longer(edition: Edition) -> list[Report]:
    """Reports with texts a line longer each, over two pages."""
    report = factory.make_report(edition)
    texts = (passages(("1", "总体情况", *["一行。"] * count)) for count in range(1, 45))
    return [replace(report, narrative=text) for text in texts]


def _rows(edition: Edition, following: float | None = None) -> list[Rows | None]:
    documents = map(compose, _longer(edition))
    height = following or NEXT[edition.id]
    return [fitted(document, _table(document), height) for document in documents]


def test_rows_are_as_high_as_the_room_allows(edition: Edition) -> None:
    grid = edition.grids["disclosure"]
    least, _ = LAYOUTS[grid.table].fitting or (0, 0)
    found = _rows(edition)
    whole = [one.height if one and not one.moved else None for one in found]
    known = [one for one in whole if one is not None]
    assert known and whole.count(None) > len(known)
    assert all(0.9 * least <= one < filling(grid) for one in known)
    assert min(known) < least
    for one, longer in pairwise(whole):
        if one is not None and longer is not None:
            assert longer <= one
            assert (one - longer) * grid.rows <= POINTS + grid.rows


def test_a_table_that_low_rows_do_not_save_is_divided_between_bands(edition: Edition) -> None:
    grid = edition.grids["disclosure"]
    found = [one for one in _rows(edition) if one and one.moved]
    assert found
    for one in found:
        assert one.moved in last_bands(grid)
        assert TIGHTEST <= one.part <= 1
        assert one.moved * one.below + one.part * NEXT[edition.id] < PAGE - 2 * POINTS
    assert not any(one.moved for one in _rows(edition, PAGE) if one)


def test_a_page_of_its_own_is_not_left_more_than_a_third_empty(edition: Edition) -> None:
    grid = edition.grids["disclosure"]
    assert filling(grid) * grid.rows + POINTS >= PAGE * (1 - MOST_EMPTY) - grid.rows


def test_a_heading_stands_on_the_page_of_its_first_line() -> None:
    """Where it would be the last line of a page, it begins the next, as it does one line later."""

    def rows(lines: int) -> Rows | None:
        parts = ("1", "总体情况", *["一行。"] * lines), ("1.1", "公开", *["一行。"] * 11)
        document = compose(replace(factory.make_report(OLD), narrative=passages(*parts)))
        return fitted(document, _table(document), PAGE)

    assert rows(15) == rows(16) != rows(14) is not None


def _table(document: Document) -> TableBlock:
    return next(block for block in document.blocks if isinstance(block, TableBlock))


@cache
def _template(edition: str) -> CompiledTemplate:
    found = ((path, e) for e, path in style_templates("official") if e.id == edition)
    path, known = next(found)
    return load_template(path.read_bytes(), known)


def _reports(wanted: Callable[[Rows], bool]) -> Iterator[Report]:
    for report in map(demo_report, range(24)):
        document = compose(report)
        rows = fitted(document, _table(document), NEXT[report.edition.id])
        if rows and wanted(rows):
            yield report


KINDS: dict[str, Callable[[Rows], bool]] = {
    "lower": lambda rows: not rows.moved and rows.height >= 15,
    "lowest": lambda rows: not rows.moved and rows.height < 15,
    "divided": lambda rows: rows.moved > 0,
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_written_document_has_these_rows_and_nothing_else_changed(kind: str) -> None:
    report = next(_reports(KINDS[kind]))
    document, template = compose(report), _template(report.edition.id)
    rows, grid = fitted(document, _table(document), NEXT[report.edition.id]), _table(document).grid
    assert rows is not None
    with zipfile.ZipFile(io.BytesIO(render_docx(report, template))) as package:
        written = package.read(DOCUMENT)
    before, after = _heights(template.members[DOCUMENT]), _heights(written)
    at, stay = before.index(round(filling(grid) * TWIPS)), grid.rows - rows.moved
    end = at + grid.rows
    assert after[:at] == before[:at]
    assert after[at : at + stay] == [round(rows.height * TWIPS)] * stay
    assert after[at + stay : end] == [round(rows.below * TWIPS)] * rows.moved
    last = end + report.edition.grids["requests"].rows
    following = before[end:last]
    assert after[end:last] == [int(height * rows.part) for height in following]
    assert after[last:] == before[last:]
    assert sum(following) == NEXT[report.edition.id] * TWIPS
    kept = [b"<w:keepNext/>" in row for row in _rows_of(written)]
    assert kept == [n not in (stay - 1, grid.rows - 1) for n in range(grid.rows)]


def _heights(document: bytes) -> list[int]:
    return [int(found) for found in HEIGHTS.findall(document)]


def _rows_of(document: bytes) -> list[bytes]:
    """The rows of the first table."""
    return document.partition(b"<w:tbl>")[2].partition(b"</w:tbl>")[0].split(b"<w:tr>")[1:]


def test_a_table_that_a_designer_drew_is_left_as_it_is() -> None:
    lower, divided = (compose(next(_reports(KINDS[kind]))) for kind in ("lower", "divided"))
    for document, table, left in ((lower, 0, True), (lower, 1, False), (divided, 1, True)):
        members = _template(document.report.edition.id).members
        *before, first = members[DOCUMENT].split(b"<w:tbl>", table + 1)
        drawn = HEIGHTS.sub(b'<w:trHeight w:val="999"', first, 1)
        if table:
            drawn = HEIGHTS.sub(b'<w:trHeight w:val="9999"', drawn, 1)
        changed = {**members, DOCUMENT: b"<w:tbl>".join((*before, drawn))}
        assert (rows_setter(changed, document) is None) == left


def test_rows_that_a_template_leaves_out_are_no_error() -> None:
    document = compose(next(_reports(KINDS["lower"])))
    set_rows = rows_setter(_template(document.report.edition.id).members, document)
    assert set_rows is not None
    assert set_rows(b"<w:tbl></w:tbl>") == b"<w:tbl></w:tbl>"


def _on_paper(report: Report) -> tuple[Rows | None, str]:
    """The rows that a browser's print is to have, and what the page's style sheet says."""
    document = compose(report)
    following = NEXT[report.edition.id]
    rows = fitted(document, _table(document), following, BROWSER, BEFORE_HEADING)
    style = html_page(document, report).decode().partition("</style>")[0]
    return rows, style.rpartition("@media print{")[2]


def test_a_page_says_how_high_rows_are_on_paper() -> None:
    """A row is its line, a rule, and what it has above and below."""
    kinds = set()
    for report in map(demo_report, range(12)):
        rows, style = _on_paper(report)
        grid = report.edition.grids["disclosure"]
        heights = [13.25 + 2 * float(air) for air in re.findall("block:([0-9.]+)", style)]
        parted = re.search(r"type\(([0-9])\)\{break-before:page", style)
        if rows is None:
            assert (heights, parted) == (pytest.approx([filling(grid)], abs=0.02), None)
        elif not rows.moved:
            assert (heights, parted) == (pytest.approx([rows.height], abs=0.02), None)
        else:
            assert parted and last_bands(grid)[int(parted[1]) - 1] == rows.moved
            assert heights == pytest.approx([rows.height, rows.below], abs=0.02)
            assert ".scroll:has(.disclosure){break-inside:auto}" in style
            less = float((re.search(r"\.requests\{--less:([0-9.]+)pt", style) or "")[1])
            lower = NEXT[report.edition.id] * (1 - rows.part)
            assert 2 * less * report.edition.grids["requests"].rows == pytest.approx(lower, abs=0.3)
        kinds.add(rows if rows is None else bool(rows.moved))
    assert kinds == {None, False, True}


@pytest.mark.tool
def test_a_browser_leaves_no_page_half_empty() -> None:
    need_tool("chromium")
    given = [demo_report(at) for at in (5, 7, 12, 1)]
    assert [_on_paper(report)[0] is None for report in given] == [True, False, True, False]
    for report, pdf in chromium(given):
        assert measured(report, pdf)[EMPTY] == []


@pytest.mark.tool
def test_libreoffice_leaves_no_page_half_empty() -> None:
    need_tool("soffice")
    given = [report for kind in KINDS.values() for report in list(_reports(kind))[:2]]
    new = EDITIONS["2021"]
    given += [
        one for one, rows in zip(_longer(new), _rows(new), strict=True) if rows and rows.moved
    ]
    assert len(given) > 6
    for report, pdf in office(given):
        assert measured(report, pdf)[EMPTY] == []
