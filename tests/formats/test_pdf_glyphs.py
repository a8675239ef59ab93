"""Words are read from a page as its fonts and marks say, whichever program wrote it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.formats.pdf.glyphs import UNKNOWN, ToUnicode, marked_texts, to_unicode
from gxgen.formats.pdf.structure import nested_levels

WIDE = ToUnicode(2, {1: "政", 2: "府", 3: "fi", 0x2829: "（"})
NARROW = ToUnicode(1, {1: "政", 2: "府", 0x41: "A", 0x28: "(", 0x0A: "换"})


def read(content: bytes, font: ToUnicode = WIDE) -> dict[int, str]:
    return marked_texts(content, lambda _: font)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (rb"(\000\001\000\002)Tj", "政府"),
        (b"<00010002> Tj", "政府"),
        (b"<0001 0003>Tj", "政fi"),
        (rb"[(\000\001)-250(\000\002)15.6]TJ", "政府"),
        (b"[<0001>-250.5<0002>]TJ", "政府"),
        (b"(\x00\\001\x00\\002)'", "政府"),
        (rb"(\050\051)Tj", "（"),
        (b"<0009>Tj", UNKNOWN),
    ],
)
def test_strings_that_are_shown(shown: bytes, text: str) -> None:
    assert read(b"/P<</MCID 0>>BDC BT /f0 16 Tf " + shown + b" ET EMC") == {0: text}


@pytest.mark.parametrize(
    ("literal", "text"),
    [(rb"(\(A)", "(A"), (b"(\\\nA)", "A"), (rb"(\n)", "换"), (rb"(\1\2)", "政府")],
)
def test_escapes_in_strings(literal: bytes, text: str) -> None:
    assert read(b"/P<</MCID 7>>BDC/f0 1 Tf" + literal + b"Tj EMC", NARROW) == {7: text}


def test_what_is_said_in_place_of_glyphs_counts() -> None:
    said = b"<FEFF6062>"
    content = (
        b"/P<</MCID 0>>BDC/f0 1 Tf/Span<</ActualText " + said + b">>BDC<0001>Tj EMC<0002>Tj EMC"
    )
    assert read(content) == {0: "恢府"}


def test_artifacts_and_what_is_unmarked_are_left_out() -> None:
    content = (
        b"/f0 1 Tf<0001>Tj/Artifact<</Type/Pagination>>BDC<0001>Tj EMC/P<</MCID 3>>BDC<0002>Tj EMC"
    )
    assert read(content) == {3: "府"}


def test_a_font_holds_until_the_state_is_restored() -> None:
    fonts = {"/a": WIDE, "/b": NARROW}
    content = b"/P<</MCID 0>>BDC/a 1 Tf q/b 1 Tf<01>Tj Q<0002>Tj EMC"
    assert marked_texts(content, fonts.__getitem__) == {0: "政府"}


TELLING = (
    b"/P<</MCID 0>>BDC", b"/a 16 Tf", b"(\\000\\001)Tj", b"q", b"/b 9.5 Tf",
    b"[<01>-25.5<02>]TJ", b"Q", b"T*", b"<0002>'", b"EMC", b"/Artifact BMC", b"<0003>Tj", b"EMC",
)  # fmt: skip
GRAPHICS = (
    b"1 0 0 -1 79.3 580.1 cm", b"BT", b"ET", b"0 Tr", b"-.5 0 Td", b"1 0 0 -1 0 0 Tm",
    b"/c0 cs", b"0 scn", b"0.5 w", b"1 M", b"[3 2] 0 d", b"0 0 m", b"9 9 l", b"1 2 3 4 re", b"h",
    b"f*", b"S", b"W n", b"/g0 gs",
)  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(GRAPHICS)), min_size=len(TELLING), max_size=len(TELLING)))
def test_graphics_between_words_change_nothing(graphics: list[list[bytes]]) -> None:
    fonts = {"/a": WIDE, "/b": NARROW}
    lines = (b"\n".join((*before, one)) for before, one in zip(graphics, TELLING, strict=True))
    assert marked_texts(b"\n".join(lines), fonts.__getitem__) == {0: "政政府府"}


def test_character_maps_with_ranges_and_lists() -> None:
    cmap = (
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        b"1 beginbfchar <0001> <653F> endbfchar\n"
        b"2 beginbfrange <0010> <0012> <0041>\n<0020> <0021> [<0061> <D84CDF34>] endbfrange"
    )
    found = to_unicode(cmap)
    assert found.width == 2
    assert found.texts == {1: "政", 16: "A", 17: "B", 18: "C", 32: "a", 33: "\U00023334"}


def test_levels_never_leap() -> None:
    levels = [1, None, 3, 3, 2, 4, None, 1, 2, 3, 4, 5, 6, 7]
    assert list(nested_levels(levels)) == [1, None, 2, 2, 2, 3, None, 1, 2, 3, 4, 5, 6, 6]
