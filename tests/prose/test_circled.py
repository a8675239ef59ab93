"""Numbers in rings, as EQ fields draw them, are the signs that Unicode has for them."""

from __future__ import annotations

import pytest

from gxgen.prose.word_math import equation

RINGS = dict(zip(map(str, range(1, 21)), "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", strict=True)) | dict(
    zip("一二三四五六七八九十", "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉", strict=True)
)


@pytest.mark.parametrize("number", RINGS)
@pytest.mark.parametrize("ring", "○◯〇")
def test_each_number_in_a_ring_is_its_own_sign(number: str, ring: str) -> None:
    shown = equation(rf"EQ \o\ac({ring},{number})")
    assert (shown.text, shown.sure) == (RINGS[number], True)


@pytest.mark.parametrize("number", ["0", "21", "100", "十一"])
def test_a_number_that_has_no_sign_is_not_sure(number: str) -> None:
    shown = equation(rf"EQ \o\ac(○,{number})")
    assert number in shown.text
    assert not shown.sure
