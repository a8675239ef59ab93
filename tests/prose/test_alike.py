"""Passages that say the same: found however they were changed, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib.resources import files
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from benchmarks.sameness import LETTERS, copied, county
from gxgen.editions.declared import EDITIONS
from gxgen.model.agency import Agency
from gxgen.model.narrative import Paragraph
from gxgen.model.narrative import Passage as Part
from gxgen.places import SheetCell
from gxgen.prose.alike.lawful import Lawful, bare, lawful, masked, sentences
from gxgen.prose.alike.likeness import ALIKE, marked, most_alike, pairs
from gxgen.prose.alike.passages import Passage, packed, passages, unpacked

TEXTS = st.text("在大厅东侧新设一处查阅角摆放目录，。；0三", min_size=1, max_size=80)


# -- what is compared ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("甲局全年公开信息１２条，增长3.5%。", "乙镇全年公开信息 1,234 条，增长40％。"),
        ("2024年，甲局办理2件。", "2025年，乙镇办理10件。"),
    ],
)
def test_numbers_and_own_names_do_not_count(text: str, other: str) -> None:
    assert masked(text, ("甲局",)) == masked(other, ("乙镇",))


def test_a_longer_name_is_masked_whole() -> None:
    assert masked("某县甲局和甲局", ("甲局", "某县甲局")) == "某和某"


def test_chinese_numerals_and_other_names_count() -> None:
    assert masked("一季度，丙局召开两次会议。", ("甲局",)) == "一季度，丙局召开两次会议。"


@given(TEXTS)
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert masked(masked(text)) == masked(text)


@given(TEXTS)
def test_sentences_lose_nothing_but_leading_stops(text: str) -> None:
    assert "".join(sentences(text)) == text.lstrip("。；！？;!?\n")


# -- what reports may share ---------------------------------------------------------------------

LAW = [
    "根据《中华人民共和国政府信息公开条例》（国务院令第711号）的规定，编制甲局2024年度报告。",
    "按照《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》（国办函〔2020〕109号）规定的"
    "按件、按量收费标准，甲局2024年度没有产生信息处理费。",
    "2024年，甲局发出收费通知0件，总金额0元，未收取信息处理费。",
    "（一）2024年，甲局未发生因政府信息公开引起的行政复议和行政诉讼。",
    "一是坚持以公开为常态、不公开为例外，全面推进决策公开。",
    "除上述情况外，甲局没有其他需要报告的事项。",
    "本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。",
]


@pytest.mark.parametrize("text", LAW)
def test_statutory_sentences_are_nobodys_own(text: str) -> None:
    assert lawful().own_words(masked(text, ("甲局",))) == ""


def test_every_shipped_sentence_is_held_by_itself() -> None:
    """None is so short that it would never be looked up, and none stands twice."""
    shipped = files("gxgen.prose.alike").joinpath("lawful.toml").read_text(encoding="utf-8")
    patterns = tomllib.loads(shipped)["sentences"]
    known = lawful()
    for pattern in patterns:
        assert masked(pattern.replace("…", "甲乙丙丁")) in known, pattern
    assert len(set(patterns)) == len(patterns)


def test_headings_and_notices_of_every_form_are_short_or_lawful() -> None:
    for edition in EDITIONS.values():
        for section in edition.sections:
            assert len(section.title) < 40


@given(
    st.lists(st.text("甲乙丙丁", max_size=6), min_size=1, max_size=4), st.text("戊己", max_size=9)
)
def test_a_pattern_holds_what_it_was_made_of(parts: list[str], between: str) -> None:
    pattern = "…".join(["起头的字句", *parts, "收尾的字句"])
    assert masked(pattern.replace("…", between)) in Lawful([pattern])


@pytest.mark.parametrize(
    "said", ["起头的字句甲", "甲收尾的字句", "收尾的字句起头的字句", "起头的字尾的字句"]
)
def test_a_pattern_holds_nothing_else(said: str) -> None:
    assert said not in Lawful(["起头的字句…收尾的字句"])


def test_the_ends_of_a_pattern_do_not_share_letters() -> None:
    assert "起头的字句" not in Lawful(["起头的字句…头的字句"])
    assert "起头的字句头的字句" in Lawful(["起头的字句…头的字句"])


def test_a_pattern_of_bare_dots_holds_nothing() -> None:
    assert "甲乙丙丁戊己" not in Lawful(["…", "……甲…", ""])


def test_what_numbers_a_sentence_does_not_count() -> None:
    marks = ("一是", "（二）", "3.", "四、", "")
    assert {bare(masked(f"{mark}公开窗口每天开放。")) for mark in marks} == {"公开窗口每天开放"}


def test_the_rest_of_a_paragraph_is_still_compared() -> None:
    own = "在大厅东侧新设一处查阅角。"
    assert lawful().own_words(masked(LAW[3] + own)) == own


# -- which are alike ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_every_planted_copy_is_found_and_nothing_else(seed: int) -> None:
    texts, planted, _ = county(20 + seed, 40)
    assert {(one, other) for one, other, _ in pairs(texts)} == planted


@pytest.mark.parametrize("seed", range(40))
def test_a_short_copy_is_found_wherever_its_letters_were_changed(seed: int) -> None:
    """Every fifth letter is the worst: no run of five is left."""
    random = Random(seed)
    text = "".join(random.choices(LETTERS, k=random.randint(40, 70)))
    other = "".join(
        random.choice(LETTERS) if at % 5 == seed % 5 else letter for at, letter in enumerate(text)
    )
    noise = ["".join(random.choices(LETTERS, k=60)) for _ in range(50)]
    found = [(one, there) for one, there, _ in pairs([text, *noise, other])]
    assert found == [(0, 51)]


def test_a_copy_in_very_many_reports_is_found_in_all() -> None:
    random = Random(1)
    text = "".join(random.choices(LETTERS, k=90))
    copies = [text, *(copied(random, text, 0.05) for _ in range(120)), *[text] * 30]
    found = [pair[:2] for pair in pairs(copies)]
    assert {at for pair in found for at in pair} == set(range(len(copies)))
    assert len(found) < 25 * len(copies)


@settings(max_examples=50)
@given(st.lists(TEXTS, max_size=12))
def test_what_is_found_is_alike(texts: list[str]) -> None:
    for one, other, score in pairs(texts):
        assert one < other
        assert score == Indel.normalized_similarity(texts[one], texts[other]) >= ALIKE


def test_what_is_found_does_not_hang_on_the_run() -> None:
    """Whose letters are hashed otherwise in every process."""
    said = (
        "from benchmarks.sameness import *; random = Random(1); text = invented(random, LETTERS); "
        "print(list(pairs([copied(random, text, 0.1) for _ in range(80)])))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", said],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_the_nearest_of_several() -> None:
    text = "在大厅东侧新设一处查阅角，摆放目录和指南。"
    assert most_alike(text, ["毫不相干的一句话", text[2:], text]) == (2, 1.0)
    assert most_alike(text, ["毫不相干的一句话"]) is None


@given(TEXTS, TEXTS)
def test_marks_add_brackets_and_nothing_else(one: str, other: str) -> None:
    own, theirs = marked(one, other)
    assert [s.replace("【", "").replace("】", "") for s in (own, theirs)] == [one, other]
    if one == other:
        assert (own, theirs) == (one, other)


def test_marks_show_what_differs() -> None:
    one, other = "由办公室按月提醒，年末销号。", "由综合科按月提醒，年底销号。"
    own, theirs = marked(one, other)
    assert own == "由【办公室】按月提醒，年【末】销号。"
    assert theirs == "由【综合科】按月提醒，年【底】销号。"


# -- passages of a report -----------------------------------------------------------------------

OWN = "在大厅东侧新设一处查阅角，摆放目录、指南和常见问答，由窗口人员轮流值守，随时答疑解惑。"


def _part(mark: str, *texts: str) -> Part:
    found = tuple(Paragraph(t, SheetCell("正文", at, 2)) for at, t in enumerate(texts, 5))
    return Part(mark, "总体情况", found)


def test_preambles_short_and_lawful_paragraphs_are_left_out() -> None:
    narrative = (_part("0", OWN), _part("1", "无。", *LAW, OWN))
    found = passages(narrative, Agency("甲局"), lawful())
    assert [(one.place, one.text) for one in found] == [("正文!C14", OWN)]


def test_last_years_paragraph_is_named() -> None:
    former = (_part("1", OWN.replace("东侧", "西侧")),)
    (found,) = passages((_part("1", OWN),), Agency("甲局"), lawful(), former)
    assert "西侧" in found.former
    assert found.likeness > 0.9


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=5))
def test_packing_loses_nothing(texts: list[tuple[str, str, str]]) -> None:
    found = tuple(Passage(*one) for one in texts)
    word = packed(found)
    assert unpacked(word) == found
    assert "\t" not in word
    assert "\n" not in word


def test_a_report_without_end_is_cut() -> None:
    paragraphs = ["".join(Random(at).choices(LETTERS, k=5_000)) for at in range(500)]
    found = passages((_part("1", *paragraphs),), Agency("甲局"), lawful())
    assert len(found) == 400
    assert max(len(one.text) for one in found) == 2_000
