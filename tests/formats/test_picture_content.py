"""What an illustrated edition shows of a report, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gxgen.document.illustrated.changes import change
from gxgen.document.illustrated.edition import illustrate
from gxgen.document.illustrated.pictures import (
    RIBBONS,
    THINNEST,
    Card,
    Cards,
    Flow,
    Panels,
    Sentence,
)
from gxgen.document.illustrated.tiles import tiles
from gxgen.document.illustrated.totals import published, trained
from gxgen.model.report import Report
from tests.formats.test_pictures import CASES, one_outcome, rich, zero
from tests.reports import make_report, passages


def saying(*texts: str) -> Report:
    return make_report(narrative=passages(("1", "总体情况"), ("1.1", "主动公开", *texts)))


YEAR = saying("").year


@pytest.mark.parametrize(
    ("text", "count", "more"),
    [
        ("主动公开信息90条。", 90, None),
        (f"{YEAR}年，本局主动公开政府信息90条，较上年增加7条。", 90, 7),
        (f"{YEAR}年度共主动公开各类政府信息90条，比去年减少7条。", 90, -7),
        ("主动公开信息90条。共主动公开政府信息90条，质量提高。", 90, None),
        ("主动公开信息90余条。", None, None),
        ("主动公开信息约90条。", None, None),
        ("主动公开信息90条，主动公开政府信息91条。", None, None),
        ("上半年主动公开信息90条。", None, None),
        (f"{YEAR - 1}年，主动公开信息90条。", None, None),
        ("上年，主动公开信息90条。", None, None),
        ("通过网站主动公开信息90条。", None, None),
        ("截至年底，主动公开信息90条。", None, None),
        ("其中主动公开信息90条。", None, None),
        ("每月主动公开信息90条。", None, None),
        ("编发简报3期。", None, None),
    ],
)
def test_only_the_year_s_total_beyond_doubt(text: str, count: int | None, more: int | None) -> None:
    found = published(saying(text))
    assert (found and found.count, found and found.change) == (count, more)
    if found:
        quoted = [one.paragraph[one.start : one.end] for one in found.quoted]
        assert f"{count}条" in quoted


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("全年组织业务培训3次。", (3, "次")),
        (f"{YEAR}年，举办政务公开培训班2期。", (2, "期")),
        (f"{YEAR}年开展3场业务培训。", (3, "场")),
        ("组织业务培训3次。", None),
        ("全年组织业务培训3次，又组织培训4次。", None),
        ("每季度组织业务培训3次。", None),
        ("全年培训30人次。", None),
    ],
)
def test_trainings_only_with_a_word_for_the_whole_year(text: str, told: object) -> None:
    found = trained(saying(text))
    assert (found and (found.count, found.unit)) == told


@pytest.mark.parametrize(
    ("now", "last", "told"),
    [(5, 3, "▲ 较上年+2"), (3, 5, "▼ 较上年−2"), (4, 4, "与上年持平"), (4, None, "")],
)
def test_a_change_is_a_plain_difference(now: int, last: int | None, told: str) -> None:
    assert change(now, last) == told


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_cut_and_nothing_is_a_percentage(case: str) -> None:
    for some in illustrate(CASES[case]()).pictures.values():
        for one in some:
            said = "".join(line for lines in one.cells for line in lines) + "".join(one.spoken)
            assert "…" not in said and "%" not in said


def test_a_tile_without_a_sure_figure_is_its_title_alone() -> None:
    rows = (("1.1", "政府信息管理", "审核9件。"), ("1.2", "主动公开", "公开了90余条。"))
    report = make_report(narrative=passages(("1", "总体情况"), *rows))
    assert [tile.lines for tile in tiles(report)] == [("政府信息管理",), ("主动公开",)]


def test_a_title_too_long_for_a_tile_leaves_none() -> None:
    rows = (("1.1", "政府信息管理", "好。"), ("1.2", "长" * 22, "好。"))
    assert tiles(make_report(narrative=passages(("1", "总体情况"), *rows))) == ()


@pytest.mark.parametrize("count", range(2, 20))
def test_no_row_of_cards_has_a_gap(count: int) -> None:
    card = Card("doc", "1", "件", "行政许可")
    rows = Cards((card,) * count).rows
    assert {len(row) for row in rows} <= {2, 3}
    assert sum(rows, ()) == (card,) * count


def _only(**figures: int) -> Report:
    """Nothing but these figures; ``__`` in a name is a point of its key."""
    named = {key.replace("__", "."): value for key, value in figures.items()}
    report = zero(rich())
    assert named.keys() <= report.entries.keys(), sorted(report.entries)
    entries = {k: replace(e, value=named.get(k, 0)) for k, e in report.entries.items()}
    return replace(report, entries=entries)


def test_one_figure_is_a_sentence_whatever_its_table() -> None:
    shown = illustrate(_only(disclosure__licensing__decisions=3)).pictures
    (one,) = shown["pictures.disclosure"]
    assert isinstance(one, Sentence)
    assert one.text.startswith("行政许可3件（较上年+3），规章、") and one.text.endswith("均为0。")
    shown = illustrate(_only(remedies__reconsideration__upheld=2)).pictures
    assert shown["pictures.remedies"] == ()
    both = {f"remedies__reconsideration__{name}": 2 for name in ("upheld", "total")}
    (one,) = illustrate(_only(**both)).pictures["pictures.remedies"]
    assert isinstance(one, Sentence)
    assert one.text == (
        "本年度因政府信息公开引起的行政复议2件，均为“结果维持”；没有发生因政府信息公开引起的行政诉讼。"
    )


def test_no_bar_of_zeros() -> None:
    shown = illustrate(zero(rich())).pictures
    tables = ("pictures.disclosure", "pictures.requests", "pictures.remedies")
    assert all(isinstance(one, Sentence) for place in tables for one in shown[place])
    assert shown["pictures.flow"] == ()


def test_one_outcome_is_a_sentence() -> None:
    (one,) = illustrate(one_outcome()).pictures["pictures.requests"]
    assert isinstance(one, Sentence)
    assert one.text == "本年新收政府信息公开申请7件，办理结果均为予以公开。"


def test_rules_alone_at_zero_are_worth_no_card() -> None:
    shown = illustrate(rich()).pictures["pictures.disclosure"]
    assert [type(one) for one in shown] == [Cards]
    entries = {k: replace(e, value=0) if "licensing" in k else e for k, e in rich().entries.items()}
    cards, sentence = illustrate(replace(rich(), entries=entries)).pictures["pictures.disclosure"]
    assert isinstance(sentence, Sentence) and "行政许可" in sentence.text
    assert isinstance(cards, Cards)


def test_ribbons_share_their_height_by_their_figures() -> None:
    (flow,) = illustrate(rich()).pictures["pictures.flow"]
    assert isinstance(flow, Flow)
    whole = sum(one.count for one in flow.outcomes)
    assert whole == sum(one.count for one in flow.sources)
    for one, height in zip(flow.outcomes, flow.heights, strict=True):
        assert height == max(THINNEST, RIBBONS * one.count / whole) <= RIBBONS


def test_what_does_not_add_up_is_not_drawn() -> None:
    """In a draft: a sum that is wrong would be drawn as if it were right."""
    wrong = {
        key: replace(entry, value=99) if key.endswith("reconsideration.total") else entry
        for key, entry in rich().entries.items()
    }
    assert illustrate(replace(rich(), entries=wrong)).pictures["pictures.remedies"] == ()
    (panels,) = illustrate(rich()).pictures["pictures.remedies"]
    assert isinstance(panels, Panels)
