"""A chart or tile that a document lost, doubled or changed is told, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from gxgen.document.blocks import compose
from gxgen.document.cell import Cell, squash
from gxgen.document.charts import Chart, number
from gxgen.document.comparison import Written
from gxgen.document.illustrated.edition import TILES, illustrate
from gxgen.document.illustrated.readback import CHART_DIFFERS
from gxgen.document.illustrated.tiles import Tile
from gxgen.editions.declared import EDITIONS
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.docx.place import asked
from gxgen.formats.docx.template import CompiledTemplate, compile_template
from gxgen.formats.docx.verify import shown_in, verify_docx
from gxgen.formats.html.page import html_page
from gxgen.formats.html.verify import verify_html
from gxgen.formats.pdf import verify as pdf_verify
from gxgen.formats.pdf.structure import read_items
from gxgen.formats.wanted import Wanted
from gxgen.formats.writing import write
from gxgen.model.agency import Agency
from gxgen.model.report import Entry, EntryState, Report
from gxgen.opc.package import DOCUMENT, FixedZip, Members, read_package
from tests import factory
from tests.support import soffice

from .charted import make_charted
from .pdf_support import need_faces, printable, written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NEWEST = EDITIONS["2021"]
SHOWN = {TILES: 1, "outcomes": 1, "applicants": 1, "years": 1}


@cache
def report() -> Report:
    """Three charts and three tiles; the year before differs, and one outcome is not known."""
    made = factory.make_report(NEWEST)
    entries = {
        key: Entry(None, None, state=EntryState.BLANK) if ".granted." in key else entry
        for key, entry in made.entries.items()
    }
    before = {key: replace(e, value=0) for key, e in made.entries.items()}
    last = factory.make_report(NEWEST, year=made.year - 1)
    last = replace(last, entries=before)
    agency = Agency("云阳市机关事务服务中心")
    words = printable()
    return replace(made, agency=agency, entries=entries, previous=last, narrative=words)


@cache
def template(without: str = "", instead: str = "") -> CompiledTemplate:
    """The shipped template, changed at one place."""
    members = read_package(make_charted(NEWEST))
    assert without.encode() in members[DOCUMENT]
    members[DOCUMENT] = members[DOCUMENT].replace(without.encode(), instead.encode())
    return compile_template(FixedZip(members).build({}), NEWEST)


@cache
def docx() -> Members:
    return read_package(render_docx(report(), template()))


def judged(members: Members) -> list[str]:
    own = template().furniture(report())
    found = verify_docx(FixedZip(members).build({}), report(), own, asked=template().asked)
    return [f"{one.code} {one.message}" for one in found]


def test_the_documents_show_what_was_asked_for() -> None:
    assert template().asked == SHOWN | {"channels": 1}
    assert judged(docx()) == []
    assert shown_in(FixedZip(docx()).build({}), compose(report())).asked == SHOWN


def _places(root: etree._Element) -> list[etree._Element]:
    """The paragraphs of the charts, and the table of the tiles."""
    charts = [node for node in root[0] if b"rIdChart_" in etree.tostring(node)]
    return [*charts, next(root.iter(W + "tbl"))]


def _with(members: Members, name: str, root: etree._Element) -> Members:
    return {**members, name: etree.tostring(root)}


def _lost_or_doubled(members: Members) -> Iterator[Members]:
    for number_ in range(len(_places(etree.fromstring(members[DOCUMENT])))):
        for double in (False, True):
            root = etree.fromstring(members[DOCUMENT])
            place = _places(root)[number_]
            if double:
                place.addnext(deepcopy(place))
            else:
                root[0].remove(place)
            yield _with(members, DOCUMENT, root)
    for name in members:
        if "chart" in name:
            yield {other: data for other, data in members.items() if other != name}


def _texts(root: etree._Element) -> list[etree._Element]:
    """Everything that a chart's part, or the tiles, say."""
    tags = {"t", "v"}
    return [n for n in root.iter("{*}*") if etree.QName(n).localname in tags and n.text]


def _altered(members: Members) -> Iterator[Members]:
    for name, data in members.items():
        if re.fullmatch(r"word/charts/\w+\.xml", name):
            for at in range(len(_texts(etree.fromstring(data)))):
                root = etree.fromstring(data)
                _texts(root)[at].text += "9"
                yield _with(members, name, root)
    for at in range(len(_texts(next(etree.fromstring(members[DOCUMENT]).iter(W + "tbl"))))):
        root = etree.fromstring(members[DOCUMENT])
        _texts(next(root.iter(W + "tbl")))[at].text += "9"
        yield _with(members, DOCUMENT, root)
    for name, old, new in (
        (DOCUMENT, 'descr="申请', 'descr="件'),
        ("word/_rels/document.xml.rels", "charts/chart_years", "charts/chart_outcomes"),
        ("word/charts/_rels/chart_years.xml.rels", "chart_years", "chart_outcomes"),
    ):
        assert old.encode() in members[name]
        yield {**members, name: members[name].replace(old.encode(), new.encode())}


def test_a_docx_that_lost_doubled_or_changed_one_is_told() -> None:
    for wrong in (*_lost_or_doubled(docx()), *_altered(docx())):
        found = judged(wrong)
        assert any(one.startswith(CHART_DIFFERS) for one in found), found
        assert len(found) <= 2, found


def test_titles_that_changed_places_are_told() -> None:
    """Every word is there still, but over another tile."""
    first, second = (tile.plain_title for tile in illustrate(report()).tiles[:2])
    text = docx()[DOCUMENT].decode()
    head, tail = text[: (at := text.index("</w:tbl>"))], text[at:]
    swapped = head.replace(first, "※").replace(second, first).replace("※", second)
    assert [t[:5] for t in judged({**docx(), DOCUMENT: (swapped + tail).encode()})] == ["GX627"]


def test_what_a_style_leaves_out_is_not_missed_in_any_format() -> None:
    """A county's own template without one chart, or without tiles."""
    need_faces()
    lacking = template("{{ charts.applicants }}")
    assert lacking.asked == {n: 1 for n in (*SHOWN, "channels") if n != "applicants"}
    made = write(report(), lacking, Wanted(("docx", "html", "pdf")))
    assert made.faults == []
    assert "新收申请的申请人（件）" not in made.files["html"].decode()
    assert "申请办理结果（件）" in made.files["html"].decode()


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("{% if charts.years.drawn %}†{% elif charts.years.remark %}{% endif %}", 1),
        ("{% if year > 2022 %}†{% endif %}", None),
        ("{% for b in section1 %}†{% endfor %}", None),
        ("†{% if year %}{% endif %}†", 2),
        ("†{% if year %}†{% endif %}", None),
        ("{% if year %}†{% endif %}†", None),
        ("{% if year %}{% for b in section1 %}{% endfor %}†{% endif %}", None),
    ],
)
def test_what_hangs_on_a_condition_is_not_counted(source: str, count: int | None) -> None:
    assert asked(source.replace("†", 'r:id="rIdChart_years"')) == {"years": count}


@cache
def page() -> str:
    document = compose(report()).illustrated()
    return html_page(document, report()).decode()


def _page_faults(text: str) -> list[str]:
    found = verify_html(text.encode(), report(), document=compose(report()).illustrated())
    return [f"{one.code} {one.message}" for one in found]


def _wrong_pages() -> Iterator[str]:
    """One element or one text of the drawings and tiles less, more or otherwise."""
    whole = page()
    for one in re.finditer(r"<figure>.*?</figure>|<ul .*?</ul>", whole, re.DOTALL):
        inside = re.finditer(r"<li>.*?</li>|<(text|b|strong|span)\b[^>]*>[^<]*</\1>", one[0])
        for found in (re.fullmatch(".*", one[0], re.DOTALL), *inside):
            assert found is not None
            start, end = (one.start() + at for at in found.span())
            yield whole[:start] + whole[end:]
            yield whole[:end] + found[0] + whole[end:]
        for text in re.finditer(">([^<]+)<", one[0]):
            end = one.start() + text.end(1)
            yield f"{whole[:end]}9{whole[end:]}"


def test_a_page_that_lost_doubled_or_changed_one_is_told() -> None:
    assert _page_faults(page()) == []
    for wrong in _wrong_pages():
        found = _page_faults(wrong)
        assert [one[:5] for one in found] == [CHART_DIFFERS], found


def test_a_bar_of_a_page_that_is_longer_or_elsewhere_is_told() -> None:
    bars = [one.span() for one in re.finditer(r"<rect [^>]*>", page())]
    places = [
        size.span(1)
        for start, end in bars
        for size in re.finditer(r' (?:x|y|width|height)="(\d+)"', page()[:end])
        if size.start() > start
    ]
    assert len(places) == 4 * len(bars) > 70
    for start, end in places[::3]:
        number_ = int(page()[start:end])
        found = _page_faults(f"{page()[:start]}{number_ + max(1, number_ // 50)}{page()[end:]}")
        assert [one[:5] for one in found] == [CHART_DIFFERS], page()[start - 40 : end + 9]
        assert "画得与它的数不符" in found[0]


def _chart_item(chart: Chart) -> Written:
    """The words of a chart in the order in which LibreOffice draws them."""
    labels = [bar.label for bar in chart.bars]
    columns = zip(*(bar.values for bar in chart.bars), strict=True)
    values = [number(v) for column in columns for v in column if v is not None]
    return Written(0, squash("".join([*labels, *values, chart.title, *reversed(chart.series)])))


def _tiles_item(tiles: tuple[Tile, ...]) -> Written:
    rows = [tile.title for tile in tiles], [tile.figure + tile.unit + tile.text for tile in tiles]
    cells = [
        Cell(row, column, 1, 1, squash(text), column + 1)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return Written(0, table=(2, len(tiles), cells))


@cache
def _items(how: str) -> tuple[Written, ...]:
    """What is read of the PDF of the illustrated edition."""
    shown = illustrate(report())
    if how == "made":
        need_faces()
        added = [_tiles_item(shown.tiles), *map(_chart_item, shown.charts)]
        return (*read_items(written(report())), *added)
    return tuple(read_items(_converted()))


@cache
def _converted() -> bytes:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        path = Path(name, "report.docx")
        path.write_bytes(FixedZip(docx()).build({}))
        tagged = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
        return soffice(path, tagged, Path(name), Path(name, "profile")).read_bytes()


def _is_drawn(item: Written) -> bool:
    if item.table is not None:
        return any("A&B" in cell.text for cell in item.table[2] if cell.row == 0)
    titles = [squash(chart.title) for chart in illustrate(report()).charts]
    return any(title in item.text for title in titles)


def _wrong_items(items: tuple[Written, ...]) -> Iterator[tuple[Written, ...]]:
    for at, item in enumerate(items):
        if not _is_drawn(item):
            continue
        yield items[:at] + items[at + 1 :]
        yield items[: at + 1] + items[at:]
        for other in _otherwise(item):
            yield (*items[:at], other, *items[at + 1 :])


def _otherwise(item: Written) -> Iterator[Written]:
    if item.table is None:
        for found in re.finditer(r"\d+", item.text):
            start, end = found.span()
            yield replace(item, text=item.text[:end] + "7" + item.text[end:])
            if len(set(found[0])) > 1 and found[0] != found[0][::-1]:
                yield replace(item, text=item.text[:start] + found[0][::-1] + item.text[end:])
        return
    rows, columns, cells = item.table
    for at, cell in enumerate(cells):
        new = [*cells[:at], cell._replace(text=cell.text + "9"), *cells[at + 1 :]]
        yield replace(item, table=(rows, columns, new))


@pytest.mark.parametrize("how", ["made", pytest.param("LibreOffice", marks=pytest.mark.tool)])
def test_a_pdf_that_lost_doubled_or_changed_one_is_told(
    how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(items: tuple[Written, ...]) -> list[str]:
        monkeypatch.setattr(pdf_verify, "read_items", lambda data: list(items))
        found = pdf_verify.verify_pdf(b"", report(), None, SHOWN)
        return [f"{one.code} {one.message}" for one in found]

    items = _items(how)
    assert sum(map(_is_drawn, items)) == 4
    assert told(items) == []
    for wrong in _wrong_items(items):
        found = told(wrong)
        assert any(one.startswith(CHART_DIFFERS) for one in found), found
