"""What a terminal is shown of strangers' text."""

from __future__ import annotations

import json
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from gxgen.letters import json_shown, shown

WITHOUT_SHAPE = ("Cc", "Cf", "Cs", "Zl", "Zp")


def test_every_letter_without_a_shape_is_named_and_no_other() -> None:
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        kind = unicodedata.category(letter)
        if kind in WITHOUT_SHAPE:
            assert shown(letter) == f"[U+{code:04X}]"
        elif kind != "Cn":
            assert shown(letter) == letter


def test_a_name_cannot_add_a_line() -> None:
    assert shown("甲\n局\r\x1b[31m") == "甲[U+000A]局[U+000D][U+001B][31m"
    assert shown("两\n行\r", lines=True) == "两\n行[U+000D]"


@given(st.text(st.characters() | st.sampled_from("\x1b\x7f\x9b\u202e\u2066\ud800\udcff\U000e0041")))
def test_json_says_the_same(text: str) -> None:
    said = json_shown(json.dumps({text: [text]}, ensure_ascii=False, indent=1))
    assert json.loads(said) == {text: [text]}
    said.encode()
    assert shown(said, lines=True) == said
