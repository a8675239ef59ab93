"""The illustrated edition leaves no page half empty: what is reckoned, written and printed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

import pytest

from benchmarks.audit import demo_report
from benchmarks.pages import OF_OFFICIAL, RULES, measured
from benchmarks.printed import PICTURED, Line, Printed, printed
from benchmarks.printers import built_in, chromium, office
from gxgen.document.blocks import Block, Document, HeadingBlock, PictureBlock, TableBlock, compose
from gxgen.document.illustrated.by_browser import BY_BROWSER
from gxgen.document.illustrated.by_office import BY_OFFICE
from gxgen.document.illustrated.edition import PLACES
from gxgen.document.illustrated.fitting import fitted_rows, with_rows
from gxgen.document.illustrated.heights import DIVIDED, Printer
from gxgen.document.illustrated.paging import EMPTY, Filled, Item, Paper
from gxgen.document.illustrated.palettes import PALETTES, USUAL
from gxgen.document.illustrated.tables import movable
from gxgen.document.page import MOST_EMPTY, PICTURED_SIDES, PICTURED_TOP, TWIPS
from gxgen.document.table_looks import POINTS_PER_MM
from gxgen.document.table_rows import Rows, last_bands
from gxgen.editions.schema import Edition
from gxgen.errors import UsageError
from gxgen.formats.docx import fill
from gxgen.formats.docx.rows import _set, pictured_rows_setter
from gxgen.formats.docx.template import CompiledTemplate, load_template
from gxgen.formats.html.pictured import picture_page
from gxgen.model.report import Report
from gxgen.opc.package import DOCUMENT
from gxgen.templates.styles import style_templates
from tests import factory
from tests.reports import passages
from tests.support import need_tool

HALF_EMPTY = "空了三分之一以上的中间页"
STYLE = "illustrated"
HEIGHTS = re.compile(rb'<w:trHeight w:val="([0-9]+)"')
PRINTERS = {"office": BY_OFFICE, "browser": BY_BROWSER}


def _shown(report: Report) -> Document:
    return compose(report).illustrated(PLACES)


def _blocks(report: Report) -> list[Block]:
    _, *blocks = _shown(report).blocks
    return blocks


def _emptiest(blocks: Sequence[Block], printer: Printer) -> float:
    """Of all full pages, as they are with the usual rows."""
    full = printer.paper.filled(printer.items(blocks)).full
    return 1 - min(full, default=printer.height) / printer.height


@cache
def _template(edition: str) -> CompiledTemplate:
    path, known = next((p, e) for e, p in style_templates(STYLE) if e.id == edition)
    return load_template(path.read_bytes(), known)


def _reports(printer: Printer, wanted: Callable[[Rows], bool]) -> Iterator[tuple[Report, Rows]]:
    """Reports that would leave a page half empty, and rows of that kind that mend it."""
    for report in map(demo_report, range(80)):
        blocks = _blocks(report)
        rows = fitted_rows(blocks, printer)
        if rows and wanted(rows) and _emptiest(blocks, printer) > MOST_EMPTY:
            yield report, rows


WHOLE, PARTED, TIGHT = "whole", "parted", "tight"
KINDS: dict[str, Callable[[Rows], bool]] = {
    WHOLE: lambda rows: not rows.moved,
    PARTED: lambda rows: rows.moved > 0 and rows.part == 1,
    TIGHT: lambda rows: rows.part < 1,
}


@pytest.mark.parametrize(
    ("items", "filled"),
    [
        ([Item(60), Item(50)], Filled((60,), 50)),
        ([Item(60, after=10), Item(30)], Filled((), 100)),
        ([Item(60, after=10), Item(35)], Filled((60,), 35)),
        ([Item(60), Item(30, kept=True), Item(20)], Filled((60,), 50)),
        ([Item(60), Item(30, kept=True), Item(20, lines=2)], Filled((100,), 10)),
        ([Item(75), Item(80, lines=8)], Filled((95,), 60)),
        ([Item(95), Item(30, lines=3)], Filled((95,), 30)),
        ([Item(10), Item(250, lines=25)], Filled((100, 100), 60)),
    ],
)
def test_pages_are_filled_as_printers_fill_them(items: list[Item], filled: Filled) -> None:
    assert Paper(100, 1, collapses=False).filled(items) == filled


def test_few_lines_are_not_left_alone_where_a_printer_keeps_two() -> None:
    paper = Paper(100, 2, collapses=False)
    assert paper.filled([Item(85), Item(30, lines=3)]) == Filled((85,), 30)
    assert paper.filled([Item(75), Item(30, lines=3)]) == Filled((95,), 10)
    assert paper.filled([Item(75), Item(40, lines=4)]) == Filled((95,), 20)


def test_of_the_air_between_two_the_greater_counts_and_none_above_a_page() -> None:
    paper = Paper(100, 1, collapses=True)
    assert paper.filled([Item(10, 5, 8), Item(10, 6, 4)]) == Filled((), 28, 4)
    assert paper.filled([Item(90, 0, 8), Item(20, 6)], EMPTY) == Filled((90,), 20)


@pytest.mark.parametrize("name", PRINTERS)
def test_no_page_is_reckoned_half_empty_however_long_the_text(name: str, edition: Edition) -> None:
    """But for one whose cards have no room below the text: they stand together."""
    printer, changed, former = PRINTERS[name], 0, 0
    report = factory.make_report(edition)
    for count in range(1, 60):
        longer = replace(report, narrative=passages(("1", "总体情况", *["一行。"] * count)))
        blocks = _blocks(longer)
        rows, empty = fitted_rows(blocks, printer), _emptiest(blocks, printer)
        former += empty > MOST_EMPTY
        changed += rows is not None
        if rows is None and empty > MOST_EMPTY:
            text = next(n for n, b in enumerate(blocks) if isinstance(b, PictureBlock)) - 1
            above = printer.paper.filled(printer.items(blocks[:text]))
            assert 1 - above.depth / printer.height == empty
        if rows is not None:
            assert _reckoned(blocks, printer, rows) <= MOST_EMPTY
            assert rows.moved in (0, *last_bands(edition.grids[DIVIDED]))
            assert min(rows.height, rows.below) >= 15
    assert former and 0 < changed < 59


def _reckoned(blocks: Sequence[Block], printer: Printer, rows: Rows) -> float:
    """Of a full page, what is empty at most with these rows."""
    two, three, four = (n for n, block in enumerate(blocks) if isinstance(block, TableBlock))
    table, parts = blocks[two], len(list(printer.items([blocks[two]])))
    assert isinstance(table, TableBlock)
    usual = list(printer.items(blocks[: four + 1]))
    items = with_rows(usual, two, three + parts - 1, table.grid, rows)
    full = printer.paper.filled(items).full
    return 1 - min(full, default=printer.height) / printer.height


@pytest.mark.parametrize("name", PRINTERS)
def test_rows_serve_though_what_is_reckoned_is_a_little_wrong(name: str) -> None:
    printer = PRINTERS[name]
    closer = replace(printer, height=printer.height - 8)
    for report, rows in islice(_reports(printer, lambda _: True), 16):
        blocks = _blocks(report)
        assert _reckoned(blocks, closer, rows) <= MOST_EMPTY


def test_where_there_is_no_table_two_nothing_is_changed() -> None:
    blocks = [b for b in _blocks(demo_report(17)) if not isinstance(b, TableBlock)]
    assert fitted_rows(blocks, BY_OFFICE) is None


@pytest.mark.parametrize("kind", [WHOLE, PARTED])
def test_a_written_document_has_these_rows_and_nothing_else_changed(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, rows = next(_reports(BY_OFFICE, KINDS[kind]))
    grid = report.edition.grids[DIVIDED]
    after = _document(report)
    monkeypatch.setattr(fill, "pictured_rows_setter", lambda *_: None)
    before = _document(report)
    stays = grid.rows - rows.moved
    found = _rows_of(after, grid.rows)
    assert [int(HEIGHTS.findall(row)[0]) for row in found] == (
        [round(rows.height * TWIPS)] * stays + [round(rows.below * TWIPS)] * rows.moved
    )
    loose = [n for n, row in enumerate(found) if row.count(b"<w:keepNext/>") < row.count(b"<w:p>")]
    assert loose == ([stays - 1] if rows.moved else []) + [grid.rows - 1]
    usual = _rows_of(before, grid.rows)
    assert rows.part == 1
    assert after.split(b"".join(found)) == before.split(b"".join(usual))
    assert list(map(_plain, found)) == list(map(_plain, usual))


def _document(report: Report) -> bytes:
    docx = fill.render_docx(report, _template(report.edition.id))
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read(DOCUMENT)


def _plain(row: bytes) -> bytes:
    return HEIGHTS.sub(b"", row.replace(b"<w:keepNext/>", b""))


def _rows_of(document: bytes, count: int) -> list[bytes]:
    """The rows of the first table of so many."""
    tables = (one.partition(b"</w:tbl>")[0] for one in document.split(b"<w:tbl>")[1:])
    return next(rows for one in tables if len(rows := _split(one)) == count)


def _split(table: bytes) -> list[bytes]:
    return [b"<w:tr>" + row for row in table.split(b"<w:tr>")[1:]]


def test_table_three_is_tightened_behind_the_picture_over_it() -> None:
    """The picture is a table of its own."""
    report, rows = next(_reports(BY_OFFICE, KINDS[PARTED]))
    template, following = _template(report.edition.id), report.edition.grids["requests"]
    grids = report.edition.grids[DIVIDED], following
    usual_height = BY_OFFICE.tables[DIVIDED].row
    before = template.members[DOCUMENT].split(b"<w:tbl>")
    picture = b'<w:tr><w:trPr><w:trHeight w:val="737"/></w:trPr></w:tr></w:tbl>'
    text = b"<w:tbl>".join((*before[:2], picture, *before[2:]))
    usual = [int(one) for row in _rows_of(text, following.rows) for one in HEIGHTS.findall(row)]
    after = _set(text, grids, usual_height, replace(rows, part=0.9))
    assert after.count(b'"737"') == text.count(b'"737"')
    found = [int(one) for row in _rows_of(after, following.rows) for one in HEIGHTS.findall(row)]
    assert found == [int(height * 0.9) for height in usual]


def test_a_table_that_a_designer_drew_is_left_as_it_is() -> None:
    report, _ = next(_reports(BY_OFFICE, KINDS[WHOLE]))
    members = _template(report.edition.id).members
    usual = b'<w:trHeight w:val="%d"' % round(BY_OFFICE.tables[DIVIDED].row * TWIPS)
    drawn = members[DOCUMENT].replace(usual, b'<w:trHeight w:val="999"', 1)
    assert pictured_rows_setter({**members, DOCUMENT: drawn}, _shown(report)) is None


def _style(report: Report) -> str:
    page = picture_page(_shown(report), report, PALETTES[USUAL]).decode()
    return page.partition("</style>")[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_how_its_rows_are_printed(kind: str) -> None:
    report, rows = next(_reports(BY_BROWSER, KINDS[kind]))
    style, grid = _style(report), report.edition.grids[DIVIDED]
    own = style.rpartition("@media print{.scroll:has(.disclosure)")[2]
    heights = [13.77 + 2 * float(air) for air in re.findall(r"padding-block:([0-9.]+)pt", own)]
    assert heights[:1] == pytest.approx([rows.height], abs=0.05)
    ends = list(map(int, re.findall(r"type\(([0-9])\)", own.partition("tr:last-child")[0])))
    count = last_bands(grid).index(rows.moved) + 1 if rows.moved else 0
    assert ends == [1, *[count + 1] * bool(count)]
    if count:
        assert f"tbody:nth-last-of-type(-n+{count}) :is" in own
        assert heights[1:2] == pytest.approx([rows.below], abs=0.05)
    assert ("--less:" in own.partition("\n")[0]) == (rows.part < 1)


def test_a_page_that_is_full_enough_divides_its_table_where_a_document_does() -> None:
    found = (r for r in map(demo_report, range(20)) if fitted_rows(_blocks(r), BY_BROWSER) is None)
    report = next(found)
    own = _style(report).rpartition("@media print{.scroll:has(.disclosure)")[2]
    ends = re.findall(r"type\(([0-9])\)", own.partition("tr:last-child")[0])
    count = len(movable(report.edition.grids[DIVIDED]))
    assert list(map(int, ends)) == list(range(1, count + 2))
    assert "padding-block" not in own.partition("\n")[0]


def test_the_measure_leaves_out_the_cover_and_what_is_of_the_official_page() -> None:
    assert set(OF_OFFICIAL) < set(RULES)
    with pytest.raises(UsageError):
        built_in([], STYLE)
    empty = Printed(((),) * 4, (PICTURED.top, PICTURED.top, PICTURED.foot, PICTURED.top), PICTURED)
    page = replace(_page(), pages=empty)
    assert list(RULES[HALF_EMPTY](page)) == ["第2页空100%"]


def _page():  # type: ignore[no-untyped-def]
    from benchmarks.pages import Page

    report = demo_report(0)
    return Page(report, compose(report), Printed((), (), PICTURED))


@pytest.mark.tool
def test_libreoffice_leaves_no_page_half_empty() -> None:
    need_tool("soffice")
    _none_half_empty(office, BY_OFFICE, [WHOLE, PARTED], PICTURED_TOP, 6.5)


@pytest.mark.tool
def test_a_browser_leaves_no_page_half_empty() -> None:
    need_tool("chromium")
    _none_half_empty(chromium, BY_BROWSER, list(KINDS), PICTURED_SIDES, 16.0)


def _none_half_empty(
    made: Callable[..., Iterator[tuple[Report, bytes]]],
    printer: Printer,
    kinds: list[str],
    top: float,
    below: float,
) -> None:
    given = [next(_reports(printer, KINDS[kind]))[0] for kind in kinds]
    for report, pdf in made(given, STYLE):
        found = measured(report, pdf, STYLE)
        assert found[HALF_EMPTY] == []
        assert found.keys() == RULES.keys() - OF_OFFICIAL.keys()
        _stands_as_reckoned(report, printed(pdf, PICTURED), printer, top, below)


def _stands_as_reckoned(
    report: Report, pages: Printed, printer: Printer, top: float, below: float
) -> None:
    """The heading of table two is where it was reckoned to be, but for a line; and where the table
    begins the next page, nothing of it, as the rule over it, is left below the pictures."""
    blocks = _blocks(report)
    at = next(n for n, b in enumerate(blocks) if isinstance(b, HeadingBlock) and b.number == "二、")
    table = next(n for n, block in enumerate(blocks) if isinstance(block, TableBlock))
    first, *others = printer.items(blocks[at:table])
    start = printer.paper.filled([*printer.items(blocks[:at]), first, others[0]])
    reckoned = start.depth - others[0].height - first.after - below
    heading = next(line for line in _headings(pages) if line.text.startswith("二、"))
    moved = heading.y - top * POINTS_PER_MM - reckoned
    assert heading.page == len(start.full) + PICTURED.covers
    assert abs(moved) < 21
    row = next(one for one in pages.body(10.5) if one.text.startswith("第二十条第（一）项"))
    if row.page > heading.page:
        foot = printer.paper.filled(others[1:], start).depth + moved
        assert pages.depths[heading.page] - top * POINTS_PER_MM == pytest.approx(foot, abs=5)


def _headings(pages: Printed) -> list[Line]:
    return pages.body(19.0)
