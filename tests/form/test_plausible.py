"""Which words in the cell of an agency's name say that there is none."""

from __future__ import annotations

import pytest

from gxgen.form.read.plausible import nameless


@pytest.mark.parametrize(
    "word",
    [
        "无",
        "没有",
        "暂无",
        "单位",
        "单位全称",
        "本单位",
        "本机关",
        "——",
        "/",
        "（无）",
        "“单位全称”",
        "＿＿",
    ],
)
def test_a_word_for_no_name_is_none(word: str) -> None:
    assert nameless(word)
    assert nameless(f" {word}\n")


@pytest.mark.parametrize(
    "name", ["无为市财政局", "机关", "单", "甲单位", "本单", "没有局", "单位全", "A", "1"]
)
def test_what_may_be_a_name_is_one(name: str) -> None:
    assert not nameless(name)
