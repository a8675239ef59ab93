"""What may be called wrong: sentences in the table's own words, and what only looks like them."""

from __future__ import annotations

import pytest

from gxgen.editions.declared import EDITIONS
from gxgen.model.agency import Agency
from gxgen.model.narrative import Paragraph, Passage
from gxgen.model.report import Report
from gxgen.prose.claims import claims_of
from gxgen.prose.claims.claim import Ring
from tests.prose.claims.test_reading import claims

_FOUR = "予以公开、部分公开、不予公开、无法提供分别为3件、2件、4件、1件"


def _certain(text: str, heading: str = "监督保障", agency: str = "某县水务局") -> list[int]:
    """The numbers that may be called wrong."""
    return [
        int(one.quantity.low)
        for one in claims(text, heading, agency=agency)
        if one.quantity is not None and one.readings and one.ring is Ring.INNER
    ]


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("政府信息公开行政复议5件，其中维持3件、纠正2件。", [5, 3, 2]),
        ("政府信息公开行政诉讼5件，其中未经复议直接起诉3件，复议后起诉2件。", [5, 3, 2]),
        ("制发行政规范性文件5件，年内废止3件，截至年末现行有效9件。", [5, 3, 9]),
    ],
)
def test_the_names_of_the_table_are_certain(text: str, certain: list[int]) -> None:
    assert _certain(text) == certain


@pytest.mark.parametrize(
    "text",
    [
        "行政复议5件，行政诉讼3件。",
        "审理政府信息公开行政复议5件。",
        "代理政府信息公开行政诉讼5件。",
        "行政复议案件90件，政府信息公开类行政复议5件。",
        "政府信息公开类行政复议5件、行政处罚类行政复议9件。",
        "年初现行有效规范性文件9件。",
    ],
)
def test_cases_that_may_be_of_others_are_not(text: str) -> None:
    assert not _certain(text)


@pytest.mark.parametrize("agency", ["某县司法局", "某县人民政府", "某县人民政府办公室"])
def test_whoever_decides_reviews_may_tell_of_those(agency: str) -> None:
    assert not _certain("政府信息公开行政复议12件，其中维持9件、纠正3件。", agency=agency)


def test_under_a_heading_of_reviews_they_may_be_those_that_are_decided() -> None:
    assert not _certain("政府信息公开行政复议5件。", "行政复议")


def test_results_behind_both_reviews_and_suits_may_be_of_both() -> None:
    assert _certain("因信息公开引起行政复议9件，行政诉讼3件，其中维持6件。") == [9, 3]
    assert _certain("因信息公开引起行政复议9件，行政诉讼3件，法院判决维持1件。") == [9, 3, 1]


def test_outcomes_one_after_the_other_are_those_of_all_requests() -> None:
    assert _certain(f"{_FOUR}。", "依申请公开") == [3, 2, 4, 1]
    for some in ("网上申请的", "征地类申请中，", "全市", "自然人申请中，"):
        assert not _certain(f"{some}{_FOUR}。", "依申请公开"), some


def test_points_may_be_numbered_but_articles_name_a_part() -> None:
    points = "答复结果：(1)予以公开3件；(2)部分公开2件；(3)不予公开4件。"
    assert _certain(points, "依申请公开") == [3, 2, 4]
    articles = "依据第三十六条予以公开3件，依据第十四条不予公开4件。"
    assert not _certain(articles, "依申请公开")


def test_last_year_in_brackets_leaves_what_follows_to_this_year() -> None:
    text = "因信息公开引起行政复议9件（上年7件），其中维持6件。"
    years = {int(one.quantity.low): one.year for one in claims(text) if one.quantity is not None}
    assert years == {9: None, 7: 2022, 6: None}


def test_the_words_of_the_form_of_2019() -> None:
    text = "规范性文件新制作3件，新公开2件，对外公开总数14件。村务专栏新公开840条。"
    passage = Passage("1.1", "主动公开", (Paragraph(text),))
    report = Report(EDITIONS["2019"], Agency("某县水务局"), 2020, {}, (passage,))
    found = {int(one.quantity.low): one for one in claims_of(report) if one.quantity is not None}
    assert [n for n, one in found.items() if one.readings and one.ring is Ring.INNER] == [3, 2, 14]
    assert not found[840].readings
