"""PDF files: publishers' own, ours, and what is none that can be read."""

from __future__ import annotations

import contextlib
import io
import json
import math
import subprocess
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import product

import pikepdf
import pypdfium2 as pdfium
import pytest
import typst
from pypdfium2 import raw

from gxgen.document.blocks import compose
from gxgen.editions.declared import EDITIONS
from gxgen.formats.manuscript import Manuscript
from gxgen.formats.registry import FORMATS
from gxgen.model.agency import Agency
from gxgen.model.report import Report
from gxgen.published import pdf, pdf_page
from gxgen.published.pdf_page import Letter, Rule
from gxgen.published.reader import read_published
from gxgen.published.readings import ReadReport
from gxgen.published.rows import figure_like
from gxgen.published.ruled import ruled_tables, whole
from tests.factory import make_report
from tests.published.test_round_trip import content, template
from tests.support import need_real, need_tool, sample_reports

PERSONS = (
    "individual", "company", "research", "charity", "legal_service", "other", "total",
)  # fmt: skip
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
DOCUMENTS = ("issued", "repealed", "in_force")


@cache
def real(name: str) -> tuple[dict, ReadReport]:
    """What a person has read in a publisher's file, and what is read here."""
    folder = need_real()
    lines = (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    facts = next(fact for fact in map(json.loads, lines) if fact["id"] == name)
    data = (folder / "files" / f"{name}.pdf").read_bytes()
    return facts, read_published(data, f"{name}.pdf")


def figures(facts: dict) -> dict[str, Decimal]:
    """The figures by key."""
    out = {}
    for table, form, heads in (("t3", "requests", PERSONS), ("t4", "remedies", OUTCOMES)):
        for row, values in facts["tables"][table].items():
            out |= {f"{form}.{row}.{h}": v for h, v in zip(heads, values, strict=True)}
    two = facts["tables"]["t2"]
    for row in ("rules", "normative_documents"):
        keys = (f"disclosure.{row}.{head}" for head in DOCUMENTS)
        out |= dict(zip(keys, two[row], strict=True))
    for row in ("licensing", "penalties", "coercive_measures"):
        out[f"disclosure.{row}.decisions"] = two[row]
    out["disclosure.fees.amount"] = two["fees"]
    return {key: Decimal(value) for key, value in out.items()}


@pytest.mark.parametrize(
    ("name", "edition", "agency"),
    [("nr04", "2021", "淮安市人民政府"), ("nr06", "2021-one-row", "淮安市洪泽区人民政府")],
)
def test_a_publisher_s_file_is_read_whole(name: str, edition: str, agency: str) -> None:
    facts, read = real(name)
    assert read.report is not None
    report = read.report
    assert (report.edition.id, report.agency.name, report.year) == (edition, agency, facts["year"])
    want = figures(facts)
    assert {k: v for k, v in report.values.items() if k in want} == want
    assert set(report.values) == set(report.edition.fields)


@pytest.mark.parametrize("name", ["nr04", "nr06"])
def test_quotes_of_a_publisher_s_file_are_there(name: str) -> None:
    """Lines that a page broke are one paragraph again."""
    facts, read = real(name)
    assert read.report is not None
    text = "".join(x.text for p in read.report.narrative for x in p.paragraphs)
    bare = "".join(text.split())
    missing = [c["quote"] for c in facts["claims"] if "".join(c["quote"].split()) not in bare]
    assert missing == []


@pytest.mark.parametrize("style", ["official", "illustrated"])
@pytest.mark.parametrize("name", ["2019", "2021", *sorted(sample_reports())])
def test_a_pdf_of_ours_comes_back_whole(name: str, style: str) -> None:
    made = (
        make_report(EDITIONS[name], agency=Agency("某县石桥镇人民政府"))
        if name in EDITIONS
        else sample_reports()[name]
    )
    read = read_published(pdf_of(made, style), "报告.pdf")
    assert read.report is not None, [finding.message for finding in read.findings]
    assert content(read.report) == content(made)


def pdf_of(made: Report, style: str) -> bytes:
    writer = FORMATS["pdf"].writer
    assert writer is not None
    return writer.write(Manuscript(made, compose(made), template(style, made.edition.id)))


def test_a_figure_s_place_is_on_its_page() -> None:
    made = sample_reports()["安丘市行政审批服务局"]
    read = read_published(pdf_of(made, "official"), "报告.pdf")
    assert read.report is not None
    said = str(read.report.place("disclosure.licensing.decisions"))
    assert said.startswith("报告.pdf 第")
    assert "页第1个表格第7行第2列" in said


# -- rules -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("behind", "said"),
    [
        (Letter("7", 10, 14, 12, 5, 10), "127"),
        (Letter("7", 10, 14, 12, 5, 7), "12⁷"),
        (Letter("7", 10, 14, 12, 7, 8.3), "12⁷"),
        (Letter("7", 10, 14, 12, 5, 8.3), "127"),
        (Letter("7", 10, 14, 12, 5, 10, faint=True), "12⁷"),
        (Letter("7", 10, 14, 12, 5, 10, struck=True), "12⁷"),
    ],
)
def test_a_mark_of_a_note_or_an_unseen_digit_is_no_digit_of_a_figure(
    behind: Letter, said: str
) -> None:
    figure = [Letter("1", 0, 5, 2, 5, 10), Letter("2", 5, 10, 7, 5, 10)]
    assert pdf._said([*figure, behind]) == said


def test_what_is_struck_out_is_told_from_what_is_underlined_or_ruled() -> None:
    source = (
        "#set text(size: 10pt)\n12#strike[34]#underline[56]#overline[7]"
        "#table(columns: 2, inset: 0pt, [8], [#strike[9]])"
    )
    (page,) = pdf_page.pages_of(typst.compile(source.encode(), format="pdf"), "某.pdf")
    assert {one.text for one in page.letters if one.struck} == {"3", "4", "9"}
    assert {one.text for one in page.letters} == set("123456789")


def test_whether_a_letter_is_struck_out_does_not_rest_on_the_others() -> None:
    rules = [level(5, 0, 20), level(6.5, 40, 60), level(30, 0, 20), level(30, 0, 9000)]
    letters = [
        Letter("x", x, x, x, y, height)
        for y, height, x in product((2, 5, 5.5, 30, math.nan), (1, 10, 300), (10, 30, 50))
    ]
    alone = [one for letter in letters for one in pdf_page._with_strokes([letter], rules)]
    assert list(map(repr, pdf_page._with_strokes(letters, rules))) == list(map(repr, alone))
    assert 0 < sum(one.struck for one in alone) < len(alone)


@pytest.mark.parametrize("name", ["nr04", "nr06", "ours"])
def test_all_that_pdfium_makes_up_is_blank(name: str) -> None:
    """It is not asked, letter by letter, which ones it made up."""
    if name == "ours":
        data = pdf_of(next(iter(sample_reports().values())), "official")
    else:
        data = (need_real() / "files" / f"{name}.pdf").read_bytes()
    made_up = set()
    with contextlib.closing(pdfium.PdfDocument(data)) as document:
        for page in document:
            text = page.get_textpage()
            for at in range(text.count_chars()):
                if raw.FPDFText_IsGenerated(text, at):
                    made_up.add(raw.FPDFText_GetUnicode(text, at))
    assert made_up
    assert max(made_up) <= pdf_page._BLANK


def test_a_figure_that_is_struck_out_is_refused_as_a_whole() -> None:
    struck = [Letter(digit, at, at + 5, at + 2, 5, 10, struck=True) for at, digit in ((0, "1"),)]
    assert not figure_like(pdf._said(struck))


def test_a_figure_in_the_colour_of_paper_is_read_where_all_of_it_is() -> None:
    white = [
        Letter(digit, at, at + 5, at + 2, 5, 10, faint=True) for at, digit in ((0, "1"), (5, "2"))
    ]
    assert pdf._said(white) == "12"


def level(at: float, start: float, end: float) -> Rule:
    return Rule(True, at, start, end)


def upright(at: float, start: float, end: float) -> Rule:
    return Rule(False, at, start, end)


FRAME = [level(100, 0, 90), level(40, 0, 90), upright(0, 40, 100), upright(90, 40, 100)]


def test_boxes_without_a_rule_between_are_one_cell() -> None:
    (table,) = ruled_tables([*FRAME, level(70, 30, 90), upright(30, 40, 100), upright(60, 40, 70)])
    boxes = [(b.row, b.column, b.rows, b.columns) for b in table.boxes]
    assert sorted(boxes) == [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]
    assert whole(table)


def test_a_row_that_a_page_cuts_ends_where_its_uprights_end() -> None:
    cut = [rule for rule in FRAME if rule.at != 40]
    (table,) = ruled_tables([*cut, level(70, 0, 90), upright(30, 40, 100)])
    assert len(table.boxes) == 4


def test_what_is_no_rectangle_makes_no_table() -> None:
    (table,) = ruled_tables([*FRAME, level(70, 30, 90), upright(30, 40, 70)])
    assert not whole(table)


def test_tables_apart_are_two() -> None:
    other = [
        replace(r, at=r.at - 60) if r.level else replace(r, start=-20, end=40 - 2 - 20)
        for r in FRAME
    ]
    assert (
        len(
            ruled_tables(
                [*FRAME, *(r for r in other if not r.level), level(18, 0, 90), level(-20, 0, 90)]
            )
        )
        == 2
    )


# -- files that are refused ------------------------------------------------------------------------


def blank(pages: int, **how: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        made.save(out, **how)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 nothing", "已损坏"),
        (blank(2), "扫描件"),
        (blank(pdf_page.MOST_PAGES + 1), "页"),
        (blank(1, encryption=pikepdf.Encryption(owner="a", user="b")), "密码"),
    ],
    ids=["broken", "without text", "many pages", "locked"],
)
def test_what_cannot_be_read_is_refused(data: bytes, said: str) -> None:
    (found,) = read_published(data, "某.pdf").findings
    assert found.code == "GX802"
    assert said in found.message


@pytest.mark.tool
@pytest.mark.parametrize("how", [("-layout",), ("-raw",), ()], ids=["layout", "raw", "plain"])
@pytest.mark.parametrize("name", ["nr04", "nr06"])
def test_text_taken_from_a_file_holds_no_wrong_figure(name: str, how: tuple[str, ...]) -> None:
    """Labels before, behind and around their figures, as another program takes them out."""
    facts, _ = real(name)
    command = [need_tool("pdftotext"), *how, str(need_real() / "files" / f"{name}.pdf"), "-"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    read = read_published(done.stdout, f"{name}.txt")
    assert read.report is not None
    assert (read.report.agency.name, read.report.year) == (facts["agency"], facts["year"])
    want = figures(facts)
    assert {k: v for k, v in read.report.values.items() if want.get(k, v) != v} == {}
