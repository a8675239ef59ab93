"""What stands beside the figures in nearly every report and counts none of them: each phrase."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gxgen.prose.claims import lexicon as home
from tests.prose.claims.test_reading import claims

DATA = tomllib.loads((Path(home.__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))


def _phrases(tag: str) -> list[str]:
    return [phrase.removeprefix("~") for phrase in DATA["tags"][tag]]


def _bound(text: str) -> list[str]:
    """What of a text is held against a figure."""
    return [str(one.sentence.text) for one in claims(text) if one.readings]


@pytest.mark.parametrize("phrase", _phrases("overdue"))
def test_that_nothing_is_late_says_nothing_of_what_is_in_hand(phrase: str) -> None:
    for text in (
        f"全年没有{phrase}的申请。",
        f"全年无{phrase}情况，不存在{phrase}问题。",
        f"{phrase}0件。",
        f"年内，{phrase}的申请0件。",
    ):
        assert _bound(text) == [], text


@pytest.mark.parametrize("phrase", _phrases("interim"))
def test_a_step_on_the_way_is_no_outcome(phrase: str) -> None:
    assert _bound(f"1件{phrase}后办结。") == []
    assert _bound(f"其中，1件申请{phrase}。") == []
    (total,) = (one for one in claims(f"全年收到申请15件，其中2件{phrase}。") if one.readings)
    assert total.quantity is not None
    assert total.quantity.low == 15


@pytest.mark.parametrize("phrase", _phrases("sorted"))
def test_how_documents_are_sorted_counts_no_requests(phrase: str) -> None:
    assert _bound(f"{phrase}率100%，其中主动公开63件，依申请公开12件，不予公开162件。") == []


@pytest.mark.parametrize(
    "text",
    [
        "新收15件中14件按期办结。",
        "全年行政强制由上年的0件增至3件。",
        "二是依申请公开答复文书有1件被纠正。",
        "减免行政事业性收费5.2万元。",
        "未新增行政事业性收费项目。",
        "其中2件因内容不明确要求补正。",
    ],
)
def test_these_count_something_else(text: str) -> None:
    found = [one for one in claims(text) if one.readings and one.quantity is not None]
    assert [one.quantity.low for one in found if one.quantity] in ([], [15])
    assert not any(one.kind == "zero" for one in claims(text))


def test_what_was_carried_beside_reviews_are_reviews() -> None:
    found = [one for one in claims("新收行政复议3件，上年结转1件。") if one.kind == "carry"]
    assert found == []
    (own,) = (one for one in claims("收到申请3件，上年结转1件。") if one.kind == "carry")
    assert own.readings
