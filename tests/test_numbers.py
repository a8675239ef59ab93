"""What agencies type where a number belongs: surely meant and read, or refused."""

from __future__ import annotations

import datetime as dt
import sys
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.kinds import Kind
from gxgen.numbers import LARGEST, Remark, read_number
from gxgen.numerals import from_chinese, to_chinese

_SIGNLIKE = ("No", "Nl", "Lm", "Sk")
C, S, M = Kind.COUNT, Kind.SIGNED, Kind.MONEY


def reading(raw: object, kind: Kind) -> tuple[object, list[str]]:
    read = read_number(raw, kind)
    value = None if read.value is None else format(Decimal(read.value), "f")
    return value, [remark.value for remark, _ in read.remarks]


@pytest.mark.parametrize(
    ("raw", "kind", "value", "remarks"),
    [
        (2.0, C, "2", []),
        (2, C, "2", []),
        ("2", C, "2", []),
        (-4.0, S, "-4", []),
        ("-4", S, "-4", []),
        (20.3, M, "20.3", []),
        (2648.52, M, "2648.52", []),
        (0.1 + 0.2, M, "0.3", []),
        ("2648.520", M, "2648.520", []),
        (Decimal("2648.52"), M, "2648.52", []),
        (" 2", C, "2", ["tidied"]),
        ("２", C, "2", ["tidied"]),
        ("2 件", C, "2", ["tidied"]),
        ("007", C, "7", ["tidied"]),
        ("1,234", C, "1234", ["tidied"]),
        ("１，２３４", C, "1234", ["tidied"]),
        ("1,234,567份", C, "1234567", ["tidied"]),
        ("+43", S, "43", ["tidied"]),
        ("增43", S, "43", ["assumed"]),
        ("减4", S, "-4", ["assumed"]),
        ("减少4项", S, "-4", ["assumed"]),
        ("160.5964万元", M, "160.5964", ["tidied"]),
        ("251000元", M, "25.1", ["assumed"]),
        ("20万", M, "20", ["assumed"]),
        ("20.3万", M, "20.3", ["assumed"]),
        (".5", M, "0.5", ["tidied"]),
        ("007.50", M, "7.50", ["tidied"]),
        ("5.00", M, "5.00", []),
        ("5.00", C, "5", ["tidied"]),
        ("0.0", C, "0", ["tidied"]),
        ("-0", C, "0", ["tidied"]),
        ("10元", M, "0.001", ["assumed"]),
        ("1元", M, "0.0001", ["assumed"]),
        (2648.523333, M, "2648.523333", ["places"]),
        (1e-7, M, "0.0000001", ["places"]),
        ("十二", C, "12", ["assumed"]),
        ("两", C, "2", ["assumed"]),
        ("一百零三件", C, "103", ["assumed"]),
        ("零", C, "0", ["assumed"]),
    ]
    + [(raw, C, "0", ["assumed"]) for raw in ("/", "／", "-", "－", "—", "——", "无", " / ")]
    + [(raw, C, None, ["blank"]) for raw in (None, "", "  ", "\u3000", "\xa0", "&nbsp;", "\u200b")]
    + [
        (raw, C, None, ["not-a-number"])
        for raw in (
            "1,23", "12,34", ",123", "约20", "3.8万余", "2-3", "5%", "1e5", "1.2.3", "2 3", "O",
            "٣", "l", "一百三", "二三", "百", "十十", "零五", "二〇二三", "见附件", "+43", "减4",
            "25元", "¥25", "25万",
            True, False, dt.date(2023, 1, 2), dt.datetime(2023, 1, 2), dt.time(1), float("nan"),
            float("inf"), object, "9" * 50,
        )
    ]
    + [(raw, M, None, ["not-a-number"]) for raw in ("3件", "￥25", "2万余", "十二万元", "20万余元")]
    + [
        (raw, M, None, ["not-a-number"])
        for raw in ("20.3￥", "¥ 1,234", "$20", "RMB7", "人民币", "￥约20", "￥-3", "￥")
    ]
    + [
        ("￥20.3万元", M, "20.3", ["tidied"]),
        ("人民币251000元", M, "25.1", ["assumed"]),
        ("￥0", M, "0", ["tidied"]),
    ]
    + [(raw, C, None, ["negative"]) for raw in (-1.0, "-1", "－1", Decimal(-1))]
    + [(raw, M, None, ["negative"]) for raw in (-0.5, "-0.5")]
    + [(raw, C, None, ["fraction"]) for raw in (0.5, "0.5", 20.3, Decimal("1.5"))]
    + [(raw, k, None, ["too-large"]) for raw in (1e9, 13800000000.0, "13800000000") for k in Kind]
    + [(-1e9, S, None, ["too-large"])],
)  # fmt: skip
def test_reading(raw: object, kind: Kind, value: str | None, remarks: list[str]) -> None:
    assert reading(raw, kind) == (value, remarks)


@pytest.mark.parametrize(
    ("raw", "kind", "words"),
    [
        ("￥20.3", M, ("货币符号“￥”", "分不清", "20.3万元填20.3", "20.3元填0.00203")),
        ("20,300￥", M, ("货币符号“￥”", "20300万元填20300，20300元填2.03")),
        ("$20", M, ("货币符号“$”", "折算成人民币")),
        ("￥20", C, ("货币符号“￥”", "本格不是金额，只填数字")),
        ("￥约20", M, ("货币符号“￥”，不能确定是多少",)),
    ],
)
def test_a_currency_sign_is_named_and_what_to_type(
    raw: str, kind: Kind, words: tuple[str, ...]
) -> None:
    ((_, said),) = read_number(raw, kind).remarks
    assert [word for word in words if word not in said] == []


@given(st.integers(0, LARGEST - 1), st.sampled_from(list(Kind)))
def test_a_whole_number_is_itself_however_it_is_kept(number: int, kind: Kind) -> None:
    for raw in (number, float(number), str(number), Decimal(number)):
        assert read_number(raw, kind).value == number
        assert not read_number(raw, kind).remarks
    assert read_number(f"{number:,}件", Kind.COUNT).value == number


@given(st.decimals(0, 10**6, places=4))
def test_money_keeps_its_places(amount: Decimal) -> None:
    text = format(amount, "f")
    assert str(read_number(text, Kind.MONEY).value) == text
    assert read_number(float(amount), Kind.MONEY).value == amount


@given(st.integers(1, 9999))
def test_numerals_in_words_read_back(number: int) -> None:
    assert from_chinese(to_chinese(number)) == number


@given(st.one_of(st.text(max_size=50), st.floats(), st.integers(), st.dates(), st.binary()))
def test_nothing_raises_and_a_refusal_says_why(raw: object) -> None:
    for kind in Kind:
        read = read_number(raw, kind)
        assert read.value is not None or read.remarks
        refused = {r for r, _ in read.remarks} - {Remark.TIDIED, Remark.ASSUMED, Remark.PLACES}
        assert bool(refused) == (read.value is None)
        assert isinstance(read.value, type(None) | (Decimal if kind is Kind.MONEY else int))


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        ("2\u200b", "U+200B（零宽空格）"),
        ("2\xa0", "U+00A0（不间断空格）"),
        ("\n2", "U+000A（换行）"),
    ],
)
def test_character_that_cannot_be_seen_is_named(raw: str, named: str) -> None:
    ((_, words),) = read_number(raw, C).remarks
    assert words == f"含有看不见的字符{named}，按2读取"


def test_small_decimals_are_shown_without_exponent() -> None:
    assert read_number(1e-05, M).raw == "0.00001"
    assert read_number(1e-05, C).raw == "0.00001"


SIGNS = [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) in _SIGNLIKE]


@pytest.mark.parametrize("kind", Kind)
def test_no_sign_beside_a_digit_makes_another_number(kind: Kind) -> None:
    """①, ², ½, 〇, ʰ, ^ and all others of their classes: the plain number, or none."""
    for sign in SIGNS:
        for raw in (f"{sign}12", f"1{sign}2", f"12{sign}", f"12 {sign}", f"{sign}", f"1{sign}2件"):
            value = read_number(raw, kind).value
            assert value in (None, 12) or raw in ("〇", "零"), (raw, value)


def test_other_digits_are_refused() -> None:
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        if letter.isdigit() and not ("0" <= letter <= "9" or "０" <= letter <= "９"):
            assert read_number(f"1{letter}", C).value is None, letter
