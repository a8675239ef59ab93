"""The built-in PDF on paper: the grid of GB/T 9704-2012, measured on the page that was made."""

from __future__ import annotations

import ctypes
import datetime as dt
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PageObject

from benchmarks.pages import Page, empty
from benchmarks.printed import printed
from gxgen.document import page as measures
from gxgen.document.blocks import TITLE_WIDTH, compose
from gxgen.document.table_fit import SMALLEST
from gxgen.document.table_looks import LAYOUTS, POINTS_PER_MM, TEXT_POINTS
from gxgen.editions.declared import EDITIONS
from gxgen.editions.schema import Edition
from gxgen.formats.docx.fill import render_docx
from gxgen.formats.pdf.verify import verify_pdf
from gxgen.model.agency import Agency
from gxgen.model.report import Entry, Report, SignOff, SignOffForm
from tests.reports import make_report, passages, shipped
from tests.support import soffice

from .page_cases import NEAR_LINE_ENDS, OFFSETS, TOGETHER
from .pdf_support import Piece, need_faces, pages, pieces, printable, written

WORDS = printable()
LINE = measures.LINE / measures.TWIPS
LEFT, TOP = measures.LEFT * POINTS_PER_MM, measures.TOP * POINTS_PER_MM
RIGHT = (measures.SHEET[0] - measures.RIGHT) * POINTS_PER_MM
FOOT = (measures.SHEET[1] - measures.BOTTOM) * POINTS_PER_MM
LONG_NAME = "黄三角农业高新技术产业示范区管理委员会住房和城乡建设综合行政执法服务中心"
CLOSING = "特此说明。"


@pytest.fixture(autouse=True)
def _faces() -> None:
    need_faces()


def body(page: PageObject) -> list[Piece]:
    """What stands between the margins."""
    return [piece for piece in pieces(page) if TOP < piece.y <= FOOT]


def lines(page: PageObject) -> list[float]:
    """The baselines of the body, from above."""
    return sorted({round(piece.y, 2) for piece in body(page)})


def solid(paragraphs: int) -> Report:
    """A report of full lines only, all of one character."""
    full = "永" * 26 + "永" * 28 * 5
    return make_report(narrative=passages(("0", None, *[full] * paragraphs)))


@pytest.mark.parametrize(
    "text",
    ["0536-1234567", "+86-536-1234567", f"https://www.example.gov.cn/{'x' * 300}", "A" * 200],
)
def test_a_paragraph_of_one_whole_word_is_set(text: str) -> None:
    """Nothing stands before its words whose distances could be shared out."""
    need_faces()
    report = make_report(narrative=printable(passages(("1", "总体情况", text))))
    assert verify_pdf(written(report), report, compose(report)) == []


def test_a_page_has_22_lines_of_28_characters() -> None:
    page = pages(written(solid(30)))[1]
    baselines = lines(page)
    assert len(baselines) == 22
    assert [b - a for a, b in pairwise(baselines)] == pytest.approx([LINE] * 21, abs=0.02)
    assert {len(piece.text) for piece in body(page)} == {26, 28}
    assert {round(piece.size, 1) for piece in body(page)} == {measures.BODY_SIZE}


def test_text_stands_inside_the_margins() -> None:
    page = pages(written(solid(30)))[1]
    indent = 2 * measures.CHARACTER
    assert {round(p.x - LEFT, 1) for p in body(page)} == {0.0, round(indent, 1)}
    assert all(p.x + len(p.text) * measures.CHARACTER <= RIGHT + 0.3 for p in body(page))
    assert lines(page)[0] - 0.5 * measures.BODY_SIZE > TOP
    assert lines(page)[-1] < FOOT


def test_the_page_number_stands_outside() -> None:
    odd, even = ([p for p in pieces(page) if p.y > FOOT] for page in pages(written(solid(30)))[:2])
    assert [p.text for p in odd + even] == ["— 1 —", "— 2 —"]
    size = measures.MARGIN_SIZE
    assert even[0].x == pytest.approx(LEFT + size, abs=0.1)
    assert RIGHT - 5 * size < odd[0].x < RIGHT - 3 * size
    dashes = (odd[0].y - FOOT) / POINTS_PER_MM
    assert 7 < dashes < 10


def test_the_title_stands_in_balanced_lines_in_the_middle() -> None:
    report = make_report(narrative=WORDS, agency=Agency(LONG_NAME))
    title = [p for p in body(pages(written(report))[0]) if p.size == measures.TITLE_SIZE]
    by_line = {y: "".join(p.text for p in title if p.y == y) for y in sorted({p.y for p in title})}
    assert [t.replace(" ", "") for t in by_line.values()] == list(compose(report).title.lines)
    middle = (LEFT + RIGHT) / 2
    for y, text in by_line.items():
        start = min(p.x for p in title if p.y == y)
        assert start > LEFT
        if text in LONG_NAME:
            assert start + len(text) * measures.TITLE_SIZE / 2 == pytest.approx(middle, abs=0.5)
    assert max(len(t) for t in by_line.values()) <= TITLE_WIDTH + 2


@pytest.mark.parametrize("before", range(24))
def test_tables_stand_with_their_headings_and_leave_no_page_half_empty(
    edition: Edition, before: int
) -> None:
    """Tables three and four whole; table two breaks between its bands, if at all."""
    narrative = passages(
        ("1", "总体情况", *["短句。"] * before), ("3", "表后", *["短句。"] * before)
    )
    report = make_report(edition.id, narrative=narrative)
    data = written(report)
    found = list(empty(Page(report, compose(report), printed(data))))
    assert found == []
    bands = "".join(f"第二十条第（{n}）项" for n in "一五六八九")
    for page in pages(data):
        text = "".join(page.extract_text().split())
        assert ("三、收到和处理" in text) == ("四、结转下年度继续办理" in text)
        assert ("二、主动公开" in text) <= ("第二十条第（一）项" in text)
        assert ("四、政府信息公开行政复议" in text) == ("复议后起诉" in text)
        if "信息内容" in text:
            first = text[text.index("信息内容") - 9 :][:9]
            assert first in bands
            assert text.count("信息内容") == text.count("第二十条第（")


@pytest.mark.parametrize("form", [SignOffForm.AGENCY_AND_DATE, SignOffForm.AGENCY])
@pytest.mark.parametrize("last", ["永" * 20, "永" * 28 * 9])
def test_the_sign_off_never_stands_alone(form: SignOffForm, last: str) -> None:
    room = set()
    for before in range(0, 22, 2):
        narrative = passages(("6", "其他", *["短句。"] * before, last))
        report = make_report(narrative=narrative, sign_off=SignOff(form, dt.date(2026, 1, 8)))
        final = pages(written(report))[-1]
        at = [p.y for p in body(final) if report.agency.name.startswith(p.text[:2])]
        words = [p.y for p in body(final) if p.text.startswith("永")]
        assert at, "the sign-off is not on the last page"
        assert words, "the sign-off stands alone"
        assert at[-1] - max(words) == pytest.approx(2 * LINE, abs=0.1)
        assert max(p.y for p in body(final)) < FOOT
        room.add(len(lines(final)))
    assert len(room) > 5


@pytest.mark.tool
@pytest.mark.parametrize("characters", [26, 27, 29, 36, 53])
def test_a_long_name_is_signed_in_the_lines_of_the_word_document(
    characters: int, tmp_path: Path
) -> None:
    agency = Agency((LONG_NAME * 2)[:characters])
    report = make_report(narrative=passages(("6", "其他", CLOSING)), agency=agency)
    path = tmp_path / "report.docx"
    path.write_bytes(render_docx(report, shipped(report.edition.id)))
    word = soffice(path, "pdf", tmp_path, tmp_path / "profile")
    assert signed_lines(written(report)) == signed_lines(word.read_bytes())
    assert "".join(signed_lines(written(report))[:-1]) == agency.name


def signed_lines(data: bytes) -> list[str]:
    """What stands on each line below the closing words."""
    found: dict[float, str] = {}
    for piece in (p for page in pages(data) for p in body(page)):
        if CLOSING in "".join(found.values()) or piece.text.startswith(CLOSING[0]):
            found[round(piece.y)] = found.get(round(piece.y), "") + piece.text.replace(" ", "")
    return [text for text in found.values() if text != CLOSING]


def test_no_line_ends_inside_a_number_or_an_address() -> None:
    report = make_report(narrative=NEAR_LINE_ENDS)
    data = written(report)
    rows: dict[tuple[int, float], str] = {}
    for at, page in enumerate(pages(data)):
        for piece in body(page):
            row = (at, round(piece.y, 1))
            rows[row] = rows.get(row, "") + piece.text.replace(" ", "")
    for word in TOGETHER:
        assert sum(word in row for row in rows.values()) == len(OFFSETS), word
    assert verify_pdf(data, report) == []


def test_no_line_is_torn_apart_or_left_short_before_what_stays_whole() -> None:
    """A number of an official document at every place of its line, from the third line on."""
    number = "国办公开办函〔2021〕30号"
    texts = ["永" * before + f"（{number}）要求办理。" for before in range(54, 140)]
    lines = chinese(written(make_report(narrative=passages(("6", "其他", *texts)))))
    full = [line for line in lines if "永" in line[-1][1]]
    assert len(full) > len(texts)
    for line in full:
        advances = [b[0] - a[0] for a, b in pairwise(line) if "永" == a[1] == b[1]]
        assert max(advances) < 1.25 * measures.CHARACTER
        assert RIGHT - line[-1][0] < 2 * measures.CHARACTER


def chinese(data: bytes) -> list[list[tuple[float, str]]]:
    """Each line of the text: where its characters begin, and which they are."""
    lines = []
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        rows: dict[int, list[tuple[float, str]]] = {}
        x, y = ctypes.c_double(), ctypes.c_double()
        for at in range(text.count_chars()):
            if round(pypdfium2.raw.FPDFText_GetFontSize(text, at)) == measures.BODY_SIZE:
                pypdfium2.raw.FPDFText_GetCharOrigin(text, at, x, y)
                letter = chr(pypdfium2.raw.FPDFText_GetUnicode(text, at))
                rows.setdefault(round(y.value / LINE), []).append((x.value, letter))
        lines += [sorted(one for one in row if one[1].strip()) for row in rows.values()]
    return lines


def test_a_word_that_stands_on_one_line_keeps_its_air() -> None:
    """Chinese and Latin stand as far apart as they do without a box."""
    for beside in ("电话", "电话："):
        starts = []
        for word in ("0571-88888888", "057118888"):
            report = make_report(narrative=passages(("0", None, f"{beside}{word}永。")))
            found = [p for p in body(pages(written(report))[0]) if p.text.startswith("0571")]
            starts.append(found[0].x)
        assert starts[0] == pytest.approx(starts[1], abs=0.3)


@pytest.mark.parametrize("digits", range(1, 10))
def test_long_figures_stay_on_one_line_of_their_cell(edition: Edition, digits: int) -> None:
    """In every cell at once: more than any table holds at the smallest size from eight on."""
    value = int("987654321"[:digits])
    entries = {key: Entry(value, str(value)) for key in edition.fields}
    report = make_report(edition.id, narrative=WORDS, entries=entries)
    found = [p for page in pages(written(report)) for p in pieces(page) if p.text == str(value)]
    assert len(found) == len(edition.fields)
    narrowest = min(
        LAYOUTS[grid.table].width(cell)
        for grid in edition.grids.values()
        for cell in grid.figures.values()
    )
    size = min(p.size for p in found)
    assert size * digits / 2 <= narrowest * POINTS_PER_MM
    assert size == TEXT_POINTS or digits > 4
    assert size >= SMALLEST / 2 or digits > 7


def test_a_narrative_of_30_pages_and_one_of_a_line() -> None:
    many = make_report(narrative=passages(("1", "总体情况", *["永" * 28 * 9] * 66)))
    assert 28 < len(pages(written(many))) < 36
    assert len(pages(written(make_report(narrative=passages(("1", "总体情况", "无。")))))) <= 4


def test_every_edition_has_a_layout_for_each_table() -> None:
    for form in EDITIONS.values():
        assert set(form.grids) <= set(LAYOUTS)
