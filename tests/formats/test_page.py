"""The Word document on paper, point by point of GB/T 9704-2012, as LibreOffice prints it."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import pytest

from gxgen.document import page as measures
from gxgen.document.blocks import compose
from gxgen.document.page import DRAFT_MARK
from gxgen.document.table_looks import NARROW_POINTS, POINTS_PER_MM, TEXT_POINTS
from gxgen.editions.declared import EDITIONS
from gxgen.fonts.catalogue import faces as catalogue
from gxgen.fonts.faces import Role, folders
from gxgen.model.numbering import section_heading

from .page_cases import ADDRESS, CLOSING, FULL_LINE, SHORT, cases
from .page_support import (
    FOOT,
    LEFT,
    LINE,
    RIGHT,
    TOP,
    bookmarks,
    drawn,
    faces,
    faces_of,
    sheets,
    stem,
)

pytestmark = pytest.mark.tool

NAMES = sorted(cases())
ROOMS = [name for name in NAMES if "行，2" in name]
FORGOTTEN = ("6行，2021",)
"""Where LibreOffice 7.4 brings the last paragraph back to a page although it is to stay with the
sign-off, which no setting of the paragraphs changes; of 264 demo reports it did so in none."""
SIGNED = [
    name
    for name in NAMES
    if len(cases()[name].report.sign_off.lines("单位")) == 2 and name != "生僻字"
]
FIGURES = [name for name in NAMES if "位数" in name]
HANGING = "，。、；：）》”〕"
"""What LibreOffice may set beyond the margin."""
SMALL = 0.6
"""Points that a measure may be off."""
EACH = pytest.mark.parametrize("name", NAMES)


@EACH
def test_all_stands_inside_the_margins(name: str) -> None:
    for page in sheets(name):
        for piece in page.body:
            assert piece.x >= LEFT - 2 * SMALL, piece
        for word in page.words:
            hangs = measures.BODY_SIZE if word.text[-1] in HANGING else 0
            assert word.right <= RIGHT + hangs + 2 * SMALL, word
        assert page.body[0].y - 0.5 * page.body[0].size > TOP
        assert {p.text for p in page.pieces if p.y <= TOP} <= {DRAFT_MARK}


def test_a_page_has_22_lines_of_28_characters() -> None:
    for page in sheets("三十页正文")[1:20]:
        assert len(page.lines) == 22
        assert [b - a for a, b in pairwise(page.lines)] == pytest.approx([LINE] * 21, abs=0.11)
        full = [word for word in page.words if word.text.startswith(FULL_LINE)]
        assert {len(word.text) for word in full} == {26, 28}
        assert {round(p.size, 1) for p in page.body} == {measures.BODY_SIZE}
        for word in full:
            indent = 2 * measures.BODY_SIZE if len(word.text) == 26 else 0
            assert word.left == pytest.approx(LEFT + indent, abs=SMALL)
            assert word.right == pytest.approx(RIGHT, abs=2 * SMALL)


def test_the_number_of_a_document_is_on_one_line() -> None:
    words = [word for page in sheets("文号") for word in page.words]
    starts = {word.text[:2] for word in words if word.left <= LEFT + SMALL}
    assert "函〔" in starts
    assert not any(start.startswith(("〔", "2", "号")) for start in starts)


def test_thirty_pages_are_thirty_pages() -> None:
    assert len(sheets("三十页正文")) == 30
    assert len(sheets("一行正文")) == 3


@EACH
def test_the_page_number_stands_outside_7_mm_below_the_text(name: str) -> None:
    for page in sheets(name):
        assert "".join(p.text for p in page.margin) == f"—{page.number}—"
        assert {p.size for p in page.margin} == {measures.MARGIN_SIZE}
        first, last = ([w for w in page.words if w.text == "—"][n] for n in (0, -1))
        blank = RIGHT - last.right if page.number % 2 else first.left - LEFT
        assert blank == pytest.approx(measures.MARGIN_SIZE, abs=1)
        dash = page.margin[0].y - 0.36 * measures.MARGIN_SIZE
        assert (dash - FOOT) / POINTS_PER_MM == pytest.approx(7, abs=0.4)


@EACH
def test_the_title_stands_in_balanced_lines_in_the_middle(name: str) -> None:
    report = cases()[name].report
    wanted = compose(report).title.lines
    runs = [p for p in sheets(name)[0].body if p.size == measures.TITLE_SIZE]
    heights = sorted({p.y for p in runs})
    lines = ["".join(p.text for p in runs if p.y == y).replace(" ", "") for y in heights]
    assert lines == list(wanted)
    assert [b - a for a, b in pairwise(heights)] == pytest.approx(
        [measures.TITLE_LINE / measures.TWIPS] * (len(heights) - 1), abs=0.11
    )
    for line in wanted[:-1]:
        word = sheets(name)[0].find(line)[0]
        assert (word.left + word.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=1)
    widths = [len(line) for line in wanted[:-1]]
    assert max(widths) - min(widths) <= 4


@EACH
def test_a_table_stands_whole_on_the_page_of_its_heading(name: str) -> None:
    edition = cases()[name].report.edition
    for section in edition.sections:
        if section.table is not None:
            heading = section_heading(section)
            labels = [c.text for c in edition.grids[section.table].cells if c.key is None]
            there = [page for page in sheets(name) if page.has(heading, measures.BODY_SIZE)]
            assert len(there) == 1
            assert all(label in there[0].text for label in (labels[0], labels[-1])), heading


@EACH
def test_labels_are_printed_whole(name: str) -> None:
    """Each label's characters are there, at the size of a table's text, inside its own cell."""
    report = cases()[name].report
    text = "".join(page.text for page in sheets(name))
    for grid in report.edition.grids.values():
        for cell in grid.cells:
            if cell.key is None and cell.column_span > 2:
                assert cell.text in text
    sizes = {round(p.size, 1) for page in sheets(name) for p in page.body}
    own = {TEXT_POINTS, NARROW_POINTS, measures.BODY_SIZE, measures.TITLE_SIZE}
    assert own <= sizes
    assert name in FIGURES or sizes == own


@pytest.mark.parametrize("name", FIGURES)
def test_figures_of_one_to_seven_digits_stay_on_a_line(name: str) -> None:
    report = cases()[name].report
    words = [w.text for page in sheets(name) for w in page.words]
    printed = [word for word in words if re.fullmatch("9[0-9]{0,6}", word)]
    wanted = sorted(map(str, report.values.values()))
    assert sorted(printed) == wanted
    runs = [p for page in sheets(name) for p in page.body if re.fullmatch("9[0-9]+", p.text)]
    sizes = [piece.size for piece in runs]
    assert 7 <= min(sizes) <= max(sizes) <= TEXT_POINTS


@pytest.mark.parametrize("name", ROOMS)
def test_the_sign_off_never_stands_alone(name: str) -> None:
    if name in FORGOTTEN and sheets(name)[-1].body[0].text != CLOSING:
        pytest.xfail("这一版 LibreOffice 回移段落时忘了“与下段同页”")
    agency, _ = cases()[name].report.sign_off.lines(cases()[name].report.agency.name)
    page = sheets(name)[-1]
    closing = next(p for p in page.body if p.text == CLOSING)
    signed = next(p for p in page.body if p.text == agency)
    assert signed.y - closing.y == pytest.approx(2 * LINE, abs=1.5)


def test_the_rooms_cover_all_that_can_happen() -> None:
    """A sign-off high and low on its page, and one that took its last line along."""
    lines = [len(sheets(name)[-1].lines) for name in ROOMS]
    assert min(lines) <= 6
    assert max(lines) >= 18
    assert any(SHORT not in sheets(name)[-1].text for name in ROOMS)


@pytest.mark.parametrize("name", SIGNED)
def test_agency_and_date_stand_as_the_standard_says(name: str) -> None:
    """7.3.5.2: two characters free at the right, the date two characters right of the agency."""
    report = cases()[name].report
    agency, date = report.sign_off.lines(report.agency.name)
    page = sheets(name)[-1]
    under = [p for p in page.body if round(p.size, 1) == measures.BODY_SIZE]
    year = next(p for p in reversed(under) if p.text.startswith(date[:4]))
    first = [w for w in page.find(agency[:5]) if w.left > LEFT + 20 or w.text == agency][-1]
    width = len(agency) * measures.CHARACTER
    blank = 2 * measures.CHARACTER
    if width >= 7 * measures.CHARACTER:
        assert year.x - first.left == pytest.approx(blank, abs=SMALL)
    broken = compose(report).sign_off.broken[0].split("\n")
    ends = [page.find(line)[-1].right for line in broken]
    assert max(ends) == pytest.approx(RIGHT - blank, abs=2) or len(agency) < 8
    assert page.words[-1].right < RIGHT


def test_the_other_two_forms_of_sign_off() -> None:
    agency = cases()["只署单位"].report.agency.name
    last = sheets("只署单位")[-1]
    assert last.body[-1].text == agency
    assert last.find(agency)[-1].right == pytest.approx(RIGHT - 2 * measures.CHARACTER, abs=2)
    assert agency not in sheets("无落款")[-1].text


def test_a_long_name_of_an_agency_is_signed_in_two_like_lines() -> None:
    agency = cases()["长机关名"].report.agency.name
    page = sheets("长机关名")[-1]
    signed = [p for p in page.body if p.text and p.text in agency and len(p.text) > 3]
    assert "".join(p.text for p in signed) == agency
    assert len(signed) == 2
    assert abs(len(signed[0].text) - len(signed[1].text)) <= 1


def test_a_draft_is_marked_in_the_head_of_every_page() -> None:
    for page in sheets("草稿"):
        [mark] = [p for p in page.pieces if p.y <= TOP]
        assert mark.text == DRAFT_MARK
    assert all(p.y > TOP for page in sheets("整行") for p in page.pieces)


def test_lines_before_a_long_address_are_not_spread() -> None:
    page = sheets("长网址")[-1]
    assert "".join(w.text for w in page.words).count(ADDRESS) == 1
    [word] = page.find("联系，电子邮箱：")
    assert word.left == pytest.approx(LEFT, abs=SMALL)
    assert word.right - word.left < (len(word.text) + 1) * measures.CHARACTER
    justified = next(w for w in page.words if w.text.startswith("没有长网址"))
    assert justified.right >= RIGHT - 2 * SMALL


def test_years_and_numbers_are_not_broken_over_lines() -> None:
    for name in NAMES:
        report = cases()[name].report
        numbers = set(re.findall(r"\d{3,}", "".join(p.text for p in report.narrative)))
        words = [w.text for page in sheets(name) for w in page.words]
        printed = {number for word in words for number in re.findall(r"\d+", word)}
        assert numbers <= printed


@EACH
def test_every_character_is_in_the_face_that_draws_it(name: str) -> None:
    """The faces are those of the style's stacks, embedded with their characters; no .notdef."""
    assert all(faces(name).values())
    for face, characters in drawn(name).items():
        known = [found for found in _known() if found.stem == stem(face)]
        assert known, f"{face} belongs to no role"
        lacking = {c for c in characters if not any(c in found.covers for found in known)}
        assert not lacking, face


def test_headings_have_the_faces_of_their_level() -> None:
    wanted = {
        "黄三角农业": Role.TITLE,
        "一、总体情况": Role.HEI,
        "（一）主动公开": Role.KAI,
        "公开信息": Role.BODY,
        "细分": Role.BODY,
        "申请人情况": Role.HEI,
        "行政许可": Role.SONG,
    }
    looked = faces_of("长机关名", tuple(wanted))
    for text, role in wanted.items():
        first = catalogue(folders()).chain(role)[0]
        assert stem(looked[text]) in {stem(family) for family in first.families}, text


@dataclass(frozen=True)
class _Known:
    stem: str
    covers: Container[str]


@cache
def _known() -> tuple[_Known, ...]:
    chains = (catalogue(folders()).chain(role) for role in Role)
    return tuple(
        _Known(stem(family), face) for chain in chains for face in chain for family in face.families
    )


def test_bookmarks_lead_to_the_six_sections() -> None:
    for name in ("长机关名", "长机关名，旧格式"):
        sections = [s.title for s in cases()[name].report.edition.sections if s.mark != "0"]
        first, second = bookmarks(name)
        assert [title.partition("、")[2] for title in first] == sections
        assert "（一）主动公开" in second


def test_both_editions_are_tried() -> None:
    assert {cases()[name].report.edition.id for name in NAMES} == set(EDITIONS)
