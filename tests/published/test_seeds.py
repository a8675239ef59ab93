"""The five reports as published: figures right or refused, each sentence under its heading."""

from __future__ import annotations

import re
from functools import cache

import pytest

from gxgen.model.numbering import fold, written_number
from gxgen.model.outline import heading_text
from gxgen.model.report import Report, SignOffForm
from gxgen.published.reader import read_published
from gxgen.published.readings import Figures, ReadReport
from tests.prose.test_real_texts import LAOCHENG, LINGHE, SHENPI, ZIBO
from tests.published.measured import partition_holds
from tests.support import need_seeds, sample_reports

AGENCIES = {
    "000": ("安丘市机关事务服务中心", 2023),
    "001": ("安丘市凌河街道办事处", 2023),
    "002": ("淄博市机关事务管理局", 2023),
    "003": ("安丘市行政审批服务局", 2024),
    "004": ("老城区机关事务服务中心", 2022),
}
EACH = pytest.mark.parametrize("number", sorted(AGENCIES))


@cache
def read(number: str) -> ReadReport:
    (path,) = need_seeds().glob(f"{number}_*.txt")
    return read_published(path.read_bytes(), path.name)


def parts(number: str) -> tuple[Report, Figures]:
    found = read(number)
    assert found.report is not None
    assert found.figures is not None
    return found.report, found.figures


@EACH
def test_agency_year_and_edition(number: str) -> None:
    report, figures = parts(number)
    assert (report.agency.name, report.year) == AGENCIES[number]
    assert report.edition.id == figures.edition.id == "2021"


@EACH
def test_no_figure_is_wrong(number: str) -> None:
    """The truth is in the form of the same agency, whose figures are the report's."""
    report, figures = parts(number)
    truth = sample_reports()[report.agency.name].values
    assert {k: v for k, v in report.values.items() if truth[k] != v} == {}
    assert partition_holds(read(number), figures.edition)


@pytest.mark.parametrize(
    ("number", "right", "refused", "absent"),
    [
        ("000", 38, 147, 15),
        ("001", 200, 0, 0),
        ("002", 200, 0, 0),
        ("003", 200, 0, 0),
        ("004", 186, 14, 0),
    ],
)
def test_what_is_right_refused_and_absent(
    number: str, right: int, refused: int, absent: int
) -> None:
    """000 has lost a column of most rows and all of table four; 004 has left cells empty."""
    report, figures = parts(number)
    assert len(report.values) == right
    assert sum(len(one.keys) for one in figures.refusals) == refused
    assert sum(len(one.keys) for one in figures.absent) == absent


def test_a_row_is_refused_with_its_place_and_both_counts() -> None:
    told = [f for f in read("000").findings if f.key == "requests.granted.individual"]
    assert [str(f.place).rpartition(" ")[2] for f in told] == ["第146行第2格"]
    assert "规定有7个数，这里有6格" in told[0].message
    assert "1 0 0 0 0 1 （空）" in told[0].message


def test_a_row_of_blanks_and_one_number_is_refused() -> None:
    """It is seven cells or six, as one counts the blank of the merged label."""
    told = [f.key for f in read("004").findings if f.code == "GX810"]
    assert told == ["requests.granted.individual", "requests.partly_granted.individual"]


@pytest.mark.parametrize(
    ("number", "outline"), [("001", LINGHE), ("002", ZIBO), ("003", SHENPI), ("004", LAOCHENG)]
)
def test_outline_is_the_one_of_the_text_by_itself(number: str, outline: list[str]) -> None:
    report, _ = parts(number)
    marks = [f"{p.mark} {heading_text(p)}".strip() for p in report.narrative]
    assert marks == outline


_SECTION = re.compile(r"^#*\s*([一二三四五六])、[^。\n]{2,30}$", re.MULTILINE)


def source_text(number: str, ordinal: str) -> str:
    """A section's lines as they lie in the file, their numbers apart, letters only."""
    (path,) = need_seeds().glob(f"{number}_*.txt")
    text = path.read_text(encoding="utf-8")
    starts = [(m[1], m.start(), m.end()) for m in _SECTION.finditer(text)]
    at = next(n for n, start in enumerate(starts) if start[0] == ordinal)
    end = starts[at + 1][1] if at + 1 < len(starts) else len(text)
    lines = text[starts[at][2] : end].splitlines()
    return "".join(bare(line.lstrip("# \t")) for line in lines)


def bare(line: str) -> str:
    line = line.strip()
    number = written_number(line)
    return fold(line[len(number.token) :] if number else line)


TAILS = {
    "001": "安丘市凌河街道办事处2024年1月13日",
    "002": "淄博市机关事务管理局",
    "003": "安丘市行政审批服务局2025年1月8日"
    + "安丘市行政审批服务局2024年政府信息公开工作年度报告doc"
    + "安丘市行政审批服务局2024年政府信息公开工作年度报告pdf",
}
"""Sign-off and names of files behind section six."""


@EACH
@pytest.mark.parametrize(("ordinal", "mark"), [("一", "1"), ("五", "5"), ("六", "6")])
def test_every_sentence_stands_once_in_order_in_its_section(
    number: str, ordinal: str, mark: str
) -> None:
    report, _ = parts(number)
    have = "".join(
        ("" if p.level == 1 else fold(p.heading or ""))
        + "".join(bare(x.text) for x in p.paragraphs)
        for p in report.passages(mark)
    )
    want = source_text(number, ordinal)
    assert have == (want.removesuffix(TAILS.get(number, "")) if mark == "6" else want)


def test_sign_off_is_read() -> None:
    forms = [parts(number)[0].sign_off.form for number in sorted(AGENCIES)]
    both, agency, none = SignOffForm.AGENCY_AND_DATE, SignOffForm.AGENCY, SignOffForm.NONE
    assert forms == [none, both, agency, both, none]
    assert str(parts("003")[0].sign_off.date) == "2025-01-08"


def test_what_stands_between_rows_is_told() -> None:
    left = [one.text for one in read("003").left_out]
    assert [text.rpartition(".")[2] for text in left] == ["doc", "pdf"]
