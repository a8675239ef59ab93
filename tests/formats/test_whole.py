"""Words that must stand on one line are found, and no text is lost around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.document.lines import LONGEST, pieces

TEXTS = st.text("永，。（）－—@:/.-0aZ \n")


@given(TEXTS)
def test_the_pieces_are_the_text(text: str) -> None:
    found = list(pieces(text))
    assert "".join(piece for piece, _ in found) == text
    assert all(piece for piece, _ in found)
    assert all(
        len(piece) <= LONGEST + 3 and piece.split() == [piece] for piece, one in found if one
    )


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("电话0571-88888888。", ["0571-88888888"]),
        ("电话０５７１，(0571)8888-8888转3", ["(0571)8888-8888"]),
        ("热线400－123－4567", ["400－123－4567"]),
        ("邮箱：zwgk@wf.gov.cn，", ["zwgk@wf.gov.cn"]),
        ("见http://www.wf.gov.cn/", ["http://", "www.", "wf.", "gov.", "cn/"]),
        ("0571-88888888-8001", ["0571-", "88888888-", "8001"]),
        (
            "依据国办公开办函〔2021〕30号和〔2020〕109号",
            ["国办公开办函〔2021〕30号", "〔2020〕109号"],
        ),
        ("2023—2025年", ["2023—2025"]),
        ("共12,345件，增长99.5%", []),
        ("一-二，- 项", []),
        ("https://a.cn/zwgk/index.html", ["https://", "a.", "cn/", "zwgk/", "index.", "html"]),
        ("1234567890" * 2, ["1234567890123456", "7890"]),
    ],
)
def test_what_some_program_would_break(text: str, whole: list[str]) -> None:
    assert [piece for piece, one in pieces(text) if one] == whole
