"""Outcomes beside their reasons, sums of what was named, and results told as a share."""

from __future__ import annotations

import pytest

from gxgen.prose.claims.claim import Ring
from tests.prose.claims.test_reading import claims, keys

REFUSED = "requests.refused."


def _keys(text: str, number: int, heading: str = "依申请公开") -> set[str]:
    """What the number may be: of several with this value the last."""
    [*_, one] = [c for c in claims(text, heading) if c.quantity and c.quantity.low == number]
    return keys(one)


@pytest.mark.parametrize(
    "reason", ["涉及个人隐私的", "涉及商业秘密、个人隐私的", "第三方不同意公开的"]
)
def test_what_was_opened_in_part_is_not_counted_with_its_reason(reason: str) -> None:
    text = f"办结12件，其中予以公开6件，{reason}部分公开5件，不予公开1件。"
    assert "requests.partly_granted.total" in _keys(text, 5)
    assert not any("third_party" in one and "partly" in one for one in _keys(text, 5))


@pytest.mark.parametrize(
    ("words", "row"),
    [
        ("申请人逾期未补正、不再处理", "not_corrected"),
        ("逾期不补正，行政机关不再处理", "not_corrected"),
        ("逾期未缴费、不再处理", "fee_unpaid"),
    ],
)
def test_how_a_request_ends_that_was_not_corrected_is_no_second_outcome(
    words: str, row: str
) -> None:
    text = f"办结12件，予以公开6件，不予公开3件，{words}2件，不予处理1件。"
    assert _keys(text, 2) == {f"requests.other_handling.{row}.total"}


def test_a_bare_end_is_of_no_certain_row() -> None:
    text = "办结12件，予以公开6件，不予公开4件，不再处理2件。"
    assert not [c for c in claims(text) if c.ring is Ring.INNER and c.quantity.low == 2]  # type: ignore[union-attr]


@pytest.mark.parametrize("why", ["因材料还在案卷里", "涉及施工报价、"])
def test_a_reason_that_nobody_knows_may_be_any_row(why: str) -> None:
    text = f"办结12件，予以公开6件，{why}不予公开4件，不掌握2件。"
    assert _keys(text, 4) > {REFUSED + "third_party_rights.total", REFUSED + "deliberative.total"}
    assert all(c.ring is Ring.OUTER for c in claims(text) if c.quantity and c.quantity.low == 4)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("收到申请16件。内容以征地、规划和预算为主，三者合计11件。", 11),
        ("收到申请16件，主要是征地类申请由9件降为3件。", 3),
        ("收到申请16件，办结15件，其中4件提前办结。", 4),
        ("收到申请16件，其中各科室受理9件，乡镇（街道）受理7件。", 7),
    ],
)
def test_things_that_were_named_and_parts_are_no_totals(text: str, number: int) -> None:
    assert _keys(text, number) == set()


def test_outcomes_behind_one_channel_may_be_of_that_part() -> None:
    total, outcomes = "收到申请20件，办结20件。", "其中部分公开3件、不予公开4件、无法提供2件。"

    def certain(text: str) -> set[int]:
        return {int(c.quantity.low) for c in claims(text) if c.ring is Ring.INNER and c.quantity}

    assert certain(f"{total}通过网上提交12件，{outcomes}") == {20}
    assert certain(f"{total}通过网上提交12件，当面提交8件，{outcomes}") >= {20, 4, 2}
    assert certain(total + outcomes) == {20, 3, 4, 2}


@pytest.mark.parametrize(
    "text",
    [
        "行政复议5件，其中纠正2件，纠错率40%，较上年50%下降10个百分点。",
        "行政复议5件，其中纠正2件，纠错率40%，上年为50%。",
    ],
)
def test_last_years_share_is_no_change(text: str) -> None:
    assert _keys(text, 50, "政府信息公开行政复议") == set()


def test_results_behind_direct_suits_are_theirs() -> None:
    text = "行政复议5件。行政诉讼3件，均未经复议直接起诉，维持2件、未审结1件。"
    assert all("litigation" in one for one in _keys(text, 2, "行政复议、行政诉讼情况"))


@pytest.mark.parametrize("who", ["作为复议机关，", "各级行政复议机关"])
def test_reviews_that_are_decided_are_no_reviews_of_the_agency(who: str) -> None:
    assert _keys(f"{who}全年收到行政复议申请140件。", 140, "行政复议、行政诉讼情况") == set()


@pytest.mark.parametrize("unit", "件起例")
def test_not_a_single_one_is_none(unit: str) -> None:
    found = claims(f"行政复议、行政诉讼一{unit}没有。", "行政复议、行政诉讼情况")
    assert [c.quantity for c in found] == [None, None]
    assert {c.kind for c in found} == {"zero"}


def test_rules_named_last_are_what_is_repealed() -> None:
    text = "制发2件，现行有效9件；规章3件，废止1件。"
    found = claims(text, "规范性文件")
    told = {int(c.quantity.low): keys(c) for c in found if c.quantity}
    assert "disclosure.normative_documents.issued.total" not in told[1]
    assert not any("normative" in one for one in told[1])
    assert told[9] == {"disclosure.normative_documents.in_force"}


@pytest.mark.parametrize("heading", ["规范性文件", "规范性文件管理情况", "行政规范性文件。"])
def test_what_stands_under_a_heading_of_documents_counts_documents(heading: str) -> None:
    found = claims("本年制发4件，废止5件，年末有效28件。", heading)
    told = {int(c.quantity.low): keys(c) for c in found if c.quantity}
    block = "disclosure.normative_documents."
    assert {block + "issued"} <= told[4]
    assert told[5] == {block + "repealed"} and told[28] == {block + "in_force"}
