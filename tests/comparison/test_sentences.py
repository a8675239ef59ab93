"""Sentences of two years: each in one pair, edits told as what they are, nothing favoured."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.compare import KINDS, measured, planted, text_of
from gxgen.comparison.folding import folded, masked, wordless
from gxgen.comparison.sentences import Pair, Sameness, Sentence, aligned, sentences
from gxgen.model.narrative import Paragraph, Passage
from gxgen.prose.alike.lawful import lawful

SAME, NUMBERS, CHANGED = Sameness.SAME, Sameness.NUMBERS, Sameness.CHANGED
NEW, GONE = Sameness.NEW, Sameness.GONE
MIRRORED = {SAME: SAME, NUMBERS: NUMBERS, CHANGED: CHANGED, NEW: GONE, GONE: NEW}


def _one(last: str, this: str, section: str = "1") -> list[Pair]:
    return aligned([Sentence(last, "1")], [Sentence(this, section)])


@pytest.mark.parametrize(
    ("last", "this", "kind"),
    [
        ("全年召开会议5次，研究公开工作。", "全年召开会议 5 次,研究公开工作。", SAME),
        ("一是完善制度，明确分工到人。", "二是完善制度，明确分工到人。", SAME),
        ("（一）完善制度，明确分工。", "1.完善制度，明确分工。", SAME),
        ("发布信息1,234条。", "发布信息1234条。", SAME),
        ("发布信息1234条。", "发布信息1235条。", NUMBERS),
        ("全年召开会议三次。", "全年召开会议十二次。", NUMBERS),
        ("占比1.5%，高于平均。", "占比15%，高于平均。", NUMBERS),
        ("本级增减为-3件。", "本级增减为3件。", NUMBERS),
        ("较上年增长5%，居前列。", "较上年下降5%，居前列。", CHANGED),
        ("较上年增长5%，居前列。", "较上年增长5，居前列。", CHANGED),
        ("第1-3月开展检查，通报结果。", "第1、3月开展检查，通报结果。", CHANGED),
        ("涉及2、3两个片区的事项。", "涉及23两个片区的事项。", CHANGED),
    ],
)
def test_what_one_sentence_became(last, this, kind) -> None:
    assert [pair.sameness for pair in _one(last, this)] == [kind]


def test_one_that_has_nothing_of_the_other_is_gone_and_new() -> None:
    pairs = _one("邀请企业代表走进政务大厅座谈。", "修订档案目录，扫描旧卷十二册。")
    assert {pair.sameness for pair in pairs} == {NEW, GONE}


def test_one_that_moved_is_the_same_and_says_where_from() -> None:
    (pair,) = _one("组织业务培训，覆盖全部科室。", "组织业务培训，覆盖全部科室。", section="5")
    assert (pair.sameness, pair.section, pair.moved_from) == (SAME, "5", "1")
    short = _one("无。", "无。", section="5")
    assert {pair.sameness for pair in short} == {NEW, GONE}


def test_a_figure_never_vanishes_in_the_folding() -> None:
    texts = ("12.5", "125", "1、25", "12-5", "-125", "12:5", "1/25", "12.5%", "125‰", "125")
    folds = [folded(f"数是{text}。") for text in texts]
    assert len(set(folds)) == len(texts) - 1
    assert len({masked(fold) for fold in folds}) < len(set(folds))


def test_numbers_in_words_are_masked_only_to_ask_for_equals() -> None:
    assert masked(folded("统一平台")) == "统一平台"
    assert wordless(folded("召开三次")) == wordless(folded("召开5次")) == "召开0次"


def test_names_fold_only_where_they_are_given() -> None:
    assert folded("某县农业局牵头", ["某县农业局", "农业局"]) == folded(
        "农业农村局牵头", ["农业农村局"]
    )
    assert folded("某县农业局牵头") != folded("农业农村局牵头")


def test_every_letter_of_a_text_is_in_some_sentence() -> None:
    text = "第一句“引文。”；第二句！第三句（含注释）没有句号"
    found = list(
        sentences((Passage("1.2", "小标题", (Paragraph(text), Paragraph("——"))),), lawful())
    )
    assert "".join(one.text for one in found[1:]) == text
    assert (found[0].text, found[0].fixed) == ("小标题", True)


def test_preamble_and_common_wording_are_fixed() -> None:
    given_text = (
        Passage("0", None, (Paragraph("按要求写成。"),)),
        Passage("1", "总体情况", (Paragraph("本年度未收到政府信息公开申请。开设窗口。"),)),
    )
    found = [(one.text, one.fixed) for one in sentences(given_text, lawful())]
    assert found == [
        ("按要求写成。", True),
        ("本年度未收到政府信息公开申请。", True),
        ("开设窗口。", False),
    ]


# -- what must hold of any two texts ---------------------------------------------------------------

_TEXTS = st.lists(
    st.builds(
        Sentence,
        st.text("公开信息申请答复培训3五，。1-.%", min_size=1, max_size=14),
        st.sampled_from("0156"),
    ),
    max_size=12,
)


@given(_TEXTS, _TEXTS)
@settings(max_examples=200)
def test_each_sentence_of_both_years_stands_in_one_pair(last, this) -> None:
    pairs = aligned(last, this)
    assert Counter(id(pair.last) for pair in pairs if pair.last) == Counter(map(id, last))
    assert Counter(id(pair.this) for pair in pairs if pair.this) == Counter(map(id, this))
    for pair in pairs:
        assert (pair.last is None) == (pair.sameness is NEW)
        assert (pair.this is None) == (pair.sameness is GONE)


@given(_TEXTS)
@settings(max_examples=100)
def test_a_text_beside_itself_is_the_same_throughout(text) -> None:
    pairs = aligned(text, text)
    assert all(pair.sameness is SAME and pair.moved_from is None for pair in pairs)
    assert len(pairs) == len(text)


def _kinds(pairs: list[Pair]) -> Counter[object]:
    return Counter(
        (
            pair.sameness,
            pair.last and (pair.last.text, pair.last.section),
            pair.this and (pair.this.text, pair.this.section),
        )
        for pair in pairs
    )


@given(_TEXTS, _TEXTS)
@settings(max_examples=200)
def test_the_years_swapped_are_a_mirror(last, this) -> None:
    there = Counter(
        {
            (MIRRORED[kind], new, old): count
            for (kind, old, new), count in _kinds(aligned(last, this)).items()
        }
    )
    assert there == _kinds(aligned(this, last))


def test_in_this_year_s_order_what_is_gone_where_it_stood() -> None:
    last = [
        Sentence(f"{word}的做法在全县推广。", "1") for word in ("甲甲甲甲", "乙乙乙乙", "丙丙丙丙")
    ]
    pairs = aligned(last, [last[2], last[0]])
    assert [(pair.this or pair.last).text[0] for pair in pairs] == ["乙", "丙", "甲"]


def test_very_many_sentences_take_seconds_not_minutes() -> None:
    random = Random(3)
    words = [chr(code) for code in range(0x4E00, 0x4E00 + 400)]
    text = [Sentence("".join(random.choices(words, k=20)) + "。", "1") for _ in range(4_000)]
    other = [Sentence("".join(random.choices(words, k=20)) + "。", "1") for _ in range(4_000)]
    assert len(aligned(text, other)) >= 4_000


# -- planted edits ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_edits_are_told_as_what_they_are(seed) -> None:
    all_of, right_of, wrong = measured(200, seed)
    count, good = (one.total() - one[""] for one in (all_of, right_of))
    assert count >= 200
    assert good / count >= 0.98, wrong
    assert right_of[""] == all_of[""], wrong
    assert set(KINDS) <= set(all_of)


def test_what_is_planted_is_no_less_than_it_says() -> None:
    text, others = text_of("对照县", 1, 2024), text_of("另外县", 2, 2024)
    whole = planted(Random(5), text, others)
    assert whole.edits >= len(text) // 4
    for at, kind in whole.of_this.items():
        new = whole.this[at]
        assert (new in whole.last) == (
            kind not in ("number", "word", "added", "moved", "punctuation")
        )
