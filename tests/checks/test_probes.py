"""What is looked for first, as it is quickly found, is found wherever what it stands for is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.checks import guidance, typesetting
from gxgen.checks.rules import gx048_guidance_left_in as gx048
from gxgen.checks.rules import gx507_number_missing as gx507
from gxgen.checks.rules import gx514_program_error_left as gx514
from gxgen.editions.declared import EDITIONS


def _any(signs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, signs)))


PROBES = {
    "GX048 instruction": (gx048._INSTRUCTION, _any(gx048._INSTRUCTION_SIGNS)),
    "GX048 typesetting": (typesetting._TYPESETTING, _any(typesetting._FACE_SIGNS)),
    "GX507": (gx507._MISSING, gx507._END),
    "GX514": (gx514._LEFT, gx514._SIGN),
}


@pytest.mark.parametrize("name", PROBES)
@given(data=st.data())
def test_a_probe_is_found_wherever_its_pattern_is(name: str, data: st.DataObject) -> None:
    pattern, probe = PROBES[name]
    text = data.draw(st.from_regex(pattern))
    assert probe.search(text), text


@given(st.from_regex(gx048._SLOT))
def test_every_slot_begins_with_one_of_its_signs(text: str) -> None:
    found = gx048._SLOT.search(text)
    assert found is not None
    assert gx048._SLOT_SIGNS.match(found[0]), text


HINTS = [
    (edition.sections, hint)
    for edition in EDITIONS.values()
    for hint in guidance._hints(edition.sections)
]


@given(st.sampled_from(HINTS), st.data())
def test_a_hint_is_found_whatever_stands_between_its_letters(
    hint: tuple[tuple[object, ...], str], data: st.DataObject
) -> None:
    sections, letters = hint
    signs = st.text("，。、；：（）“” \u3000\n_-—·", max_size=2)
    text = "".join(letter + data.draw(signs) for letter in letters)
    assert guidance.holds_guidance(f"我局{text}等", sections)  # type: ignore[arg-type]
    assert not guidance.holds_guidance(text.replace(letters[-1], "甲"), sections)  # type: ignore[arg-type]
