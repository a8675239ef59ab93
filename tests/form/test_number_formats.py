"""A figure whose number format shows another number is not read: what is seen is what was meant, or
what is stored is; only who filled it in knows."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.form.layout import INDICATORS_SHEET
from gxgen.form.read.display import displayed, is_another, is_plain
from gxgen.kinds import Kind
from gxgen.numbers import read_number
from tests.form.faulty.form import Form
from tests.form.test_formats import entry, only, restyle

FIGURE, MONEY, COUNT = "表三!D8", "表二!B20", f"{INDICATORS_SHEET}!C4"
HARMLESS = [
    "General", "G/通用格式", "G/通用格式;-G/通用格式;;@",
    "0", "0.####", "#,##0", "0.00", "0_ ", "@", "0_);(0)", "#,##0_);[Red](#,##0)",
    '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0;-0;;@", "0.####;-0.####;0", "[Red]0", '"¥"#,##0',
]  # fmt: skip
ANOTHER = [
    '0"万"',
    "0%",
    '0"千"',
    "0,",
    '0.0,"万"',
    '"约"0',
    "0.00E+00",
    "0/0",
    '[>9]0"万";0',
    '"1"0',
]


@pytest.mark.parametrize("code", HARMLESS)
@pytest.mark.parametrize("value", [0, 3, 12000])
def test_a_figure_shown_as_itself_is_read(code: str, value: int) -> None:
    form = restyle(Form().put(FIGURE, value), FIGURE, code=code)
    assert entry(form, FIGURE).value == value
    assert not [f for f in form.read().findings if str(f.place) == FIGURE]


@pytest.mark.parametrize("code", ANOTHER)
@pytest.mark.parametrize("place", [FIGURE, COUNT])
def test_a_figure_shown_as_another_is_refused_with_both(code: str, place: str) -> None:
    form = restyle(Form().put(place, 12000), place, code=code)
    finding = only(form, "GX087")
    assert str(finding.place) == place
    assert "12000" in finding.message
    assert "常规" in str(finding.hint)
    assert form.read().report.values.get(finding.key) is None


def test_what_is_seen_is_named() -> None:
    form = restyle(Form().put(FIGURE, 12), FIGURE, code='0"万"')
    assert "显示的是“12万”，存的数是 12；" in only(form, "GX087").message


def test_a_measure_word_that_means_the_same_is_read() -> None:
    assert entry(restyle(Form().put(FIGURE, 12), FIGURE, code='0"件"'), FIGURE).value == 12


YEARS = {
    "0": "2024", '0"年"': "2024", '0"年度"': "2024", "@": "2024", "G/通用格式": "2024",
    '0"1"': None, '0"年报"00': None, '"2025"': None, "0%": None, "0.00E+00": None, "#,##0": "2024",
}  # fmt: skip


@pytest.mark.parametrize("code", YEARS)
def test_a_year_is_what_is_seen_of_it(code: str) -> None:
    place = "基本信息!B7"
    form = restyle(Form(), place, code=code)
    reading = form.read()
    assert [f.code for f in reading.findings] == ([] if YEARS[code] else ["GX032"])


@pytest.mark.parametrize("font", ["<strike/>", '<color rgb="FFFFFFFF"/>'])
def test_a_year_that_is_struck_out_or_not_seen_is_not_read(font: str) -> None:
    form = restyle(Form(), "基本信息!B7", font)
    assert {f.code for f in form.read().findings} >= {"GX088", "GX031"}


def test_a_minus_that_is_not_shown_is_told() -> None:
    form = restyle(Form("2019").put("表二!D11", -3), "表二!D11", code="0;0")
    assert "显示的是“3”，存的数是 -3；" in only(form, "GX087").message


@given(
    st.decimals(-(10**9), 10**9, places=3, allow_nan=False),
    st.sampled_from(["0", "#,##0", "0.00", "0_ ", "#,##0.00_);(#,##0.00)", "[Red]0.0;-0.0", "@"]),
)
def test_plain_formats_round_and_no_more(value: Decimal, code: str) -> None:
    assert is_plain(code)
    shown = displayed(float(value), code)
    if shown is None:  # wider than a cell without a format has room for
        return
    seen = Decimal(shown.strip("()").replace(",", "")) * (-1 if shown.startswith("(") else 1)
    places = Decimal(1).scaleb(-len(shown.strip("()").partition(".")[2]))
    assert seen == value.quantize(places, ROUND_HALF_UP)


@given(st.integers(1, 10**9), st.sampled_from(ANOTHER))
def test_no_format_of_the_list_shows_a_number_as_itself(value: int, code: str) -> None:
    assert not is_plain(code)
    shown = displayed(float(value), code)
    assert is_another(value, shown, lambda words: read_number(words, Kind.COUNT))
