"""What is said of a name can be seen, fits into UTF-8, and commands no terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.letters import shown

NAMES = {
    "云垟县财政局（修改版）　1.xlsx": "云垟县财政局（修改版）　1.xlsx",
    "甲\x1b[2J局\n.xlsx": r"甲\x1b[2J局\x0a.xlsx",
    "甲\u202excod.xlsx": r"甲\u202excod.xlsx",
    "甲\U000e0041\x9b.xlsx": r"甲\U000e0041\x9b.xlsx",
    b"\xb2\xc6\xd5\xfe.xlsx".decode("utf-8", "surrogateescape"): r"\xb2\xc6\xd5\xfe.xlsx",
    "\ud800.xlsx": r"\ud800.xlsx",
}


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_what_cannot_be_seen_stands_there_as_its_number(name: str) -> None:
    assert shown(name) == NAMES[name]


def test_what_is_to_stay_stays() -> None:
    assert shown("甲\n乙\t丙", keep="\n") == "甲\n乙\\x09丙"


@given(st.text(st.characters(), max_size=12))
def test_any_text_can_be_shown_and_once_is_enough(text: str) -> None:
    fit = shown(text)
    fit.encode()
    assert not {"Cc", "Cf", "Cs", "Zl", "Zp"} & {unicodedata.category(c) for c in fit}
    assert shown(fit) == fit
    if text.isprintable():
        assert fit == text
