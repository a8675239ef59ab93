"""The sequence of blocks, the title's lines, the sign-off's place."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxgen.document.blocks import (
    TITLE_WIDTH,
    HeadingBlock,
    SignOffBlock,
    TableBlock,
    TextBlock,
    compose,
    display,
)
from gxgen.document.lines import balanced, em_width
from gxgen.document.page import DRAFT_MARK
from gxgen.editions.schema import Edition
from gxgen.formats.docx.context import BLOCK_SLOTS, make_context, vocabulary
from gxgen.model.agency import Agency
from gxgen.model.report import SignOff, SignOffForm
from tests.reports import make_report, passages


def _kinds(report):
    return [
        (type(b).__name__, getattr(b, "number", getattr(b, "lead", "")), getattr(b, "text", ""))
        for b in compose(report).blocks
        if isinstance(b, HeadingBlock | TextBlock)
    ]


def test_sections_stand_in_the_order_of_the_form(edition: Edition) -> None:
    numbers = [
        b.number + b.text
        for b in compose(make_report(edition.id)).blocks
        if isinstance(b, HeadingBlock) and b.level == 1
    ]
    assert [n[2:] for n in numbers] == [s.title for s in edition.sections[1:]]
    assert "".join(n[0] for n in numbers) == "一二三四五六"


def test_a_section_without_words_keeps_its_heading_and_table() -> None:
    blocks = list(compose(make_report(narrative=())).blocks)
    assert [b.table for b in blocks if isinstance(b, TableBlock)] == [
        "disclosure",
        "requests",
        "remedies",
    ]
    assert sum(isinstance(b, HeadingBlock) for b in blocks) == 6


def test_a_heading_that_ends_like_a_sentence_runs_into_its_text() -> None:
    narrative = passages(("1", "总体情况"), ("1.1", "主动公开方面。", "公开32条。", "另有一段。"))
    found = _kinds(make_report(narrative=narrative))
    assert ("TextBlock", "（一）主动公开方面。", "公开32条。") in found
    assert ("TextBlock", "", "另有一段。") in found


def test_a_running_heading_without_text_stands_alone() -> None:
    narrative = passages(("6", "其他"), ("6.1", "没有其他事项。"))
    assert ("HeadingBlock", "（一）", "没有其他事项。") in _kinds(make_report(narrative=narrative))


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0, "0"),
        (-7, "-7"),
        (None, ""),
        (Decimal("20.30"), "20.30"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0"), "0"),
    ],
)
def test_figures_print_as_they_were_written(value: int | Decimal | None, printed: str) -> None:
    assert display(value) == printed


@given(st.text(st.sampled_from("山东省潍坊市安丘县政府办公室信息中心AB1"), min_size=1, max_size=60))
def test_title_lines_lose_nothing_and_fit(name: str) -> None:
    lines = balanced(name, TITLE_WIDTH)
    assert "".join(lines) == name
    assert all(em_width(line) <= TITLE_WIDTH for line in lines)


@given(st.integers(20, 38))
def test_a_long_name_breaks_into_two_lines_of_like_length(length: int) -> None:
    first, second = balanced("政" * length, TITLE_WIDTH)
    assert abs(len(first) - len(second)) <= 1


def test_a_long_name_breaks_after_a_part() -> None:
    name = "山东省潍坊市安丘市人民政府住房和城乡建设综合执法服务中心"
    assert balanced(name, TITLE_WIDTH)[0].endswith("府")


def test_the_context_has_the_shape_of_the_vocabulary(edition: Edition) -> None:
    report = make_report(edition.id)
    document, names = compose(report), vocabulary(edition)
    context = make_context(report, document, draft=False)
    shown = document.illustration.slots
    assert set(context | shown) - {"created"} == set(names)
    charts, tile = names.pop("charts"), names.pop("tiles")[0]
    assert set(shown["charts"]) == set(charts)
    assert shown["tiles"]
    assert all(set(one) == set(tile) for one in shown["tiles"])

    def same_shape(told: object, given: object) -> bool:
        if isinstance(told, dict):
            assert isinstance(given, dict)
            return set(told) == set(given) and all(same_shape(told[k], given[k]) for k in told)
        if isinstance(told, list):
            assert isinstance(given, list)
            return all(set(item) == set(BLOCK_SLOTS) for item in given)
        return isinstance(given, str | int)

    assert same_shape(names, {k: (shown | context)[k] for k in names})


def _indents(agency: str, date: dt.date | None, form: SignOffForm) -> tuple[int, int]:
    report = make_report(agency=Agency(agency), sign_off=SignOff(form, date))
    signed = make_context(report, compose(report), draft=False)["sign_off"]
    return signed["agency_indent"], signed["date_indent"]


def test_the_date_begins_two_characters_right_of_the_agency() -> None:
    agency, date = _indents(
        "云垟市机关事务服务中心", dt.date(2026, 1, 5), SignOffForm("agency-date")
    )
    assert date - agency == 2 * 315
    assert agency == round((442.2 - 2 * 15.75 - 11 * 15.75) * 20)


def test_a_date_longer_than_the_agency_ends_two_characters_from_the_margin() -> None:
    _, date = _indents("教育局", dt.date(2026, 12, 31), SignOffForm("agency-date"))
    width = (em_width("2026年12月31日") + 1.25) * 15.75
    assert date / 20 + width == pytest.approx(442.2 - 2 * 15.75, abs=0.1)


def test_an_agency_too_long_for_a_line_ends_two_characters_from_the_margin_too() -> None:
    assert _indents("政" * 40, None, SignOffForm("agency"))[0] == round((442.2 - 22 * 15.75) * 20)
    assert _indents("政" * 41, None, SignOffForm("agency"))[0] == round((442.2 - 23 * 15.75) * 20)


def test_no_sign_off_no_block() -> None:
    report = make_report(sign_off=SignOff(SignOffForm.NONE, dt.date(2026, 1, 1)))
    assert not any(isinstance(b, SignOffBlock) for b in compose(report).blocks)
    blocks = make_context(report, compose(report), draft=False)["section6"]
    assert not blocks[-1]["keep"]


def test_a_heading_without_words_of_its_own_need_not_stay_with_the_next() -> None:
    narrative = passages(
        ("1", "总体情况"),
        ("1.1", "有文字", "一段。"),
        ("1.2", "没有其他事项。"),
        ("1.3", "有下级"),
        ("1.3.1", "下级。", "连写。"),
        ("1.4", "最后"),
    )
    report = make_report(narrative=narrative)
    blocks = make_context(report, compose(report), draft=False)["section1"]
    assert [b["text"] for b in blocks if b["keep"]] == ["有文字", "有下级"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "潍坊市寒亭区人民政府开元街道办事处综合行政执法办公室",
            ("潍坊市寒亭区人民政府", "开元街道办事处综合行政执法办公室"),
        ),
        (
            "青石县综合行政执法局（青石县城市管理局、青石县地方金融监督管理局）",
            ("青石县综合行政执法局（青石县", "城市管理局、青石县地方金融监督管理局）"),
        ),
        (
            "安丘市凌河街道社会事务和综合行政执法服务中心",
            ("安丘市凌河街道社会事务和", "综合行政执法服务中心"),
        ),
        (
            "青岛西海岸新区（黄岛区）人力资源和社会保障局",
            ("青岛西海岸新区", "（黄岛区）人力资源和社会保障局"),
        ),
    ],
)
def test_a_long_name_is_never_broken_inside_a_word(name: str, lines: tuple[str, ...]) -> None:
    assert balanced(name, TITLE_WIDTH) == lines


def test_a_draft_without_errors_is_not_called_faulty() -> None:
    assert DRAFT_MARK.startswith("草稿")
    assert "错误" not in DRAFT_MARK
